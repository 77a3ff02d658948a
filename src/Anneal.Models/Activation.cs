using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Anneal.Models;

/// <summary>What a hidden unit makes of its weighted sum.</summary>
public enum Activation
{
    /// <summary>tanh(z); derivative 1 − tanh²(z).</summary>
    Tanh,

    /// <summary>max(z, 0); derivative 1 above 0, else 0.</summary>
    Relu,

    /// <summary>z itself; derivative 1. A network of it is one affine map.</summary>
    Identity,
}

/// <summary>The activations and their derivatives on arrays.</summary>
static unsafe class Activations
{
    /// <summary>Replaces each of <paramref name="n"/> numbers, a multiple of four, by its activation.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Apply(Activation activation, double* z, int n)
    {
        if (activation == Activation.Tanh)
            for (int i = 0; i < n; i += 4)
                Tanh(Vector256.Load(z + i)).Store(z + i);
        else if (activation == Activation.Relu)
            for (int i = 0; i < n; i += 4)
                Vector256.Max(Vector256.Load(z + i), Vector256<double>.Zero).Store(z + i);
    }

    /// <summary>d ← d · derivative, told from the activations a.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Back(Activation activation, double* a, double* d, int n)
    {
        if (activation == Activation.Tanh)
            for (int i = 0; i < n; i += 4)
            {
                var x = Vector256.Load(a + i);
                (Vector256.Load(d + i) * (Vector256<double>.One - x * x)).Store(d + i);
            }
        else if (activation == Activation.Relu)
            for (int i = 0; i < n; i += 4)
                Vector256.ConditionalSelect(Vector256.GreaterThan(Vector256.Load(a + i), Vector256<double>.Zero), Vector256.Load(d + i), Vector256<double>.Zero)
                    .Store(d + i);
    }

    /// <summary>tanh to within a few units of the last digit: its series below 0.03, 1 − 2/(e^(2|z|) + 1) above.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<double> Tanh(Vector256<double> z)
    {
        var x = Vector256.Abs(z);
        var far = Vector256<double>.One - Vector256.Create(2.0) / (Vector256.Exp(x + x) + Vector256<double>.One);
        var s = x * x;
        var sum = Vector256.Create(-1382.0 / 155925);
        sum = sum * s + Vector256.Create(62.0 / 2835);
        sum = sum * s - Vector256.Create(17.0 / 315);
        sum = sum * s + Vector256.Create(2.0 / 15);
        sum = sum * s - Vector256.Create(1.0 / 3);
        var near = x + x * s * sum;
        var size = Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256.Create(0.03)), near, far);
        return Vector256.CopySign(size, z);
    }
}
