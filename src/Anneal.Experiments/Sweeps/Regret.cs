namespace Anneal.Experiments;

/// <summary>How much more loss a way of choosing gives than the tuned best, in a finished sweep.</summary>
/// <remarks>
/// The tuned best is the method and the rate, of all that were tried, with the least mean loss over the tuning seeds; with room, only of the rates whose next higher one blew up
/// on no tuning seed, since a rate beside the edge may blow up on a seed that has not been seen. A way of choosing has one choice of method and rate for each
/// evaluation seed, made without looking at that seed: its regret is the mean over the evaluation seeds of
/// <code>loss(its choice, seed) − loss(tuned best, seed)</code>
/// For the interval, evaluation seeds are redrawn with their choices, and tuning seeds with the best that they choose (<see cref="TunedBootstrap"/>).
/// </remarks>
public sealed class Regret
{
    readonly int draws;
    readonly ulong seed;
    readonly List<(string Method, double Rate)> tried;
    readonly double[][] tuning;
    readonly double[][] evaluation;
    readonly bool[] allowed;
    readonly int best;

    /// <summary>Of a finished sweep; runs that blew up count as infinitely bad.</summary>
    /// <param name="results">The sweep.</param>
    /// <param name="room">Whether the next higher rate must be finite too, where one was tried.</param>
    /// <param name="draws">How many redrawings.</param>
    /// <param name="seed">Where the drawing starts.</param>
    /// <exception cref="SweepException">Trials are missing.</exception>
    public Regret(SweepResults results, bool room = false, int draws = 2_000, ulong seed = 1)
    {
        ArgumentNullException.ThrowIfNull(results);
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 2);
        if (results.Missing > 0)
            throw new SweepException($"{results.Missing} of {results.Trials.Count} trials have not been run yet.");
        (this.draws, this.seed) = (draws, seed);
        tried = [.. results.Trials.Select(t => (t.Trial.Method, t.Trial.Rate)).Distinct()];
        var place = tried.Index().ToDictionary(t => t.Item, t => t.Index);
        var (forTuning, forJudging) = (tried.Select(_ => new List<double>()).ToArray(), tried.Select(_ => new List<double>()).ToArray());
        foreach (var (trial, result) in results.Trials)
            (trial.Tunes ? forTuning : forJudging)[place[(trial.Method, trial.Rate)]].Add(double.IsNaN(result!.Loss) ? double.PositiveInfinity : result.Loss);
        (tuning, evaluation) = ([.. forTuning.Select(l => l.ToArray())], [.. forJudging.Select(l => l.ToArray())]);
        double[] rates = [.. tried.Select(t => t.Rate).Distinct().Order()];
        allowed = [.. tried.Select(t => !room || t.Rate == rates[^1] || tuning[place[(t.Method, rates[Array.IndexOf(rates, t.Rate) + 1])]].All(double.IsFinite))];
        best = Chosen([.. Enumerable.Range(0, tuning[0].Length)]);
    }

    /// <summary>The tuned best.</summary>
    public (string Method, double Rate) Best => tried[best];

    /// <summary>Its mean loss over the evaluation seeds.</summary>
    public double BestLoss => evaluation[best].Average();

    /// <summary>The losses of choices, each on its evaluation seed.</summary>
    /// <param name="choices">One for each evaluation seed, in their order; each must have been tried.</param>
    public IReadOnlyList<double> Losses(IReadOnlyList<(string Method, double Rate)> choices)
    {
        ArgumentNullException.ThrowIfNull(choices);
        if (choices.Count != evaluation[0].Length)
            throw new ArgumentException($"There must be one choice for each of the {evaluation[0].Length} evaluation seeds; there are {choices.Count}.", nameof(choices));
        return [.. choices.Select((choice, i) => tried.IndexOf(choice) is >= 0 and var at ? evaluation[at][i]
            : throw new ArgumentException(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{choice.Method} at {choice.Rate:R} was not tried."), nameof(choices)))];
    }

    /// <summary>The regret of choices.</summary>
    /// <inheritdoc cref="Losses"/>
    public Estimate Of(IReadOnlyList<(string Method, double Rate)> choices)
    {
        double[] losses = [.. Losses(choices)];
        int[] every = [.. Enumerable.Range(0, losses.Length)];
        var random = new SeededRandom(seed);
        double[] redrawn = new double[draws];
        for (int draw = 0; draw < draws; draw++)
        {
            int[] seeds = [.. tuning[0].Select(_ => random.Below(tuning[0].Length))];
            redrawn[draw] = Mean(Chosen(seeds), [.. every.Select(_ => random.Below(losses.Length))]);
        }
        return Estimate.Of(Mean(best, every), redrawn, losses.Length);

        double Mean(int reference, int[] pairs) => pairs.Average(i => losses[i] - evaluation[reference][i]);
    }

    /// <summary>What these tuning seeds choose.</summary>
    int Chosen(int[] seeds)
    {
        int chosen = 0;
        double least = double.PositiveInfinity;
        for (int i = 0; i < tried.Count; i++)
        {
            double sum = 0;
            foreach (int s in seeds)
                sum += tuning[i][s];
            if (allowed[i] && sum < least)
                (least, chosen) = (sum, i);
        }
        return chosen;
    }
}
