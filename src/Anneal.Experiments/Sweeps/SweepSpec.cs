using System.Globalization;

namespace Anneal.Experiments;

/// <summary>A way of training that takes part in a sweep.</summary>
/// <param name="Name">What tables and charts call it.</param>
/// <param name="Rule">How the weights follow the gradient.</param>
/// <param name="Schedule">The shape of the rate, written for rate 1; every tried rate multiplies it.</param>
public sealed record Method(string Name, Rule Rule, Schedule Schedule);

/// <summary>A comparison of methods under one protocol: every method gets the same rates, the same seeds to be tuned with and the same other seeds to be judged with.</summary>
/// <remarks>
/// Every method runs at every rate with every seed. A method's rate is chosen by the mean loss over the tuning seeds alone, and what is reported
/// comes from the evaluation seeds alone (<see cref="SweepReport"/>). So the trials do not depend on one another, and may run in any order and place.
/// </remarks>
/// <param name="Setting">Data, model, batches, length.</param>
/// <param name="Methods">At least one; names differ.</param>
/// <param name="Rates">Tried by every method, ascending; at least 3.</param>
/// <param name="TuningSeeds">How many seeds a rate is chosen by, at least 1: the seeds 0, 1, ….</param>
/// <param name="EvaluationSeeds">How many other seeds methods are judged by, at least 10: the seeds that follow.</param>
/// <param name="Widenings">How often the rates may be widened when a method's best lies on their edge.</param>
/// <param name="Minimum">The least loss there is, where it is known: reports then give the gap to it.</param>
public sealed record SweepSpec(
    Setting Setting, IReadOnlyList<Method> Methods, IReadOnlyList<double> Rates,
    int TuningSeeds = 3, int EvaluationSeeds = 10, int Widenings = 3, double Minimum = 0)
{
    /// <summary>Rates that one widening adds on a side.</summary>
    const int Added = 2;

    /// <summary>More trials are a mistake: their list alone would fill the memory.</summary>
    const int Most = 1_000_000;

    /// <summary>At least one; names differ.</summary>
    public IReadOnlyList<Method> Methods { get; } = Methods.Count == 0 ? throw new ArgumentException("There must be at least one method.", nameof(Methods))
        : Methods.GroupBy(m => m.Name).FirstOrDefault(g => g.Count() > 1) is { } twice ? throw new ArgumentException($"Two methods are called '{twice.Key}'.", nameof(Methods))
        : Methods.Any(m => string.IsNullOrWhiteSpace(m.Name)) ? throw new ArgumentException("A method must have a name.", nameof(Methods))
        : Methods;

    /// <summary>Tried by every method, ascending.</summary>
    public IReadOnlyList<double> Rates { get; } = Sorted(Rates, (double)Methods.Count * ((double)TuningSeeds + EvaluationSeeds));

    /// <summary>How many seeds a rate is chosen by.</summary>
    public int TuningSeeds { get; } = TuningSeeds >= 1 ? TuningSeeds
        : throw new ArgumentOutOfRangeException(nameof(TuningSeeds), TuningSeeds, "TuningSeeds must be 1 or above.");

    /// <summary>How many other seeds methods are judged by.</summary>
    public int EvaluationSeeds { get; } = EvaluationSeeds >= 10 ? EvaluationSeeds
        : throw new ArgumentOutOfRangeException(nameof(EvaluationSeeds), EvaluationSeeds, "EvaluationSeeds must be 10 or above: fewer say too little about the spread.");

    /// <summary>How often the rates may be widened.</summary>
    public int Widenings { get; } = Widenings is >= 0 and <= 20 ? Widenings
        : throw new ArgumentOutOfRangeException(nameof(Widenings), Widenings, "Widenings must be from 0 to 20.");

    /// <summary>Every trial of the sweep: method by method, rate by rate, seed by seed.</summary>
    public IReadOnlyList<Planned> Trials() =>
    [
        .. from method in Methods
           from rate in Rates
           from seed in Enumerable.Range(0, TuningSeeds + EvaluationSeeds)
           select new Planned(method.Name, rate, (ulong)seed, seed < TuningSeeds, new Trial(Setting, method.Rule, method.Schedule.Scale(rate), (ulong)seed)),
    ];

    /// <summary>The same sweep with two more rates on one side or both, as far from each other as the outermost two were.</summary>
    public SweepSpec Widened(bool down, bool up)
    {
        double below = Rates[0] / Rates[1], above = Rates[^1] / Rates[^2];
        IEnumerable<double> rates = Rates;
        if (down)
            rates = Enumerable.Range(1, Added).Select(k => Rates[0] * Math.Pow(below, k)).Concat(rates);
        if (up)
            rates = rates.Concat(Enumerable.Range(1, Added).Select(k => Rates[^1] * Math.Pow(above, k)));
        return new(Setting, Methods, [.. rates], TuningSeeds, EvaluationSeeds, Widenings, Minimum);
    }

    /// <summary>So many rates from one to another, each a fixed multiple of the one before.</summary>
    public static IReadOnlyList<double> Grid(double from, double to, int count) =>
        [.. Enumerable.Range(0, Counted(from, to, count)).Select(i => i == count - 1 ? to : from * Math.Pow(to / from, i / (count - 1.0)))];

    /// <summary>So many rates between one and another, drawn so that their logarithms are uniform.</summary>
    public static IReadOnlyList<double> Random(double from, double to, int count, ulong seed)
    {
        var draws = new SeededRandom(seed);
        return [.. Enumerable.Range(0, Counted(from, to, count)).Select(_ => from * Math.Pow(to / from, draws.Uniform())).Order()];
    }

    static double[] Sorted(IReadOnlyList<double> rates, double trialsPerRate)
    {
        foreach (double rate in rates)
            if (!(rate > 0 && double.IsFinite(rate)))
                throw new ArgumentOutOfRangeException(nameof(Rates), rate, "Rates must be finite numbers above 0.");
        double[] different = [.. rates.Distinct().Order()];
        return different.Length < 3
            ? throw new ArgumentException($"There must be at least 3 different rates, or the best would always lie on the edge; there are {different.Length}.", nameof(Rates))
            : different.Length * trialsPerRate > Most
            ? throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"{different.Length} rates with {trialsPerRate:N0} trials each are more than the {Most:N0} trials there may be."), nameof(Rates))
            : different;
    }

    static int Counted(double from, double to, int count) =>
        !(from > 0 && to > from && double.IsFinite(to)) ? throw new ArgumentException($"from must be above 0 and to above from; they are {from} and {to}.")
        : count is < 3 or > 1000 ? throw new ArgumentOutOfRangeException(nameof(count), count, "count must be from 3 to 1000.")
        : count;
}

/// <summary>A trial and its place in the sweep.</summary>
/// <param name="Method">The method's name.</param>
/// <param name="Rate">What its schedule is multiplied by.</param>
/// <param name="Seed">The trial's seed.</param>
/// <param name="Tunes">Whether the rate is chosen by it; otherwise methods are judged by it.</param>
/// <param name="Trial">What is run.</param>
public sealed record Planned(string Method, double Rate, ulong Seed, bool Tunes, Trial Trial);
