using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Anneal;

/// <summary>Tensors in one file, written and read one after another in pieces, so that no more than a piece of them is copied in memory, whatever their size.</summary>
/// <remarks>
/// <see href="https://huggingface.co/docs/safetensors">safetensors</see>: eight bytes with the length of a JSON header, least significant first; the header, which names
/// each tensor with its type, shape and place; the raw numbers. Among the metadata is the SHA-256 of the whole file, taken while its own 64 digits are zeros.
/// </remarks>
static class Safetensors
{
    const string MetadataName = "__metadata__", SumName = "sha256";
    const int Digits = 64, Piece = 1 << 24;

    /// <summary>What the format allows a header.</summary>
    const int LongestHeader = 100_000_000;

    /// <summary>Writes tensors. Their numbers are read twice: for the checksum, which stands before them, and to be written.</summary>
    public static void Write(Stream target, IReadOnlyList<KeyValuePair<string, string>> metadata, IReadOnlyList<StatePart> parts)
    {
        string sum = new('0', Digits);
        byte[] head = Head(metadata, parts, sum);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(head);
        foreach (var part in parts)
            for (int at = 0; at < part.Bytes.Length; at += Piece)
                hash.AppendData(part.Bytes[at..Math.Min(part.Bytes.Length, at + Piece)]);
        Encoding.ASCII.GetBytes(Convert.ToHexStringLower(hash.GetHashAndReset())).CopyTo(head, Place(head, sum));
        target.Write(head);
        foreach (var part in parts)
            for (int at = 0; at < part.Bytes.Length; at += Piece)
                target.Write(part.Bytes[at..Math.Min(part.Bytes.Length, at + Piece)]);
    }

    /// <summary>Reads metadata, lets the caller say which tensors there must be, and reads those into their places.</summary>
    /// <exception cref="StateFormatException">The file is cut short or altered, or its tensors are not those there must be.</exception>
    public static void Read(Stream source, Func<IReadOnlyDictionary<string, string>, IReadOnlyList<StatePart>> parts)
    {
        byte[] length = new byte[8];
        if (source.ReadAtLeast(length, length.Length, throwOnEndOfStream: false) < length.Length)
            throw Damaged("not even the length of its header is there");
        long size = BinaryPrimitives.ReadInt64LittleEndian(length);
        if (size is < 2 or > LongestHeader || source.CanSeek && size > source.Length - source.Position)
            throw Damaged($"its header should take {size} bytes");
        byte[] head = new byte[8 + size];
        length.CopyTo(head, 0);
        if (source.ReadAtLeast(head.AsSpan(8), (int)size, throwOnEndOfStream: false) < size)
            throw Damaged($"its header should take {size} bytes");
        Header header;
        IReadOnlyList<StatePart> wanted;
        try
        {
            header = Header.Parse(head.AsMemory(8));
            wanted = parts(header.Metadata);
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            throw new StateFormatException($"The state is cut short or altered: its header is not what it should be: {JsonReason.Said(broken).TrimEnd('.')}.", broken);
        }
        var ordered = header.Check(wanted);
        string sum = header.Metadata.GetValueOrDefault(SumName) is { Length: Digits } given ? given : throw Damaged("it has no checksum");
        Encoding.ASCII.GetBytes(new string('0', Digits)).CopyTo(head, Place(head, sum));
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(head);
        foreach (var part in ordered)
            for (int at = 0; at < part.Bytes.Length; at += Piece)
            {
                var piece = part.Bytes[at..Math.Min(part.Bytes.Length, at + Piece)];
                if (source.ReadAtLeast(piece, piece.Length, throwOnEndOfStream: false) < piece.Length)
                    throw Damaged($"it ends inside '{part.Name}'");
                hash.AppendData(piece);
            }
        if (source.ReadByte() >= 0)
            throw new StateFormatException("The state was altered: something follows its last tensor.");
        if (Convert.ToHexStringLower(hash.GetHashAndReset()) != sum)
            throw new StateFormatException("The state was altered: its checksum does not match.");
    }

    static byte[] Head(IReadOnlyList<KeyValuePair<string, string>> metadata, IReadOnlyList<StatePart> parts, string sum)
    {
        if (parts.GroupBy(p => p.Name).FirstOrDefault(g => g.Count() > 1 || g.Key == MetadataName) is { } twice)
            throw new ArgumentException($"A state cannot be saved that remembers two things called '{twice.Key}'.", nameof(parts));
        using var memory = new MemoryStream();
        memory.Write(new byte[8]);
        using (var writer = new Utf8JsonWriter(memory))
        {
            writer.WriteStartObject();
            writer.WriteStartObject(MetadataName);
            foreach (var (name, value) in metadata)
                writer.WriteString(name, value);
            writer.WriteString(SumName, sum);
            writer.WriteEndObject();
            long place = 0;
            foreach (var part in parts)
            {
                writer.WriteStartObject(part.Name);
                writer.WriteString("dtype", part.DType);
                writer.WriteStartArray("shape");
                writer.WriteNumberValue(part.Count);
                writer.WriteEndArray();
                writer.WriteStartArray("data_offsets");
                writer.WriteNumberValue(place);
                writer.WriteNumberValue(place += part.Bytes.Length);
                writer.WriteEndArray();
                writer.WriteEndObject();
            }
            writer.WriteEndObject();
        }
        // The numbers begin on a multiple of eight bytes; the header is filled up with spaces, as the format allows.
        while (memory.Length % 8 != 0)
            memory.WriteByte((byte)' ');
        byte[] head = memory.ToArray();
        BinaryPrimitives.WriteInt64LittleEndian(head, head.Length - 8);
        return head;
    }

    /// <summary>Where the checksum's digits stand.</summary>
    static int Place(ReadOnlySpan<byte> head, string sum)
    {
        byte[] written = Encoding.UTF8.GetBytes($"\"{SumName}\":\"{sum}\"");
        int at = head.IndexOf(written);
        return at >= 0 && head.LastIndexOf(written) == at ? at + written.Length - 1 - Digits : throw Damaged("its checksum does not stand where it should");
    }

    static StateFormatException Damaged(string why) => new($"The state is cut short or altered: {why}.");

    /// <summary>What a header says.</summary>
    sealed record Header(IReadOnlyDictionary<string, string> Metadata, IReadOnlyDictionary<string, (string DType, string Shape, long From, long To)> Tensors)
    {
        public static Header Parse(ReadOnlyMemory<byte> text)
        {
            using var json = JsonDocument.Parse(text);
            var metadata = new Dictionary<string, string>();
            var tensors = new Dictionary<string, (string, string, long, long)>();
            foreach (var member in json.RootElement.EnumerateObject())
                if (member.Name == MetadataName)
                    foreach (var pair in member.Value.EnumerateObject())
                        Once(metadata, pair.Name, pair.Value.GetString() ?? throw Damaged($"'{pair.Name}' is null"));
                else
                    Once(tensors, member.Name, Tensor(member.Name, member.Value));
            return new(metadata, tensors);
        }

        /// <summary>The tensors there must be, in the order of the file.</summary>
        public IReadOnlyList<StatePart> Check(IReadOnlyList<StatePart> wanted)
        {
            foreach (string name in Tensors.Keys.Except(wanted.Select(p => p.Name)))
                throw new StateFormatException($"The state has a tensor '{name}', which this rule does not remember.");
            foreach (var part in wanted)
            {
                if (!Tensors.TryGetValue(part.Name, out var there))
                    throw new StateFormatException($"The state has no '{part.Name}', which this rule remembers.");
                if (there.DType != part.DType)
                    throw new StateFormatException($"'{part.Name}' is in {there.DType}; it should be in {part.DType}.");
                if (there.Shape != $"[{part.Count}]")
                    throw new StateFormatException($"'{part.Name}' has the shape {there.Shape}; it should have [{part.Count}].");
                if (there.To - there.From != part.Bytes.Length)
                    throw new StateFormatException($"'{part.Name}' takes the bytes from {there.From} to {there.To}; it should take {part.Bytes.Length}.");
            }
            StatePart[] ordered = [.. wanted.OrderBy(p => Tensors[p.Name].From).ThenBy(p => Tensors[p.Name].To)];
            long place = 0;
            foreach (var part in ordered)
            {
                var there = Tensors[part.Name];
                if (there.From != place)
                    throw new StateFormatException($"'{part.Name}' begins at byte {there.From}; what stands before it ends at {place}.");
                place = there.To;
            }
            return ordered;
        }

        static (string, string, long, long) Tensor(string name, JsonElement json)
        {
            string? dtype = null, shape = null;
            long[]? place = null;
            foreach (var member in json.EnumerateObject())
                switch (member.Name)
                {
                    case "dtype" when dtype is null: dtype = member.Value.GetString(); break;
                    case "shape" when shape is null: shape = $"[{string.Join(", ", Whole(name, member.Value))}]"; break;
                    case "data_offsets" when place is null && member.Value.GetArrayLength() == 2: place = Whole(name, member.Value); break;
                    default: throw Damaged($"'{member.Name}' of '{name}' is unknown, given twice, or no pair");
                }
            return dtype is null || shape is null || place is null ? throw Damaged($"'{name}' lacks its dtype, shape or data_offsets") : (dtype, shape, place[0], place[1]);
        }

        static long[] Whole(string name, JsonElement list) => [.. list.EnumerateArray().Select(x => x.ValueKind == JsonValueKind.Number && x.TryGetInt64(out long n) && n >= 0 ? n
            : throw Damaged($"a place or size of '{name}' is no whole number from 0"))];

        static void Once<T>(Dictionary<string, T> to, string name, T value)
        {
            if (!to.TryAdd(name, value))
                throw Damaged($"'{name}' stands in its header twice");
        }
    }
}
