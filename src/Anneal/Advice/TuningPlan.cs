using static System.FormattableString;

namespace Anneal.Advice;

/// <summary>Which rates to try with a budget of runs, in which order, and when to stop.</summary>
/// <remarks>
/// The logarithm of the best rate is taken as normal about the advised one, its range as four standard deviations σ. Near the best rate the loss is taken as a parabola
/// in the logarithm of the rate, so that what is lost goes with the squared distance d²; the share of it that trying the rates g₁ … g_k saves, were there no noise, is
/// <code>1 − E[min_i (x − ln g_i)²] / E[x²],   x ~ N(0, σ²)</code>
/// </remarks>
/// <param name="Rates">The first rates, ascending: what a sweep tries.</param>
/// <param name="TuningSeeds">Seeds that choose a rate in a sweep.</param>
/// <param name="EvaluationSeeds">Seeds that judge in a sweep.</param>
/// <param name="Widenings">How often a sweep may add rates beyond its ends.</param>
/// <param name="Stages">The plan, stage by stage, for runs made one after the other.</param>
public sealed record TuningPlan(IReadOnlyList<double> Rates, int TuningSeeds, int EvaluationSeeds, int Widenings, IReadOnlyList<TuningStage> Stages)
{
    /// <summary>The trials of a sweep where no number is given: five rates, three seeds to choose and ten to judge.</summary>
    public const int UsualRuns = 65;

    /// <summary>The fewest trials of a sweep: three rates, one seed to choose and ten to judge.</summary>
    public const int LeastSweep = 33;

    /// <summary>Fewer judging seeds say too little about the spread.</summary>
    const int JudgingSeeds = 10;

    /// <summary>Rates nearer to each other than this differ by less than seeds do.</summary>
    const double Finest = 1.4142135623730951;

    /// <summary>A plan for so many runs about the advised peak.</summary>
    /// <exception cref="ArgumentException">The proposal has no peak, or its rule finds its own step.</exception>
    public static TuningPlan Of(Proposal proposal, int runs)
    {
        ArgumentNullException.ThrowIfNull(proposal);
        if (proposal["peak"] is not { Value: { } peak, Low: { } low, High: { } high })
            throw new ArgumentException("The proposal has no peak rate: answer its questions first.", nameof(proposal));
        if (NothingToTune(proposal) is { } nothing)
            throw new ArgumentException(nothing, nameof(proposal));
        return Of(peak, Math.Max(high / peak, peak / low), runs);
    }

    /// <summary>Why there is no rate to tune; null where there is one.</summary>
    internal static string? NothingToTune(Proposal proposal) => proposal["peak"] is { } peak && peak.Low == peak.High
        ? $"There is no rate to tune: {peak.Reason} One run is enough. To tune a rate, fix a rule that has one, such as momentum." : null;

    /// <summary>A plan for so many runs about a rate.</summary>
    /// <param name="peak">The advised rate, above 0.</param>
    /// <param name="doubt">The factor by which the best rate may be off either way: two standard deviations of its logarithm; above 1.</param>
    /// <param name="runs">How many runs may be made, 1 or more.</param>
    public static TuningPlan Of(double peak, double doubt, int runs)
    {
        Require.Positive(peak);
        Require.AtLeast(1, runs);
        doubt = Math.Max(Require.AtLeast(1, doubt), Finest);
        double spread = Math.Log(doubt) / 2;
        // About two thirds go into the first look; no more rates than the doubt needs at factors of √2.
        int most = 1 + 2 * (int)Math.Ceiling(Math.Log(doubt) / Math.Log(Finest)), first = Math.Min(most, runs <= 3 ? runs : Math.Max(3, (2 * runs + 2) / 3));
        double[] coarse = Coarse(peak, doubt, first);
        var stages = new List<TuningStage>
        {
            new(coarse, first, Saved(coarse, peak, spread), first == 1 ? "One run: at the advised rate."
                : first == 2 ? "Two runs: at the advised rate and at twice it; with a warm-up a factor of two costs some, and seldom ruins a run (lesson 13)."
                : Invariant($"From {coarse[0]:0.##e-0} to {coarse[^1]:0.##e-0}, each {coarse[1] / coarse[0]:0.##} times the one before; begin in the middle. If the best is at an end, go on in that direction first.")),
        };
        int left = runs - first;
        if (left > 0 && first >= 3)
        {
            double step = Math.Sqrt(coarse[1] / coarse[0]);
            if (step >= Math.Sqrt(Finest) * 0.999)
            {
                int between = Math.Min(left, 2);
                double[] finer = [.. coarse.SelectMany(r => between == 2 ? new[] { r / step, r, r * step } : [r, r * step]).Distinct()];
                stages.Add(new([1 / step, step], between, Saved(finer, peak, spread), Invariant($"Refine: {(between == 2 ? "on both sides" : "on the better side")} of the best rate so far, at {step:0.##} times and 1/{step:0.##} of it.")));
                left -= between;
            }
        }
        if (left > 0)
            stages.Add(new([], left, stages[^1].Saves, left == 1 ? "Seeds: the run that is left repeats the best rate so far with another seed."
                : Invariant($"Seeds: the {left} runs left go to the best two rates with other seeds, in turn. Stop as soon as their difference is larger than twice its standard error, or smaller than you care about.")));
        stages.Add(new([], 0, stages[^1].Saves, "Stop: when both neighbours of the best rate, at a factor of about 1.4, are no better by more than two seeds differ. A finer search would follow the noise."));
        int rates = Math.Clamp(runs / (1 + JudgingSeeds), 3, Math.Max(3, Math.Min(most, 9)));
        if (rates % 2 == 0)
            rates--;
        return new(Coarse(peak, doubt, rates), Math.Clamp(runs / rates - JudgingSeeds, 1, 3), JudgingSeeds, 2, stages);
    }

    /// <summary>So many rates over the doubt, the advised one among them where their number is odd.</summary>
    static double[] Coarse(double peak, double doubt, int count)
    {
        if (count == 1)
            return [peak];
        if (count == 2)
            return [peak, peak * 2];
        double step = Math.Max(Finest, Math.Pow(doubt, 2.0 / (count - 1)));
        return [.. Enumerable.Range(0, count).Select(i => ProposalText.Rounded(peak * Math.Pow(step, i - (count - 1) / 2)))];
    }

    /// <summary>The share of what is lost at the advised rate that the best of these saves, on average and without noise.</summary>
    static double Saved(double[] rates, double peak, double spread)
    {
        double lost = 0, all = 0;
        for (int k = -400; k <= 400; k++)
        {
            double x = k * spread / 100, weight = Math.Exp(-x * x / (2 * spread * spread));
            lost += weight * rates.Min(r => Math.Pow(x - Math.Log(r / peak), 2));
            all += weight * x * x;
        }
        return 1 - lost / all;
    }
}

/// <summary>One stage of a plan.</summary>
/// <param name="Rates">The rates; in a refinement factors on the best so far.</param>
/// <param name="Runs">Runs in all.</param>
/// <param name="Saves">The expected share of what the advised rate loses against the best one that is saved up to here; from 0 to 1.</param>
/// <param name="What">What to do.</param>
public sealed record TuningStage(IReadOnlyList<double> Rates, int Runs, double Saves, string What);
