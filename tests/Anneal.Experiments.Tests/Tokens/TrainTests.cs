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
