namespace Anneal.Lessons;

/// <summary>Programs of lesson 17: the smallest rate that moves a weight, stochastic rounding, and Kahan's step.</summary>
public static class NumericsFromScratch
{
    static readonly double[] weights = [1, 1, 1.5, 0.75, -1, -1, 100, 0.0625], along = [-1, 1, 1, -2, -1, 1, 4, 0.5];
    static readonly double[] others = [4096, -2048, 0.3125, 3, -0.5, 1], otherAlong = [1, -1, 0.25, -8, -2, 0.001];
    static readonly double[] numbers = [1.001953125, 1.001953125, 2, -1.005, 300.9, 0.1, -0.3, 3.01], draws = [0.2, 0.8, 0, 0.9, 0.3, 0.9, 0.7, 0.5];
    static readonly double[] gradients = [-2, -1, -1, 2, -1, -0.5, 0, -3];

    /// <summary>The largest rate that still leaves a weight where it is: weight, the step at rate 1, significant bits.</summary>
    public static CodingExercise<Func<double, double, int, double>> SmallestRate { get; } = new("smallest-rate-from-scratch",
        "Write the rate from which on θ − ηu, rounded to the nearest number with so many significant bits, is no longer θ: half the gap on that side, over |u|.", Threshold)
    {
        Step = "weight",
        Trials =
        [
            new("the weights shown", f => Each(weights, along, (w, u) => f(w, u, 8)), new Input("weight θ", weights), new Input("u", along), new("bits", 8)),
            new("float16, 11 bits", f => Each(others, otherAlong, (w, u) => f(w, u, 11)), new Input("weight θ", others), new Input("u", otherAlong)),
            new("float32, 24 bits", f => Each(weights, along, (w, u) => f(w, u, 24)), new Input("weight θ", weights), new Input("u", along)),
        ],
        Slips =
        [
            new((w, u, bits) => 2 * Threshold(w, u, bits), "That is the whole gap. Half of it is enough: from there on the next number is the nearest."),
            new((w, u, bits) => Gap(w, bits) / 2 / Math.Abs(u), "Below a power of 2 the gap is half as wide as above it. A weight of 1 that shrinks has its neighbour at half the distance."),
            new((w, u, bits) => Towards(w, -u, bits) / 2 / Math.Abs(u), "The side: the weight moves against u. So a weight of 1 grows if u is negative."),
            new((w, u, bits) => Math.Pow(2, -bits) / Math.Abs(u), "Your gap is the one at 1. It doubles with every power of 2, and halves below 1."),
            new((w, u, bits) => Math.Abs(w) * Math.Pow(2, -bits) / Math.Abs(u), "Your gap grows in proportion to the weight. It is the same for all numbers from one power of 2 to the next."),
            new((w, u, bits) => Threshold(w, u, bits) * Math.Abs(u), "Divide by |u|: it is the step ηu that is compared with half the gap."),
            new((w, u, bits) => Threshold(w, u, bits) * u * u, "You multiply by |u|. A longer u needs a smaller rate: divide."),
            new((w, u, bits) => Threshold(w, u, bits) / 2, "One bit too many. With 8 significant bits the number after 1 is 1 + 2⁻⁷: the leading 1 is one of the eight."),
            new((w, u, bits) => Towards(w, u, bits) / 2 / u, "Rates are positive: divide by |u|."),
        ],
        Right = "Right in all three formats. For a bfloat16 weight of 1 it is 2⁻⁹ downwards and 2⁻⁸ upwards.",
    };

    /// <summary>Stochastic rounding to bfloat16: a number, a draw from [0, 1).</summary>
    public static CodingExercise<Func<double, double, double>> StochasticRounding { get; } = new("stochastic-rounding-from-scratch",
        "Write stochastic rounding to 8 significant bits: from the neighbour nearer to 0 to the one farther away if draw < (|x| − inner)/gap.", (x, draw) => Rounded(x, draw))
    {
        Step = "number",
        Trials =
        [
            new("the numbers shown", f => Each(numbers, draws, f), new Input("x", numbers), new Input("draw", draws)),
            new("500 numbers of all sizes", f => Enumerable.Range(0, 500).Select(i => f(Math.Sin(i) * Math.Pow(2, i % 24 - 12), Fraction(i)))),
            new("numbers that bfloat16 has", f => Enumerable.Range(0, 40).Select(i => f((i - 20) / 16.0, i % 3 == 0 ? 0 : Fraction(i)))),
        ],
        Slips =
        [
            new((x, _) => NumberFormat.BFloat16.Nearest(x), "That is rounding to nearest: the draw plays no part."),
            new((x, draw) => Rounded(x, draw, away: (share, d) => d >= share), "The chance is upside down. A number near its inner neighbour should go there most of the time."),
            new((x, draw) => Rounded(x, draw, away: (share, d) => d > 1 - share), "Your chance is right, but you compare the draw with 1 − share. Go outward where draw < share, so that results can be compared."),
            new((x, draw) => Rounded(x, draw, away: (share, d) => d <= share), "A number that bfloat16 has must stay: with draw ≤ share it moves when both are 0. Use draw < share."),
            new(Upwards, "You go up, not away from 0: the same for positive numbers, another draw's result for negative ones. Work with |x| and give the sign back."),
            new((x, draw) => Rounded(x, draw, gap: _ => Math.Pow(2, -7)), "Your gap is 2⁻⁷ everywhere. That is the one between 1 and 2; it doubles with every power of 2."),
            new((x, draw) => Rounded(x, draw, gap: e => Math.Pow(2, e - 8)), "That is one bit too many: with 8 significant bits the gap from 1 on is 2⁻⁷."),
            new((x, draw) => Rounded(x, draw, away: (_, d) => d < 0.5), "You toss a fair coin. The chance is the share of the gap that lies below x."),
            new((x, draw) => Rounded(x, draw, away: (_, _) => false), "That cuts the rest off: every number comes out too near to 0."),
            new((x, draw) => Math.Abs(Rounded(x, draw)), "The sign is lost. Round |x| and give the sign back."),
        ],
        Right = "Right, also for negative numbers and for those that bfloat16 has. On average this rounding changes nothing.",
    };

    /// <summary>Gradient descent on a bfloat16 weight with Kahan's summation, from 1: gradients, rate; the weight after each update.</summary>
    public static CodingExercise<Func<double[], double, double[]>> KahanStep { get; } = new("kahan-step-from-scratch",
        "Write y = −ηg + lost, θ′ = θ + y and lost = y − (θ′ − θ), both rounded to bfloat16: the weight after each update, from 1.", (g, rate) => Kahan(g, rate))
    {
        Trials =
        [
            new("the gradients shown", f => f(gradients, 0.003), new Input("gradient", gradients), new("rate", 0.003)),
            new("steps of 0.0001", f => f([.. Enumerable.Repeat(-1.0, 400)], 0.0001)),
            new("2,000 gradients that change sign", f => f([.. Enumerable.Range(0, 2_000).Select(i => Math.Sin(i * i) - 0.2)], 0.001)),
        ],
        Slips =
        [
            new((g, rate) => Kahan(g, rate, keep: (_, _, _) => 0), "Nothing is carried on: that is plain rounding to nearest. Add what was lost to the next step."),
            new((g, rate) => Kahan(g, rate, keep: (y, _, moved) => moved - y), "The sign of what is lost: it is y, what should have been added, less θ′ − θ, what was."),
            new((g, rate) => Kahan(g, rate, keep: (_, step, moved) => step - moved), "What was lost before is forgotten: subtract θ′ − θ from y, which contains it, and not from the bare step."),
            new((g, rate) => Kahan(g, rate, keep: (y, _, _) => y), "θ is overwritten before you subtract it, so θ′ − θ is 0 and nothing counts as added. Keep the old θ until lost is known."),
            new((g, rate) => Kahan(g, rate, keep: (y, _, moved) => moved == 0 ? y : 0), "When the weight moves, lost does not start again from 0: keep the part of y by which it moved too little or too far."),
            new((g, rate) => Kahan(g, rate, sign: 1), "The sign: the weight moves against the gradient, y = −ηg + lost."),
            new((g, rate) => Kahan(g, rate, weight: w => w), "The weight is not rounded. It must be a bfloat16 after every update."),
            new((g, rate) => Kahan(g, rate, rest: r => r), "What is lost is kept in 16 bits too: round it to bfloat16."),
        ],
        Right = "Right, also after 2,000 updates: the weight stays within a gap of the exact sum.",
    };

    static double[] Each(double[] first, double[] second, Func<double, double, double> f) => [.. first.Zip(second, f)];

    /// <summary>The distance to the next number away from 0.</summary>
    static double Gap(double x, int bits) => Math.Pow(2, Math.ILogB(x) + 1 - bits);

    /// <summary>The distance to the next number against u.</summary>
    static double Towards(double w, double u, int bits) => Gap(w, bits) / (Math.Sign(w) == Math.Sign(u) && Math.ScaleB(1, Math.ILogB(w)) == Math.Abs(w) ? 2 : 1);

    static double Threshold(double w, double u, int bits) => Towards(w, u, bits) / 2 / Math.Abs(u);

    static double Rounded(double x, double draw, Func<double, double, bool>? away = null, Func<int, double>? gap = null)
    {
        if (x == 0)
            return 0;
        double distance = gap is null ? Gap(x, 8) : gap(Math.ILogB(x)), inner = Math.Floor(Math.Abs(x) / distance), share = Math.Abs(x) / distance - inner;
        return Math.Sign(x) * distance * (inner + ((away is null ? draw < share : away(share, draw)) ? 1 : 0));
    }

    static double Upwards(double x, double draw)
    {
        double distance = x == 0 ? 1 : Gap(x, 8), lower = Math.Floor(x / distance);
        return distance * (lower + (draw < x / distance - lower ? 1 : 0));
    }

    /// <summary>Numbers in [0, 1) without a pattern.</summary>
    static double Fraction(int i) => (i * 0.6180339887498949 + 0.3) % 1;

    static double[] Kahan(
        double[] gradients, double rate, double sign = -1, Func<double, double, double, double>? keep = null, Func<double, double>? weight = null, Func<double, double>? rest = null)
    {
        double w = 1, lost = 0;
        weight ??= x => NumberFormat.BFloat16.Nearest(x);
        rest ??= x => NumberFormat.BFloat16.Nearest(x);
        return [.. gradients.Select(g =>
        {
            double step = sign * rate * g, y = step + lost, next = weight(w + y), moved = next - w;
            lost = rest(keep is null ? y - moved : keep(y, step, moved));
            return w = next;
        })];
    }
}
