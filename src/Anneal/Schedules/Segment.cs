using System.Globalization;
using System.Text;

namespace Anneal;

/// <summary>A schedule with an end: it changes for <see cref="Steps"/> updates, then holds its last rate.</summary>
/// <remarks>
/// A segment of your own overrides <see cref="Curve"/>; holding after the end is done here, once for all.
/// What one of the library's has beside that is in .github/CONTRIBUTING.md, "Adding a schedule".
/// </remarks>
/// <param name="Steps">Updates until the end, finite, above 0.</param>
public abstract partial record Segment(double Steps) : Schedule
{
    /// <summary>Updates until the end, above 0; from then on the rate is <see cref="End"/>.</summary>
    public double Steps { get; } = Require.Positive(Steps);

    /// <summary>The rate at the end and ever after, exactly.</summary>
    public virtual double End => Curve(Steps);

    /// <summary>The formula, asked before the end; past it only where a schedule is to go on as if it had none.</summary>
    protected abstract double Curve(double t);

    // Two returns and not one: each then jumps to the formula instead of calling it.
    /// <inheritdoc/>
    protected sealed override double Rate(double t)
    {
        if (t < Steps)
            return Curve(t);
        return End;
    }

    internal double CurveAt(double t) => Curve(t);

    /// <inheritdoc/>
    public override string Latex => @$"\eta(t) = {Tex.Until(Formula("t"), Steps, End)}";

    /// <inheritdoc/>
    protected override bool PrintMembers(StringBuilder builder)
    {
        builder.Append(CultureInfo.InvariantCulture, $"Steps = {Steps}");
        return true;
    }
}
