namespace Anneal.Kernels;

/// <summary>A stretch of weights, gradients or remembered numbers, read and written as doubles whatever its precision.</summary>
/// <remarks>For rules that are not one formula per weight; what is, runs on lanes in <see cref="Pass{L}"/>.</remarks>
public readonly unsafe struct View<L> where L : struct, ILane<L>
{
    internal readonly byte* Data;

    /// <summary>How many numbers there are.</summary>
    public int Length { get; }

    internal View(void* data, int length)
    {
        Data = (byte*)data;
        Length = length;
    }

    public double this[int i]
    {
        get => L.Get(Data, Check(i));
        set => L.Set(Data, Check(i), value);
    }

    /// <summary>The part from <paramref name="start"/> on.</summary>
    public View<L> Slice(int start, int length) =>
        start >= 0 && length >= 0 && start <= Length - length ? new(Data + (nint)start * L.WeightSize, length)
        : throw new ArgumentOutOfRangeException(nameof(start), start, "The slice must lie inside the view.");

    public void CopyTo(View<L> target)
    {
        if (target.Length != Length)
            throw new ArgumentException($"A view of {Length} numbers cannot fill one of {target.Length}.", nameof(target));
        Buffer.MemoryCopy(Data, target.Data, (long)Length * L.WeightSize, (long)Length * L.WeightSize);
    }

    public void CopyTo(Span<double> target)
    {
        for (int i = 0; i < Length; i++)
            target[i] = this[i];
    }

    public void CopyFrom(ReadOnlySpan<double> source)
    {
        for (int i = 0; i < Length; i++)
            this[i] = source[i];
    }

    public void Fill(double value)
    {
        for (int i = 0; i < Length; i++)
            this[i] = value;
    }

    public double[] ToArray()
    {
        var copy = new double[Length];
        CopyTo(copy);
        return copy;
    }

    int Check(int i) => (uint)i < (uint)Length ? i
        : throw new ArgumentOutOfRangeException(nameof(i), i, $"The view has {Length} numbers.");
}
