namespace Anneal;

/// <summary>A schedule with an end: it changes for <see cref="Steps"/> updates, then holds its last rate.</summary>
public abstract record Segment(double Steps) : Schedule
{
    /// <summary>Updates until the end, above 0; from then on the rate is <c>At(Steps)</c>.</summary>
    public double Steps { get; } = Require.Positive(Steps);

    /// <summary>This segment, then another, which counts from its own step 0.</summary>
    public Segment Then(Segment next) => new Sequence(this, next);

    /// <summary>This segment, then a schedule without an end, which counts from its own step 0.</summary>
    public Schedule Then(Schedule next) => new Continuation(this, next);
}
