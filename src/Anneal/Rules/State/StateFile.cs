using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Anneal;

/// <summary>States of rules as safetensors files, with a version and a checksum.</summary>
/// <remarks>
/// The format: eight bytes with the length of a JSON header, least significant first; the header, which names each tensor with its type, shape and
/// place; the raw numbers. Other programs read the tensors; what only this library needs is in <c>__metadata__</c>: version, kinds, step counts,
/// layout, and the SHA-256 of everything else. A state is loaded into one that the same rule started, so that what does not fit is refused whole.
/// <see href="https://huggingface.co/docs/safetensors">safetensors</see>.
/// </remarks>
public static class StateFile
{
    const string Version = "anneal-state-1";

    /// <summary>Writes a state.</summary>
    public static void Save(RuleState state, Stream target)
    {
        var parts = new List<(string Name, RuleState Owner, SlotValues? SlotValues)>();
        Walk(state, "", parts);
        using var memory = new MemoryStream();
        using (var writer = new Utf8JsonWriter(memory))
        {
            writer.WriteStartObject();
            writer.WriteStartObject("__metadata__");
            foreach (var (name, value) in Metadata(state, parts))
                writer.WriteString(name, value);
            writer.WriteEndObject();
            long place = 0;
            foreach (var (name, owner, column) in parts)
            {
                long size = column is null ? owner.Numbers.Length * sizeof(double) : column.Bytes.Length;
                writer.WriteStartObject(name);
                writer.WriteString("dtype", column is null ? "F64" : column.Format.ToString());
                writer.WriteStartArray("shape");
                writer.WriteNumberValue(column?.Length ?? owner.Numbers.Length);
                writer.WriteEndArray();
                writer.WriteStartArray("data_offsets");
                writer.WriteNumberValue(place);
                writer.WriteNumberValue(place += size);
                writer.WriteEndArray();
                writer.WriteEndObject();
            }
            writer.WriteEndObject();
        }
        // The numbers begin on a multiple of eight bytes; the header is filled up with spaces, as the format allows.
        while (memory.Length % 8 != 0)
            memory.WriteByte((byte)' ');
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, memory.Length);
        target.Write(length);
        memory.WriteTo(target);
        foreach (var (_, owner, column) in parts)
            target.Write(Bytes(owner, column));
    }

    /// <summary>Writes a state to a file, in place of what was there only once all is written.</summary>
    public static void Save(RuleState state, string path)
    {
        string unfinished = path + ".unfinished";
        using (var file = File.Create(unfinished))
            Save(state, file);
        File.Move(unfinished, path, overwrite: true);
    }

    /// <summary>Reads a state that <paramref name="rule"/> left, for weights of that layout and precision.</summary>
    /// <exception cref="StateFormatException">The data are cut short or altered, or belong to another rule, layout, precision or version.</exception>
    public static RuleState Load(Rule rule, Layout layout, Stream source, Precision precision = Precision.Double)
    {
        var state = rule.Start(layout, precision);
        using var memory = new MemoryStream();
        source.CopyTo(memory);
        Fill(state, memory.ToArray());
        return state;
    }

    /// <inheritdoc cref="Load(Rule, Layout, Stream, Precision)"/>
    public static RuleState Load(Rule rule, Layout layout, string path, Precision precision = Precision.Double)
    {
        using var file = File.OpenRead(path);
        return Load(rule, layout, file, precision);
    }

    static void Fill(RuleState state, byte[] data)
    {
        if (data.Length < 8)
            throw new StateFormatException("The state is cut short: not even the length of its header is there.");
        long length = BinaryPrimitives.ReadInt64LittleEndian(data);
        if (length < 2 || length > data.Length - 8)
            throw new StateFormatException($"The state is cut short or altered: its header should take {length} bytes of {data.Length - 8}.");
        try
        {
            using var header = JsonDocument.Parse(data.AsMemory(8, (int)length));
            var parts = new List<(string Name, RuleState Owner, SlotValues? SlotValues)>();
            Walk(state, "", parts);
            var metadata = header.RootElement.GetProperty("__metadata__");
            string version = metadata.GetProperty("version").GetString()!, kind = metadata.GetProperty("kind").GetString()!;
            if (version != Version)
                throw new StateFormatException($"The state is of version {version}; this library reads {Version}.");
            if (kind != state.Kind)
                throw new StateFormatException($"A state of {kind} does not fit {state.Kind}.");
            if (metadata.GetProperty("precision").GetString() != state.Precision.ToString())
                throw new StateFormatException($"The state is in {metadata.GetProperty("precision").GetString()} precision, not {state.Precision}.");
            if (metadata.GetProperty("layout").GetString() != state.Layout.ToString())
                throw new StateFormatException($"The state is for {metadata.GetProperty("layout").GetString()}, not for {state.Layout}.");
            int begin = 8 + (int)length;
            var targets = new List<(Range Where, RuleState Owner, SlotValues? SlotValues)>();
            foreach (var (name, owner, column) in parts)
            {
                if (!header.RootElement.TryGetProperty(name, out var tensor))
                    throw new StateFormatException($"The state has no '{name}', which {state.Kind} remembers.");
                var offsets = tensor.GetProperty("data_offsets");
                long from = offsets[0].GetInt64(), to = offsets[1].GetInt64();
                if (from < 0 || to > data.Length - begin || to - from != Bytes(owner, column).Length)
                    throw new StateFormatException($"The state is cut short or altered: '{name}' does not have the size it should.");
                targets.Add((new(begin + (int)from, begin + (int)to), owner, column));
            }
            string[] steps = metadata.GetProperty("steps").GetString()!.Split(' ');
            if (metadata.GetProperty("sha256").GetString() != Sum(state, steps, targets.Select(t => new ReadOnlyMemory<byte>(data)[t.Where])))
                throw new StateFormatException("The state was altered: its checksum does not match.");
            foreach (var (where, owner, column) in targets)
                data.AsSpan(where).CopyTo(Bytes(owner, column));
            int at = 0;
            SetSteps(state, steps, ref at);
        }
        catch (Exception broken) when (broken is JsonException or KeyNotFoundException or FormatException and not StateFormatException or InvalidOperationException or IndexOutOfRangeException or ArgumentException)
        {
            throw new StateFormatException($"The state is cut short or altered: {broken.Message}", broken);
        }
    }

    static IEnumerable<(string, string)> Metadata(RuleState state, List<(string Name, RuleState Owner, SlotValues? SlotValues)> parts)
    {
        var steps = new List<string>();
        Steps(state, steps);
        yield return ("version", Version);
        yield return ("kind", state.Kind);
        yield return ("precision", state.Precision.ToString());
        yield return ("layout", state.Layout.ToString());
        yield return ("steps", string.Join(' ', steps));
        yield return ("sha256", Sum(state, steps, parts.Select(p => (ReadOnlyMemory<byte>)Bytes(p.Owner, p.SlotValues).ToArray())));
    }

    static string Sum(RuleState state, IEnumerable<string> steps, IEnumerable<ReadOnlyMemory<byte>> numbers)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{Version}\n{state.Kind}\n{state.Precision}\n{state.Layout}\n{string.Join(' ', steps)}\n"));
        foreach (var part in numbers)
            hash.AppendData(part.Span);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    static void Walk(RuleState state, string prefix, List<(string, RuleState, SlotValues?)> parts)
    {
        foreach (var column in state.Slots)
            parts.Add((prefix + column.Slot.Name, state, column));
        if (state.Numbers.Length > 0)
            parts.Add((prefix + "numbers", state, null));
        for (int i = 0; i < state.Inner.Count; i++)
            Walk(state.Inner[i], $"{prefix}{i}.", parts);
    }

    static void Steps(RuleState state, List<string> steps)
    {
        steps.Add(state.Steps.ToString());
        foreach (var inner in state.Inner)
            Steps(inner, steps);
    }

    static void SetSteps(RuleState state, string[] steps, ref int at)
    {
        state.Steps = long.Parse(steps[at++]);
        foreach (var inner in state.Inner)
            SetSteps(inner, steps, ref at);
    }

    static Span<byte> Bytes(RuleState owner, SlotValues? column) =>
        column is null ? System.Runtime.InteropServices.MemoryMarshal.AsBytes(owner.Numbers.AsSpan()) : column.Bytes;
}

/// <summary>A state cannot be loaded; the message says what is wrong with it.</summary>
public sealed class StateFormatException(string message, Exception? inner = null) : FormatException(message, inner);
