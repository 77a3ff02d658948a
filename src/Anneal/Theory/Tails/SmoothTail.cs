namespace Anneal.Theory;

/// <summary>A tail that follows one formula.</summary>
/// <remarks><code>η(t) ≈ Coefficient · Ratioᵗ · t^−Power · (ln t)^−LogPower</code></remarks>
/// <param name="Coefficient">Its size, 0 or above; 0 for a rate that ends at 0.</param>
/// <param name="Ratio">Factor per step; below 1 the rate falls geometrically.</param>
/// <param name="Power">p in t^−p.</param>
/// <param name="LogPower">q in (ln t)^−q.</param>
public sealed record SmoothTail(double Coefficient, double Ratio, double Power, double LogPower) : Tail
{
    /// <summary>Above 0 if this tail outgrows the other without limit, below 0 if the other outgrows it, 0 if they stay in proportion.</summary>
    public int Order(SmoothTail other) => (Coefficient, other.Coefficient) switch
    {
        (0, 0) => 0,
        (0, _) => -1,
        (_, 0) => 1,
        _ when Ratio != other.Ratio => Ratio.CompareTo(other.Ratio),
        _ when Power != other.Power => other.Power.CompareTo(Power),
        _ => other.LogPower.CompareTo(LogPower),
    };

    /// <inheritdoc/>
    public override SmoothTail Moved(double delay, double stretch = 1, double factor = 1) =>
        factor == 0 || Coefficient == 0 ? (SmoothTail)Zero : this with
        {
            Coefficient = factor * Coefficient * Math.Pow(Ratio, -delay / stretch) * Math.Pow(stretch, Power),
            Ratio = Math.Pow(Ratio, 1 / stretch),
        };

    internal static SmoothTail Plus(SmoothTail a, SmoothTail b) =>
        a.Order(b) is 0 ? a with { Coefficient = a.Coefficient + b.Coefficient } : Max(a, b);

    internal static SmoothTail Max(SmoothTail a, SmoothTail b) =>
        a.Order(b) > 0 || (a.Order(b) == 0 && a.Coefficient >= b.Coefficient) ? a : b;

    internal static SmoothTail Min(SmoothTail a, SmoothTail b) => Max(a, b) == a ? b : a;

    internal static SmoothTail Times(SmoothTail a, SmoothTail b) =>
        new(a.Coefficient * b.Coefficient, a.Ratio * b.Ratio, a.Power + b.Power, a.LogPower + b.LogPower);
}
