using System.Numerics;
using System.Runtime.CompilerServices;

namespace Anneal.Models;

/// <summary>GELU and SwiGLU of rows, forward and backward. Both are z·σ(p(z)): p(z) = 2·√(2/π)·(z + 0.044715·z³) for GELU's tanh form, p(z) = z for SiLU.</summary>
static unsafe class GatedUnits<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    static readonly double twice = 2 * Math.Sqrt(2 / Math.PI);

    /// <summary>a ← gelu(z)</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gelu(T* z, T* a, long n)
    {
        Vector<T> one = Of(twice), three = Of(twice * 0.044715);
        for (long i = 0; i < n; i += Vector<T>.Count)
        {
            int count = (int)Math.Min(Vector<T>.Count, n - i);
            var x = Load(z + i, count);
            Store(x * Lanes.Sigmoid(x * (one + three * x * x)), a + i, count);
        }
    }

    /// <summary>a ← gelu(z), dz ← d · gelu′(z)</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void GeluBackward(T* z, T* a, T* d, T* dz, long n)
    {
        Vector<T> one = Of(twice), three = Of(twice * 0.044715), slope = Of(3 * twice * 0.044715);
        for (long i = 0; i < n; i += Vector<T>.Count)
        {
            int count = (int)Math.Min(Vector<T>.Count, n - i);
            Vector<T> x = Load(z + i, count), square = x * x, s = Lanes.Sigmoid(x * (one + three * square)), value = x * s;
            Store(value, a + i, count);
            Store(Load(d + i, count) * (s + value * (Vector<T>.One - s) * (one + slope * square)), dz + i, count);
        }
    }

    /// <summary>a ← silu(gate)·up for a row of both.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SwiGlu(T* gate, T* up, T* a, int n)
    {
        for (int i = 0; i < n; i += Vector<T>.Count)
        {
            int count = Math.Min(Vector<T>.Count, n - i);
            var x = Load(gate + i, count);
            Store(x * Lanes.Sigmoid(x) * Load(up + i, count), a + i, count);
        }
    }

    /// <summary>a ← silu(gate)·up, and from the gradient d of a row the gradients of gate and up.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SwiGluBackward(T* gate, T* up, T* a, T* d, T* dGate, T* dUp, int n)
    {
        for (int i = 0; i < n; i += Vector<T>.Count)
        {
            int count = Math.Min(Vector<T>.Count, n - i);
            Vector<T> x = Load(gate + i, count), u = Load(up + i, count), g = Load(d + i, count), s = Lanes.Sigmoid(x), silu = x * s;
            Store(silu * u, a + i, count);
            Store(g * silu, dUp + i, count);
            Store(g * u * (s + silu * (Vector<T>.One - s)), dGate + i, count);
        }
    }

    static Vector<T> Of(double value) => Vector.Create(T.CreateTruncating(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector<T> Load(T* x, int count) => count == Vector<T>.Count ? Vector.Load(x) : Lanes.Part(x, count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Store(Vector<T> value, T* x, int count)
    {
        if (count == Vector<T>.Count)
            value.Store(x);
        else
            Lanes.StorePart(value, x, count);
    }
}
