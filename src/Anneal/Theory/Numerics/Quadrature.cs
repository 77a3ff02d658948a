using MathNet.Numerics.Integration;

namespace Anneal.Theory;

/// <summary>Integrals of a smooth function by the adaptive Gauss–Kronrod rule.</summary>
static class Quadrature
{
    /// <summary>∫ f over [from, to], to about 13 digits where f is smooth between the ends.</summary>
    public static double Integrate(Func<double, double> f, double from, double to) =>
        GaussKronrodRule.Integrate(f, from, to, out _, out _, targetRelativeError: 1e-13, maximumDepth: 10, order: 15);
}
