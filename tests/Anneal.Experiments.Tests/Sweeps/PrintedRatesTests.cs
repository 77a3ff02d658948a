using System.Globalization;
using System.Text.RegularExpressions;
using Anneal.Advice;
using static System.FormattableString;

namespace Anneal.Experiments.Tests;

/// <summary>The slides' ranges of rates, tried as lesson 08 tries rules: on digits, 201 updates at a constant rate, rates half a decade apart. The verdicts of the table follow from it.</summary>
public sealed partial class PrintedRatesTests
{
    const double Factor = 2;

    static readonly Lazy<Samples> digits = new(() =>
    {
        var train = DataSets.Digits().Split(0.2, 7).Train;
        return Scaling.Divided(train, 16).Apply(train);
    });

    static readonly Model[] models = [new SoftmaxModel(), new Perceptron(32, Activation.Relu)];

    /// <summary>Row, rule, verdict, and the best rates for softmax regression and the network.</summary>
    public static TheoryData<string, Rule, string, double[]> Rows => new()
    {
        { "rate-adam", new Adam(), "contradicted", [0.316, 0.0316] },
        { "rate-rmsprop", new RmsProp(0.99), "contradicted", [0.1, 0.01] },
        { "rate-lion", new Lion(), "contradicted", [0.0316, 0.00316] },
        { "rate-adagrad", new AdaGrad(), "measured", [1, 0.1] },
    };

    /// <summary>A range is contradicted where on both models even its best rate ends at twice the best loss, or higher; it is measured, with its limits, where one model is inside.</summary>
    [Theory]
    [MemberData(nameof(Rows))]
    public void The_verdict_on_a_printed_range_follows_from_the_digits(string id, Rule rule, string verdict, double[] bests)
    {
        var row = AdviceTable.Of("slides").Rows.Single(r => r["id"] == id);
        double[] printed = [.. Number().Matches(row["row"]).Select(m => double.Parse(m.Value, CultureInfo.InvariantCulture))];
        Assert.Equal(2, printed.Length);
        double[] rates = [.. Enumerable.Range(-8, 10).Select(e => Math.Pow(10, e / 2.0))];
        int held = 0;
        foreach (var (model, best) in models.Zip(bests))
        {
            var losses = rates.ToDictionary(rate => rate, rate => new ulong[] { 101, 102, 103 }.Average(seed => Loss(model, rule, rate, seed)));
            double least = losses.MinBy(r => r.Value).Key;
            Assert.Equal(best, least, 0.01 * best);
            Assert.InRange(least, rates[1], rates[^2]);
            held += losses.Where(r => r.Key >= printed[0] / 1.1 && r.Key <= printed[1] * 1.1).Min(r => r.Value) < Factor * losses[least] ? 1 : 0;
            if (row.Source!.Key == "lesson08" && least > 1.1 * printed[1])
                Told(row["evidence"], model, rule, printed[1], least);
        }
        Assert.Equal(verdict, row["verdict"]);
        Assert.Equal(verdict == "contradicted" ? 0 : 1, held);
    }

    /// <summary>The evidence states what the range's upper end loses against the best rate, on ten seeds that chose nothing.</summary>
    static void Told(string evidence, Model model, Rule rule, double end, double best)
    {
        ulong[] seeds = [.. Enumerable.Range(1, 10).Select(seed => (ulong)seed)];
        double[] atEnd = [.. seeds.Select(seed => Loss(model, rule, end, seed))], atBest = [.. seeds.Select(seed => Loss(model, rule, best, seed))];
        var gap = MeanInterval.Of([.. atEnd.Zip(atBest, (x, y) => x - y)]);
        Assert.Contains(Invariant($"{gap.Mean:0.00}"), evidence, StringComparison.Ordinal);
        Assert.Contains(Invariant($"{gap.Low:0.00} to {gap.High:0.00}"), evidence, StringComparison.Ordinal);
        Assert.Contains(Invariant($"{atEnd.Average() / atBest.Average():0.0}"), evidence, StringComparison.Ordinal);
        Assert.Contains(Invariant($"{best:0.####}"), evidence, StringComparison.Ordinal);
    }

    static double Loss(Model model, Rule rule, double rate, ulong seed)
    {
        var problem = model.On(digits.Value);
        double loss = problem.Train(rule, new Constant(rate), new Shuffled(32, seed), 201, start: problem.Start(seed)).Loss;
        return double.IsFinite(loss) ? loss : double.PositiveInfinity;
    }

    [GeneratedRegex(@"[0-9.]+(e-[0-9]+)?(?= |$)")]
    private static partial Regex Number();
}
