using static System.FormattableString;

namespace Anneal.Advice;

/// <summary>Which rates to try with a budget of runs, in which order, and when to stop.</summary>
/// <remarks>
/// The logarithm x of the best rate over the advised one is taken as normal on either side of it, with a standard deviation σ of half the way to that end of the range. Near the best rate the
/// loss is taken as a parabola in the logarithm of the rate, so that what is lost goes with the squared distance; the share of it that trying the rates g₁ … g_k saves, were there no noise, is
/// <code>1 − E[min_i (x − ln g_i)²] / E[x²],   x ~ N(0, σ²) with its own σ below 0 and above</code>
/// No rate lies outside the range. From the best rate at an end the plan goes on past it, but never past a ceiling.
/// </remarks>
/// <param name="Rates">What a sweep tries, ascending.</param>
/// <param name="TuningSeeds">Seeds that choose a rate in a sweep.</param>
/// <param name="EvaluationSeeds">Seeds that judge in a sweep.</param>
/// <param name="Widenings">How often a sweep may add rates beyond its ends: never where there is a ceiling.</param>
/// <param name="SweepSaves">What the best of a sweep's rates saves, as in a stage.</param>
/// <param name="Stages">The plan, stage by stage, for runs made one after the other.</param>
public sealed record TuningPlan(IReadOnlyList<double> Rates, int TuningSeeds, int EvaluationSeeds, int Widenings, double SweepSaves, IReadOnlyList<TuningStage> Stages)
{
    /// <summary>What every share that is saved takes for granted.</summary>
    public const string Assumption = "if the logarithm of the best rate is normal over the range, the loss a parabola in it, and nothing noisy";

    /// <summary>The trials of a sweep where no number is given: five rates, three seeds to choose and ten to judge.</summary>
    public const int UsualRuns = 65;

    /// <summary>The fewest trials of a sweep: three rates, one seed to choose and ten to judge.</summary>
    public const int LeastSweep = 33;

    /// <summary>Fewer judging seeds say too little about the spread.</summary>
    const int JudgingSeeds = 10;

    /// <summary>Rates nearer to each other than this differ by less than seeds do.</summary>
    const double Finest = 1.4142135623730951;

    /// <summary>Trials of the sweep, before it is widened.</summary>
    public int Trials => Rates.Count * (TuningSeeds + EvaluationSeeds);

    /// <summary>A plan for so many runs about the advised peak.</summary>
    /// <exception cref="ArgumentException">The proposal has no peak, or its rule finds its own step.</exception>
    public static TuningPlan Of(Proposal proposal, int runs)
    {
        ArgumentNullException.ThrowIfNull(proposal);
        if (proposal["peak"] is not { Value: { } peak, Low: { } low, High: { } high } item)
            throw new ArgumentException("The proposal has no peak rate: answer its questions first.", nameof(proposal));
        if (NothingToTune(proposal) is { } nothing)
            throw new ArgumentException(nothing, nameof(proposal));
        return Of(peak, low, high, runs, item.Ceiling?.Value);
    }

    /// <summary>Why there is no rate to tune; null where there is one.</summary>
    internal static string? NothingToTune(Proposal proposal) => proposal["peak"] is { } peak && peak.Low == peak.High
        ? $"There is no rate to tune: {peak.Reason} One run is enough. To tune a rate, fix a rule that has one, such as momentum." : null;

    /// <summary>A plan for so many runs about a rate.</summary>
    /// <param name="peak">The advised rate, above 0.</param>
    /// <param name="low">The least rate that is tried, above 0: two standard deviations of the logarithm below the advised one.</param>
    /// <param name="high">The greatest: two standard deviations above it.</param>
    /// <param name="runs">How many runs may be made, 1 or more.</param>
    /// <param name="ceiling">What is not exceeded even where the best is at the upper end; null where nothing is known to be too much.</param>
    public static TuningPlan Of(double peak, double low, double high, int runs, double? ceiling = null)
    {
        Require.Positive(peak);
        Require.AtLeast(1, runs);
        if (!(Require.Positive(low) <= peak && peak <= Require.Positive(high) && !(high > ceiling)))
            throw new ArgumentException(Invariant($"The rates must be in order: low {low} ≤ peak {peak} ≤ high {high}{(ceiling is { } least ? $" ≤ ceiling {least}" : "")}."), nameof(peak));
        var range = new RateRange(peak, low, high);
        // About two thirds go into the first look; no more rates than the range holds at factors of √2.
        int most = range.Most(Finest), first = Math.Min(most, runs <= 3 ? runs : Math.Max(3, (2 * runs + 2) / 3));
        double[] coarse = range.Rates(first, Finest);
        string limit = ceiling is { } end ? Invariant($", but not above {ProposalText.Number(end)}") : "";
        var stages = new List<TuningStage> { new(coarse, coarse.Length, range.Saved(coarse), First(coarse, peak, runs, limit)) };
        int left = runs - coarse.Length;
        if (left > 0 && coarse.Length >= 3)
        {
            int at = Array.IndexOf(coarse, peak), between = Math.Min(left, 2);
            double down = Math.Sqrt(at > 0 ? coarse[at] / coarse[at - 1] : coarse[at + 1] / coarse[at]), up = Math.Sqrt(at < coarse.Length - 1 ? coarse[at + 1] / coarse[at] : coarse[at] / coarse[at - 1]);
            double[] finer = [.. coarse, .. coarse.Zip(coarse.Skip(1), (a, b) => Math.Sqrt(a * b))];
            stages.Add(new([1 / down, up], between, range.Saved(finer), Invariant($"Refine: {(between == 2 ? "on both sides" : "on the better side")} of the best rate so far, half-way to its neighbours on a logarithmic scale: about 1/{down:0.##} and {up:0.##} times it{limit}.")));
            left -= between;
        }
        if (left > 0)
            stages.Add(new([], left, stages[^1].Saves, coarse.Length == 1 ? Invariant($"Seeds: the range is too narrow for another rate, so the {left} run{(left == 1 ? "" : "s")} left repeat{(left == 1 ? "s" : "")} this one.")
                : left == 1 ? "Seeds: the run that is left repeats the best rate so far with another seed."
                : Invariant($"Seeds: the {left} runs left go to the best two rates with other seeds, in turn. Stop as soon as their difference is larger than twice its standard error, or smaller than you care about.")));
        stages.Add(new([], 0, stages[^1].Saves, coarse.Length < 2 ? "Stop: no other rate was to be tried."
            : "Stop: when the neighbours of the best rate that were tried are no better by more than two seeds differ. A finer search would follow the noise."));
        int count = Math.Clamp(runs / (1 + JudgingSeeds), 3, Math.Max(3, Math.Min(most, 9)));
        if (count % 2 == 0)
            count--;
        // A sweep needs three rates, however near to each other.
        double[] swept = range.Rates(count, most >= 3 ? Finest : 1);
        return new(swept, Math.Clamp(runs / swept.Length - JudgingSeeds, 1, 3), JudgingSeeds, ceiling is null ? 2 : 0, range.Saved(swept), stages);
    }

    static string First(double[] rates, double peak, int runs, string limit) =>
        rates.Length == 1 ? runs == 1 ? "One run: at the advised rate." : "One rate: the advised one."
        : rates.Length == 2 ? rates[1] > peak
            ? Invariant($"Two runs: at the advised rate and at {rates[1] / peak:0.##} times it; with a warm-up a factor of two costs some, and seldom ruins a run (lesson 13).")
            : Invariant($"Two runs: at the advised rate and at {rates[0] / peak:0.##} times it{limit}.")
        : Invariant($"From {ProposalText.Number(rates[0])} to {ProposalText.Number(rates[^1])}, {Apart(rates, peak)}; begin at the advised {ProposalText.Number(peak)}. If the best is at an end, go on in that direction first{limit}.");

    /// <summary>How far neighbours are from each other, on both sides of the advised rate.</summary>
    static string Apart(double[] rates, double peak)
    {
        int at = Array.IndexOf(rates, peak);
        string below = at > 0 ? Invariant($"{rates[at] / rates[at - 1]:0.##}") : "", above = at < rates.Length - 1 ? Invariant($"{rates[at + 1] / rates[at]:0.##}") : "";
        return below == "" || above == "" || below == above ? $"each {(above == "" ? below : above)} times the one before" : $"{below} times apart below the advised rate and {above} times above it";
    }

    /// <summary>A range about a rate, in logarithms.</summary>
    sealed record RateRange(double Peak, double Low, double High)
    {
        double Below => Math.Log(Peak / Low);

        double Above => Math.Log(High / Peak);

        static int Fit(double width, double finest) => finest == 1 ? width > 0 ? int.MaxValue / 4 : 0 : (int)Math.Floor(width / Math.Log(finest) + 1e-9);

        /// <summary>How many rates it holds that are so far apart.</summary>
        public int Most(double finest) => 1 + Fit(Below, finest) + Fit(Above, finest);

        /// <summary>So many rates, or as many as it holds, the advised one among them: one on either side lies where it saves most; more lie evenly up to the end, more of them on the wider side.</summary>
        public double[] Rates(int count, double finest)
        {
            int most = Fit(Below, finest), mostAbove = Fit(Above, finest);
            if (count == 3 && most > 0 && mostAbove > 0)
                return [Within(Nearer(Low)), Peak, Within(Nearer(High))];
            if (count == 2)
                return mostAbove > 0 ? [Peak, Within(Math.Min(2 * Peak, High))] : most > 0 ? [Within(Math.Max(Peak / 2, Low)), Peak] : [Peak];
            int others = Math.Min(count - 1, most + mostAbove);
            int below = (int)Math.Ceiling(others * Below / Math.Max(Below + Above, double.Epsilon) - 0.5);
            // Three or more rates look to both sides.
            below = others < 2 ? below : Math.Clamp(below, most > 0 ? 1 : 0, others - (mostAbove > 0 ? 1 : 0));
            below = Math.Clamp(below, Math.Max(0, others - mostAbove), most);
            int above = others - below;
            return [.. Enumerable.Range(0, below).Select(i => Within(Low * Math.Pow(Peak / Low, (double)i / below)))
                .Append(Peak).Concat(Enumerable.Range(1, above).Select(i => Within(Peak * Math.Pow(High / Peak, (double)i / above)))).Distinct()];
        }

        /// <summary>
        /// Where one rate on the side of that end saves most: at the mean of all that is nearer to it than to the advised one, c = φ(c/2) / (1 − Φ(c/2)) of a normal's standard deviations, which
        /// is 1.224 (Max, Quantizing for Minimum Distortion, 1960), of two to the end. No nearer than the finest factor.
        /// </summary>
        double Nearer(double end)
        {
            double width = Math.Log(end / Peak), least = Math.Log(Finest) / Math.Abs(width);
            return Peak * Math.Exp(width * Math.Min(1, Math.Max(1.224 / 2, least)));
        }

        /// <summary>In three digits, but not past an end.</summary>
        double Within(double rate) => Math.Clamp(ProposalText.Rounded(rate), Low, High);

        /// <summary>The share of what is lost at the advised rate that the best of these saves, on average and without noise.</summary>
        public double Saved(double[] rates)
        {
            double lost = 0, all = 0;
            foreach (double spread in (double[])[-Below / 2, Above / 2])
                for (int k = 0; k <= 400; k++)
                {
                    double x = k * spread / 100, weight = Math.Abs(spread) * (k == 0 ? 0.5 : 1) * Math.Exp(-k * k / 2e4);
                    lost += weight * rates.Min(r => Math.Pow(x - Math.Log(r / Peak), 2));
                    all += weight * x * x;
                }
            return all == 0 ? 0 : 1 - lost / all;
        }
    }
}

/// <summary>One stage of a plan.</summary>
/// <param name="Rates">The rates; in a refinement factors on the best so far.</param>
/// <param name="Runs">Runs in all.</param>
/// <param name="Saves">The expected share of what the advised rate loses against the best one that is saved up to here; from 0 to 1.</param>
/// <param name="What">What to do.</param>
public sealed record TuningStage(IReadOnlyList<double> Rates, int Runs, double Saves, string What);
