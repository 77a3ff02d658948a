using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NetMQ;

namespace Anneal.Notebooks;

/// <summary>One message of the Jupyter protocol.</summary>
/// <param name="Route">Who sent it, as ZeroMQ knows them; or the topic, for what is published.</param>
/// <param name="Header">Its type, its id and its session.</param>
/// <param name="Parent">The header of the request that it answers; empty where it answers none.</param>
/// <param name="Metadata">What a front end says beside the content, such as the metadata of the cell.</param>
/// <param name="Content">The message itself.</param>
internal sealed record JupyterMessage(byte[][] Route, JsonObject Header, JsonObject Parent, JsonObject Metadata, JsonObject Content)
{
    /// <summary>The protocol's version whose messages these are.</summary>
    public const string Protocol = "5.4";

    static ReadOnlySpan<byte> Delimiter => "<IDS|MSG>"u8;

    static readonly JsonSerializerOptions Json = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string Type => Header.Text("msg_type") ?? "";

    /// <summary>A message of the kernel's own.</summary>
    public static JupyterMessage Create(string session, string type, JsonObject content, JupyterMessage? answers, byte[][] route) => new(
        route,
        new()
        {
            ["msg_id"] = Guid.NewGuid().ToString("N"),
            ["session"] = session,
            ["username"] = "kernel",
            ["date"] = DateTime.UtcNow.ToString("O", CultureInfo.InvariantCulture),
            ["msg_type"] = type,
            ["version"] = Protocol,
        },
        answers?.Header.DeepClone().AsObject() ?? [], [], content);

    /// <summary>Writes the message as frames: route, delimiter, signature, then four JSON objects.</summary>
    public NetMQMessage ToFrames(string key)
    {
        var frames = new NetMQMessage();
        foreach (byte[] part in Route)
            frames.Append(part);
        byte[][] parts = [Bytes(Header), Bytes(Parent), Bytes(Metadata), Bytes(Content)];
        frames.Append(Delimiter.ToArray());
        frames.Append(Signature(key, parts));
        foreach (byte[] part in parts)
            frames.Append(part);
        return frames;

        static byte[] Bytes(JsonObject json) => Encoding.UTF8.GetBytes(json.ToJsonString(Json));
    }

    /// <summary>Reads a message, or null where it is malformed or its signature is not ours: it is then not from our front end.</summary>
    public static JupyterMessage? Read(NetMQMessage frames, string key)
    {
        byte[][] all = [.. frames.Select(f => f.ToByteArray(copy: true))];
        int at = Array.FindIndex(all, frame => Delimiter.SequenceEqual(frame));
        if (at < 0 || all.Length < at + 6)
            return null;
        byte[][] parts = all[(at + 2)..(at + 6)];
        if (!CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Signature(key, parts)), all[at + 1]))
            return null;
        try
        {
            return new(all[..at], Object(parts[0]), Object(parts[1]), Object(parts[2]), Object(parts[3]));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }

        static JsonObject Object(byte[] json) => JsonNode.Parse(json)?.AsObject() ?? [];
    }

    /// <summary>HMAC-SHA256 over the parts in lower-case hexadecimal; nothing where there is no key.</summary>
    static string Signature(string key, byte[][] parts)
    {
        if (key.Length == 0)
            return "";
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(key));
        foreach (byte[] part in parts)
            hash.AppendData(part);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
