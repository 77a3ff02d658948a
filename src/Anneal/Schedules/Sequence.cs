namespace Anneal;

/// <summary>Plays <paramref name="First"/>, then <paramref name="Next"/> from its own step 0; on the joint, <paramref name="Next"/> decides.</summary>
/// <param name="First">Decides while t &lt; First.Steps.</param>
/// <param name="Next">Decides from t = First.Steps on, asked at t − First.Steps.</param>
public sealed record Sequence(Segment First, Segment Next) : Segment(First.Steps + Next.Steps)
{
    protected override double Rate(double t) => t < First.Steps ? First.At(t) : Next.At(t - First.Steps);
}

/// <summary>The open-ended twin of <see cref="Sequence"/>: what follows has no end.</summary>
/// <param name="First">Decides while t &lt; First.Steps.</param>
/// <param name="Next">Decides from t = First.Steps on, asked at t − First.Steps.</param>
public sealed record Continuation(Segment First, Schedule Next) : Schedule
{
    protected override double Rate(double t) => t < First.Steps ? First.At(t) : Next.At(t - First.Steps);
}
