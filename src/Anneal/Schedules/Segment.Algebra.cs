namespace Anneal;

/// <content>What only a schedule with an end can do, and what leaves it one.</content>
public abstract partial record Segment
{
    /// <summary>This segment, then another, which counts from its own step 0.</summary>
    public Segment Then(Segment next) => this is Sequence sequence ? sequence.Append(next) : new Sequence(this, next);

    /// <summary>This segment, then a schedule, which counts from its own step 0.</summary>
    public Schedule Then(Schedule next) => next switch
    {
        Segment segment => Then(segment),
        Continuation continuation => new Continuation(Then(continuation.First), continuation.Next),
        _ => new Continuation(this, next),
    };

    /// <summary>Played several times, each time so many times as high and as long as the time before.</summary>
    public Segment Repeat(int cycles, double heightFactor = 1, double lengthFactor = 1) => new Repeated(this, cycles, heightFactor, lengthFactor);

    /// <summary>Played for ever, each time so many times as high and as long as the time before.</summary>
    public Schedule Loop(double heightFactor = 1, double lengthFactor = 1) => new Looped(this, heightFactor, lengthFactor);

    /// <summary>The formula goes on past the end, where otherwise the last rate is held.</summary>
    public Schedule Continue() => new Continued(this);

    /// <summary>Refuses to be asked past the end, where otherwise the last rate is held.</summary>
    public Schedule Strict() => new Strict(this);

    /// <summary>From the end to the start.</summary>
    public virtual Segment Reverse() => new Reversed(this);

    /// <summary>With a clock that runs along a power.</summary>
    public Segment Warp(double power) => new Warped(this, power);

    /// <inheritdoc/>
    public override Segment Scale(double by) => new Scaled(this, by).For(Steps);

    /// <inheritdoc/>
    public override Segment Stretch(double by) => new Stretched(this, by).For(Steps * by);

    /// <inheritdoc/>
    public override Segment Clamp(double low, double high) => new Clamped(this, low, high).For(Steps);
}
