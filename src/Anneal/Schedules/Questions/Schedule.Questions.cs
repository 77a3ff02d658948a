namespace Anneal;

/// <content>What a shape tells about itself, so that questions about it can be answered exactly.</content>
public abstract partial record Schedule
{
    /// <summary>The smooth stretches that make up [<paramref name="from"/>, <paramref name="to"/>], in order and without gaps.</summary>
    /// <remarks>Sums, integrals, corners, inverses and phases are answered from these: <see cref="ScheduleSums"/> and its neighbours.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">An end is negative, infinite or not a number, or the range runs backwards.</exception>
    public IEnumerable<Piece> Pieces(double from, double to)
    {
        Require.Range(from, to);
        return from == to ? [] : Joined(from, to, PiecesOver(from, to));
    }

    /// <summary>What the rate does for ever: the ground on which sums over all steps diverge or converge.</summary>
    public virtual Tail LongRun() => Tail.Unknown("the schedule does not say how its rate behaves in the long run");

    /// <remarks>Parts that are played later have their ends rounded; a piece that is nothing but rounding is dropped.</remarks>
    static IEnumerable<Piece> Joined(double from, double to, IEnumerable<Piece> pieces)
    {
        Piece? last = null;
        foreach (var piece in pieces)
        {
            if (piece.To <= (last?.To ?? from) || piece.From >= to)
                continue;
            if (last is not null)
            {
                yield return last with { From = from };
                from = last.To;
            }
            last = piece;
        }
        if (last is not null)
            yield return last with { From = from, To = to };
    }

    /// <summary>The pieces over a range that is not empty; a shape that says nothing is known by its values alone.</summary>
    protected virtual IEnumerable<Piece> PiecesOver(double from, double to) => [Piece.Unknown(this, from, to)];
}
