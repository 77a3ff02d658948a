using System.Globalization;

namespace Anneal.Experiments;

/// <summary>A sweep judged with the choice of the rates inside the interval: tuning seeds are redrawn as well as evaluation seeds.</summary>
/// <remarks>
/// Each redrawing takes as many tuning seeds and as many evaluation seeds as there are, with replacement and the same for every method (pairs stay pairs),
/// chooses every method's rate anew by the mean over the tuning seeds, and averages the evaluation seeds at that rate. Of the redrawings only
/// their standard deviation is used:
/// <code>estimate ± t(0.975; n − 1) · s,   s = deviation of the redrawings · √(n/(n − 1)),   n evaluation seeds</code>
/// since percentiles of a few seeds are too narrow. Efron and Tibshirani, An Introduction to the Bootstrap (1993), chapters 6 and 12.
/// </remarks>
public sealed class TunedBootstrap
{
    readonly double[] rates;
    readonly double[] chosen;
    readonly double[] gaps;
    readonly double[][] redrawnRates;
    readonly double[][] redrawnGaps;
    readonly Dictionary<string, int> place;
    readonly int seeds;

    /// <summary>Redraws the seeds of a finished sweep.</summary>
    /// <param name="results">Losses that are not finite count as infinite: such a rate is not chosen, and neither is one where a tuning trial is missing. Evaluation trials may be missing at rates that no redrawing chooses.</param>
    /// <param name="rates">The rates to choose from; all of the sweep's unless given.</param>
    /// <param name="draws">How many redrawings.</param>
    /// <param name="seed">Where the drawing starts.</param>
    /// <exception cref="SweepException">A method has no rate with all tuning trials, or lacks evaluation trials at a rate that a redrawing chooses.</exception>
    public TunedBootstrap(SweepResults results, IReadOnlyCollection<double>? rates = null, int draws = 2_000, ulong seed = 1)
    {
        ArgumentNullException.ThrowIfNull(results);
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 2);
        var sweep = results.Sweep;
        this.rates = [.. sweep.Rates.Where(rate => rates is null || rates.Contains(rate))];
        if (this.rates.Length == 0)
            throw new ArgumentException("None of the rates was tried.", nameof(rates));
        Methods = [.. sweep.Methods.Select(m => m.Name)];
        place = Methods.Index().ToDictionary(m => m.Item, m => m.Index);
        var (tuning, evaluation) = (Losses(results, tunes: true), Losses(results, tunes: false));
        foreach (string method in Methods)
            if (tuning[place[method]].All(at => at.Any(double.IsNaN)))
                throw new SweepException($"{method}: the tuning trials have not all been run at any rate yet.");
        foreach (double[] at in tuning.SelectMany(method => method).Where(at => at.Any(double.IsNaN)))
            Array.Fill(at, double.PositiveInfinity);
        seeds = sweep.EvaluationSeeds;
        int[] everyTuning = [.. Enumerable.Range(0, sweep.TuningSeeds)], everyEvaluation = [.. Enumerable.Range(0, seeds)];

        (chosen, gaps) = (new double[Methods.Count], new double[Methods.Count]);
        redrawnRates = [.. Methods.Select(_ => new double[draws])];
        redrawnGaps = [.. Methods.Select(_ => new double[draws])];
        for (int m = 0; m < Methods.Count; m++)
            (chosen[m], gaps[m]) = Judge(tuning[m], evaluation[m], everyTuning, everyEvaluation);
        var random = new SeededRandom(seed);
        for (int draw = 0; draw < draws; draw++)
        {
            int[] forTuning = [.. everyTuning.Select(_ => random.Below(everyTuning.Length))], forJudging = [.. everyEvaluation.Select(_ => random.Below(seeds))];
            for (int m = 0; m < Methods.Count; m++)
                (redrawnRates[m][draw], redrawnGaps[m][draw]) = Judge(tuning[m], evaluation[m], forTuning, forJudging);
        }
    }

    /// <summary>The methods in the order of the sweep.</summary>
    public IReadOnlyList<string> Methods { get; }

    /// <summary>The rate that all tuning seeds together choose.</summary>
    public double Rate(string method) => chosen[place[method]];

    /// <summary>The rate of each redrawing.</summary>
    public IReadOnlyList<double> Rates(string method) => redrawnRates[place[method]];

    /// <summary>The mean gap (loss less the sweep's minimum) of each redrawing, at its rate.</summary>
    public IReadOnlyList<double> Gaps(string method) => redrawnGaps[place[method]];

    /// <summary>A method's mean gap at its own rate.</summary>
    public Estimate Gap(string method) => Estimate.Of(gaps[place[method]], redrawnGaps[place[method]], seeds);

    /// <summary>How much larger the mean gap of one method is than that of another, each at its own rate.</summary>
    public Estimate Difference(string method, string reference) => Estimate.Of(
        gaps[place[method]] - gaps[place[reference]], [.. Gaps(method).Zip(Gaps(reference), (a, b) => a - b)], seeds);

    (double Rate, double Gap) Judge(double[][] tuning, double[][] evaluation, int[] forTuning, int[] forJudging)
    {
        int best = 0;
        double least = double.PositiveInfinity;
        for (int j = 0; j < rates.Length; j++)
        {
            double sum = 0;
            foreach (int s in forTuning)
                sum += tuning[j][s];
            if (sum < least)
                (least, best) = (sum, j);
        }
        double gap = 0;
        foreach (int s in forJudging)
            gap += evaluation[best][s];
        // Only a trial that has not been run is NaN (see Losses), and it stays so in the sum.
        return double.IsNaN(gap) ? throw new SweepException(string.Create(CultureInfo.InvariantCulture, $"The tuning seeds can choose the rate {rates[best]:G6}, and not all evaluation seeds have been run there yet."))
            : (rates[best], gap / forJudging.Length);
    }

    /// <summary>[method][rate][seed], the minimum taken off; NaN where a trial has not been run.</summary>
    double[][][] Losses(SweepResults results, bool tunes)
    {
        var losses = Methods.Select(_ => rates.Select(_ => new List<double>()).ToArray()).ToArray();
        foreach (var (trial, result) in results.Trials)
            if (trial.Tunes == tunes && Array.IndexOf(rates, trial.Rate) is >= 0 and var j)
                losses[place[trial.Method]][j].Add(result is null ? double.NaN : double.IsNaN(result.Loss) ? double.PositiveInfinity : result.Loss - results.Sweep.Minimum);
        return [.. losses.Select(m => m.Select(at => at.ToArray()).ToArray())];
    }
}
