using Anneal.Advice;

namespace Anneal.Tests;

public class AdviserTests
{
    static readonly TrainingCase Pretraining = new()
    {
        Task = TrainingTask.LanguageModeling,
        Family = ModelFamily.Transformer,
        Pretrained = false,
        Parameters = 350e6,
        TrainingTokens = 2e9,
        TokensPerSample = 4096,
        Batch = 128,
    };

    static readonly TrainingCase Images = new()
    {
        Task = TrainingTask.ImageClassification,
        Family = ModelFamily.Residual,
        Pretrained = false,
        Parameters = 25.6e6,
        Samples = 1_281_167,
        Epochs = 90,
        Batch = 8192,
    };

    [Fact]
    public void A_whole_case_gets_a_rule_a_schedule_and_a_plan()
    {
        var proposal = Adviser.Advise(Pretraining);
        Assert.True(proposal.IsWhole);
        Assert.Equal(3815, proposal.Plan!.Updates);
        // GPT-3, table 2.1: 350 M weights, 3e-4; 5 % of 3,815 updates, rounded up.
        Assert.Equal(new WarmupStableDecay(3e-4, 3815, 191, 763, Shape: Easing.OneMinusSqrt), proposal.Schedule);
        Assert.Equal(new ClipByGlobalNorm(new ParameterGroups(new AdamW(0.9, 0.95, 1e-8, 0.1), [new("vectors", DecayFactor: 0)]), 1), proposal.Rule);
        Assert.All(proposal.Items, item => Assert.True(item.Reason.Length > 0 && item.Source is not null, item.Item));
        Assert.NotEmpty(proposal.Log);
    }

    [Fact]
    public void Sources_that_say_something_else_are_shown_with_the_reason_why_they_were_passed_over()
    {
        var peak = Adviser.Advise(Pretraining)["peak"]!;
        Assert.Equal("peaks/gpt3-350M", peak.Row);
        // DeepSeek's law, 0.3118 · (6 · 350e6 · 2e9)^−0.125, is five times as high: lesson 13 found the same.
        var law = Assert.Single(peak.Contradictions, o => o.Row == "peaks/deepseek-law");
        Assert.Equal(1.47e-3, law.Value!.Value, 1e-5);
        Assert.Contains("less sure (low against medium)", law.PassedOver);
        var slides = Assert.Single(peak.Others, o => o.Source.Kind == "slides");
        Assert.False(slides.Contradicts);
        var decay = Adviser.Advise(Pretraining with { Samples = 2e6 })["decay"]!;
        Assert.Equal(0.1, decay.Value);
        Assert.Contains(decay.Contradictions, o => o.Source.Kind == "slides");
    }

    [Fact]
    public void What_is_not_known_is_asked_for_and_not_guessed()
    {
        var nothing = Adviser.Advise(new());
        Assert.False(nothing.IsWhole);
        Assert.Null(nothing["peak"]);
        Assert.Equal(["task", "family", "pretrained", "updates"], nothing.Questions.Where(q => q.Must).Select(q => q.Member));
        var sized = Adviser.Advise(Pretraining with { Parameters = null });
        Assert.False(sized.IsWhole);
        Assert.Equal(["parameters"], sized.Questions.Where(q => q.Must).Select(q => q.Member));
        var endless = Adviser.Advise(Pretraining with { TrainingTokens = null });
        Assert.Null(endless.Schedule);
        Assert.Equal(["updates"], endless.Questions.Where(q => q.Must).Select(q => q.Member));
        Assert.Equal(["samples"], Adviser.Advise(Images with { Samples = null }).Questions.Where(q => q.Must).Select(q => q.Member));
    }

    [Fact]
    public void A_free_batch_is_advised_in_whole_loads_of_the_devices()
    {
        var proposal = Adviser.Advise(Pretraining with { Batch = null, Devices = 6, DeviceBatch = 4 });
        // Half a million tokens are 128 sequences; 5 loads of 24 are nearest to it.
        Assert.Equal(120, proposal["batch"]!.Value);
        Assert.Equal(5, proposal.Plan!.Accumulation);
        Assert.Equal("120 samples", proposal["batch"]!.Text);
        Assert.Equal(2048, Adviser.Advise(Pretraining with { Batch = null, Parameters = 7e9, TrainingTokens = 1e12, TokensPerSample = 2048 })["batch"]!.Value);
        Assert.Equal(24, proposal.Plan.Batch);
        Assert.Equal(Math.Ceiling(2e9 / (120 * 4096)), proposal.Plan.Updates);
    }

    [Fact]
    public void The_linear_rule_holds_up_to_8192_images()
    {
        var proposal = Adviser.Advise(Images);
        Assert.Equal("nesterov", proposal["optimizer"]!.Text);
        Assert.Equal(3.2, proposal["peak"]!.Value!.Value, 1e-12);
        // 5 epochs of 1,281,167 / 8,192 updates.
        Assert.Equal(Math.Ceiling(5 * 1_281_167 / 8192.0), proposal["warm-up"]!.Value);
        Assert.Equal(90 * 157, proposal.Plan!.Updates);
        Assert.Equal(3.2, Adviser.Advise(Images with { Batch = 65536 })["peak"]!.Value);
        Assert.Equal("peaks/residual-huge", Adviser.Advise(Images with { Batch = 65536 })["peak"]!.Row);
    }

    [Fact]
    public void A_rate_that_was_tried_on_the_model_beats_every_table()
    {
        var worked = Adviser.Advise(Images with { EarlierRate = 0.2, EarlierBatch = 1024 })["peak"]!;
        Assert.Equal(1.6, worked.Value!.Value, 1e-12);
        // Certain is what was tried; what was multiplied for another batch is not, and its factor is shown.
        Assert.Equal((Confidence.Medium, 8.0), (worked.Sure, Assert.Single(worked.Changes).Factor));
        var same = Adviser.Advise(Images with { EarlierRate = 0.2, EarlierBatch = Images.Batch })["peak"]!;
        Assert.Equal((0.2, Confidence.Certain), (same.Value!.Value, same.Sure));
        Assert.Empty(same.Changes);
        // Adam's kin by the root of the batch.
        Assert.Equal(4e-4, Adviser.Advise(Pretraining with { EarlierRate = 2e-4, EarlierBatch = 32 })["peak"]!.Value!.Value, 1e-12);
        Assert.Contains("earlierBatch", Adviser.Advise(Pretraining with { EarlierRate = 2e-4 }).Questions.Select(q => q.Member));
    }

    [Fact]
    public void A_symptom_asks_for_the_rate_that_showed_it_and_changes_what_it_is_about()
    {
        var asked = Adviser.Advise(Pretraining with { Symptoms = [new(SymptomKind.Diverges, 100)] });
        Assert.False(asked.IsWhole);
        Assert.Contains(asked.Questions, q => q.Member == "earlierRate" && q.Must);
        var known = Pretraining with { EarlierRate = 6e-4, EarlierBatch = 128 };
        var early = Adviser.Advise(known with { Symptoms = [new(SymptomKind.Diverges, 100)] });
        Assert.Equal(3e-4, early["peak"]!.Value!.Value, 1e-12);
        Assert.Equal(2 * 191, early["warm-up"]!.Value!.Value, 1);
        // What broke is no proof for its rate: the table's 3e-4 stands where half of the broken rate lies above it, and half of that rate where it lies below.
        Assert.Equal("peaks/gpt3-350M", early["peak"]!.Row);
        var lower = Adviser.Advise(Pretraining with { EarlierRate = 3e-4, EarlierBatch = 128, Symptoms = [new(SymptomKind.Diverges, 100)] })["peak"]!;
        Assert.Equal(("ceilings/diverged-adam", 1.5e-4), (lower.Row, lower.Value!.Value));
        Assert.Contains("it lies above 1.5e-4, the most to try after the run that broke", Assert.Single(lower.Others, o => o.Row == "peaks/gpt3-350M").PassedOver);
        var far = Adviser.Advise(Pretraining with { EarlierRate = 5e-3, EarlierBatch = 128, Symptoms = [new(SymptomKind.Spikes)] });
        Assert.Equal(3e-4, far["peak"]!.Value);
        Assert.Contains(far.Remarks, r => r.Contains("16.7 times what is usual", StringComparison.Ordinal));
        Assert.Contains(early.Remedies, r => r.What.StartsWith("Longer warm-up", StringComparison.Ordinal));
        var late = Adviser.Advise(known with { Symptoms = [new(SymptomKind.Diverges, 3000)] });
        Assert.Equal(191, late["warm-up"]!.Value);
        Assert.DoesNotContain(late.Remedies, r => r.What.StartsWith("Longer warm-up", StringComparison.Ordinal));
        Assert.Contains(late.Remedies, r => r.What.StartsWith("Go back to a checkpoint", StringComparison.Ordinal));
        Assert.Equal(0.02, Adviser.Advise(new TrainingCase
        {
            Task = TrainingTask.ImageClassification,
            Family = ModelFamily.Residual,
            Pretrained = false,
            Samples = 50_000,
            Epochs = 100,
            Batch = 128,
            EarlierRate = 0.02,
            EarlierBatch = 128,
            Symptoms = [new(SymptomKind.Plateau)],
        })["peak"]!.Value!.Value, 1e-12);
    }

    [Fact]
    public void Lion_gets_a_fifth_of_the_rate_and_five_times_the_decay()
    {
        var (adam, lion) = (Adviser.Advise(Pretraining), Adviser.Advise(Pretraining with { Optimizer = "lion" }));
        Assert.Equal(adam["peak"]!.Value!.Value / 5, lion["peak"]!.Value!.Value, 1e-12);
        Assert.Equal(0.5, lion["decay"]!.Value!.Value, 1e-12);
        Assert.Equal(0.99, lion["beta2"]!.Value);
        Assert.Equal(0, lion["clipping"]!.Value);
        // The rate of an earlier run of Lion's is Lion's already.
        Assert.Equal(1e-4, Adviser.Advise(Pretraining with { Optimizer = "lion", EarlierRate = 1e-4, EarlierBatch = 128 })["peak"]!.Value!.Value, 1e-12);
    }

    [Theory]
    [InlineData("lion", "adamW", 0.2)]
    [InlineData("adamW", "lion", 5)]
    [InlineData("muon", "adam", 1)]
    [InlineData("momentum", "sgd", 0.1)]
    [InlineData("sgd", "nesterov", 10)]
    [InlineData("nesterov", "momentum", 1)]
    public void A_rate_of_another_optimizer_is_multiplied_where_the_factor_is_known(string optimizer, string earlier, double factor)
    {
        var p = Adviser.Advise(Pretraining with { Optimizer = optimizer, EarlierRate = 1e-3, EarlierBatch = 128, EarlierOptimizer = earlier });
        Assert.Equal("peaks/earlier", p["peak"]!.Row);
        Assert.Equal(factor * 1e-3, p["peak"]!.Value!.Value, 1e-12);
        Assert.Equal([factor], p["peak"]!.Changes.Select(c => c.Factor));
        Assert.DoesNotContain(p.Remarks, r => r.StartsWith("The earlier rate is", StringComparison.Ordinal));
        // The same of what broke: half of it is the most, and it decides, as every source says more.
        var broke = Adviser.Advise(Pretraining with { Optimizer = optimizer, EarlierRate = 1e-7, EarlierBatch = 128, EarlierOptimizer = earlier, Symptoms = [new(SymptomKind.Diverges)] })["peak"]!;
        Assert.Equal(0.5 * factor * 1e-7, broke.Value!.Value, 1e-18);
        Assert.Equal(factor * 1e-7, broke.Ceiling!.Broke, 1e-18);
        Assert.Equal([factor], broke.Changes.Select(c => c.Factor));
    }

    /// <summary>Certain is a rate that was tried with this very rule; between any two rules of one unit a factor stands, be it 1, with what it is worth.</summary>
    [Fact]
    public void Between_two_rules_a_rate_is_carried_by_a_factor_that_is_shown_and_never_certain()
    {
        int pairs = 0;
        foreach (var (own, other) in from own in AdviceTable.Of("rules").Rows from other in AdviceTable.Of("rules").Rows where own["unit"] == other["unit"] && own.Id != "lbfgs" select (own.Id, other.Id))
        {
            var peak = Adviser.Advise(Pretraining with { Optimizer = own, EarlierRate = 1e-3, EarlierBatch = 128, EarlierOptimizer = other })["peak"]!;
            Assert.Equal("peaks/earlier", peak.Row);
            Assert.Equal((own == other, own == other), (peak.Sure == Confidence.Certain, peak.Changes.Count == 0));
            pairs += own == other ? 0 : 1;
        }
        // Five of Adam's kin, three of momentum's.
        Assert.Equal(5 * 4 + 3 * 2, pairs);
    }

    /// <summary>On a parabola of that curvature, where no noise helps: a rate within the range does not diverge.</summary>
    [Theory]
    [InlineData("sgd")]
    [InlineData("momentum")]
    [InlineData("nesterov")]
    public void What_a_curvature_allows_is_stable_on_it(string optimizer)
    {
        const double curvature = 40;
        var p = Adviser.Advise(new() { Task = TrainingTask.Tabular, Family = ModelFamily.Linear, Samples = 300, Batch = 30, Updates = 400, Optimizer = optimizer, Sharpness = curvature });
        Assert.StartsWith("peaks/sharpness", p["peak"]!.Row);
        Assert.True(Left(p["peak"]!.High!.Value) < 1, ProposalText.Range(p["peak"]!));
        // The edge that is told is the edge: a little above it a run diverges.
        double edge = optimizer switch { "sgd" => 2, "momentum" => 3.8, _ => 3.8 / 2.8 } / curvature;
        Assert.True(p["peak"]!.High < edge && Left(0.99 * edge) < 1 && Left(1.01 * edge) > 1);

        double Left(double rate)
        {
            double[] w = [1];
            var rule = p.Rule!;
            var state = rule.Start(Layout.Of(1));
            for (int t = 0; t < 2_000; t++)
                rule.Step(state, w, [curvature * w[0]], rate);
            return Math.Abs(w[0]);
        }
    }

    /// <summary>RMSprop's and AdaGrad's published decays are penalties in the gradient, and PyTorch has them as such.</summary>
    [Theory]
    [InlineData("rmsProp", "tabular", "perceptron", "RMSprop")]
    [InlineData("adaGrad", "imageClassification", "residual", "Adagrad")]
    public void A_decay_in_the_gradient_is_built_and_written_as_one(string optimizer, string task, string family, string name)
    {
        var p = Adviser.Advise(new TrainingCase { Pretrained = false, Samples = 20_000, Batch = 32, Updates = 400, Optimizer = optimizer }.With("task", task).With("family", family));
        double decay = p["decay"]!.Value!.Value;
        Assert.True(decay > 0);
        Rule core = p.Rule!;
        while (core is ClipByGlobalNorm or ParameterGroups)
            core = ((Wrapper)core).Inner;
        Assert.Equal((decay, DecayForm.L2), core is WeightDecay around ? (around.Decay, around.Form) : default);
        string code = ProposalExport.Write(p, "pytorch");
        Assert.Contains($"torch.optim.{name}(", code);
        Assert.Contains(p.Groups.Count > 0 ? $"\"params\": with_decay, \"weight_decay\": {decay.ToString("R", System.Globalization.CultureInfo.InvariantCulture).Replace("E", "e", StringComparison.Ordinal)}" : $"weight_decay={decay.ToString("R", System.Globalization.CultureInfo.InvariantCulture).Replace("E", "e", StringComparison.Ordinal)}", code);
    }

    /// <summary>A decay in the gradient is divided by the gradient's size: 1/(ηλ) is the time of one beside the step.</summary>
    [Theory]
    [InlineData("adamW", true)]
    [InlineData("lion", true)]
    [InlineData("adam", false)]
    [InlineData("rmsProp", false)]
    public void The_time_of_a_decay_is_told_where_it_is_one(string optimizer, bool told)
    {
        var p = Adviser.Advise(new() { Task = TrainingTask.Tabular, Family = ModelFamily.Perceptron, Pretrained = false, Samples = 20_000, Batch = 32, Updates = 400, Optimizer = optimizer });
        Assert.True(p["decay"]!.Value > 0);
        Assert.Equal(told, p.Remarks.Any(r => r.Contains("1/(ηλ)", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_row_for_the_task_comes_before_the_trainer_s_default() => Assert.Equal("peaks/tuning-speech",
        Adviser.Advise(new() { Task = TrainingTask.SpeechRecognition, Family = ModelFamily.Transformer, Pretrained = true, Samples = 30_000, Epochs = 5 })["peak"]!.Row);

    [Theory]
    [InlineData("languageModeling", "visionTransformer", "If that is a slip, the family is transformer.")]
    [InlineData("imageClassification", "transformer", "is called visionTransformer here")]
    [InlineData("tabular", "recurrent", "reads a sequence")]
    [InlineData("objectDetection", "linear", "no boxes")]
    public void What_hardly_goes_together_is_remarked_on(string task, string family, string said)
    {
        var given = new TrainingCase { Pretrained = false, Parameters = 1e8, Samples = 50_000, TokensPerSample = 128, Updates = 4000, Batch = 64 }.With("task", task).With("family", family);
        Assert.Contains(said, Assert.Single(Adviser.Advise(given).Remarks, r => r.Contains("[pairs/", StringComparison.Ordinal)));
    }

    /// <summary>By the adviser's own factors: plain SGD takes ten times momentum's rate, RMSprop Adam's; decay and warm-up hold alike.</summary>
    [Fact]
    public void A_rule_without_recipes_takes_those_of_its_kin()
    {
        var small = Images with { Samples = 50_000, Epochs = 100, Batch = 128 };
        foreach (var given in (TrainingCase[])[Images, small, small with { Pretrained = true }])
        {
            var (momentum, sgd) = (Adviser.Advise(given with { Optimizer = "momentum" }), Adviser.Advise(given with { Optimizer = "sgd" }));
            Assert.Equal(10 * momentum["peak"]!.Value!.Value, sgd["peak"]!.Value!.Value, 1e-9);
            Assert.Equal(momentum["peak"]!.Row, sgd["peak"]!.Row);
            Assert.Equal(10, Assert.Single(sgd["peak"]!.Changes).Factor);
            Assert.True(sgd["peak"]!.Sure <= Confidence.Medium);
            Assert.Equal((momentum["decay"]!.Value, momentum["warm-up"]?.Value), (sgd["decay"]!.Value, sgd["warm-up"]?.Value));
            Assert.Null(sgd["momentum"]);
        }
        Assert.Equal((32, 1), (Adviser.Advise(Images with { Optimizer = "sgd" })["peak"]!.Value, Adviser.Advise(small with { Optimizer = "sgd" })["peak"]!.Value));
        // A row of its own is not multiplied.
        Assert.Equal((1e-2, "peaks/linear-sgd"), Adviser.Advise(new() { Task = TrainingTask.Tabular, Family = ModelFamily.Linear, Samples = 300, Updates = 400, Batch = 1, Optimizer = "sgd" })["peak"] is { } own ? (own.Value, own.Row) : default);
        var rmsProp = Adviser.Advise(Pretraining with { Optimizer = "rmsProp" });
        Assert.Equal((3e-4, "peaks/gpt3-350M", Confidence.Low), (rmsProp["peak"]!.Value, rmsProp["peak"]!.Row, rmsProp["peak"]!.Sure));
        Assert.Equal(1, Assert.Single(rmsProp["peak"]!.Changes).Factor);
        Assert.Equal((0, 191), (rmsProp["decay"]!.Value, rmsProp["warm-up"]!.Value));
        Assert.Null(rmsProp["beta1"]);
        // A small network has one that was measured.
        Assert.Equal((0.01, "peaks/perceptron-rmsprop"), Adviser.Advise(new() { Task = TrainingTask.Tabular, Family = ModelFamily.Perceptron, Pretrained = false, Samples = 1438, Updates = 201, Batch = 32, Optimizer = "rmsProp" })["peak"] is { } small1 ? (small1.Value, small1.Row) : default);
    }

    [Theory]
    [InlineData("rmsProp", "adamW", 1)]
    [InlineData("rmsProp", "lion", 5)]
    [InlineData("muon", "rmsProp", 1)]
    [InlineData("lion", "rmsProp", 0.2)]
    public void A_rate_that_was_carried_to_another_rule_is_no_longer_certain(string optimizer, string earlier, double factor)
    {
        var peak = Adviser.Advise(Pretraining with { Optimizer = optimizer, EarlierRate = 1e-3, EarlierBatch = 128, EarlierOptimizer = earlier })["peak"]!;
        Assert.Equal(("peaks/earlier", Confidence.Low, factor * 1e-3), (peak.Row, peak.Sure, Math.Round(peak.Value!.Value, 12)));
        Assert.Contains(peak.Changes, c => c.Factor == 1 && c.Reason.Contains("RMSprop", StringComparison.Ordinal));
    }

    [Fact]
    public void Whose_the_earlier_rate_is_taken_for_is_said_unless_it_was_told()
    {
        var earlier = Pretraining with { EarlierRate = 1e-3, EarlierBatch = 128 };
        foreach (string? optimizer in (string?[])[null, "lion", "momentum"])
            Assert.Contains(Adviser.Advise(earlier with { Optimizer = optimizer }).Remarks, r => r.StartsWith($"The earlier rate is taken for one of {optimizer ?? "adamW"}. If that run had another optimizer, say which (earlierOptimizer)", StringComparison.Ordinal));
        Assert.DoesNotContain(Adviser.Advise(earlier with { EarlierOptimizer = "adamW" }).Remarks, r => r.Contains("earlier rate", StringComparison.Ordinal));
        Assert.DoesNotContain(Adviser.Advise(Pretraining).Remarks, r => r.Contains("earlier rate", StringComparison.Ordinal));
    }

    [Fact]
    public void A_rate_that_short_runs_found_reaches_further_up()
    {
        var found = Adviser.Advise(Pretraining with { EarlierRate = 1e-3, EarlierBatch = 128, EarlierShort = true })["peak"]!;
        Assert.Equal(("peaks/found", 1e-3, 5e-4, 1.2e-2), (found.Row, found.Value, found.Low, found.High));
        // It decides, and is no surer for it: a row of the tables may be.
        Assert.Equal(Confidence.Medium, found.Sure);
        var images = Adviser.Advise(Images with { EarlierRate = 0.2, EarlierBatch = 8192, EarlierShort = true })["peak"]!;
        Assert.Equal(("peaks/found", 0.2), (images.Row, images.Value));
        var passed = Assert.Single(images.Others, o => o.Row == "peaks/residual");
        Assert.Equal((Confidence.High, "a rate that was tried on this model comes first"), (passed.Sure, passed.PassedOver));
        var whole = Adviser.Advise(Pretraining with { EarlierRate = 1e-3, EarlierBatch = 128 })["peak"]!;
        Assert.Equal(("peaks/earlier", 1e-3, 5e-4, 2e-3), (whole.Row, whole.Value, whole.Low, whole.High));
    }

    [Fact]
    public void Numbers_that_do_not_go_together_are_remarked_on()
    {
        Assert.Contains(Adviser.Advise(Pretraining).Remarks, r => r.Contains("8.74 times the run", StringComparison.Ordinal));
        Assert.Contains(Adviser.Advise(Pretraining).Remarks, r => r.StartsWith("5.7 tokens a weight", StringComparison.Ordinal));
        Assert.Contains(Adviser.Advise(Pretraining with { Devices = 8, DeviceBatch = 3 }).Remarks, r => r.Contains("no multiple of 8 devices × 3: take 120", StringComparison.Ordinal));
        Assert.Contains(Adviser.Advise(Images with { Epochs = 0.5 }).Remarks, r => r.StartsWith("The run sees 50 % of the data set", StringComparison.Ordinal));
    }

    [Fact]
    public void A_length_that_does_not_fit_is_cut_and_says_so()
    {
        var warmup = Adviser.Advise(Images with { Epochs = null, Updates = 600 })["warm-up"]!;
        Assert.Equal(("150 updates", 150), (warmup.Text, warmup.Value));
        Assert.Equal("A warm-up of 782 does not fit into a run of 600 updates: cut to a quarter of it.", Assert.Single(warmup.Changes).Reason);
        // 512 of 300 images cannot be a batch; what is advised is what there is.
        var few = Images with { Batch = null, Samples = 300, Epochs = 90 };
        var batch = Adviser.Advise(few)["batch"]!;
        Assert.Equal((128, 64, 300), (batch.Value, batch.Low, batch.High));
        Assert.Equal(64, Adviser.Advise(few with { Epochs = 30 })["batch"]!.Value);
        Assert.Equal(32, Adviser.Advise(few with { Samples = 32, Epochs = 9000 })["batch"]!.Value);
    }

    [Theory]
    [InlineData("batch=512", "A batch of 512 does not fit into a data set of 300 samples. Take 300 or fewer.")]
    [InlineData("batch=32 optimizer=lbfgs", "L-BFGS takes differences of gradients, so that each update must see all 300 samples, and not 32: noise would look like curvature. Leave the batch out")]
    [InlineData("batch=4 devices=8", "8 devices cannot share an update of 4 samples. Take 4 devices or fewer, or a batch of 8 or more.")]
    [InlineData("batch=30 updates=600 epochs=3", "The budgets disagree: 600 updates and 3 epochs are 600 and 30 updates. Give one of them.")]
    [InlineData("batch=30 epochs=0.05", "A budget of 0.05 epochs is less than one update of 30 samples. Give a longer one, or a smaller batch.")]
    [InlineData("pretrained=no lowRank=yes", "LoRA trains small factors beside weights that were trained before. Say that it starts from trained weights")]
    [InlineData("earlierBatch=32", "Of an earlier run its batch is said, but not its peak rate, without which it says nothing. Give the rate too (earlierRate), or leave this out.")]
    [InlineData("earlierOptimizer=sgd", "Of an earlier run its optimizer is said, but not its peak rate")]
    [InlineData("earlierShort=yes", "Of an earlier run its length is said, but not its peak rate")]
    [InlineData("tokens=2M tokensPerSample=512", "300 samples of 512 tokens are 153,600 tokens, and not 2,000,000. Leave one of the three out.")]
    public void Answers_that_do_not_go_together_are_refused_with_a_fix(string members, string said)
    {
        var given = members.Split(' ').Select(m => m.Split('=')).Aggregate(new TrainingCase { Task = TrainingTask.Tabular, Family = ModelFamily.Perceptron, Samples = 300 }, (c, m) => c.With(m[0], m[1]));
        var proposal = Adviser.Advise(given.Updates is null && given.Epochs is null ? given with { Updates = 400 } : given);
        Assert.False(proposal.IsWhole);
        Assert.StartsWith(said, Assert.Single(proposal.Questions, q => q.IsContradiction) is var wrong ? $"{wrong.Ask} {wrong.Reason}" : "");
    }

    [Fact]
    public void A_linear_model_gets_LBFGS_only_with_all_samples()
    {
        var table = new TrainingCase { Task = TrainingTask.Tabular, Family = ModelFamily.Linear, Samples = 300, Updates = 40 };
        var free = Adviser.Advise(table);
        Assert.Equal(("lbfgs", 300, true), (free["optimizer"]!.Text, free["batch"]!.Value, free.IsWhole));
        Assert.Equal("momentum", Adviser.Advise(table with { Batch = 32 })["optimizer"]!.Text);
        Assert.Equal((32, "sgd"), (Adviser.Advise(table with { Optimizer = "sgd", Updates = 4000 })["batch"]!.Value, Adviser.Advise(table with { Optimizer = "sgd" })["optimizer"]!.Text));
        Assert.Equal("lbfgs", Adviser.Advise(table with { Batch = 300 })["optimizer"]!.Text);
        string code = ProposalExport.Write(free, "pytorch");
        Assert.Contains("optimizer = torch.optim.LBFGS(model.parameters(), lr=1.0, max_iter=20, history_size=100, line_search_fn=\"strong_wolfe\")", code);
        Assert.Contains("#   def closure():", code);
        Assert.Contains("without the closure that L-BFGS needs: write it for pytorch", Assert.Throws<ScheduleFormatException>(() => ProposalExport.Write(free, "transformers")).Message);
        Assert.Contains("no rate to tune", Assert.Throws<ScheduleFormatException>(() => ProposalSpec.Write(free, "sweep", [], 65)).Message);
    }

    public static TheoryData<string> Cases()
    {
        var cases = new TheoryData<string>();
        foreach (var task in Enum.GetValues<TrainingTask>())
            foreach (var family in Enum.GetValues<ModelFamily>())
                foreach (bool pretrained in (bool[])[false, true])
                    cases.Add($"{task} {family} {pretrained}");
        return cases;
    }

    [Theory, MemberData(nameof(Cases))]
    public void Every_case_with_every_optimizer_is_answered_by_a_schedule_without_findings_or_by_a_reason(string text)
    {
        string[] words = text.Split(' ');
        foreach (string? optimizer in Adviser.Optimizers.Prepend(null!))
            foreach (double updates in (double[])[40, 600, 5_000, 300_000])
            {
                var given = new TrainingCase
                {
                    Task = Enum.Parse<TrainingTask>(words[0]),
                    Family = Enum.Parse<ModelFamily>(words[1]),
                    Pretrained = bool.Parse(words[2]),
                    Optimizer = optimizer,
                    Parameters = 2e8,
                    Samples = 3e5,
                    TokensPerSample = 512,
                    Batch = optimizer == "lbfgs" ? 3e5 : 256,
                    Updates = updates,
                };
                var proposal = Adviser.Advise(given);
                Assert.Equal(proposal.IsWhole, proposal["peak"] is not null);
                if (!proposal.IsWhole)
                    continue;
                Assert.Equal(updates, proposal.Plan!.Updates);
                // A warm-up begins at 0 by our convention, and the root of Vaswani and others has no end; nothing else may be odd.
                var odd = ScheduleLint.Check(proposal.Schedule!, (long)updates).Where(f => f.Severity >= Severity.Warning && f.Code is not ("zero-first-update" or "ends-high")).ToList();
                Assert.True(odd.Count == 0, $"{given.Write()}: {string.Join("; ", odd)}: {ScheduleNotation.Print(proposal.Schedule!)}");
                Assert.Equal(proposal.Rule, RuleJson.Read(RuleJson.Write(proposal.Rule!)));
                Assert.Equal(proposal.Schedule, ScheduleJson.Read(ScheduleJson.Write(proposal.Schedule!)));
            }
    }
}
