using System.Text;

namespace Anneal;

/// <summary>A learning rate for every step. A value: it never changes and remembers nothing.</summary>
/// <remarks>
/// Step t counts the updates already made, so the first update uses <c>At(0)</c>. It is a real number,
/// so that a curve can be drawn, integrated, and driven by tokens or hours as well as by updates.
/// Rates are absolute: a floor is a rate, never a fraction of another argument.
/// The same type serves any other number that changes while training, such as momentum.
/// </remarks>
public abstract partial record Schedule
{
    /// <summary>The rate of the update that follows <paramref name="step"/> updates.</summary>
    /// <param name="step">Updates already made: finite, 0 or above; need not be whole.</param>
    /// <exception cref="ArgumentOutOfRangeException">The step is negative, infinite or not a number.</exception>
    public double At(double step) => step is >= 0 and <= double.MaxValue ? Rate(step) : throw Refuse(step);

    /// <remarks>Apart from <see cref="At"/>, so that the check is small enough to be compiled into the caller.</remarks>
    static ArgumentOutOfRangeException Refuse(double step) => new(nameof(step), step, "step must be a finite number, 0 or above.");

    /// <summary>The formula; <paramref name="t"/> has been checked.</summary>
    protected abstract double Rate(double t);

    /// <summary>The rate at a step that has been checked already.</summary>
    internal double RateAt(double t) => Rate(t);

    /// <summary>The formula with this schedule's numbers, as LaTeX.</summary>
    public virtual string Latex => @$"\eta(t) = {Formula("t")}";

    /// <summary>The right side of the formula as LaTeX, asked at <paramref name="t"/>, itself LaTeX such as <c>(t - 500)</c>.</summary>
    protected virtual string Formula(string t) => @$"\mathrm{{{GetType().Name}}}({Tex.Bare(t)})";

    internal string FormulaAt(string t) => Formula(t);

    /// <summary>How many schedules lie inside one another here, this one included.</summary>
    internal virtual int Depth => 1;

    /// <summary>Only what the derived record was made of is printed.</summary>
    protected virtual bool PrintMembers(StringBuilder builder) => false;
}
