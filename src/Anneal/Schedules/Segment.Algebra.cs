namespace Anneal;

/// <content>What only a schedule with an end can do.</content>
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
}
