using System.Runtime.CompilerServices;

namespace Anneal.Kernels;

/// <summary>Looks for NaN and infinity among many numbers.</summary>
static class NotFinite
{
    /// <summary>Where the first of them is; −1 where there is none.</summary>
    public static unsafe int First<L>(View<L> numbers, int threads) where L : struct, ILane<L>
    {
        // x − x is 0 for every finite number and NaN for all others.
        if (!double.IsNaN(Loop.Sum<L, Difference<L>>(new(), numbers.Data, numbers.Data, numbers.Length, threads)))
            return -1;
        int first = 0;
        while (double.IsFinite(numbers[first]))
            first++;
        return first;
    }

    /// <inheritdoc cref="First{L}(View{L}, int)"/>
    public static unsafe int In<T>(T[] numbers) where T : unmanaged
    {
        fixed (T* x = numbers)
            return typeof(T) == typeof(double)
                ? First<Wide<double>>(new(x, numbers.Length), Environment.ProcessorCount)
                : First<Wide<float>>(new(x, numbers.Length), Environment.ProcessorCount);
    }

    /// <summary>Says what the gradient is at one place: <c>NaN for head.bias[1]</c>.</summary>
    public static string Describe(double value, Layout layout, int place)
    {
        var tensor = layout.Tensors.Last(t => t.Offset <= place);
        int rest = place - tensor.Offset;
        var indices = new int[tensor.Dimensions.Count];
        for (int d = indices.Length - 1; d >= 0; d--)
            (rest, indices[d]) = Math.DivRem(rest, tensor.Dimensions[d]);
        return $"{value} for {tensor.Name}[{string.Join(", ", indices)}]";
    }

    readonly struct Difference<L> : ITerm<L> where L : struct, ILane<L>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public L Of(L x, L y) => x - x;
    }
}
