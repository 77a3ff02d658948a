namespace Anneal;

/// <content>What a segment tells about itself.</content>
public abstract partial record Segment
{
    /// <summary>The rate that is held after the end.</summary>
    public override Tail LongRun() => Tail.Constant(End);

    /// <summary>The pieces over a range inside [0, Steps] that is not empty; what is held afterwards is added once for all segments.</summary>
    protected virtual IEnumerable<Piece> PiecesWithin(double from, double to) => [Piece.Unknown(this, from, to)];

    /// <inheritdoc/>
    protected sealed override IEnumerable<Piece> PiecesOver(double from, double to)
    {
        if (from < Steps)
            foreach (var piece in PiecesWithin(from, Math.Min(to, Steps)))
                yield return piece;
        if (to > Steps)
            yield return Piece.Held(End, Steps, Math.Max(from, Steps), to);
    }
}
