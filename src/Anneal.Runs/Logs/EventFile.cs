using System.Buffers.Binary;
using System.Numerics;
using Google.Protobuf;

namespace Anneal.Runs;

/// <summary>TensorBoard's event files: records with checksums, each an <c>Event</c> of protocol buffers.</summary>
/// <remarks>
/// <code>record = length (8 bytes) · masked CRC32C of it (4) · data · masked CRC32C of it (4)     masked(c) = rotate right 15 + 0xa282ead8</code>
/// Only what holds scalars is looked at: the step, the tag, <c>simple_value</c>, or a tensor of one float or double.
/// </remarks>
static class EventFile
{
    /// <summary>All scalars by tag.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="remarks">Where a damaged file ends is added here.</param>
    public static Dictionary<string, List<(double Step, double Value)>> Scalars(Stream stream, List<string> remarks)
    {
        var scalars = new Dictionary<string, List<(double, double)>>();
        long at = 0;
        int records = 0;
        byte[] header = new byte[12], footer = new byte[4];
        while (true)
        {
            int read = stream.ReadAtLeast(header, 12, throwOnEndOfStream: false);
            if (read == 0)
                return scalars;
            if (read < 12 || Masked(header.AsSpan(0, 8)) != BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(8)))
            {
                remarks.Add($"{(read < 12 ? "the file is cut off" : "the checksum of a record's length is wrong")} at byte {at:#,0}, after {records:#,0} records; what comes before it was read.");
                return scalars;
            }
            ulong length = BinaryPrimitives.ReadUInt64LittleEndian(header);
            if (length > 1 << 28)
            {
                remarks.Add($"a record of {length:#,0} bytes at byte {at:#,0} is too long; what comes before it was read.");
                return scalars;
            }
            byte[] data = new byte[length];
            if (stream.ReadAtLeast(data, data.Length, throwOnEndOfStream: false) < data.Length || stream.ReadAtLeast(footer, 4, throwOnEndOfStream: false) < 4)
            {
                remarks.Add($"the file is cut off within the record at byte {at:#,0}, after {records:#,0} records; what comes before it was read.");
                return scalars;
            }
            if (Masked(data) != BinaryPrimitives.ReadUInt32LittleEndian(footer))
                remarks.Add($"the record at byte {at:#,0} does not match its checksum and was left out.");
            else
                Event(data, scalars);
            records++;
            at += 16 + data.Length;
        }
    }

    /// <summary>The checksum as the format keeps it, so that a checksum of checksums stays well distributed.</summary>
    public static uint Masked(ReadOnlySpan<byte> data)
    {
        uint crc = uint.MaxValue;
        while (data.Length >= 8)
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(data));
            data = data[8..];
        }
        foreach (byte b in data)
            crc = BitOperations.Crc32C(crc, b);
        crc = ~crc;
        return BitOperations.RotateRight(crc, 15) + 0xa282ead8u;
    }

    static void Event(byte[] data, Dictionary<string, List<(double, double)>> scalars)
    {
        var input = new CodedInputStream(data);
        long step = 0;
        ByteString? summary = null;
        for (uint tag; (tag = input.ReadTag()) != 0;)
            if (tag == Tag(2, WireFormat.WireType.Varint))
                step = input.ReadInt64();
            else if (tag == Tag(5, WireFormat.WireType.LengthDelimited))
                summary = input.ReadBytes();
            else
                input.SkipLastField();
        if (summary is null)
            return;
        var values = summary.CreateCodedInput();
        for (uint tag; (tag = values.ReadTag()) != 0;)
            if (tag == Tag(1, WireFormat.WireType.LengthDelimited))
                Value(values.ReadBytes(), step, scalars);
            else
                values.SkipLastField();
    }

    static void Value(ByteString bytes, long step, Dictionary<string, List<(double, double)>> scalars)
    {
        var input = bytes.CreateCodedInput();
        string name = "";
        double? value = null;
        for (uint tag; (tag = input.ReadTag()) != 0;)
            if (tag == Tag(1, WireFormat.WireType.LengthDelimited))
                name = input.ReadString();
            else if (tag == Tag(2, WireFormat.WireType.Fixed32))
                value = input.ReadFloat();
            else if (tag == Tag(8, WireFormat.WireType.LengthDelimited))
                value = Tensor(input.ReadBytes()) ?? value;
            else
                input.SkipLastField();
        if (value is not { } number)
            return;
        if (!scalars.TryGetValue(name, out var list))
            scalars[name] = list = [];
        list.Add((step, number));
    }

    /// <summary>The number of a tensor that holds one; null for others.</summary>
    static double? Tensor(ByteString bytes)
    {
        var input = bytes.CreateCodedInput();
        const int Float = 1, Double = 2;
        int type = 0;
        ByteString content = ByteString.Empty;
        double? value = null;
        for (uint tag; (tag = input.ReadTag()) != 0;)
            switch (WireFormat.GetTagFieldNumber(tag), WireFormat.GetTagWireType(tag))
            {
                case (1, WireFormat.WireType.Varint): type = input.ReadEnum(); break;
                case (4, WireFormat.WireType.LengthDelimited): content = input.ReadBytes(); break;
                case (5, WireFormat.WireType.Fixed32): value = input.ReadFloat(); break;
                case (5, WireFormat.WireType.LengthDelimited): value = input.ReadBytes() is { Length: 4 } one ? BinaryPrimitives.ReadSingleLittleEndian(one.Span) : value; break;
                case (6, WireFormat.WireType.Fixed64): value = input.ReadDouble(); break;
                case (6, WireFormat.WireType.LengthDelimited): value = input.ReadBytes() is { Length: 8 } packed ? BinaryPrimitives.ReadDoubleLittleEndian(packed.Span) : value; break;
                default: input.SkipLastField(); break;
            }
        return value ?? (type, content.Length) switch
        {
            (Float, 4) => BinaryPrimitives.ReadSingleLittleEndian(content.Span),
            (Double, 8) => BinaryPrimitives.ReadDoubleLittleEndian(content.Span),
            _ => null,
        };
    }

    static uint Tag(int field, WireFormat.WireType type) => WireFormat.MakeTag(field, type);
}
