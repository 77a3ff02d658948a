using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Anneal.Kernels;

/// <summary>Householder's reflectors 1 − τ·u·uᵀ, made from a column and applied to strips of sixteen columns whose numbers lie side by side, row after row.</summary>
static unsafe class Reflectors
{
    /// <summary>Columns of a strip.</summary>
    public const int Strip = 16;

    /// <summary>The reflector that turns x into a multiple of its first unit vector: u[0] = 1 in place of x, and τ, 0 where nothing is to be done.</summary>
    public static double Make(Span<double> x, out double length)
    {
        double first = length = x[0], rest = 0;
        foreach (double entry in x[1..])
            rest += entry * entry;
        if (rest == 0)
            return 0;
        length = -Math.CopySign(Math.Sqrt(first * first + rest), first);
        for (int i = 1; i < x.Length; i++)
            x[i] /= first - length;
        x[0] = 1;
        return (length - first) / length;
    }

    /// <summary>strip ← (1 − τ·u·uᵀ)·strip, for a u that is 0 before <paramref name="from"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Apply(double* strip, double* u, double τ, int from, int to)
    {
        Vector256<double> x0 = default, x1 = default, x2 = default, x3 = default;
        for (int i = from; i < to; i++)
        {
            double* at = strip + (nint)i * Strip;
            var factor = Vector256.Create(u[i]);
            x0 = Vector256.FusedMultiplyAdd(factor, Vector256.Load(at), x0);
            x1 = Vector256.FusedMultiplyAdd(factor, Vector256.Load(at + 4), x1);
            x2 = Vector256.FusedMultiplyAdd(factor, Vector256.Load(at + 8), x2);
            x3 = Vector256.FusedMultiplyAdd(factor, Vector256.Load(at + 12), x3);
        }
        var minus = Vector256.Create(-τ);
        (x0, x1, x2, x3) = (minus * x0, minus * x1, minus * x2, minus * x3);
        for (int i = from; i < to; i++)
        {
            double* at = strip + (nint)i * Strip;
            var factor = Vector256.Create(u[i]);
            Vector256.FusedMultiplyAdd(factor, x0, Vector256.Load(at)).Store(at);
            Vector256.FusedMultiplyAdd(factor, x1, Vector256.Load(at + 4)).Store(at + 4);
            Vector256.FusedMultiplyAdd(factor, x2, Vector256.Load(at + 8)).Store(at + 8);
            Vector256.FusedMultiplyAdd(factor, x3, Vector256.Load(at + 12)).Store(at + 12);
        }
    }
}
