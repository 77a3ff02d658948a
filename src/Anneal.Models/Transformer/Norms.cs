using System.Numerics;

namespace Anneal.Models;

/// <summary>Layer norm and RMS norm of a row, forward and backward.</summary>
/// <remarks>
/// <code>
/// u = (x − mean) · s     s = 1/√(variance + ε)     y = gain·u + bias          RMS norm: mean = 0, the mean square in place of the variance
/// backward, with h = gain·ẏ:     ẋ = s·(h − mean(h) − u·mean(h·u))            RMS norm: without mean(h)
/// </code>
/// </remarks>
readonly unsafe struct Norms<T>(NormKind kind, double epsilon) where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly bool centred = kind == NormKind.LayerNorm;
    readonly T ε = T.CreateTruncating(epsilon);

    /// <summary>Rows one after another.</summary>
    public void Forward(T* x, T* gain, T* bias, T* y, int rows, int width)
    {
        for (int r = 0; r < rows; r++)
            Row(x + (nint)r * width, gain, bias, y + (nint)r * width, width);
    }

    /// <summary>Rows one after another; the gradient is added to what stands in <paramref name="dx"/>, those of gain and bias likewise.</summary>
    public void Backward(T* x, T* gain, T* dy, T* dx, T* dGain, T* dBias, int rows, int width)
    {
        for (int r = 0; r < rows; r++)
            BackwardRow(x + (nint)r * width, gain, dy + (nint)r * width, dx + (nint)r * width, dGain, dBias, width, add: true);
    }

    public void Row(T* x, T* gain, T* bias, T* y, int width)
    {
        var (mean, s) = Moments(x, width);
        Vector<T> m = Vector.Create(mean), scale = Vector.Create(s);
        int i = 0;
        for (; i + Vector<T>.Count <= width; i += Vector<T>.Count)
            ((Vector.Load(x + i) - m) * scale * Vector.Load(gain + i) + (bias is null ? Vector<T>.Zero : Vector.Load(bias + i))).Store(y + i);
        for (; i < width; i++)
            y[i] = (x[i] - mean) * s * gain[i] + (bias is null ? T.Zero : bias[i]);
    }

    /// <summary>The gradient of one row goes into <paramref name="dx"/>, which may be <paramref name="dy"/> unless it is added to.</summary>
    public void BackwardRow(T* x, T* gain, T* dy, T* dx, T* dGain, T* dBias, int width, bool add)
    {
        var (mean, s) = Moments(x, width);
        Vector<T> m = Vector.Create(mean), scale = Vector.Create(s), sums = Vector<T>.Zero, products = Vector<T>.Zero;
        T sum = T.Zero, product = T.Zero;
        int i = 0;
        for (; i + Vector<T>.Count <= width; i += Vector<T>.Count)
        {
            Vector<T> u = (Vector.Load(x + i) - m) * scale, d = Vector.Load(dy + i), h = d * Vector.Load(gain + i);
            (Vector.Load(dGain + i) + d * u).Store(dGain + i);
            if (dBias is not null)
                (Vector.Load(dBias + i) + d).Store(dBias + i);
            sums += h;
            products += h * u;
        }
        for (; i < width; i++)
        {
            T u = (x[i] - mean) * s, h = dy[i] * gain[i];
            dGain[i] += dy[i] * u;
            if (dBias is not null)
                dBias[i] += dy[i];
            sum += h;
            product += h * u;
        }
        T n = T.CreateTruncating(width), c = centred ? (Vector.Sum(sums) + sum) / n : T.Zero, p = (Vector.Sum(products) + product) / n;
        Vector<T> centre = Vector.Create(c), along = Vector.Create(p);
        for (i = 0; i + Vector<T>.Count <= width; i += Vector<T>.Count)
        {
            Vector<T> u = (Vector.Load(x + i) - m) * scale, h = Vector.Load(dy + i) * Vector.Load(gain + i), d = scale * (h - centre - u * along);
            (add ? Vector.Load(dx + i) + d : d).Store(dx + i);
        }
        for (; i < width; i++)
        {
            T u = (x[i] - mean) * s, d = s * (dy[i] * gain[i] - c - u * p);
            dx[i] = add ? dx[i] + d : d;
        }
    }

    /// <summary>The mean, and 1/√(variance + ε) in two passes.</summary>
    (T Mean, T Scale) Moments(T* x, int width)
    {
        T n = T.CreateTruncating(width), mean = T.Zero, square = T.Zero;
        int i;
        if (centred)
        {
            var sums = Vector<T>.Zero;
            for (i = 0; i + Vector<T>.Count <= width; i += Vector<T>.Count)
                sums += Vector.Load(x + i);
            for (; i < width; i++)
                mean += x[i];
            mean = (mean + Vector.Sum(sums)) / n;
        }
        Vector<T> m = Vector.Create(mean), squares = Vector<T>.Zero;
        for (i = 0; i + Vector<T>.Count <= width; i += Vector<T>.Count)
        {
            var d = Vector.Load(x + i) - m;
            squares = Lanes.MultiplyAdd(d, d, squares);
        }
        for (; i < width; i++)
            square += (x[i] - mean) * (x[i] - mean);
        return (mean, T.One / T.Sqrt((square + Vector.Sum(squares)) / n + ε));
    }
}
