namespace Anneal.Models.Tests;

public class TransformerTrainingTests
{
    static readonly TokenStream text = new(Enumerable.Range(0, 400).Select(i => i * i % 17), vocabulary: 17);

    static TransformerRecipe Recipe(bool tied = true) =>
        new(new Transformer(Vocabulary: 17, Context: 20, Width: 16, Layers: 2, Heads: 2) { TiedWeights = tied }, new AdamW(), new Warmup(0.01, 5).Then(new CosineDecay(0.01, 60)), BatchSize: 8) { Seed = 4 };

    static TransformerTraining Trained(TransformerRecipe recipe, int steps)
    {
        var run = new TransformerTraining(recipe, text);
        Assert.Null(run.Run(steps, _ => false).Stopped);
        return run;
    }

    [Fact]
    public void A_text_that_repeats_is_learnt()
    {
        var run = Trained(Recipe(), 60);
        // Squares modulo 17 take 9 values and repeat after 17 places: what follows is settled by the last two tokens.
        Assert.True(run.Evaluate(text, seed: 99, batches: 2) < 0.5 * Math.Log(9), $"{run.Evaluate(text, 99, 2)}");
    }

    [Theory, InlineData(true), InlineData(false)]
    public void A_run_in_parts_walks_the_path_of_the_big_batch(bool tied)
    {
        TransformerTraining whole = Trained(Recipe(tied), 10), parts = Trained(Recipe(tied) with { AccumulationSteps = 4 }, 10);
        if (!tied)
            Assert.Equal(whole.Weights, parts.Weights);
        // Adam divides by the gradient's own size, so that a rounding error in a small one may move its weight by a part of the rate, 0.01, at each step.
        Assert.All(whole.Weights, (w, i) => Assert.Equal(w, parts.Weights[i], 1e-3f));
    }

    [Theory, InlineData(ComputeFormat.Full), InlineData(ComputeFormat.Float16)]
    public void A_run_that_goes_on_from_its_file_walks_the_same_path_bit_for_bit(ComputeFormat format)
    {
        string path = Path.GetTempFileName();
        try
        {
            var recipe = Recipe() with { Format = format, LossScaling = format == ComputeFormat.Float16 ? new(Initial: 1e9, Interval: 3) : null };
            var through = Trained(recipe, 25);
            Trained(recipe, 11).Save(path);
            var resumed = TransformerTraining.Load(recipe, text, path);
            Assert.Equal(11, resumed.Batches);
            resumed.Run(14, cancel: TestContext.Current.CancellationToken);
            Assert.Equal(through.Weights, resumed.Weights);
            Assert.True(through.State.SameAs(resumed.State));
            Assert.Equal(through.LossScale, resumed.LossScale);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_file_that_was_altered_or_belongs_to_another_run_is_refused()
    {
        string path = Path.GetTempFileName();
        try
        {
            Trained(Recipe(), 3).Save(path);
            Assert.Contains("belongs to another run: seed 4 there, seed 5 here. Go on with", Refusal(Recipe() with { Seed = 5 }));
            Assert.Contains("belongs to another run: TiedWeights = True there, TiedWeights = False here. ", Refusal(Recipe(tied: false)));
            Assert.Contains(": Vocabulary = 17 there, Vocabulary = 18 here; 8 sequences of 20 tokens there, 8 sequences of 19 tokens here; Full there, BFloat16 here. ",
                Refusal(new(Recipe().Model with { Vocabulary = 18 }, new AdamW(), new Constant(0.01), 8) { Seed = 4, SequenceLength = 19, Format = ComputeFormat.BFloat16 }));
            Assert.Contains("belongs to a run on other data", Assert.Throws<StateFormatException>(() => TransformerTraining.Load(Recipe(), new TokenStream(text.Tokens.Reverse(), 17), path)).Message);
            byte[] good = File.ReadAllBytes(path);
            byte[] altered = [.. good];
            altered[^5000] ^= 1;
            File.WriteAllBytes(path, altered);
            Assert.Contains("checksum does not match", Refusal(Recipe()));
            File.WriteAllBytes(path, good[..^100]);
            Assert.Contains(path, Refusal(Recipe()));
            File.WriteAllBytes(path, good[..5]);
            Assert.Contains("cut short", Refusal(Recipe()));
        }
        finally
        {
            File.Delete(path);
        }

        string Refusal(TransformerRecipe recipe) => Assert.Throws<StateFormatException>(() => TransformerTraining.Load(recipe, text, path)).Message;
    }

    [Fact]
    public void A_file_of_before_data_and_parts_were_kept_is_read()
    {
        string path = Path.GetTempFileName();
        try
        {
            Trained(Recipe(), 3).Save(path);
            // The header has lost two members, and spaces stand in their place.
            byte[] data = File.ReadAllBytes(path);
            int length = BitConverter.ToInt32(data);
            string header = System.Text.Encoding.UTF8.GetString(data, 8, length);
            string old = System.Text.RegularExpressions.Regex.Replace(header, ",\"accumulation\":\"1\",\"data\":\"[0-9a-f]{64}\"", "");
            Assert.NotEqual(header, old);
            System.Text.Encoding.UTF8.GetBytes(old.PadRight(length)).CopyTo(data, 8);
            File.WriteAllBytes(path, data);
            var resumed = TransformerTraining.Load(Recipe() with { AccumulationSteps = 2 }, text, path);
            Assert.Equal((3, null), (resumed.Batches, resumed.OtherAccumulationSteps));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_step_looked_at_closely_is_the_same_step()
    {
        TransformerTraining plain = Trained(Recipe(), 4), close = Trained(Recipe(), 3);
        float[] before = [.. close.Weights];
        var step = close.RunObserved(cancel: TestContext.Current.CancellationToken);
        Assert.Equal(plain.Weights, close.Weights);
        var point = Assert.Single(step.Trace.Points);
        Assert.Equal(point.GradientNorm, Math.Sqrt(step.Tensors.Sum(t => t.GradientNorm * t.GradientNorm)), 1e-10 * point.GradientNorm);
        Assert.Equal(point.UpdateNorm, Math.Sqrt(step.Tensors.Sum(t => t.UpdateNorm * t.UpdateNorm)), 1e-10 * point.UpdateNorm);
        Assert.Equal(point.WeightNorm, Math.Sqrt(before.Sum(w => (double)w * w)), 1e-10 * point.WeightNorm);
        Assert.All(step.Blocks.SelectMany(b => b.Heads), h => Assert.InRange(h.Entropy, 0, Math.Log(20)));
    }

    [Fact]
    public void In_bfloat16_the_loss_and_the_gradient_differ_by_its_precision()
    {
        var model = new Transformer(Vocabulary: 17, Context: 20, Width: 16, Layers: 2, Heads: 2);
        float[] w = [.. TransformerRecord.DrawnWeights(model, 1, 0.2).Select(x => (float)x)];
        var batch = TransformerRecord.Drawn(model, 8, 20, seed: 2);
        float[] full = new float[w.Length];
        double loss = new TransformerNetwork<float>(model).Loss(w, batch, full);
        // Half a unit of the last of 8 bits is 2⁻⁹, of 11 bits 2⁻¹². A number of the pass comes from some tens of rounded ones: ten times as much is allowed, and more than a tenth of one is there.
        foreach (var (format, unit) in new[] { (ComputeFormat.BFloat16, Math.Pow(2, -9)), (ComputeFormat.Float16, Math.Pow(2, -12)) })
        {
            float[] gradient = new float[w.Length];
            double rounded = new TransformerNetwork<float>(model, format).Loss(w, batch, gradient);
            double difference = Math.Sqrt(full.Zip(gradient, (a, b) => (double)(a - b) * (a - b)).Sum() / full.Sum(a => (double)a * a));
            Assert.InRange(Math.Abs(rounded - loss) / loss, 0, 10 * unit);
            Assert.InRange(difference, unit / 10, 10 * unit);
        }
    }

    [Fact]
    public void Loss_scaling_skips_what_overflows_and_finds_its_scale()
    {
        var recipe = Recipe() with { Format = ComputeFormat.Float16, LossScaling = new(Initial: Math.Pow(2, 30), Interval: 10) };
        var run = new TransformerTraining(recipe, text);
        run.Run(1, cancel: TestContext.Current.CancellationToken);
        Assert.Equal((0L, 1L), (run.State.Updates, run.Batches));
        Assert.Equal(Math.Pow(2, 29), run.LossScale!.Scale);
        Assert.Null(run.Run(40, cancel: TestContext.Current.CancellationToken).Stopped);
        Assert.InRange(run.State.Updates, 20, 39);
    }

    [Fact]
    public void The_scale_doubles_after_good_steps_in_a_row()
    {
        var scaling = new LossScaling(Initial: 8, Interval: 3);
        var scale = scaling.Start();
        var seen = new List<double>();
        foreach (bool finite in (bool[])[true, true, true, true, false, true, true, true])
            seen.Add((scale = scaling.Next(scale, finite)).Scale);
        Assert.Equal([8, 8, 16, 16, 8, 8, 8, 16], seen);
    }

    [Fact]
    public void The_scale_stays_within_the_normal_32_bit_numbers()
    {
        var shrinking = new LossScaling(Initial: 8).Start();
        for (int i = 0; i < 200; i++)
            shrinking = new LossScaling(Initial: 8).Next(shrinking, finite: false);
        Assert.Equal(Math.Pow(2, -126), shrinking.Scale);
        var growing = new LossScaling(Initial: 8, Interval: 1).Start();
        for (int i = 0; i < 200; i++)
            growing = new LossScaling(Initial: 8, Interval: 1).Next(growing, finite: true);
        Assert.Equal(float.MaxValue, growing.Scale);
    }

    [Fact]
    public void A_loss_that_is_no_number_ends_the_run_before_the_weights()
    {
        var run = Trained(Recipe(), 2);
        run.Weights[3] = float.NaN;
        float[] before = [.. run.Weights];
        Assert.Contains("the loss is NaN at step 2", run.Run(5, cancel: TestContext.Current.CancellationToken).Stopped);
        Assert.Equal(before, run.Weights);
    }

    [Fact]
    public void A_batch_follows_from_seed_and_number_alone()
    {
        var numbers = new TokenStream(Enumerable.Range(0, 5_000), vocabulary: 5_000);
        TokenBatch a = TokenSource.NewBatch(4, 10), b = TokenSource.NewBatch(4, 10), c = TokenSource.NewBatch(4, 10);
        numbers.Fill(seed: 1, number: 7, a);
        numbers.Fill(seed: 1, number: 6, b);
        numbers.Fill(seed: 1, number: 7, c);
        Assert.Equal(a.Inputs, c.Inputs);
        Assert.NotEqual(a.Inputs, b.Inputs);
        Assert.Equal(8, Enumerable.Range(0, 4).SelectMany(i => (int[])[a.Inputs[10 * i], b.Inputs[10 * i]]).Distinct().Count());
        Assert.Equal(a.Inputs[1..10], a.Targets[..9]);
    }
}
