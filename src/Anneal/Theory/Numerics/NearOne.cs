namespace Anneal.Theory;

/// <summary>Exponential and logarithm near 1, where the plain functions lose the digits that matter.</summary>
static class NearOne
{
    /// <summary>e^x − 1, by <c>2 · e^(x/2) · sinh(x/2)</c>, in which nothing cancels.</summary>
    public static double Expm1(double x) => Math.Abs(x) > 1 ? Math.Exp(x) - 1 : 2 * Math.Exp(x / 2) * Math.Sinh(x / 2);

    /// <summary>ln(1 + x), by <c>2 · artanh(x / (2 + x))</c> where x is small.</summary>
    public static double Log1p(double x) => Math.Abs(x) > 0.5 ? Math.Log(1 + x) : 2 * Math.Atanh(x / (2 + x));
}
