using System.Runtime.CompilerServices;

namespace Anneal;

/// <summary>Muon, then every row of the step brought to about the same length by a second moment per row, at an unchanged length of the whole.</summary>
/// <remarks>
/// <code>
/// O as in Muon     vᵢ ← β₂·vᵢ + (1 − β₂)·mean over j of oᵢⱼ²     Ô = O / (√v + ε)     Ô ← Ô · ‖O‖ / ‖Ô‖
/// W ← (1 − rate·Decay)·W − rate · ScaleFactor · scale(rows, columns) · Ô
/// </code>
/// Orthogonal rows of a wide matrix have length 1 already; those of a tall one, and of an unfinished iteration, have not.
/// Li et al., <see href="https://arxiv.org/abs/2510.05491">NorMuon</see> (2025), in the authors' form. Typical rate 0.02, β₂ 0.95.
/// </remarks>
/// <param name="Beta">Momentum, [0, 1).</param>
/// <param name="Beta2">Decay of the mean square, [0, 1).</param>
/// <param name="Nesterov">Looks one step ahead.</param>
/// <param name="Iterations">Newton–Schulz steps, 0 to 1,000.</param>
/// <param name="Decay">Weight decay per unit of rate, 0 or above.</param>
/// <param name="VectorRate">Factor on the rate of vectors, 0 or above.</param>
/// <param name="Epsilon">Keeps the division finite, 0 or above; a pure number.</param>
/// <param name="EpsilonIsFloor">ε is the least v, √max(v, ε), instead of being added to the root (modded-nanogpt, NVIDIA).</param>
/// <param name="LengthEpsilon">Added to ‖Ô‖ before dividing by it, 0 or above.</param>
/// <param name="Lines">Whose lengths are made equal.</param>
/// <param name="KeepsLength">Whether the step is as long afterwards as before.</param>
/// <param name="EqualRows">Gives the rows of U equal length before they are made orthogonal (<see href="https://arxiv.org/abs/2603.28254">MuonEq</see>).</param>
/// <param name="UnitLength">Gives O the length √min(rows, columns) of an exact orthogonal matrix.</param>
/// <param name="ScaledDecay">Multiplies the decay by the scale of the step too (nanochat).</param>
/// <param name="NewtonSchulz">How a matrix is made orthogonal; Jordan's triple unless given.</param>
/// <param name="Scale">How the shape scales the step.</param>
/// <param name="ScaleFactor">Factor on that scale, above 0.</param>
/// <param name="Momentum">What the mean of the gradients is.</param>
/// <param name="CautiousDecay">Decays only where the step too moves the weight towards 0.</param>
/// <param name="Vectors">What vectors run; AdamW with β₁ 0.9, β₂ 0.95, ε 1e-10 unless given.</param>
/// <param name="VectorDecay">Weight decay of vectors; that of the matrices unless given.</param>
public sealed record NorMuon(
    double Beta = 0.95, double Beta2 = 0.95, bool Nesterov = true, int Iterations = 5, double Decay = 0, double VectorRate = 0.015,
    double Epsilon = 1e-10, bool EpsilonIsFloor = false, double LengthEpsilon = 1e-10, MomentLines Lines = MomentLines.Rows, bool KeepsLength = true, bool EqualRows = false, bool UnitLength = false,
    bool ScaledDecay = false, NewtonSchulz? NewtonSchulz = null, MatrixScale Scale = MatrixScale.Original, double ScaleFactor = 1,
    MuonMomentum Momentum = MuonMomentum.Average, bool CautiousDecay = false, Adam? Vectors = null, double? VectorDecay = null)
    : SteepestDescent(Beta, Nesterov, Decay, VectorRate, Momentum, CautiousDecay, Vectors, VectorDecay)
{
    /// <summary>Decay of the mean square, [0, 1).</summary>
    public double Beta2 { get; } = Require.BelowOne(Beta2);

    /// <summary>Newton–Schulz steps, 0 to 1,000.</summary>
    public int Iterations { get; } = Require.Count(0, 1_000, Iterations);

    /// <summary>Keeps the division finite, 0 or above; a pure number.</summary>
    public double Epsilon { get; } = Require.NotNegative(Epsilon);

    /// <summary>Added to ‖Ô‖ before dividing by it, 0 or above.</summary>
    public double LengthEpsilon { get; } = Require.NotNegative(LengthEpsilon);

    /// <summary>Whose lengths are made equal.</summary>
    public MomentLines Lines { get; } = Require.Known(Lines);

    /// <summary>How the shape scales the step.</summary>
    public MatrixScale Scale { get; } = Require.Known(Scale);

    /// <summary>Factor on that scale, above 0.</summary>
    public double ScaleFactor { get; } = Require.Positive(ScaleFactor);

    internal override bool SeparatesRoom => true;

    bool ByRows(Tensor t) => Lines == MomentLines.Rows || t.Rows >= t.Columns;

    private protected override int SecondMoments(Tensor t) => ByRows(t) ? t.Rows : t.Columns;

    private protected override IReadOnlyList<Slot> Rooms => [.. RuleOptions.NewtonSchulz.Rooms, Slot.ScratchSpace("lines", t => t.IsMatrix ? SecondMoments(t) : 0)];

    private protected override View<L> Direction<L>(in Pass<L> one, View<L> u, out double scale)
    {
        int rows = one.Shape.Rows, columns = one.Shape.Columns;
        if (EqualRows)
        {
            double mean = one.Norm(u) / Math.Sqrt(rows);
            for (int i = 0; i < rows; i++)
            {
                View<L> row = u.Slice(i * columns, columns);
                one.Over(new Scale<L>(mean / Math.Max(one.Norm(row), 1e-6)), row, row);
            }
        }
        View<L> flat = (NewtonSchulz ?? Muon.Jordan).Run(one, Own, u, rows, columns, Iterations);
        double length = one.Norm(flat);
        if (UnitLength && length > 0)
        {
            double unit = Math.Sqrt(Math.Min(rows, columns));
            one.Over(new Scale<L>(unit / length), flat, flat);
            length = unit;
        }
        SecondMoment.Divide(one, flat, one[1], one[Own + 4], rows, columns, ByRows(one.Shape), Beta2, Epsilon, EpsilonIsFloor);
        scale = ScaleFactor * Scale.Of(rows, columns);
        if (KeepsLength)
        {
            double now = one.Norm(flat);
            scale *= now > 0 ? length / (now + LengthEpsilon) : 1;
        }
        return flat;
    }

    private protected override void Move<L>(in Pass<L> one, View<L> step, double scale)
    {
        // The decay follows the scale of the shape, not what brings the step back to its length.
        double shape = ScaledDecay ? ScaleFactor * Scale.Of(one.Shape.Rows, one.Shape.Columns) : 1;
        Move(one, step, scale, one.Rate * shape * one.Decay(Decay));
    }
}

static class SecondMoment
{
    /// <summary>v ← beta2·v + (1 − beta2)·mean of x² along every line     x ← x / (√v + ε), or x / √max(v, ε)</summary>
    /// <param name="one">The pass, confined to the tensor.</param>
    /// <param name="x">The matrix.</param>
    /// <param name="v">A number for each line, of all there are.</param>
    /// <param name="room">Room for as many.</param>
    /// <param name="rows">Rows of x.</param>
    /// <param name="columns">Columns of x.</param>
    /// <param name="byRows">Whether its lines are rows.</param>
    /// <param name="beta2">Decay of v.</param>
    /// <param name="epsilon">ε.</param>
    /// <param name="floor">Whether ε is the least v.</param>
    /// <param name="chosen">Where the rows of x are only some of all: which. The v of the others stays as it is.</param>
    public static void Divide<L>(
        in Pass<L> one, View<L> x, View<L> v, View<L> room, int rows, int columns, bool byRows, double beta2, double epsilon, bool floor, int[]? chosen = null) where L : struct, ILane<L>
    {
        if (chosen is not null)
            room.Fill(-1);
        if (byRows)
            for (int i = 0; i < rows; i++)
            {
                View<L> row = x.Slice(i * columns, columns);
                room[chosen?[i] ?? i] = one.Dot(row, row);
            }
        else
            Lines.ColumnSquares(one, x, room, rows, columns);
        one.Over(new Inverse<L>(beta2, (1 - beta2) / (byRows ? columns : rows), floor ? 0 : epsilon, floor ? epsilon : 0), room, room, v);
        for (int i = 0; i < rows; i++)
        {
            View<L> row = x.Slice(i * columns, columns);
            if (byRows)
                one.Over(new Scale<L>(room[chosen?[i] ?? i]), row, row);
            else
                one.Over(new Times<L>(), row, room);
        }
    }

    /// <summary>v ← keep·v + add·source where that is not below 0     target ← 1 / (√max(v, floor) + ε), and 0 where that is not finite</summary>
    readonly struct Inverse<L>(double keep, double add, double epsilon, double floor) : IUpdate1<L> where L : struct, ILane<L>
    {
        readonly L keep = L.Of(keep), add = L.Of(add), ε = L.Of(epsilon), floor = L.Of(floor), unit = L.Of(1), none = L.Of(0);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public L Apply(L target, L source, ref L v)
        {
            v = L.IfPositive(-source, v, keep * v + add * source);
            L under = L.Sqrt(L.Max(v, floor)) + ε;
            return L.IfPositive(under, unit / under, none);
        }
    }
}
