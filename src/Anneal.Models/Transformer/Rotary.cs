using System.Numerics;

namespace Anneal.Models;

/// <summary>Rotary positions: number j of a head and number j + d/2 are turned together by position · base^(−2j/d).</summary>
sealed unsafe class Rotary<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly int half;
    readonly AlignedArray<T> cos, sin;

    public Rotary(int d, int positions, double @base)
    {
        half = d / 2;
        (cos, sin) = (new((long)positions * half), new((long)positions * half));
        for (int p = 0; p < positions; p++)
            for (int j = 0; j < half; j++)
            {
                var (s, c) = Math.SinCos(p * Math.Pow(@base, -2.0 * j / d));
                (cos.At[p * half + j], sin.At[p * half + j]) = (T.CreateTruncating(c), T.CreateTruncating(s));
            }
    }

    /// <summary>Turns one head's numbers at a position, or back.</summary>
    public void Rotate(T* x, int position, bool back)
    {
        T* c = cos.At + (nint)position * half, s = sin.At + (nint)position * half;
        for (int j = 0; j < half; j++)
        {
            T a = x[j], b = x[j + half], sine = back ? -s[j] : s[j];
            (x[j], x[j + half]) = (a * c[j] - b * sine, b * c[j] + a * sine);
        }
    }
}
