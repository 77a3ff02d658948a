using System.Globalization;
using System.Text.RegularExpressions;
using Anneal.Advice;

namespace Anneal.Tests;

/// <summary>What holds of every proposal, whatever was asked: no advice contradicts the inputs, itself, or what a parameter may be.</summary>
public partial class AdviceLawTests
{
    const int Cases = 12_000;

    /// <summary>Random cases, and the published ones.</summary>
    static readonly IReadOnlyList<Proposal> proposals =
        [.. Enumerable.Range(0, Cases).Select(AnyCase.Drawn).Concat(PublishedSetup.All.Select(s => s.Case)).Select(Adviser.Advise)];

    static IEnumerable<Proposal> Whole => proposals.Where(p => p.IsWhole);

    static void Holds(IEnumerable<Proposal> of, Func<Proposal, bool> law)
    {
        int seen = 0;
        foreach (var proposal in of)
        {
            seen++;
            Assert.True(law(proposal), Told(proposal));
        }
        Assert.True(seen >= 20, $"Only {seen} cases try this.");
    }

    static string Told(Proposal p) => string.Join('\n',
        [p.Case.Write(), .. p.Items.Select(i => $"{i.Item} {i.Text} ({ProposalText.Range(i)}; {i.Row})"), p.Plan?.ToString(), p.Schedule?.ToString(), .. p.Log.Select(l => $"{l.When}: {l.What}"), .. p.Remarks, .. p.Questions.Select(q => q.ToString())]);

    [Fact]
    public void Many_cases_have_a_whole_proposal_and_many_do_not() => Assert.InRange(Whole.Count(), Cases / 5, Cases - Cases / 5);

    [Fact]
    public void What_was_given_stands()
    {
        Holds(Whole.Where(p => p.Case.Batch is not null), p => p["batch"]!.Value == p.Case.Batch);
        Holds(Whole.Where(p => p.Case.Optimizer is not null), p => p["optimizer"]!.Text == p.Case.Optimizer);
        Holds(Whole.Where(p => p.Case.Updates is not null), p => p.Plan!.Updates == p.Case.Updates);
        Holds(Whole, p => Math.Abs(p.Plan!.Batch * p.Plan.Accumulation / p["batch"]!.Value!.Value - 1) < 1e-9);
        Holds(Whole.Where(p => p.Case is { Devices: not null, DeviceBatch: not null }), p => p.Plan!.Batch <= p.Case.Devices * p.Case.DeviceBatch);
        Holds(Whole.Where(p => p.Case.OpenEnded && p["optimizer"]!.Text != "lbfgs"), p => p["schedule"]!.Text == "wsd");
    }

    [Fact]
    public void A_rule_that_needs_all_samples_gets_them()
    {
        Holds(Whole.Where(p => p["optimizer"]!.Text == "lbfgs"), p => p["batch"]!.Value == Math.Floor(Samples(p)!.Value) && p["clipping"]!.Value == 0 && p["decay"]!.Value == 0 && p["warm-up"]!.Value == 0);
        // Fixed with a smaller batch, it is a contradiction and not a proposal.
        Holds(proposals.Where(p => p.Case is { Optimizer: "lbfgs", Batch: not null } && p.Case.Batch < Samples(p)), p => !p.IsWhole && p.Questions.Any(q => q is { Member: "optimizer", IsContradiction: true }));
    }

    [Fact]
    public void A_batch_is_never_larger_than_the_data()
    {
        Holds(Whole.Where(p => Samples(p) is not null), p => p["batch"]!.Value <= Samples(p));
        Holds(proposals.Where(p => p.Case.Batch > Samples(p) && Samples(p) >= 1), p => !p.IsWhole && p.Questions.Any(q => q is { Member: "batch", IsContradiction: true } && q.Reason.StartsWith("Take", StringComparison.Ordinal)));
        Holds(proposals.Where(p => p.Case.Devices > (p["batch"]?.Value ?? double.PositiveInfinity)), p => p.Questions.Any(q => q is { Member: "devices", IsContradiction: true }));
    }

    [Fact]
    public void Every_value_lies_in_its_printed_range_and_every_range_in_what_the_parameter_may_be() => Holds(proposals, p => p.Items.All(item =>
    {
        if (item.Value is not { } value)
            return item.Low is null;
        string range = ProposalText.Range(item);
        double[] printed = range.Length == 0 ? [value, value] : [.. range.Split(" to ").Select(Number)];
        double most = item.Item switch
        {
            "momentum" or "beta1" or "beta2" or "rho" => Math.BitDecrement(1.0),
            "batch" => Samples(p) is >= 1 and var samples ? Math.Max(samples, p.Case.Batch ?? 0) : double.PositiveInfinity,
            "warm-up" => p.Plan?.Updates / 2 ?? double.PositiveInfinity,
            "floor" => p["peak"]!.Value!.Value,
            _ => double.PositiveInfinity,
        };
        double least = item.Item == "batch" ? 1 : 0, shown = Number(ProposalText.Number(value));
        return printed[0] <= shown && shown <= printed[1] && item.Low <= value && value <= item.High
            && printed.Append(item.Low!.Value).Append(item.High!.Value).All(x => x >= least && x <= most)
            && (item.Item is not ("batch" or "warm-up") || printed.All(x => x == Math.Floor(x)))
            && (item.Item is not "peak" || printed[0] > 0)
            // No more digits than are known.
            && (range.Length == 0 || item.Item is "batch" or "warm-up" || range.Split(" to ").All(text => Digits(text) <= 4));
    }));

    /// <summary>No number of the rule is left to a default that nobody tells: what the items say, and only that, is what the rule has.</summary>
    [Fact]
    public void Every_number_of_the_rule_is_one_that_is_told() => Holds(Whole.Where(p => p["optimizer"]!.Text != "lbfgs"), p =>
    {
        var core = p.Rule!;
        while (core is ClipByGlobalNorm or ParameterGroups or WeightDecay)
            core = ((Wrapper)core).Inner;
        (string Item, double Value)[] numbers = core switch
        {
            Momentum r => [("momentum", r.Beta)],
            Adam r => [("beta1", r.Beta1), ("beta2", r.Beta2), ("epsilon", r.Epsilon)],
            AdamW r => [("beta1", r.Beta1), ("beta2", r.Beta2), ("epsilon", r.Epsilon)],
            Lion r => [("beta1", r.Beta1), ("beta2", r.Beta2)],
            Lamb r => [("beta1", r.Beta1), ("beta2", r.Beta2), ("epsilon", r.Epsilon)],
            Muon r => [("momentum", r.Beta), ("beta1", r.Vectors!.Beta1), ("beta2", r.Vectors.Beta2), ("epsilon", r.Vectors.Epsilon)],
            RmsProp r => [("rho", r.Rho), ("epsilon", r.Epsilon)],
            AdaGrad r => [("epsilon", r.Epsilon)],
            _ => [],
        };
        string[] told = ["momentum", "beta1", "beta2", "rho", "epsilon"];
        return numbers.All(n => p[n.Item]?.Value == n.Value) && told.Where(name => p[name] is not null).SequenceEqual(numbers.Select(n => n.Item));
    });

    [Fact]
    public void The_schedule_has_the_advised_peak_and_warmup() => Holds(Whole, p =>
    {
        double climb = p["warm-up"]?.Value ?? 0, peak = p["peak"]!.Value!.Value;
        return climb <= p.Plan!.Updates / 4 && p.Schedule!.At(climb) == peak && (climb == 0 || p.Schedule.At(climb / 2) < peak) && p.Schedule.Range(0, p.Plan.Updates).Highest == peak;
    });

    /// <summary>Whether a verdict is a contradiction on a scale that covers the case.</summary>
    static bool Contradicts(AdviceRow verdict, Facts facts) => verdict["covers"].Length > 0 && verdict["covers"].Split(" or ").Any(cases => Condition.Parse(cases).Holds(facts) == true);

    [Fact]
    public void What_is_contradicted_on_the_scale_of_the_case_decides_nothing_and_what_is_on_another_is_told()
    {
        var rows = AdviceTable.Names.SelectMany(n => AdviceTable.Of(n).Rows).Where(r => r.Verdict?["verdict"] == "contradicted").ToList();
        var byName = rows.ToDictionary(r => r.ToString());
        var byReason = rows.Where(r => r.Table == "adjustments").ToDictionary(r => r.Reasons);
        HashSet<string> refuted = [], decided = [];
        foreach (var p in proposals)
        {
            var facts = new Facts(Adviser.Settled(p));
            // A floor is that of the schedule, which tells the verdict.
            foreach (var item in p.Items.Where(i => i.Item != "floor"))
            {
                AdviceRow[] deciding = [.. Contradicted(item.Row, item.Changes)];
                Assert.True(deciding.All(r => !Contradicts(r.Verdict!, facts)), Told(p));
                foreach (var row in deciding)
                {
                    decided.Add(row.ToString());
                    string told = $"Verdict: contradicted (on another scale: {row.Verdict!["scale"]}). {row.Verdict["evidence"]}";
                    Assert.True((row.Table == "adjustments" ? item.Changes.Select(c => c.Reason) : [item.Reason]).Any(r => r.EndsWith(told, StringComparison.Ordinal)), item.Reason);
                }
                foreach (var other in item.Others)
                {
                    AdviceRow[] against = [.. Contradicted(other.Row, other.Changes).Where(r => Contradicts(r.Verdict!, facts))];
                    Assert.True(against.Length > 0 == other.Refutation is not null, $"{other}\n{Told(p)}");
                    if (against.Length == 0)
                        continue;
                    refuted.UnionWith(against.Select(r => r.ToString()));
                    Assert.DoesNotContain(other, item.MayBeTried);
                    Assert.True(other.Value > item.Ceiling?.Value || other.PassedOver == other.Refutation, other.PassedOver);
                    Assert.Contains(against, r => other.Refutation!.EndsWith(r.Verdict!["evidence"].TrimEnd('.'), StringComparison.Ordinal));
                }
            }
        }
        // Nonlinear models are on no scale on which their factor was contradicted.
        Assert.Equal(["adjustments/slides-complex"], rows.Select(r => r.ToString()).Except(refuted));
        Assert.Superset(new HashSet<string> { "peaks/slides-adam", "peaks/slides-rmsprop", "peaks/slides-lion", "peaks/slides-sgd" }, decided);

        IEnumerable<AdviceRow> Contradicted(string row, IEnumerable<Change> changes) =>
            changes.Select(c => byReason.GetValueOrDefault(c.Reason)).Append(byName.GetValueOrDefault(row)).OfType<AdviceRow>();
    }

    [Fact]
    public void A_text_classifier_from_scratch_has_no_decay_of_the_slides()
    {
        var scratch = new TrainingCase { Task = TrainingTask.TextClassification, Family = ModelFamily.Transformer, Pretrained = false, Samples = 2e6, Batch = 64, Updates = 20_000 };
        var p = Adviser.Advise(scratch);
        // It was 1e-5 · 0.1 · 0.5 · 0.5 = 2.5e-6.
        Assert.Equal((0.01, "decays/transformer"), (p["decay"]!.Value, p["decay"]!.Row));
        Assert.All(Adviser.Optimizers.Where(o => o != "lbfgs"), o => Assert.NotEqual("slides", Adviser.Advise(scratch with { Optimizer = o })["decay"]!.Source.Key));
        // The slides' rate was contradicted for language models and in fine-tuning, and not for this.
        Assert.Equal((3.16e-4, "peaks/slides-adam"), (p["peak"]!.Value, p["peak"]!.Row));
        Assert.Contains("Verdict: contradicted (on another scale: 27,488 weights to 405 B). Holds for language models of 20 M to 20 B weights.", p["peak"]!.Reason);
    }

    [Fact]
    public void What_is_logged_fits_into_the_run()
    {
        Holds(proposals.Where(p => p.Plan is not null), p => p.Log.All(l => l.Every is { } every && every >= 1 && every <= p.Plan!.Updates
            && (2 * every <= p.Plan.Updates || every == 1 || l.When == "once, at the end")));
        // Twenty to fifty looks at the validation loss, in runs that have so many updates.
        Holds(proposals.Where(p => p.Plan is { Updates: >= 20 and < 1e5 }), p => p.Log.Single(l => l.What.StartsWith("validation", StringComparison.Ordinal)).Every is { } every && p.Plan!.Updates / every is >= 20 and <= 50);
        Holds(proposals.Where(p => p.Plan is null && p.Case.Updates is null), p => p.Log.All(l => l.Every is null && l.When.EndsWith("of the run", StringComparison.Ordinal)));
    }

    /// <summary>Whatever proposes another value than the advised one; what was given may be doubted.</summary>
    [GeneratedRegex(@"\b(take|lower (the|β)|raise|instead|reduce|increase|leave the)\b", RegexOptions.IgnoreCase)]
    private static partial Regex OtherAdvice { get; }

    [Fact]
    public void No_remark_argues_against_what_is_advised() => Holds(proposals.Where(p => p.Remarks.Count > 0), p => p.Remarks.All(r =>
        !OtherAdvice.IsMatch(r) || (r.StartsWith("A batch of", StringComparison.Ordinal) && p.Case.Batch is not null)));

    [Fact]
    public void A_rate_is_tuned_where_there_is_one()
    {
        Holds(Whole.Where(p => p["optimizer"]!.Text == "lbfgs"), p => ProposalText.Stages(p, 9).Single().StartsWith("There is no rate to tune", StringComparison.Ordinal));
        Holds(Whole.Where(p => p["optimizer"]!.Text != "lbfgs"), p => TuningPlan.Of(p, 9).Stages.Sum(s => s.Runs) == 9);
        Assert.Contains("One run is enough", Assert.Throws<ArgumentException>(() => TuningPlan.Of(Whole.First(p => p["optimizer"]!.Text == "lbfgs"), 9)).Message);
    }

    [Theory]
    [InlineData("pytorch")]
    [InlineData("transformers")]
    public void Code_says_what_the_proposal_says_or_why_it_cannot(string target)
    {
        int written = 0, shared = 0;
        foreach (var p in Whole)
        {
            string code;
            try
            {
                code = ProposalExport.Write(p, target);
            }
            catch (ScheduleFormatException refused)
            {
                Assert.Matches("fix another optimizer|take a batch of|take [0-9,]+ devices?|Ask for|transformers|has no|cannot", refused.Message);
                continue;
            }
            written++;
            // All that is to be logged, each with its alarm.
            Assert.All(p.Log, l => Assert.Contains($"#   {l.When}: {l.What}. Alarm: {l.Alarm}.\n", code));
            Assert.Equal(code.Contains("LBFGS", StringComparison.Ordinal), code.Contains("optimizer.step(closure)", StringComparison.Ordinal));
            if (target == "pytorch" && p.Case.Devices > 1)
            {
                // Every device has as many samples, since the mean is taken over the devices.
                var said = Regex.Match(code, @"(?:(\d+) times: [^\n]*|)\(?\)? on ([0-9]+) samples? on each of ([0-9]+) devices");
                Assert.True(said.Success, code);
                Assert.Equal(p["batch"]!.Value!.Value, (said.Groups[1].Success ? double.Parse(said.Groups[1].Value, CultureInfo.InvariantCulture) : 1) * double.Parse(said.Groups[2].Value, CultureInfo.InvariantCulture) * p.Case.Devices.Value, 1e-9);
                shared++;
            }
            if (target == "transformers")
            {
                double each = Argument(code, "per_device_train_batch_size"), parts = Argument(code, "gradient_accumulation_steps");
                Assert.Equal(p["batch"]!.Value!.Value, each * parts * (p.Case.Devices ?? 1), 1e-9);
                Assert.Equal(p.Plan!.Updates, Argument(code, "max_steps"));
                Assert.InRange(Argument(code, "logging_steps"), 1, p.Plan.Updates);
                Assert.Equal(p.Log.Single(l => l.What.StartsWith("validation", StringComparison.Ordinal)).Every, (long)Argument(code, "eval_steps"));
                Assert.Contains("eval_strategy=\"steps\"", code);
            }
        }
        Assert.True(written > 100, $"{written}");
        Assert.True(target != "pytorch" || shared > 20, $"{shared}");

        static double Argument(string code, string name) => double.Parse(Regex.Match(code, name + "=([0-9.e+]+)").Groups[1].Value, CultureInfo.InvariantCulture);
    }

    [Fact]
    public void A_settled_case_gets_the_same_proposal() => Holds(Whole, p =>
    {
        var again = Adviser.Advise(Adviser.Settled(p));
        return again.IsWhole && again.Schedule == p.Schedule && again.Rule == p.Rule;
    });

    [Fact]
    public void Answers_that_contradict_each_other_are_told_with_what_to_do()
    {
        Holds(proposals.Where(p => p.Questions.Any(q => q.IsContradiction)), p => !p.IsWhole && p.Questions.Where(q => q.IsContradiction).All(q => q.Must && q.Ask.EndsWith('.')
            && Regex.IsMatch(q.Reason, "^(Take|Give|Leave|Say) ") && TrainingCase.Fields.Any(f => f.Name == q.Member && f.Get(p.Case) is not null)));
        // What is right is not called wrong.
        Assert.All(PublishedSetup.All, s => Assert.DoesNotContain(Adviser.Advise(s.Case).Questions, q => q.IsContradiction));
    }

    [Fact]
    public void No_question_asks_what_cannot_apply()
    {
        Holds(proposals.Where(p => p.Case.Family == ModelFamily.Linear), p => !p.Questions.Any(q => q.Member == "pretrained" && !q.IsContradiction));
        Holds(proposals.Where(p => p.Case.LowRank), p => !p.Questions.Any(q => q.Member == "pretrained" && !q.IsContradiction));
        Holds(proposals.Where(p => p.Case.Optimizer == "lbfgs"), p => !p.Questions.Any(q => q.Member is "earlierRate"));
        Holds(proposals, p => p.Questions.Where(q => !q.IsContradiction).All(q => TrainingCase.Fields.Single(f => f.Name == q.Member).Get(p.Case) is null));
    }

    [Fact]
    public void What_is_not_whole_says_what_is_missing() => Holds(proposals.Where(p => !p.IsWhole), p => p.Questions.Any(q => q.Must) || p["peak"] is null);

    static double? Samples(Proposal p) => p.Case.Samples ?? (p.Case.Tokens / p.Case.TokensPerSample is { } counted && counted >= 1 ? Math.Floor(counted) : p.Case.Tokens / p.Case.TokensPerSample);

    static double Number(string text) => double.Parse(text, NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    /// <summary>The digits that mean something.</summary>
    static int Digits(string text) => text.Split('e')[0].Replace(".", "", StringComparison.Ordinal).Replace(",", "", StringComparison.Ordinal).Trim('0').Length;
}
