namespace Anneal.Experiments;

/// <summary>What became of one method.</summary>
/// <param name="Name">The method's name.</param>
/// <param name="Rate">The rate with the least mean loss over the tuning seeds; 0 where the method blew up at every rate.</param>
/// <param name="OnEdge">Whether that rate is the lowest or the highest that was tried: then a better one may lie outside.</param>
/// <param name="Losses">At that rate, one for each evaluation seed; the known minimum taken off.</param>
/// <param name="Loss">Their mean.</param>
/// <param name="Test">The mean of the test metric at that rate, where there is one.</param>
/// <param name="HighRate">The tried rate nearest to four times the best.</param>
/// <param name="HighLoss">The mean loss there.</param>
public sealed record Judged(string Name, double Rate, bool OnEdge, IReadOnlyList<double> Losses, MeanInterval Loss, MeanInterval? Test, double HighRate, MeanInterval HighLoss)
{
    /// <summary>How many times the loss grows at <see cref="HighRate"/>.</summary>
    public double Sensitivity => HighLoss.Mean / Loss.Mean;
}

/// <summary>A finished sweep, judged by the protocol: rates chosen by the tuning seeds, methods compared on the evaluation seeds, by pairs.</summary>
public sealed class SweepReport
{
    /// <summary>Sensitivity is looked at where the rate is so many times the best.</summary>
    const double Sensitive = 4;

    readonly SweepSpec sweep;
    readonly SweepResults results;

    /// <summary>Judges a sweep.</summary>
    /// <exception cref="SweepException">Trials are missing.</exception>
    public SweepReport(SweepResults results)
    {
        (this.results, sweep) = (results, results.Sweep);
        if (results.Missing > 0)
            throw new SweepException($"{results.Missing} of {results.Trials.Count} trials have not been run yet.");
        Methods = [.. sweep.Methods.Select(Judge)];
        Comparisons = Compare();
    }

    /// <summary>The methods in the order of the sweep.</summary>
    public IReadOnlyList<Judged> Methods { get; }

    /// <summary>All pairs of methods that did not blow up, the lower mean first.</summary>
    public IReadOnlyList<Comparison> Comparisons { get; }

    /// <summary>On which side more rates are wanted: where a method's best lies on the edge, where none was low enough, or where four times the best was not tried.</summary>
    public (bool Down, bool Up) Wanted => (
        Methods.Any(m => m.Rate <= sweep.Rates[0]),
        Methods.Any(m => m.Rate == sweep.Rates[^1] || !TriedHigh(m)));

    /// <summary>Whether rates up to about four times a method's best were tried.</summary>
    public bool TriedHigh(Judged method) => Sensitive * method.Rate <= sweep.Rates[^1] * 1.2;

    /// <summary>Losses of a method at every rate, by evaluation seed, the known minimum taken off: for charts.</summary>
    public double[][] Curve(string method) => [.. sweep.Rates.Select(rate => Losses(method, rate, tunes: false))];

    Judged Judge(Method method)
    {
        double[] tuned = [.. sweep.Rates.Select(rate => Losses(method.Name, rate, tunes: true).Average())];
        int best = Array.IndexOf(tuned, tuned.Min());
        bool alive = double.IsFinite(tuned[best]);
        double rate = sweep.Rates[best], high = sweep.Rates.MinBy(r => Math.Abs(Math.Log(r / (Sensitive * rate))));
        double[] losses = Losses(method.Name, rate, tunes: false);
        double[] tests = [.. results.Of(method.Name, rate, tunes: false).Select(r => r.Test).OfType<double>()];
        return new(method.Name, alive ? rate : 0, alive && (best == 0 || best == tuned.Length - 1), losses, MeanInterval.Of(losses),
            tests.Length > 0 ? MeanInterval.Of(tests) : null, high, MeanInterval.Of(Losses(method.Name, high, tunes: false)));
    }

    List<Comparison> Compare()
    {
        var alive = Methods.Where(m => m.Losses.All(double.IsFinite)).OrderBy(m => m.Loss.Mean).ToList();
        var pairs = alive.SelectMany((a, i) => alive.Skip(i + 1).Select(b => (First: a, Second: b))).ToList();
        double[] p = [.. pairs.Select(pair => PairedTests.StudentP(pair.First.Losses, pair.Second.Losses))];
        double[] adjusted = PairedTests.Holm(p);
        return [.. pairs.Select((pair, i) => new Comparison(
            pair.First.Name, pair.Second.Name, MeanInterval.Of([.. pair.Second.Losses.Zip(pair.First.Losses, (b, a) => b - a)]), p[i], adjusted[i]))];
    }

    double[] Losses(string method, double rate, bool tunes) => [.. results.Of(method, rate, tunes).Select(r => r.Loss - sweep.Minimum)];
}
