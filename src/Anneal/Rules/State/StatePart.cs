using System.Runtime.InteropServices;

namespace Anneal;

/// <summary>One tensor of a state file: its name there, its format, and the numbers in memory.</summary>
abstract class StatePart(string name, string dtype, int count)
{
    public string Name => name;

    /// <summary>The format by its name in safetensors files.</summary>
    public string DType => dtype;

    /// <summary>How many numbers it has.</summary>
    public int Count => count;

    /// <summary>The raw numbers, least significant byte first.</summary>
    public abstract Span<byte> Bytes { get; }

    /// <summary>All that a state remembers, in the order of the file; what is inside has a number before its name.</summary>
    public static List<StatePart> Of(RuleState state)
    {
        var parts = new List<StatePart>();
        Walk(state, "", parts);
        return parts;
    }

    static void Walk(RuleState state, string prefix, List<StatePart> parts)
    {
        foreach (var column in state.Slots)
            parts.Add(new Column(prefix + column.Slot.Name, column));
        if (state.Numbers.Length > 0)
            parts.Add(new Scalars(prefix + "numbers", state.Numbers));
        for (int i = 0; i < state.Inner.Count; i++)
            Walk(state.Inner[i], $"{prefix}{i}.", parts);
    }

    sealed class Column(string name, SlotValues values) : StatePart(name, values.Format.ToString(), values.Length)
    {
        public override Span<byte> Bytes => values.Bytes;
    }

    sealed class Scalars(string name, double[] numbers) : StatePart(name, nameof(Format.F64), numbers.Length)
    {
        public override Span<byte> Bytes => MemoryMarshal.AsBytes(numbers.AsSpan());
    }
}
