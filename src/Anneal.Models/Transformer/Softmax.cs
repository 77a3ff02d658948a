using System.Numerics;
using System.Runtime.CompilerServices;

namespace Anneal.Models;

/// <summary>Softmax of a row, and the loss and gradients that follow from it.</summary>
static unsafe class Softmax<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>x ← e^(scale·(x − max)) / Σ; returns the largest x and the sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (T Max, T Sum) Forward(T* x, int n, T scale)
    {
        int i, whole = n / Vector<T>.Count * Vector<T>.Count, rest = n - whole;
        T max = x[0];
        if (whole > 0)
        {
            var largest = Vector.Load(x);
            for (i = Vector<T>.Count; i < whole; i += Vector<T>.Count)
                largest = Vector.Max(largest, Vector.Load(x + i));
            for (i = 0; i < Vector<T>.Count; i++)
                max = T.Max(max, largest[i]);
        }
        for (i = whole; i < n; i++)
            max = T.Max(max, x[i]);
        Vector<T> top = Vector.Create(max), factor = Vector.Create(scale), sums = Vector<T>.Zero;
        for (i = 0; i < whole; i += Vector<T>.Count)
        {
            var e = Lanes.Exp((Vector.Load(x + i) - top) * factor);
            e.Store(x + i);
            sums += e;
        }
        T sum = Vector.Sum(sums);
        if (rest > 0)
        {
            Lanes.StorePart(Lanes.Exp((Lanes.Part(x + whole, rest) - top) * factor), x + whole, rest);
            for (i = whole; i < n; i++)
                sum += x[i];
        }
        T share = T.One / sum;
        var shares = Vector.Create(share);
        for (i = 0; i < whole; i += Vector<T>.Count)
            (Vector.Load(x + i) * shares).Store(x + i);
        for (; i < n; i++)
            x[i] *= share;
        return (max, sum);
    }

    /// <summary>d ← scale · p · (d − Σ d·p): from the gradient of the shares to that of the numbers they were made of.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward(T* p, T* d, int n, T scale)
    {
        var sums = Vector<T>.Zero;
        T sum = T.Zero;
        int i = 0;
        for (; i + Vector<T>.Count <= n; i += Vector<T>.Count)
            sums = Lanes.MultiplyAdd(Vector.Load(p + i), Vector.Load(d + i), sums);
        for (; i < n; i++)
            sum += p[i] * d[i];
        sum += Vector.Sum(sums);
        Vector<T> along = Vector.Create(sum), factor = Vector.Create(scale);
        for (i = 0; i + Vector<T>.Count <= n; i += Vector<T>.Count)
            (factor * Vector.Load(p + i) * (Vector.Load(d + i) - along)).Store(d + i);
        for (; i < n; i++)
            d[i] = scale * p[i] * (d[i] - sum);
    }
}
