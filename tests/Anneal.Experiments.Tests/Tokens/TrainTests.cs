namespace Anneal.Experiments.Tests;

public class TrainTests
{
    const string Spec = """
        {"data": {"type": "brackets", "words": 6, "kinds": 2, "depth": 2}, "model": {"context": 24, "width": 16, "layers": 1, "heads": 2, "norm": "rmsNorm"},
         "rule": {"type": "adamW"}, "schedule": {"type": "cosineDecay", "peak": 0.01, "steps": 60}, "steps": 60, "batchSize": 8, "record": 7, "evaluate": 20, "checkpoint": 15, "diagnostics": 25, "seed": 3}
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
            TrainRun.Run(spec, parted, threads: 1, new At(35, cancel.Cancel), cancel.Token);
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
    public void A_mistake_is_refused_with_its_path(string right, string wrong, string message) =>
        Assert.Contains(message, Assert.Throws<SweepFormatException>(() => TrainJson.Read(Spec.Replace(right, wrong))).Message);
}
