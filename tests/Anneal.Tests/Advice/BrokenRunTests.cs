using System.Text.RegularExpressions;
using Anneal.Advice;

namespace Anneal.Tests;

/// <summary>What is said after a run that broke: nothing as high as what broke, and no cure for another rule.</summary>
public class BrokenRunTests
{
    static readonly SymptomKind[] breaks = [SymptomKind.Spikes, SymptomKind.Diverges, SymptomKind.NotANumber];

    /// <summary>Random cases whose earlier run broke, at about the rate that would be advised.</summary>
    static IEnumerable<(Proposal Proposal, double Broke)> Broken()
    {
        for (int seed = 0; seed < 6_000; seed++)
        {
            var random = new Random(seed);
            var given = AnyCase.Drawn(seed) with { EarlierRate = null, EarlierBatch = null, EarlierOptimizer = null, EarlierShort = false, Symptoms = [] };
            if (Adviser.Advise(given) is not { IsWhole: true } free || free["optimizer"]!.Text == "lbfgs")
                continue;
            double batch = free["batch"]!.Value!.Value, earlier = Math.Max(1, Math.Round(batch * Math.Pow(4, random.Next(-2, 3)))), rate = free["peak"]!.Value!.Value * Math.Pow(2, 4 * random.NextDouble() - 2);
            // The rate is one of this optimizer's, or of another whose rates are a multiple of them.
            var (other, times) = seed % 2 == 0 ? (null, 1) : Relative(free["optimizer"]!.Text, random);
            var proposal = Adviser.Advise(given with { Optimizer = other is null ? given.Optimizer : free["optimizer"]!.Text, EarlierRate = rate * times, EarlierOptimizer = other, EarlierBatch = earlier, Symptoms = [new(breaks[seed % 3], random.Next(2) == 0 ? null : random.Next(900)), .. seed % 5 == 0 ? [new Symptom(SymptomKind.Slow)] : Array.Empty<Symptom>()] });
            // The batch may follow the optimizer; a rate goes down with the batch for SGD and with its root for adaptive rules, and never up.
            double power = proposal["optimizer"]!.Text is "sgd" or "momentum" or "nesterov" ? 1 : 0.5;
            yield return (proposal, rate * Math.Min(1, Math.Pow(proposal["batch"]!.Value!.Value / earlier, power)));
        }
    }

    /// <summary>Another optimizer, and how many times as high its rates are.</summary>
    static (string? Optimizer, double Times) Relative(string optimizer, Random random) => optimizer switch
    {
        "adam" or "adamW" or "muon" => random.Next(3) switch { 0 => ("lion", 0.2), 1 => ("rmsProp", 1), _ => ("adamW", 1) },
        "lion" => (random.Next(2) == 0 ? "adam" : "rmsProp", 5),
        "rmsProp" => random.Next(2) == 0 ? ("lion", 0.2) : ("adam", 1),
        "momentum" or "nesterov" => ("sgd", 10),
        "sgd" => ("nesterov", 0.1),
        _ => (null, 1),
    };

    /// <summary>Adam's rate is a distance, SGD's a distance over a gradient: one is no ceiling for the other, and the rate that worked with one is none for the other.</summary>
    [Fact]
    public void A_rate_of_a_rule_with_another_unit_says_nothing_and_this_is_told()
    {
        int seen = 0;
        for (int seed = 0; seed < 2_000; seed++)
        {
            var given = AnyCase.Drawn(seed) with { EarlierRate = null, EarlierBatch = null, EarlierOptimizer = null, EarlierShort = false };
            var free = Adviser.Advise(given with { Symptoms = [] });
            if (!free.IsWhole || free["optimizer"]!.Text == "lbfgs")
                continue;
            string other = free["optimizer"]!.Text is "sgd" or "momentum" or "nesterov" ? "adamW" : "sgd";
            var p = Adviser.Advise(given with { Symptoms = seed % 2 == 0 ? [] : [new(breaks[seed % 3])], EarlierRate = 0.123, EarlierBatch = 32, EarlierOptimizer = other });
            Assert.Null(p["peak"]!.Ceiling);
            Assert.NotEqual("earlier", p["peak"]!.Source.Key);
            Assert.Contains(p.Remarks, r => r.StartsWith($"The earlier rate is one of {other}. It says nothing for {p["optimizer"]!.Text}", StringComparison.Ordinal));
            seen++;
        }
        Assert.True(seen > 300, $"{seen}");
    }

    [Fact]
    public void Nothing_is_advised_listed_to_try_or_planned_as_high_as_what_broke()
    {
        int seen = 0, clipped = 0;
        foreach (var (p, broke) in Broken())
        {
            var peak = p["peak"]!;
            string told = $"{p.Case.Write()}: broke at {broke}, peak {peak.Text} ({ProposalText.Range(peak)})";
            Assert.True(peak.Value < broke && peak.High < broke && peak.Value <= peak.High, told);
            Assert.All(peak.MayBeTried, o => Assert.True(o.Value < broke, $"{told}: {o.Text} of {o.Row}"));
            Assert.All(peak.Others.Where(o => o.Value >= broke), o => Assert.Contains("the most to try after the run that broke", o.PassedOver));
            Assert.Equal(broke, peak.Ceiling!.Broke, broke * 1e-9);
            if (p.Schedule is { } schedule)
                Assert.True(schedule.Range(0, p.Plan!.Updates).Highest < broke, told);
            for (int runs = 1; runs < 70 && TuningPlan.NothingToTune(p) is null; runs += runs < 5 ? 1 : 16)
            {
                var plan = TuningPlan.Of(p, runs);
                Assert.All([.. plan.Rates, .. plan.Stages[0].Rates], rate => Assert.True(rate < broke, $"{told}: {rate} of {runs} runs"));
                Assert.Equal(0, plan.Widenings);
            }
            seen++;
            clipped += peak.High == peak.Ceiling.Value ? 1 : 0;
        }
        Assert.True(seen > 1000 && clipped > 300, $"{clipped} of {seen}");
    }

    [Fact]
    public void A_language_model_that_spiked_is_not_sent_back_to_the_rate_it_spiked_at()
    {
        // The table's 3e-4 reaches to 1.2e-3; the run spiked at 6e-4, so 0.7 of that is the end.
        var p = Adviser.Advise(new()
        {
            Task = TrainingTask.LanguageModeling,
            Family = ModelFamily.Transformer,
            Pretrained = false,
            Parameters = 350e6,
            TrainingTokens = 7e9,
            TokensPerSample = 2048,
            Batch = 256,
            EarlierRate = 6e-4,
            EarlierBatch = 256,
            Symptoms = [new(SymptomKind.Spikes, 1200)],
        });
        var peak = p["peak"]!;
        Assert.Equal((3e-4, 1.5e-4, 4.2e-4), (peak.Value, peak.Low, peak.High));
        Assert.Equal("peaks/gpt3-350M", peak.Row);
        Assert.DoesNotContain(peak.MayBeTried, o => o.Value > 4.2e-4);
        Assert.Contains("lower it a little", peak.Ceiling!.Reason);
    }

    [Theory]
    [InlineData("rmsProp", "adam")]
    [InlineData("adam", "rmsProp")]
    [InlineData("lion", "rmsProp")]
    [InlineData("rmsProp", "muon")]
    public void A_broken_run_of_a_rule_with_the_same_unit_is_a_ceiling(string optimizer, string earlier)
    {
        var peak = Adviser.Advise(new()
        {
            Task = TrainingTask.ImageClassification,
            Family = ModelFamily.Linear,
            Samples = 1438,
            Batch = 16,
            Updates = 270,
            Optimizer = optimizer,
            EarlierRate = 1e-3,
            EarlierBatch = 16,
            EarlierOptimizer = earlier,
            Symptoms = [new(SymptomKind.Diverges)],
        })["peak"]!;
        double broke = optimizer == "lion" ? 2e-4 : 1e-3;
        Assert.Equal(broke, peak.Ceiling!.Broke, 1e-12);
        Assert.InRange(peak.High!.Value, 0, broke / 2);
    }

    /// <summary>What a rule has, by which a cure can be for it.</summary>
    static IEnumerable<(string Said, bool Fits)> Parts(Proposal p)
    {
        string rule = p["optimizer"]!.Text;
        yield return ("β₂|second moment", rule is "adam" or "adamW" or "muon");
        yield return ("β₁|beta1", rule is "adam" or "adamW" or "muon" or "lion");
        yield return ("ε", rule is "adam" or "adamW" or "muon" or "lamb" or "rmsProp" or "adaGrad");
        yield return ("(?<!RMS|batch )[Mm]omentum", rule is "momentum" or "nesterov");
        yield return (@"\b[Cc]lip", p["clipping"]!.Value == 0 && rule is not ("lion" or "lbfgs"));
        yield return (@"\brate\b|warm-up|schedule|[Cc]ool", rule != "lbfgs");
        yield return (@"\bbatches\b", rule != "lbfgs" && p["batch"]!.Value < (p.Case.Samples ?? double.PositiveInfinity));
        yield return (@"Longer warm-up", p["warm-up"]?.Value > 0);
    }

    [Fact]
    public void Every_cure_fits_the_rule_and_every_symptom_has_one()
    {
        int cures = 0;
        foreach (string optimizer in Adviser.Optimizers)
            foreach (var kind in Enum.GetValues<SymptomKind>())
                foreach (double? step in (double?[])[null, 0, 3, 400])
                    foreach (var family in (ModelFamily[])[ModelFamily.Transformer, ModelFamily.Perceptron, ModelFamily.Linear, ModelFamily.Residual])
                        foreach (double batch in (double[])[32, 3000])
                        {
                            var p = Adviser.Advise(new()
                            {
                                Task = family == ModelFamily.Transformer ? TrainingTask.LanguageModeling : family == ModelFamily.Residual ? TrainingTask.ImageClassification : TrainingTask.Tabular,
                                Family = family,
                                Pretrained = false,
                                Parameters = 1e6,
                                Samples = 3000,
                                TokensPerSample = 64,
                                Updates = 600,
                                Batch = optimizer == "lbfgs" ? 3000 : batch,
                                Optimizer = optimizer,
                                EarlierRate = 1e-3,
                                EarlierBatch = batch,
                                Symptoms = [new(kind, step)],
                            });
                            Assert.True(p.IsWhole, p.Case.Write());
                            Assert.NotEmpty(p.Remedies);
                            foreach (string text in p.Remedies.Select(r => $"{r.What} {r.Reason}").Append(p["peak"]!.Ceiling?.Reason ?? ""))
                                foreach (var (said, fits) in Parts(p))
                                    Assert.True(fits || !Regex.IsMatch(text, said), $"{optimizer}, {kind}@{step}, {family}, batch {batch}: /{said}/ in: {text}");
                            Assert.All(p.Remarks, r => Assert.True(optimizer is "adam" or "adamW" or "muon" || !r.Contains("second moment", StringComparison.Ordinal), r));
                            // What is changed is something: no factor on nothing.
                            Assert.All(p.Items.Where(i => i.Value == 0), i => Assert.Empty(i.Changes));
                            Assert.Equal(p["clipping"]!.Value > 0, p.Log.Any(l => l.What.Contains("clipped", StringComparison.Ordinal)));
                            cures += p.Remedies.Count;
                        }
        Assert.True(cures > 1000, $"{cures}");
    }
}
