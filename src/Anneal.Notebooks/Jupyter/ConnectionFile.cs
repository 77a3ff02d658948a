using System.Text.Json;

namespace Anneal.Notebooks;

/// <summary>Where a Jupyter front end expects a kernel to listen, and the key that both sign their messages with.</summary>
internal sealed record ConnectionFile(string Ip, int Shell, int Control, int IoPub, int StandardInput, int Heartbeat, string Key)
{
    /// <summary>Reads the JSON file whose path a front end passes to the kernel.</summary>
    /// <exception cref="InvalidDataException">It is no connection file, or asks for something else than TCP and HMAC-SHA256.</exception>
    public static ConnectionFile Read(string path)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            var root = json.RootElement;
            string transport = root.Text("transport") ?? "tcp", scheme = root.Text("signature_scheme") ?? "hmac-sha256";
            if (transport != "tcp")
                throw new InvalidDataException($"{path} asks for the transport \"{transport}\"; this kernel talks over tcp only.");
            if (scheme != "hmac-sha256")
                throw new InvalidDataException($"{path} asks for the signature scheme \"{scheme}\"; this kernel signs with hmac-sha256 only.");
            return new(root.Text("ip") ?? "127.0.0.1", Port("shell_port"), Port("control_port"), Port("iopub_port"), Port("stdin_port"), Port("hb_port"), root.Text("key") ?? "");

            int Port(string name) => root.Member(name) is { } member && member.TryGetInt32(out int port) ? port
                : throw new InvalidDataException($"{path} has no number \"{name}\": it is not a Jupyter connection file.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path} is not a Jupyter connection file: {e.Message}", e);
        }
    }

    /// <summary>The address of a port.</summary>
    public string Address(int port) => $"tcp://{Ip}:{port}";
}
