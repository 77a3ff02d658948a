using System.Text.Json;
using System.Text.RegularExpressions;
using Anneal.Experiments;
using Anneal.Models;

namespace Anneal.Cli.Tests;

public sealed class OwnFilesTests : IDisposable
{
    static readonly string examples = Path.Combine(Repository.Root, ".github", "examples", "train");

    readonly CommandLine command = new();

    public void Dispose() => command.Dispose();

    string In(params string[] names) => Path.Combine([command.Folder, .. names]);

    public static TheoryData<string> Examples => [.. Directory.GetFiles(examples, "*.json").Select(f => Path.GetFileName(f)!).Order()];

    [Theory, MemberData(nameof(Examples))]
    public void An_example_is_a_run_that_learns(string name)
    {
        Documents.Register(new PdfReader());
        var spec = TrainJson.Read(File.ReadAllText(Path.Combine(examples, name)), examples);
        // The context fits into what is held out, so the run is as long as it says.
        Assert.Equal(spec.Recipe.Model.Context, spec.Recipe.SequenceLength);
        Assert.Empty(spec.Data.Files?.LeftOut ?? []);
        double Judged(TransformerTraining run) => run.Evaluate(spec.Data.Training, seed: 5, batches: 4);
        double before = Judged(new(spec.Recipe, spec.Data.Training));
        var outcome = TrainRun.Run(spec with { Steps = 12, Evaluate = 0 }, In("out"), cancel: TestContext.Current.CancellationToken);
        Assert.Null(outcome.Stopped);
        // Twelve steps of a warm-up do not teach much, but these sequences have become likelier than they were.
        Assert.InRange(Judged(outcome.Run), 0, before - 0.01);
        // Held-out sequences too are likelier than equal chances would have them, but for sums: their rule comes long after the training sums (grokking).
        if (name != "addition.json")
            Assert.InRange(outcome.ValidationLoss!.Value, 0, Math.Log(spec.Recipe.Model.Vocabulary));
    }

    [Fact]
    public void There_is_an_example_of_every_kind()
    {
        Assert.Equal(["addition.json", "brackets.json", "code.json", "copying.json", "csv.json", "digits.json", "names.json", "pdf.json", "text.json"], Examples.Select(e => e.Data));
        Documents.Register(new PdfReader());
        Assert.Contains("finds the valley quickly", Documents.Read(Path.Combine(examples, "shapes.pdf")));
        Assert.Contains("\"Loses the same share at every step, the \"\"half-life\"\" says how fast.\"", Documents.Read(Path.Combine(examples, "shapes.csv")));
    }

    /// <summary>What the JSON of a run and of a sweep may have is written in their documents.</summary>
    [Theory]
    [InlineData("TRAINING.md", "Tokens", "TrainSpec.cs")]
    [InlineData("SWEEPS.md", "Sweeps", "SweepJson.cs")]
    public void Every_member_is_in_the_document(string document, string folder, string reader)
    {
        string text = File.ReadAllText(Path.Combine(Repository.Root, ".github", document)), source = File.ReadAllText(Path.Combine(Repository.Root, "src", "Anneal.Experiments", folder, reader));
        List<string> members = [.. Regex.Matches(source, @"(?:Must|Maybe|List)(?:<[^(]*>)?\(""(\w+)""").Select(m => m.Groups[1].Value)];
        Assert.InRange(members.Count, 20, 100);
        if (document == "TRAINING.md")
            members.AddRange(typeof(Transformer).GetProperties().Where(p => p.SetMethod is not null && p.Name != nameof(Transformer.Vocabulary)).Select(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name)));
        Assert.All(members, m => Assert.True(text.Contains($"`{m}`", StringComparison.Ordinal) || text.Contains($"\"{m}\":", StringComparison.Ordinal), $"{document} does not say {m}"));
    }

    static string Run(string path) => $$"""
        {"data": {"type": "files", "paths": ["{{path}}"]}, "model": {"context": 8, "width": 8, "layers": 1, "heads": 2}, "rule": {"type": "adamW"},
         "schedule": {"type": "constant", "value": 0.01}, "steps": 4, "batchSize": 2}
        """;

    static string Sweep(string path) => $$"""
        {"data": {"type": "files", "paths": ["{{path}}"]}, "model": {"context": 8, "width": 8, "layers": 1, "heads": 2}, "steps": 4, "batchSize": 2, "heldOut": 4,
         "rates": [0.001, 0.01, 0.1], "tuningSeeds": 1, "evaluationSeeds": 10, "widenings": 0, "methods": [{"name": "a", "rule": {"type": "adamW"}, "schedule": {"type": "constant", "value": 1} }]}
        """;

    [Theory]
    [InlineData("none.txt", "there is no such file")]
    [InlineData("picture.bmp", "this is no text, since byte 4 is 0. Save it in a form that is read, or leave it out. What is read: PDF (.pdf), tables (.csv, .tsv), text and source code")]
    [InlineData("broken.csv", "broken.csv, line 3: row 3 is malformed")]
    [InlineData("broken.pdf", "this PDF is damaged, or is none")]
    [InlineData("latin.txt", "latin.txt, line 1: byte 1 (0xE9) is no UTF-8. Save it as UTF-8")]
    public async Task A_file_that_cannot_be_read_ends_every_command_with_2(string file, string message)
    {
        Directory.CreateDirectory(In("specs"));
        File.WriteAllBytes(In("specs", "picture.bmp"), [0x42, 0x4D, 0x46, 0x46, 0, 0]);
        File.WriteAllText(In("specs", "broken.csv"), "a,b\n1,2\n3\n");
        File.WriteAllText(In("specs", "broken.pdf"), "%PDF-1.4 and no more");
        File.WriteAllBytes(In("specs", "latin.txt"), [(byte)'d', 0xE9, (byte)'j', 0xE0]);
        File.WriteAllText(In("specs", "run.json"), Run(file));
        File.WriteAllText(In("specs", "sweep.json"), Sweep(file));
        string[][] commands = [["train", "specs/run.json", "--out", "out"], ["sweep", "specs/sweep.json", "--out", "out"], ["find-rate", "specs/run.json"], ["advise", "--base", "specs/run.json"]];
        foreach (string[] arguments in commands)
        {
            var (exit, output, error) = await command.RunAsync(arguments);
            Assert.True(exit == 2, $"{arguments[0]}: {exit}, {error}");
            Assert.Contains(message, error);
            Assert.Contains(Path.Combine("specs", file), error);
            Assert.Single(error.Trim().Split('\n'));
            Assert.Equal("", output);
        }
        Assert.False(Directory.Exists(In("out")));
    }

    [Fact]
    public async Task A_folder_is_read_and_what_is_left_out_is_told()
    {
        Directory.CreateDirectory(In("mine"));
        File.Copy(Path.Combine(examples, "shapes.pdf"), In("mine", "shapes.pdf"));
        File.WriteAllText(In("mine", "note.txt"), "something of one's own");
        File.WriteAllBytes(In("mine", "data.bin"), [1, 0, 2]);
        File.WriteAllText(In("run.json"), Run("mine"));
        var (exit, output, error) = await command.RunAsync("train", "run.json", "--out", "out");
        Assert.True(exit == 0, error);
        Assert.Contains("characters from 2 files", error);
        Assert.Contains("left out: ", error);
        Assert.Contains("data.bin: this is no text, since byte 1 is 0", error);
        Assert.Contains("4 of 4 steps", output);

        File.AppendAllText(In("mine", "note.txt"), ", and more of it");
        (exit, _, error) = await command.RunAsync("train", "run.json", "--out", "out");
        Assert.Equal(2, exit);
        Assert.Contains("out: this run was begun with other text", error);
    }

    [Fact]
    public async Task Results_do_not_go_where_the_text_comes_from()
    {
        Directory.CreateDirectory(In("mine"));
        File.WriteAllText(In("mine", "a.txt"), string.Concat(Enumerable.Repeat("round and round it goes ", 20)));
        File.WriteAllText(In("run.json"), Run("mine"));
        File.WriteAllText(In("sweep.json"), Sweep("mine"));
        foreach (string name in (string[])["train", "sweep"])
        {
            var (exit, _, error) = await command.RunAsync(name, name == "train" ? "run.json" : "sweep.json", "--out", "mine/out");
            Assert.Equal(2, exit);
            Assert.StartsWith("--out mine/out lies in a folder that is read ($.data.paths), so that ", error, StringComparison.Ordinal);
            Assert.False(Directory.Exists(In("mine", "out")));
        }
        // Nothing that a run writes ends so.
        File.WriteAllText(In("run.json"), Run("mine").Replace("\"paths\"", "\"endings\": [\".md\"], \"paths\""));
        File.Move(In("mine", "a.txt"), In("mine", "a.md"));
        for (int i = 0; i < 2; i++)
        {
            var (exit, _, error) = await command.RunAsync("train", "run.json", "--out", "mine/out");
            Assert.True(exit == 0, error);
        }
    }

    [Fact]
    public async Task Advice_written_elsewhere_reads_the_same_files()
    {
        Directory.CreateDirectory(In("specs"));
        Directory.CreateDirectory(In("other", "place"));
        File.WriteAllText(In("specs", "a.txt"), string.Concat(Enumerable.Repeat("round and round it goes ", 20)));
        File.WriteAllText(In("specs", "run.json"), Run("a.txt"));
        foreach (string form in (string[])["train", "sweep"])
        {
            var (exit, _, error) = await command.RunAsync("advise", "--base", "specs/run.json", "--out", "other/place/x.json", "--as", form);
            Assert.True(exit == 0, error);
            Assert.Contains("\"../../specs/a.txt\"", File.ReadAllText(In("other", "place", "x.json")));
        }
    }

    [Fact]
    public async Task A_sweep_over_files_is_resumed_unless_they_have_changed()
    {
        Directory.CreateDirectory(In("specs"));
        File.WriteAllText(In("specs", "a.txt"), string.Concat(Enumerable.Repeat("round and round it goes ", 20)));
        File.WriteAllText(In("specs", "sweep.json"), Sweep("a.txt"));
        var (exit, _, error) = await command.RunAsync("sweep", "specs/sweep.json", "--out", "out");
        Assert.True(exit == 0, error);
        Assert.Contains("481 characters from 1 file", error);
        string results = File.ReadAllText(In("out", "results.csv"));
        (exit, _, error) = await command.RunAsync("sweep", "specs/sweep.json", "--out", "out");
        Assert.True(exit == 0, error);
        Assert.Equal(results, File.ReadAllText(In("out", "results.csv")));

        File.AppendAllText(In("specs", "a.txt"), "and round");
        (exit, _, error) = await command.RunAsync("sweep", "specs/sweep.json", "--out", "out");
        Assert.Equal(2, exit);
        Assert.Contains("the text has changed", error);
    }
}
