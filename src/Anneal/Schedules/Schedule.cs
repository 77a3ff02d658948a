namespace Anneal;

/// <summary>A learning rate for every step. A value: it never changes and remembers nothing.</summary>
/// <remarks>
/// Step t counts the updates already made, so the first update uses <c>At(0)</c>. It is a real number,
/// so that a curve can be drawn, integrated, and driven by tokens or hours as well as by updates.
/// Rates are absolute: a floor is a rate, never a fraction of another argument.
/// </remarks>
public abstract record Schedule
{
    /// <summary>The rate of the update that follows <paramref name="step"/> updates.</summary>
    /// <param name="step">Updates already made: finite, 0 or above; need not be whole.</param>
    /// <exception cref="ArgumentOutOfRangeException">The step is negative, infinite or not a number.</exception>
    public double At(double step) => Rate(Require.NotNegative(step));

    /// <summary>The formula; <paramref name="t"/> has been checked.</summary>
    protected abstract double Rate(double t);

    /// <summary>The first <paramref name="steps"/> steps of this schedule; then it holds the rate it had reached.</summary>
    public Segment For(double steps) => new Cut(this, steps);
}
