using System.Runtime.InteropServices;

namespace Anneal.Kernels;

/// <summary>The numbers behind one <see cref="Slot"/>: pinned, and aligned to a cache line.</summary>
public sealed unsafe class SlotValues
{
    const int Line = 64;
    readonly byte[] room;
    readonly int begin;
    readonly int[] offsets;

    internal SlotValues(Slot slot, Layout layout, Format format)
    {
        (Slot, Format) = (slot, format);
        offsets = new int[layout.Tensors.Count + 1];
        for (int i = 0; i < layout.Tensors.Count; i++)
            offsets[i + 1] = checked(offsets[i] + (slot.Size is null ? layout.Tensors[i].Count : slot.Size(layout.Tensors[i])));
        long bytes = (long)Length * Size(format);
        // Room for a whole lane past the end, so that reading one never leaves the array.
        room = GC.AllocateArray<byte>(checked((int)Math.Min(bytes + 2 * Line, Array.MaxLength)), pinned: true);
        if (bytes + Line > room.Length)
            throw new ArgumentException($"A column of {Length} numbers does not fit into one array.", nameof(layout));
        begin = (int)((Line - (nint)Marshal.UnsafeAddrOfPinnedArrayElement(room, 0) % Line) % Line);
        if (slot.Initial != 0)
            Fill(slot.Initial);
    }

    /// <summary>What it holds.</summary>
    public Slot Slot { get; }

    /// <summary>How many numbers.</summary>
    public int Length => offsets[^1];

    /// <summary>The format of one number.</summary>
    internal Format Format { get; }

    internal void* Data => (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(room, begin);

    /// <summary>The raw numbers, least significant byte first.</summary>
    public Span<byte> Bytes => room.AsSpan(begin, Length * Size(Format));

    /// <summary>The numbers as doubles.</summary>
    public double[] ToArray()
    {
        var numbers = new double[Length];
        for (int i = 0; i < Length; i++)
            numbers[i] = Format switch
            {
                Format.F64 => ((double*)Data)[i],
                Format.F32 => ((float*)Data)[i],
                _ => BitConverter.UInt32BitsToSingle((uint)((ushort*)Data)[i] << 16),
            };
        return numbers;
    }

    /// <summary>Takes over numbers, rounded to its format.</summary>
    internal void CopyFrom(ReadOnlySpan<double> values)
    {
        for (int i = 0; i < values.Length; i++)
            switch (Format)
            {
                case Format.F64: ((double*)Data)[i] = values[i]; break;
                case Format.F32: ((float*)Data)[i] = (float)values[i]; break;
                default: ((ushort*)Data)[i] = (ushort)(BitConverter.SingleToUInt32Bits((float)values[i]) >> 16); break;
            }
    }

    internal (int Offset, int Length) Part(int tensor) => (offsets[tensor], offsets[tensor + 1] - offsets[tensor]);

    internal static int Size(Format format) => format switch { Format.F64 => 8, Format.F32 => 4, _ => 2 };

    void Fill(double value)
    {
        if (Format == Format.F64)
            new Span<double>(Data, Length).Fill(value);
        else if (Format == Format.F32)
            new Span<float>(Data, Length).Fill((float)value);
        else
            new Span<ushort>(Data, Length).Fill((ushort)(BitConverter.SingleToUInt32Bits((float)value) >> 16));
    }
}

/// <summary>Number formats by their names in safetensors files.</summary>
enum Format
{
    F64,
    F32,
    BF16,
}
