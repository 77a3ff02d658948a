using Anneal.Advice;
using Anneal.Live;
using Anneal.Live.Tests;

namespace Anneal.Cli.Tests;

/// <summary>The lab's form and the command: one case, one proposal, one file.</summary>
public sealed class LabAdviceTests : IDisposable
{
    const int Forms = 200;

    readonly CommandLine command = new();

    public void Dispose() => command.Dispose();

    [Fact]
    public void The_command_that_the_lab_names_gives_the_lab_s_proposal()
    {
        var advise = AdviseCommand.Create();
        for (int i = 0; i < Forms; i++)
        {
            var answer = LiveAdvice.Advise(AnyForm.Json(AnyForm.Drawn(new(i))), "");
            string[] words = answer.Command!.Split(' ');
            Assert.Equal(["anneal", "advise"], words[..2]);
            var parsed = advise.Parse(words[2..]);
            Assert.Empty(parsed.Errors);
            // What the command prints with --format json.
            Assert.Equal(ProposalJson.Write(Adviser.Advise(AdviseCommand.Said(parsed, null))), answer.Proposal);
        }
    }

    [Fact]
    public async Task The_lab_s_files_are_those_that_the_command_writes()
    {
        File.WriteAllText(Path.Combine(command.Folder, "run.json"), TrainCommand.Template);
        File.WriteAllText(Path.Combine(command.Folder, "base.json"), SweepTemplates.Text("example"));
        foreach (var format in LiveAdvice.Form.Forms)
        {
            // The case is one of the run or the sweep that it is written into.
            string form = AdviceBase.Read(Path.Combine(command.Folder, format.Name == "sweep" ? "base.json" : "run.json")).Case.Write();
            File.WriteAllText(Path.Combine(command.Folder, "case.json"), LiveAdvice.Advise(form, "").Case);
            string known = format.NeedsBase ? File.ReadAllText(Path.Combine(command.Folder, format.Name == "train" ? "run.json" : "base.json")) : "";
            var written = LiveAdvice.Write(form, "44", format.Name, known);
            Assert.Null(written.Error);
            var (exit, _, error) = await command.RunAsync(written.Command!.Split(' ')[1..]);
            Assert.True(exit == 0, error);
            Assert.Equal(File.ReadAllText(Path.Combine(command.Folder, format.File)), written.Text);
        }
    }

    /// <summary>The lab reads no data: what it tells from the text alone is what the command finds out.</summary>
    [Fact]
    public async Task What_the_lab_tells_of_a_base_is_what_the_command_reads()
    {
        string table(string data, string model) => $$$"""
            {"data": "{{{data}}}", "preparation": "standardised", "model": {{{model}}}, "batches": {"type": "shuffled", "size": 16}, "steps": 40, "rates": [1, 2, 3],
             "methods": [{"name": "a", "rule": {"type": "sgd"}, "schedule": {"type": "constant", "value": 1}}]}
            """;
        string[] bases =
        [
            TrainCommand.Template, SweepTemplates.Text("example"), table("cars", """{"type": "linear"}"""), table("diabetes", """{"type": "absolute"}"""), table("penguins", """{"type": "softmax"}"""), table("penguins", """{"type": "perceptron", "hidden": [4]}"""),
            File.ReadAllText(Path.Combine(Repository.Root, "notebooks", "results", "choosing-brackets.json")),
        ];
        foreach (string text in bases)
        {
            File.WriteAllText(Path.Combine(command.Folder, "base.json"), text);
            var read = AdviceBase.Read(Path.Combine(command.Folder, "base.json"));
            string target = text.Contains("methods", StringComparison.Ordinal) ? "sweep" : "train";
            // What stands in the text is found without the data; how many samples and weights there are is not.
            Assert.Null(LiveAdvice.Write(read.Case.Write(), "", target, text).Error);
            foreach (var (member, other) in ((string, string)[])[("task", "speechRecognition"), ("family", "recurrent"), ("pretrained", "yes")])
            {
                // A proposal must be whole to be written.
                var said = read.Case.With(member, other) with { Optimizer = "adamW" };
                Assert.Contains($"The case says {other}, and the {(target == "sweep" ? "sweep" : "run")} has ", LiveAdvice.Write(said.Write(), "", target, text).Error);
                string option = LiveAdvice.Form.Parts.SelectMany(p => p.Fields).Single(f => f.Name == member).Option;
                Assert.Equal(2, (await command.RunAsync("advise", "--base", "base.json", option, other)).ExitCode);
            }
        }
    }
}
