using System.Globalization;

namespace Anneal.Notebooks;

/// <summary>What a child's cells do to the process as a whole, turned into messages: they print, they throw on threads of their own, they exit.</summary>
internal sealed class ChildConsole : IDisposable
{
    static readonly TimeSpan FlushPeriod = TimeSpan.FromMilliseconds(200);

    readonly Stream _realOut = Console.OpenStandardOutput(), _realError = Console.OpenStandardError();
    readonly CellOutput _output;
    readonly Timer _flush;

    public ChildConsole(Channel channel, CellOutput output, Sources sources)
    {
        CellOutput.Current = output;
        // Cells may ask for any culture by name, but what they show does not depend on the machine's.
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (CultureInfo.InvariantCulture, CultureInfo.InvariantCulture);
        (CultureInfo.DefaultThreadCurrentCulture, CultureInfo.DefaultThreadCurrentUICulture) = (CultureInfo.InvariantCulture, CultureInfo.InvariantCulture);
        _output = output;
        Connect();
        AppDomain.CurrentDomain.UnhandledException += (_, e) =>
            output.Add(FailureReport.Of(e.ExceptionObject as Exception ?? new InvalidOperationException("Something that is no exception was thrown."), sources));
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            output.Flush();
            if (!HasEnded)
                channel.Send(new Exiting(Environment.ExitCode));
        };
        _flush = new(_ => output.Flush(), null, FlushPeriod, FlushPeriod);
    }

    /// <summary>Set when the process ends because it has nothing left to do.</summary>
    public bool HasEnded { get; set; }

    /// <summary>Leads what cells print to the output; again after a cell was interrupted, because .NET's own lock around a writer may never be released then.</summary>
    public void Connect()
    {
        Console.SetOut(new CellWriter(_output, isError: false));
        Console.SetError(new CellWriter(_output, isError: true));
    }

    /// <summary>Marks the end of a cell in the standard streams, whose bytes take another way to the runner than messages do.</summary>
    public void Mark()
    {
        foreach (var stream in (Stream[])[_realOut, _realError])
            try
            {
                stream.Write(ChildProcess.EndMark);
                stream.Flush();
            }
            catch (IOException)
            {
                // A cell has closed the stream; the runner does not wait long.
            }
    }

    public void Dispose() => _flush.Dispose();
}
