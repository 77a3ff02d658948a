namespace Anneal.Theory;

/// <summary>Sums and integrals of x^p without adding the terms one by one.</summary>
/// <remarks>
/// <code>Σ_{x=A}^{B−1} f(x) = ∫_A^B f dx + (f(A) − f(B))/2 + Σ_k B₂ₖ/(2k)! · (f^(2k−1)(B) − f^(2k−1)(A))</code>
/// (Euler and Maclaurin), begun where x is large enough that eight corrections reach the last digit.
/// <see href="https://dlmf.nist.gov/2.10.E1">DLMF 2.10.1</see>.
/// </remarks>
static class PowerSums
{
    /// <summary>B₂ₖ / (2k)! for k = 1 … 8.</summary>
    static readonly double[] Corrections =
    [
        1.0 / 12, -1.0 / 720, 1.0 / 30_240, -1.0 / 1_209_600, 1.0 / 47_900_160,
        -691.0 / 1_307_674_368_000, 1.0 / 74_724_249_600, -3617.0 / 10_670_622_842_880_000,
    ];

    /// <summary>∫ x^p dx over [from, to], 0 ≤ from ≤ to.</summary>
    public static double Integral(double from, double to, double p)
    {
        if (from <= 0)
            return p > -1 ? Math.Pow(Math.Max(0, to), p + 1) / (p + 1) : double.PositiveInfinity;
        double logRatio = NearOne.Log1p((to - from) / from);
        return p == -1 ? logRatio : Math.Pow(from, p + 1) * NearOne.Expm1((p + 1) * logRatio) / (p + 1);
    }

    /// <summary>Σ (first + i·stride)^p for i = 0 … count − 1; no term may be negative.</summary>
    public static double Progression(double first, double stride, long count, double p)
    {
        if (stride < 0)
            (first, stride) = (first + stride * (count - 1), -stride);
        return Math.Pow(stride, p) * Unit(Math.Max(0, first / stride), count, p);
    }

    /// <summary>Σ (a + i)^p for i = 0 … count − 1, a ≥ 0.</summary>
    static double Unit(double a, long count, double p)
    {
        double smooth = 20 + 2 * Math.Abs(p);
        long direct = count <= 64 || a + count <= smooth ? count : (long)Math.Max(0, Math.Ceiling(smooth - a));
        double total = CompensatedSum.Over(x => Math.Pow(x, p), a, 1, direct);
        return direct == count ? total : total + EulerMaclaurin(a + direct, a + count, p);
    }

    static double EulerMaclaurin(double from, double to, double p)
    {
        double sum = Integral(from, to, p) + (Math.Pow(from, p) - Math.Pow(to, p)) / 2;
        double factor = p, atFrom = Math.Pow(from, p - 1), atTo = Math.Pow(to, p - 1);
        for (int k = 0; k < Corrections.Length; k++)
        {
            sum += Corrections[k] * factor * (atTo - atFrom);
            factor *= (p - 2 * k - 1) * (p - 2 * k - 2);
            atFrom /= from * from;
            atTo /= to * to;
        }
        return sum;
    }
}
