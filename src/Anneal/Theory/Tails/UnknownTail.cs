namespace Anneal.Theory;

/// <summary>A tail of which nothing is known.</summary>
/// <param name="Reason">Why not, as a clause.</param>
public sealed record UnknownTail(string Reason) : Tail
{
    /// <inheritdoc/>
    public override Tail Moved(double delay, double stretch = 1, double factor = 1) => factor == 0 ? Zero : this;
}
