using System.Text;

namespace Anneal;

/// <summary>A schedule of your own, made of a function: what <see cref="Schedule.Of"/> gives.</summary>
/// <remarks>
/// <code>η(t) = Values(t)</code>
/// For languages that cannot derive from a record of C#, F# among them, and for one that is needed once. It composes, charts and answers
/// questions as every schedule does, sums and integrals by its values; it has neither JSON nor notation, since nothing could read the function back.
/// Two are equal when they have the same name and the same function object.
/// </remarks>
/// <param name="Name">What charts and messages call it; not empty.</param>
/// <param name="Values">The rate at a step, which is 0 or above; it must depend on the step alone, and be finite.</param>
/// <param name="InTheLongRun">What the rate does for ever, where you know it; the Robbins-Monro conditions are decided from it.</param>
public sealed record Custom(string Name, Func<double, double> Values, Tail? InTheLongRun = null) : Schedule
{
    /// <summary>What charts and messages call it.</summary>
    public string Name { get; } = string.IsNullOrWhiteSpace(Name) ? throw new ArgumentException("Name must not be empty.", nameof(Name)) : Name;

    /// <summary>The rate at a step.</summary>
    public Func<double, double> Values { get; } = Values ?? throw new ArgumentNullException(nameof(Values));

    /// <exception cref="InvalidOperationException">The function gave an infinite number or none.</exception>
    protected override double Rate(double t)
    {
        double rate = Values(t);
        return double.IsFinite(rate) ? rate : throw new InvalidOperationException($"{Name} gave {rate} at step {t}: a rate must be a finite number.");
    }

    /// <inheritdoc/>
    public override Tail LongRun() => InTheLongRun ?? Tail.Unknown($"{Name} does not say how its rate behaves in the long run");

    /// <inheritdoc/>
    protected override string Formula(string t) => @$"\text{{{string.Concat(Name.Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-'))}}}({Tex.Bare(t)})";

    /// <inheritdoc/>
    protected override bool PrintMembers(StringBuilder builder)
    {
        builder.Append($"Name = {Name}");
        return true;
    }
}
