using System.Globalization;
using Anneal.Diagnostics;

namespace Anneal.Experiments.Tests;

public class TrainTests
{
    const string Spec = """
        {"data": {"type": "brackets", "words": 6, "kinds": 2, "depth": 2}, "model": {"context": 24, "width": 16, "layers": 1, "heads": 2, "norm": "rmsNorm"},
         "rule": {"type": "adamW"}, "schedule": {"type": "cosineDecay", "peak": 0.01, "steps": 60}, "steps": 60, "batchSize": 8, "record": 7, "evaluate": 20, "checkpoint": 15, "diagnostics": {"every": 25}, "seed": 3}
        """;

    [Fact]
    public void A_run_that_was_killed_goes_on_as_if_nothing_had_happened()
    {
        string whole = Directory.CreateTempSubdirectory().FullName, parted = Directory.CreateTempSubdirectory().FullName;
        try
        {
            var spec = TrainJson.Read(Spec);
            Assert.Null(TrainRun.Run(spec, whole, cancel: TestContext.Current.CancellationToken).Stopped);

            using var cancel = new CancellationTokenSource();
            TrainRun.Run(spec, parted, threads: 1, new At(35, cancel.Cancel), cancel: cancel.Token);
            // What a killed run leaves besides: half a line of a trace, half a checkpoint.
            File.AppendAllText(Path.Combine(parted, "trace.csv"), "42,0.00");
            File.WriteAllText(Path.Combine(parted, "checkpoint.safetensors.unfinished"), "half");
            var outcome = TrainRun.Run(spec, parted, cancel: TestContext.Current.CancellationToken);
            Assert.Equal(36, outcome.From);
            Assert.Equal(File.ReadAllBytes(Path.Combine(whole, "checkpoint.safetensors")), File.ReadAllBytes(Path.Combine(parted, "checkpoint.safetensors")));
            Assert.Equal(File.ReadAllLines(Path.Combine(whole, "trace.csv")), File.ReadAllLines(Path.Combine(parted, "trace.csv")));
            foreach (string file in (string[])["tensors.csv", "attention.csv"])
                Assert.Equal(File.ReadAllLines(Path.Combine(whole, file)), File.ReadAllLines(Path.Combine(parted, file)));
            Assert.Equal(1 + 3 * spec.Recipe.Model.Layout.Tensors.Count, File.ReadAllLines(Path.Combine(whole, "tensors.csv")).Length);
            Assert.Equal(1 + 3 * 2, File.ReadAllLines(Path.Combine(whole, "attention.csv")).Length);
            Assert.Equal(1 + 14, File.ReadAllLines(Path.Combine(whole, "trace.csv")).Length);
            Assert.True(outcome.ValidationLoss < Math.Log(spec.Recipe.Model.Vocabulary) - 0.3, $"{outcome.ValidationLoss}");
            Assert.True(outcome.ValidationLoss > spec.Data.Entropy!(24));
        }
        finally
        {
            Directory.Delete(whole, recursive: true);
            Directory.Delete(parted, recursive: true);
        }
    }

    /// <summary>What TRAINING.md shows: a run of a folder is read, and goes on writing a text.</summary>
    [Fact]
    public void What_was_trained_writes_with_a_cache_what_it_writes_without()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            var spec = TrainJson.Read(Spec.Replace("""{"type": "brackets", "words": 6, "kinds": 2, "depth": 2}""", """{"type": "names"}""").Replace("{\"every\": 25}", "0"));
            TrainRun.Run(spec, folder, cancel: TestContext.Current.CancellationToken);

            var run = TransformerTraining.Load(spec.Recipe, spec.Data.Training, Path.Combine(folder, "checkpoint.safetensors"));
            float[] weights = run.EvaluationWeights();
            var (tokenizer, sampling) = (spec.Data.Tokenizer!, new Sampling(Temperature: 0.7, TopK: 10));
            int[] written = new TransformerDecoder<float>(spec.Recipe.Model, weights).Generate(tokenizer.Encode("\nMar"), 20, sampling, new SeededRandom(1));

            var (network, random) = (new TransformerNetwork<float>(spec.Recipe.Model), new SeededRandom(1));
            List<int> tokens = [.. tokenizer.Encode("\nMar")];
            while (tokens.Count < 24)
                tokens.Add(sampling.Next<float>(network.Logits(weights, new([.. tokens], new int[tokens.Count], tokens.Count)).AsSpan(^tokenizer.Vocabulary..), random));
            Assert.Equal(tokenizer.Decode([.. tokens[4..]]), tokenizer.Decode(written));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Diagnostics_are_what_the_library_says_of_the_weights_before_the_step()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            var spec = TrainJson.Read(Spec);
            var costs = TrainRun.Run(spec, folder, cancel: TestContext.Current.CancellationToken).Costs!;
            var table = TraceTable.Read(File.ReadAllText(Path.Combine(folder, "trace.csv")));
            var (layout, data) = (spec.Recipe.Model.Layout, spec.Data.Training);
            var run = new TransformerTraining(spec.Recipe, data);
            run.Run(25, cancel: TestContext.Current.CancellationToken);
            float[] before = [.. run.Weights];
            var state = run.State.InDouble();
            var (one, two) = (Half(0), Half(1));
            float[] g1 = new float[before.Length], g2 = new float[before.Length];
            run.Network.Loss(before, one, g1);
            run.Network.Loss(before, two, g2);
            double small = (Square(g1) + Square(g2)) / 2, large = Square([.. g1.Zip(g2, (a, b) => (a + b) / 2)]);
            double noise = GradientNoise.Of(4, small, 8, large).Scale;
            double sharpness = Sharpness.At<float>((w, g) => run.Network.Loss(w, one, g), before, WatchedRun.LanczosSteps).Largest;
            var seen = run.RunObserved(cancel: TestContext.Current.CancellationToken);
            Assert.Equal(sharpness, At("sharpness"));
            // Sums of squares of floats here and of doubles there.
            Assert.Equal(noise < 0 ? double.NaN : noise, At("noise_scale"), 1e-4 * Math.Abs(noise));
            var matrices = layout.Tensors.Where(t => t.IsMatrix).ToList();
            Assert.Equal(matrices.Min(t => EffectiveRank.Of<float>(before.AsSpan(t.Offset, t.Count), t.Rows)), At("effective_rank"));
            Assert.Equal(seen.Tensors.Where((_, i) => layout.Tensors[i].IsMatrix).Max(t => t.UpdateRatio), At("update_ratio"));
            var heads = seen.Blocks.SelectMany(b => b.Heads).ToList();
            Assert.Equal((heads.Max(h => h.LargestLogit), heads.Min(h => h.Entropy), seen.Blocks.Max(b => b.StreamRms)), (At("largest_logit"), At("entropy"), At("stream_rms")));

            // The norms of weights, gradient and update are those of the step, whether it is looked at or not.
            var point = seen.Trace.Points[0];
            Assert.Equal((point.Loss, point.WeightNorm, point.GradientNorm, point.UpdateNorm), (At("loss"), At("weight_norm"), At("gradient_norm"), At("update_norm")));

            // AdamW in 64-bit numbers, from a state that has no more digits than floats: one step in floats rounds weight and update once each.
            double difference = At("update_difference"), ulp = layout.Tensors.Max(t => before.AsSpan(t.Offset, t.Count).ToArray().Max(w => MathF.BitIncrement(Math.Abs(w)) - Math.Abs(w)));
            Assert.InRange(difference, ulp / 100, 4 * ulp);
            var tensors = File.ReadLines(Path.Combine(folder, "tensors.csv")).Skip(1).Select(line => line.Split(',')).Where(line => line[0] == "25").ToList();
            Assert.Equal(layout.Tensors.Select(t => t.Name), tensors.Select(line => line[1]));
            Assert.Equal(difference, tensors.Max(line => double.Parse(line[6], CultureInfo.InvariantCulture)));
            Assert.Equal(layout.Tensors.Select(t => t.IsMatrix), tensors.Select(line => line[5].Length > 0));

            // Looked at are steps 0, 25 and 50, and no other.
            Assert.Equal([0, 25, 50], table.Lines.Single(line => line.Name == "sharpness").Steps);
            Assert.Equal((3, 60L), (costs.Looks, costs.Steps));
            Assert.Equal(["attention", "effective rank", "noise scale", "norms", "sharpness", "the rule's own update"], costs.Each.Select(e => e.Name).Order(StringComparer.Ordinal));
            Assert.Equal(3 * costs.Each.Sum(e => e.Seconds) / (60 * costs.StepSeconds), costs.Share, 1e-12);
            Assert.All(costs.Each, e => Assert.InRange(e.Seconds, 0, 60));

            double At(string name) => table[name][table["step"].ToList().IndexOf(25)];
            TokenBatch Half(int which)
            {
                var half = TokenSource.NewBatch(4, 24);
                data.Fill(spec.Recipe.Seed ^ 0x8C5FB1E2D94A7036, 2 * 25 + which, half);
                return half;
            }
            static double Square(float[] g) => g.Sum(x => (double)x * x);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Weights_that_rounding_holds_fast_differ_by_the_whole_update_of_the_rule()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            var spec = TrainJson.Read(Spec
                .Replace("""{"type": "adamW"}""", """{"type": "roundedWeights", "inner": {"type": "adamW", "beta2": 0.95, "decay": 0}, "rounding": "nearest"}""")
                .Replace("""{"type": "cosineDecay", "peak": 0.01, "steps": 60}""", """{"type": "constant", "value": 0.001}"""));
            TrainRun.Run(spec, folder, cancel: TestContext.Current.CancellationToken);
            // From 1 the next numbers of bfloat16 are 2⁻⁷ above and 2⁻⁸ below: to nearest, a step of 0.001 moves no gain.
            var gains = File.ReadLines(Path.Combine(folder, "tensors.csv")).Skip(1).Select(line => line.Split(',')).Where(line => line[1].Contains("norm", StringComparison.OrdinalIgnoreCase)).ToList();
            Assert.NotEmpty(gains);
            Assert.All(gains, line => Assert.Equal(0, Number(line[4])));
            // Adam's first step is the rate, but for its epsilon beside the gradient.
            Assert.All(gains.Where(line => line[0] == "0"), line => Assert.Equal(0.001, Number(line[6]), 1e-6));
            Assert.All(gains, line => Assert.InRange(Number(line[6]), 1e-5, 0.002));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
    }

    [Fact]
    public void A_measure_that_is_no_number_is_not_hidden_by_others()
    {
        Assert.Equal(double.NaN, CloseLooks.Largest([3, double.NaN, 5]));
        Assert.Equal(double.NaN, CloseLooks.Largest([double.NaN, 3]));
        Assert.Equal(5, CloseLooks.Largest([3, 5, double.NegativeInfinity]));
        Assert.Null(CloseLooks.Largest([]));
        var look = new CloseLook(1, null, null, null, null, null, null, double.NaN);
        Assert.Equal("1,,,,,,,NaN", look.ToString());
        var tensor = new TensorLook(new("w", 1, 2, 3), null, double.NaN);
        Assert.Equal("w,1,2,3,,NaN,3", tensor.ToString());
        // It is logged, and has no point where it is drawn.
        var table = TraceTable.Read($"step,loss,{CloseLook.Columns}\n0,2,{look}\n1,1,{look with { UpdateDifference = 0.5 }}");
        Assert.Equal([double.NaN, 0.5], table["update_difference"]);
        Assert.Equal([1], table.Lines.Single(line => line.Name == "update_difference").Steps);
    }

    [Theory]
    [InlineData("")]
    [InlineData(", \"format\": \"bFloat16\"")]
    [InlineData(", \"accumulationSteps\": 4")]
    [InlineData(", \"format\": \"float16\"")]
    public void Looking_changes_no_bit_of_the_run(string more)
    {
        string looked = Directory.CreateTempSubdirectory().FullName, alone = Directory.CreateTempSubdirectory().FullName;
        try
        {
            string spec = Spec.Replace("\"seed\": 3", "\"seed\": 3" + more);
            TrainRun.Run(TrainJson.Read(spec.Replace("{\"every\": 25}", "1")), looked, cancel: TestContext.Current.CancellationToken);
            Assert.Null(TrainRun.Run(TrainJson.Read(spec.Replace("{\"every\": 25}", "0")), alone, cancel: TestContext.Current.CancellationToken).Costs);
            Assert.Equal(File.ReadAllBytes(Path.Combine(alone, "checkpoint.safetensors")), File.ReadAllBytes(Path.Combine(looked, "checkpoint.safetensors")));
            // Every line that both have is the same but for what looking adds.
            var all = File.ReadLines(Path.Combine(looked, "trace.csv")).Select(Common).ToHashSet();
            Assert.All(File.ReadLines(Path.Combine(alone, "trace.csv")), line => Assert.Contains(Common(line), all));
            Assert.False(File.Exists(Path.Combine(alone, "tensors.csv")));
        }
        finally
        {
            Directory.Delete(looked, recursive: true);
            Directory.Delete(alone, recursive: true);
        }

        static string Common(string line) => string.Join(',', line.Split(',').Take(7));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_look_waits_for_the_batch_that_makes_an_update(bool accumulates)
    {
        string folder = Directory.CreateTempSubdirectory().FullName, parted = Directory.CreateTempSubdirectory().FullName;
        try
        {
            var spec = TrainJson.Read(Spec.Replace("\"evaluate\": 20", "\"evaluate\": 4").Replace("{\"every\": 25}", "{\"every\": 4}")
                .Replace("""{"type": "adamW"}""", accumulates ? """{"type": "gradientAccumulation", "inner": {"type": "adamW"}, "every": 4}""" : """{"type": "adamW"}"""));
            // A scale so large that the first batches overflow.
            if (!accumulates)
                spec = spec with { Recipe = spec.Recipe with { Format = ComputeFormat.Float16, LossScaling = new(Math.Pow(2, 30)) } };
            var outcome = TrainRun.Run(spec, folder, cancel: TestContext.Current.CancellationToken);
            long updates = outcome.Run.State.Updates;
            Assert.True(updates < 60, $"{updates}");
            var table = TraceTable.Read(File.ReadAllText(Path.Combine(folder, "trace.csv")));
            double[] looks = [.. Enumerable.Range(0, (int)((updates + 3) / 4)).Select(i => 4.0 * i)];
            foreach (string name in (string[])["validation_loss", "sharpness", "entropy"])
                Assert.Equal(looks, table.Lines.Single(line => line.Name == name).Steps);
            foreach (string name in (string[])["tensors.csv", "attention.csv"])
                Assert.Equal(looks, File.ReadLines(Path.Combine(folder, name)).Skip(1).Select(line => double.Parse(line.Split(',')[0], CultureInfo.InvariantCulture)).Distinct());
            Assert.Equal(looks.Length, outcome.Costs!.Looks);
            if (accumulates)
                Assert.Equal(14, table["step"][^1]);

            // Interrupted between the batches of an update, it goes on with the same lines; the last update of the shorter run has one of its own.
            long interrupted = accumulates ? 17 : 3;
            Assert.Equal(accumulates ? 4 : 0, TrainRun.Run(spec with { Steps = interrupted }, parted, cancel: TestContext.Current.CancellationToken).Run.State.Updates);
            TrainRun.Run(spec, parted, cancel: TestContext.Current.CancellationToken);
            foreach (string name in (string[])["trace.csv", "tensors.csv", "attention.csv"])
                Assert.Equal(File.ReadAllLines(Path.Combine(folder, name)), File.ReadAllLines(Path.Combine(parted, name)).Where(line => !line.StartsWith("3,", StringComparison.Ordinal)));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
            Directory.Delete(parted, recursive: true);
        }
    }

    [Fact]
    public void A_look_ends_at_the_next_measure_and_is_counted_only_when_whole()
    {
        var spec = TrainJson.Read(Spec);
        var run = new TransformerTraining(spec.Recipe, spec.Data.Training);
        using var cancel = new CancellationTokenSource();
        var looks = new CloseLooks(run, new Cancelling(spec.Data.Training, cancel), spec.Diagnostics!);
        Assert.ThrowsAny<OperationCanceledException>(() => looks.Step(cancel.Token));
        Assert.Equal(0, run.Batches);
        Assert.Null(looks.Costs);
        Assert.NotNull(looks.Step(TestContext.Current.CancellationToken).Seen);
        Assert.Equal((1, 1L), (looks.Costs!.Looks, looks.Costs.Steps));
        Assert.True(double.IsFinite(looks.Costs.Share));
    }

    /// <summary>Cancels once its first batch is drawn, in the middle of a look.</summary>
    sealed class Cancelling(TokenSource inner, CancellationTokenSource cancel) : TokenSource
    {
        public override int Vocabulary => inner.Vocabulary;

        public override void Fill(SeededRandom random, Span<int> inputs, Span<int> targets)
        {
            inner.Fill(random, inputs, targets);
            cancel.Cancel();
        }
    }

    [Fact]
    public void Only_what_is_asked_for_is_measured()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            TrainRun.Run(TrainJson.Read(Spec.Replace("{\"every\": 25}", "{\"every\": 25, \"of\": [\"noiseScale\", \"effectiveRank\"]}")), folder, cancel: TestContext.Current.CancellationToken);
            var names = TraceTable.Read(File.ReadAllText(Path.Combine(folder, "trace.csv"))).Lines.Select(line => line.Name).ToList();
            Assert.Contains("effective_rank", names);
            Assert.Contains("update_ratio", names);
            foreach (string name in (string[])["sharpness", "largest_logit", "entropy", "stream_rms", "update_difference"])
                Assert.DoesNotContain(name, names);
            Assert.False(File.Exists(Path.Combine(folder, "attention.csv")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_trace_of_before_the_last_columns_goes_on_with_them_empty()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            var spec = TrainJson.Read(Spec);
            using var cancel = new CancellationTokenSource();
            TrainRun.Run(spec, folder, threads: 1, new At(35, cancel.Cancel), cancel: cancel.Token);
            string trace = Path.Combine(folder, "trace.csv");
            string[] old = [.. File.ReadLines(trace).Select(line => string.Join(',', line.Split(',').Take(7)))];
            File.WriteAllLines(trace, old);
            TrainRun.Run(spec, folder, cancel: TestContext.Current.CancellationToken);
            string[] lines = File.ReadAllLines(trace);
            Assert.Equal(old.Skip(1).Select(line => line + ",,,,,,,,"), lines[1..old.Length]);
            Assert.Equal(1 + 14, lines.Length);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_run_that_goes_on_says_what_has_changed()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            var spec = TrainJson.Read(Spec.Replace("{\"every\": 25}", "0"));
            List<string> told = [];
            TrainRun.Run(spec with { Steps = 30 }, folder, tell: told.Add, cancel: TestContext.Current.CancellationToken);
            TrainRun.Run(spec with { Steps = 40 }, folder, tell: told.Add, cancel: TestContext.Current.CancellationToken);
            Assert.Empty(told);
            var other = TrainJson.Read(Spec.Replace("\"peak\": 0.01", "\"peak\": 0.02"));
            var refused = Assert.Throws<DocumentException>(() => TrainRun.Run(other with { Steps = 39 }, folder, tell: told.Add, cancel: TestContext.Current.CancellationToken));
            Assert.Contains("this run has made 40 steps already, and 39 are asked for", refused.Message);
            TrainRun.Run(other with { Steps = 45 }, folder, tell: told.Add, cancel: TestContext.Current.CancellationToken);
            TrainRun.Run(other with { Steps = 50 }, folder, tell: told.Add, cancel: TestContext.Current.CancellationToken);
            Assert.Equal(["From step 40 on the schedule is another: cosine(0.02, 60); before it was cosine(0.01, 60)."], told);
            told.Clear();
            var parted = other with { Recipe = other.Recipe with { AccumulationSteps = 4 } };
            TrainRun.Run(parted with { Steps = 52 }, folder, tell: told.Add, cancel: TestContext.Current.CancellationToken);
            TrainRun.Run(parted with { Steps = 54 }, folder, tell: told.Add, cancel: TestContext.Current.CancellationToken);
            Assert.Equal(["From step 50 on a batch is computed in 4 parts; before it was 1. The result is the same but for rounding."], told);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("""{"type": "brackets", "words": 6, "kinds": 2, "depth": 2}""", """{"type": "brackets", "words": 6, "kinds": 2, "depth": 2, "seed": 2}""")]
    [InlineData("""{"type": "brackets", "words": 6, "kinds": 2, "depth": 2}""", """{"type": "brackets", "words": 6, "kinds": 2, "depth": 2, "opening": 0.2}""")]
    [InlineData("""{"type": "modularAddition", "modulus": 13}""", """{"type": "modularAddition", "modulus": 13, "share": 0.6}""")]
    public void A_run_does_not_go_on_with_other_data(string data, string others)
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            string spec = Spec.Replace("""{"type": "brackets", "words": 6, "kinds": 2, "depth": 2}""", data);
            TrainRun.Run(TrainJson.Read(spec) with { Steps = 15 }, folder, cancel: TestContext.Current.CancellationToken);
            byte[] trace = File.ReadAllBytes(Path.Combine(folder, "trace.csv"));
            var other = TrainJson.Read(spec.Replace(data, others));
            Assert.Contains("belongs to a run on other data", Assert.Throws<StateFormatException>(() => TrainRun.Run(other, folder, cancel: TestContext.Current.CancellationToken)).Message);
            Assert.Equal(trace, File.ReadAllBytes(Path.Combine(folder, "trace.csv")));
            Assert.Equal(16, TrainRun.Run(TrainJson.Read(spec) with { Steps = 16 }, folder, cancel: TestContext.Current.CancellationToken).Run.Batches);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    sealed class At(long step, Action act) : IProgress<TrainLine>
    {
        public void Report(TrainLine line)
        {
            if (line.Point.Step == step)
                act();
        }
    }

    [Theory]
    [InlineData("\"batchSize\": 8", "\"batchSize\": 0", "$.batchSize")]
    [InlineData("\"steps\": 60,", "\"steps\": 60, \"warmup\": 3,", "$.warmup: there is no such member")]
    [InlineData("\"words\": 6", "\"words\": 6, \"depht\": 1", "$.data.depht: there is no such member")]
    [InlineData("\"brackets\"", "\"braces\"", "$.data.type: there are no data \"braces\"")]
    [InlineData("\"width\": 16", "\"width\": 15", "Width (15) must be a multiple of Heads")]
    [InlineData("\"context\": 24,", "", "$.model: \"context\" is missing")]
    [InlineData("\"rmsNorm\"", "\"batchNorm\"", "$.model.norm")]
    [InlineData("\"adamW\"", "\"adamX\"", "$.rule")]
    [InlineData("{\"every\": 25}", "-1", "$.diagnostics: must be 0 or above")]
    [InlineData("{\"every\": 25}", "{\"of\": []}", "$.diagnostics: \"every\" is missing")]
    [InlineData("{\"every\": 25}", "{\"every\": 0}", "$.diagnostics.every: must be above 0, not 0")]
    [InlineData("{\"every\": 25}", "{\"every\": 5, \"kind\": 3}", "$.diagnostics.kind: there is no such member here; there are every, of (optional)")]
    [InlineData("{\"every\": 25}", "\"all\"", "$.diagnostics: must be a number of steps, or an object with \"every\" and, unless all is to be measured, \"of\"; not String.")]
    [InlineData("\"batchSize\": 8", "\"batchSize\": 1000000000", "$.batchSize: 1,000,000,000 sequences of 24 tokens need at least ")]
    [InlineData("\"batchSize\": 8", "\"batchSize\": 2000000", "$.batchSize: 2,000,000 sequences of 24 tokens need at least ")]
    [InlineData("\"width\": 16", "\"width\": 1000000", "$.model: 12,0")]
    [InlineData("\"layers\": 1", "\"layers\": 2000000000", "$.model: ")]
    [InlineData("\"context\": 24", "\"context\": 2000000000", "$.model: ")]
    [InlineData("{\"type\": \"adamW\"}", "{\"type\": \"newton\"}", "$.rule: Newton's step needs gradients at points around the weights")]
    [InlineData("{\"type\": \"adamW\"}", "{\"type\": \"clipByGlobalNorm\", \"maxNorm\": 1, \"inner\": {\"type\": \"lbfgs\"}}", "such as adamW, momentum or muon.")]
    [InlineData("{\"type\": \"adamW\"}", "{\"type\": \"parameterGroups\", \"inner\": {\"type\": \"adamW\"}, \"groups\": [{\"tensors\": \"tokens*\", \"rule\": {\"type\": \"nesterov\"}}]}", "$.rule: ")]
    [InlineData("{\"every\": 25}", "{\"every\": 5, \"of\": [\"noise\"]}", "$.diagnostics.of[0]")]
    public void A_mistake_is_refused_with_its_path(string right, string wrong, string message) =>
        Assert.Contains(message, Assert.Throws<SweepFormatException>(() => TrainJson.Read(Spec.Replace(right, wrong))).Message);

    [Theory]
    [InlineData("digits", 15, null, "$.model.context: digits need 16 or more, not 15.")]
    [InlineData("digits", 16, 12, "$.sequenceLength: an image of digits has 16 tokens, not 12.")]
    [InlineData("digits", 64, 32, "$.sequenceLength: an image of digits has 16 tokens, not 32.")]
    [InlineData("modularAddition", 2, null, "$.model.context: modularAddition needs 3 or more, not 2.")]
    [InlineData("modularAddition", 8, 4, "$.sequenceLength: a question of modularAddition has 3 tokens, not 4.")]
    [InlineData("copying", 15, null, "$.model.context: copying needs an even number, not 15.")]
    [InlineData("copying", 16, 15, "$.sequenceLength: a sequence to copy has an even number of tokens, not 15.")]
    [InlineData("names", 10000, null, "$.model.context: the held-out part has ")]
    [InlineData("names", 10000, 9999, "$.sequenceLength: the held-out part has ")]
    [InlineData("copying", 16, 18, "$.sequenceLength: ")]
    [InlineData("brackets", 16, 0, "$.sequenceLength: ")]
    public void A_length_that_the_data_cannot_fill_is_refused(string data, int context, int? length, string message)
    {
        string spec = $$"""{"data": {"type": "{{data}}"}, "model": {"context": {{context}}, "width": 8, "layers": 1, "heads": 2}, "rule": {"type": "adamW"}, "schedule": {"type": "constant", "value": 0.01}, "steps": 3, "batchSize": 2""";
        Assert.StartsWith(message, Assert.Throws<SweepFormatException>(() => TrainJson.Read(spec + (length is null ? "}" : $$""", "sequenceLength": {{length}}}"""))).Message, StringComparison.Ordinal);
        if (length is null)
            Assert.StartsWith(message, Assert.Throws<SweepFormatException>(() => SweepJson.ReadTrial(spec + """, "seed": 1}""")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("digits", 16, 16)]
    [InlineData("digits", 40, 16)]
    [InlineData("modularAddition", 3, 3)]
    [InlineData("modularAddition", 16, 3)]
    [InlineData("copying", 2, 2)]
    [InlineData("brackets", 15, 15)]
    [InlineData("names", 15, 15)]
    public void A_length_left_out_is_what_the_data_can_fill(string data, int context, int length)
    {
        var spec = TrainJson.Read($$"""{"data": {"type": "{{data}}"}, "model": {"context": {{context}}, "width": 8, "layers": 1, "heads": 2}, "rule": {"type": "adamW"}, "schedule": {"type": "constant", "value": 0.01}, "steps": 3, "batchSize": 2}""");
        Assert.Equal(length, spec.Recipe.SequenceLength);
        spec.Data.HeldOut.Fill(1, 0, TokenSource.NewBatch(2, length));
    }
}
