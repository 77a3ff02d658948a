using System.Text;
using NetMQ;
using NetMQ.Sockets;

namespace Anneal.Notebooks;

/// <summary>A channel that requests come in by.</summary>
internal enum RequestChannel
{
    /// <summary>Code and questions about it, one after the other.</summary>
    Shell,

    /// <summary>What must not wait for a running cell: interrupt and shutdown.</summary>
    Control,
}

/// <summary>The five sockets of a kernel. They belong to one thread, the poller's; everybody else sends by a queue, in order.</summary>
internal sealed class JupyterSockets : IDisposable
{
    static readonly TimeSpan Linger = TimeSpan.FromSeconds(1);

    readonly ConnectionFile _connection;
    readonly string _session;
    readonly RouterSocket _shell = new(), _control = new(), _input = new(), _heartbeat = new();
    readonly XPublisherSocket _published = new();
    readonly NetMQQueue<(IOutgoingSocket Socket, NetMQMessage Frames)> _outgoing = new();
    readonly NetMQPoller _poller;

    /// <param name="connection">Where to listen.</param>
    /// <param name="session">This run of the kernel, as its messages name it.</param>
    /// <param name="received">Called with every request whose signature is right; it must return at once.</param>
    public JupyterSockets(ConnectionFile connection, string session, Action<RequestChannel, JupyterMessage> received)
    {
        (_connection, _session) = (connection, session);
        _published.Options.SendHighWatermark = 0; // a slow reader must not lose outputs
        _published.Options.XPubVerbose = true;
        Bind(_shell, connection.Shell);
        Bind(_control, connection.Control);
        Bind(_input, connection.StandardInput);
        Bind(_published, connection.IoPub);
        Bind(_heartbeat, connection.Heartbeat);

        _shell.ReceiveReady += (_, _) => Receive(_shell, RequestChannel.Shell, received);
        _control.ReceiveReady += (_, _) => Receive(_control, RequestChannel.Control, received);
        _input.ReceiveReady += (_, e) => e.Socket.ReceiveMultipartMessage(); // nothing is ever asked, so no answer is awaited
        _heartbeat.ReceiveReady += (_, e) => e.Socket.SendMultipartMessage(e.Socket.ReceiveMultipartMessage());
        _published.ReceiveReady += (_, e) => Welcome(e.Socket.ReceiveFrameBytes());
        _outgoing.ReceiveReady += (_, _) =>
        {
            while (_outgoing.TryDequeue(out var next, TimeSpan.Zero))
                next.Socket.SendMultipartMessage(next.Frames);
        };
        _poller = [_shell, _control, _input, _published, _heartbeat, _outgoing];
        _poller.RunAsync("Jupyter sockets");
    }

    /// <summary>Answers a request on the channel it came by.</summary>
    public void Reply(RequestChannel channel, JupyterMessage message) => Send(channel == RequestChannel.Shell ? _shell : _control, message);

    /// <summary>Tells every front end.</summary>
    public void Publish(JupyterMessage message) => Send(_published, message);

    void Send(NetMQSocket socket, JupyterMessage message) => _outgoing.Enqueue((socket, message.ToFrames(_connection.Key)));

    void Receive(RouterSocket socket, RequestChannel channel, Action<RequestChannel, JupyterMessage> received)
    {
        if (JupyterMessage.Read(socket.ReceiveMultipartMessage(), _connection.Key) is { } message)
            received(channel, message);
    }

    /// <summary>Whoever begins to listen hears that they do, so that a front end need not guess when it misses nothing any more.</summary>
    void Welcome(byte[] subscription)
    {
        const byte subscribes = 1;
        if (subscription is [subscribes, .. var topic])
            Send(_published, JupyterMessage.Create(_session, "iopub_welcome", new() { ["subscription"] = Encoding.UTF8.GetString(topic) }, null, [topic]));
    }

    void Bind(NetMQSocket socket, int port)
    {
        socket.Options.Linger = Linger;
        socket.Bind(_connection.Address(port));
    }

    public void Dispose()
    {
        // What is still in the queue, such as the answer to a shutdown, goes out first.
        for (int i = 0; i < 100 && !_outgoing.IsEmpty; i++)
            Thread.Sleep(10);
        _poller.Dispose();
        foreach (NetMQSocket socket in (NetMQSocket[])[_shell, _control, _input, _published, _heartbeat])
            socket.Dispose();
        _outgoing.Dispose();
    }
}
