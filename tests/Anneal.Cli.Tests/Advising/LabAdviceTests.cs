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
}
