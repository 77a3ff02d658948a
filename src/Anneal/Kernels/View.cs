using System.Numerics;

namespace Anneal.Kernels;

/// <summary>A stretch of weights, gradients or remembered numbers, read and written as doubles whatever its precision.</summary>
/// <remarks>For rules that are not one formula per weight; what is, runs on lanes in <see cref="Pass{L}"/>.</remarks>
public readonly unsafe struct View<L> where L : struct, ILane<L>
{
    readonly byte* data;
    readonly bool isState;

    /// <summary>How many numbers there are.</summary>
    public int Length { get; }

    /// <summary>Where in the memory of a rule it begins, for what depends on that; nothing for weights and gradients.</summary>
    internal readonly StatePlace Place;

    internal View(void* data, int length, bool isState = false, StatePlace place = default)
    {
        this.data = (byte*)data;
        this.isState = isState;
        Length = length;
        Place = place;
    }

    /// <summary>The numbers where weights are wanted. Memory in a shorter format is none: read as weights, it would reach beyond its end.</summary>
    internal byte* Data => L.StateSize == L.WeightSize || !isState ? data : throw NotWeights();

    /// <summary>The numbers where what is remembered is wanted: weights of a longer format are none.</summary>
    internal byte* StateData => L.StateSize == L.WeightSize || isState ? data : throw NotState();

    /// <summary>One of the numbers; writing rounds to the precision of the view.</summary>
    public double this[int i]
    {
        get => L.Get(Data, Check(i));
        set => L.Set(Data, Check(i), value);
    }

    /// <summary>The part from <paramref name="start"/> on.</summary>
    public View<L> Slice(int start, int length) =>
        start >= 0 && length >= 0 && start <= Length - length ? new(data + (nint)start * (isState ? L.StateSize : L.WeightSize), length, isState, Place with { Start = Place.Start + start })
        : throw new ArgumentOutOfRangeException(nameof(start), start, "The slice must lie inside the view.");

    /// <summary>Copies all numbers into a view of the same length.</summary>
    public void CopyTo(View<L> target)
    {
        if (target.Length != Length)
            throw new ArgumentException($"A view of {Length} numbers cannot fill one of {target.Length}.", nameof(target));
        Buffer.MemoryCopy(Data, target.Data, (long)Length * L.WeightSize, (long)Length * L.WeightSize);
    }

    /// <summary>Copies all numbers into an array that is at least as long.</summary>
    public void CopyTo(Span<double> target)
    {
        if (target.Length < Length)
            throw new ArgumentException($"A view of {Length} numbers does not fit into {target.Length}.", nameof(target));
        byte* source = Data;
        int i = 0;
        if (L.WeightSize == sizeof(float))
            for (; i <= Length - Vector<float>.Count; i += Vector<float>.Count)
            {
                Vector.Widen(Vector.Load((float*)source + i), out var low, out var high);
                low.CopyTo(target[i..]);
                high.CopyTo(target[(i + Vector<double>.Count)..]);
            }
        for (; i < Length; i++)
            target[i] = L.Get(source, i);
    }

    /// <summary>Overwrites all numbers with those of an array that is at least as long.</summary>
    public void CopyFrom(ReadOnlySpan<double> source)
    {
        if (source.Length < Length)
            throw new ArgumentException($"{source.Length} numbers do not fill a view of {Length}.", nameof(source));
        byte* target = Data;
        int i = 0;
        if (L.WeightSize == sizeof(float))
            for (; i <= Length - Vector<float>.Count; i += Vector<float>.Count)
                Vector.Narrow(new Vector<double>(source[i..]), new Vector<double>(source[(i + Vector<double>.Count)..])).Store((float*)target + i);
        for (; i < Length; i++)
            L.Set(target, i, source[i]);
    }

    /// <summary>Sets all numbers to one value.</summary>
    public void Fill(double value)
    {
        byte* target = Data;
        int i = 0;
        for (var lane = L.Of(value); i <= Length - L.Count; i += L.Count)
            L.Store(lane, target, i);
        for (; i < Length; i++)
            L.Set(target, i, value);
    }

    /// <summary>The numbers as an array of their own.</summary>
    public double[] ToArray()
    {
        var copy = new double[Length];
        CopyTo(copy);
        return copy;
    }

    static InvalidOperationException NotWeights() => new("This is memory in bfloat16, which only formulas on lanes read and write. A rule that copies, fills or indexes its memory must say so by RemembersOnLanes.");

    static InvalidOperationException NotState() => new("These are weights or a gradient; where memory is kept in bfloat16 they cannot take its place.");

    int Check(int i) => (uint)i < (uint)Length ? i
        : throw new ArgumentOutOfRangeException(nameof(i), i, $"The view has {Length} numbers.");
}
