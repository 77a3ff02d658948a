namespace Anneal.Theory;

/// <summary>A tail that swings below an envelope and keeps coming back to it.</summary>
/// <param name="Envelope">The rate stays below a multiple of it, and above another for a fixed share of all steps.</param>
public sealed record RecurringTail(SmoothTail Envelope) : Tail
{
    /// <inheritdoc/>
    public override Tail Moved(double delay, double stretch = 1, double factor = 1) => Recurring(Envelope.Moved(delay, stretch, factor));
}
