using System.Text;

namespace Anneal.Combinators;

/// <summary>Plays its parts one after the other, each from its own step 0; on a joint, the later part decides.</summary>
/// <remarks>
/// <code>η(t) = Parts[k](t − startₖ),   startₖ = Parts[0].Steps + … + Parts[k−1].Steps ≤ t &lt; startₖ₊₁</code>
/// A sequence is flat: parts that are sequences themselves are replaced by their parts, so <c>a.Then(b).Then(c)</c> equals
/// <c>a.Then(b.Then(c))</c>, and one of a million parts is asked as quickly as its depth in a binary search.
/// </remarks>
public sealed record Sequence : Segment
{
    readonly Track parts;

    /// <summary>One segment after another.</summary>
    public Sequence(Segment first, Segment next) : this(Track.Empty.Append(first).Append(next))
    {
    }

    /// <summary>Any number of segments, at least one.</summary>
    public Sequence(IEnumerable<Segment> parts) : this(Require.Some([.. parts ?? throw new ArgumentNullException(nameof(parts))], nameof(parts)).Aggregate(Track.Empty, (track, part) => track.Append(part)))
    {
    }

    Sequence(Track parts) : base(parts.Ends[^1]) => this.parts = parts;

    /// <summary>What is played, in order; none of it is itself a sequence.</summary>
    public IReadOnlyList<Segment> Parts => parts;

    /// <summary>The step on which part <paramref name="index"/> starts.</summary>
    public double StartOf(int index) => parts.StartOf(index);

    /// <inheritdoc/>
    public override double End => parts[^1].End;

    internal override int Depth => parts.Depth + 1;

    internal Sequence Append(Segment next) => new(parts.Append(next));

    /// <inheritdoc/>
    protected override double Curve(double t)
    {
        if (t >= Steps)
            return parts[^1].CurveAt(t - parts.StartOf(parts.Count - 1));
        int index = Counting.UpTo(parts.Ends, t);
        return parts[index].RateAt(t - parts.StartOf(index));
    }

    private protected override void FillCurve(Span<double> rates, double from, double every)
    {
        if (!Filling.AreWhole(from, every, rates.Length))
        {
            base.FillCurve(rates, from, every);
            return;
        }
        for (int done = 0; done < rates.Length;)
        {
            double t = from + done * every;
            int index = Counting.UpTo(parts.Ends, t);
            int end = done + Filling.CountBefore(parts.Ends[index], t, every, rates.Length - done);
            FillFrom(parts[index], parts.StartOf(index), rates[done..end], t, every);
            done = end;
        }
    }

    /// <inheritdoc/>
    protected override string Formula(string t) => Tex.Cases(parts.Select((part, i) =>
        (part.FormulaAt(Tex.Since(t, parts.StartOf(i))), $"{t} < {Tex.Number(parts.Ends[i])}")));

    /// <inheritdoc/>
    protected override bool PrintMembers(StringBuilder builder)
    {
        base.PrintMembers(builder);
        builder.Append($", Parts = {Items<Segment>.Of(parts)}");
        return true;
    }

    /// <inheritdoc/>
    protected override IEnumerable<Piece> PiecesWithin(double from, double to)
    {
        for (int i = Counting.UpTo(parts.Ends, from); i < parts.Count && parts.StartOf(i) < to; i++)
        {
            double start = parts.StartOf(i);
            foreach (var piece in Piece.Moved(parts[i], Math.Max(from, start), Math.Min(to, parts.Ends[i]), delay: start))
                yield return piece;
        }
    }
}
