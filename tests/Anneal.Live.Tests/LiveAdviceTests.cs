using System.Text.Json;
using System.Text.Json.Nodes;
using Anneal.Advice;

namespace Anneal.Live.Tests;

/// <summary>What the lab's form asks and gets: the library's own questions, proposal and files.</summary>
public class LiveAdviceTests
{
    const int Forms = 300;

    const string Case = """{"task": "languageModeling", "family": "transformer", "pretrained": "no", "parameters": "350M", "trainingTokens": "2B", "tokensPerSample": 4096, "batch": " 128 ", "samples": ""}""";

    [Fact]
    public void A_form_gives_the_proposal_of_its_case()
    {
        int whole = 0;
        for (int i = 0; i < Forms; i++)
        {
            var members = AnyForm.Drawn(new(i));
            var given = members.Aggregate(new TrainingCase(), (c, m) => c.With(m.Key, m.Value));
            var proposal = Adviser.Advise(given);
            var answer = LiveAdvice.Advise(AnyForm.Json(members), "");
            Assert.Empty(answer.Refusals);
            Assert.Equal(ProposalJson.Write(proposal), answer.Proposal);
            Assert.Equal(given, TrainingCase.Read(answer.Case!));
            Assert.Equal(proposal.Schedule, answer.Schedule is { } notation ? ScheduleNotation.Parse(notation) : null);
            Assert.Equal(proposal.IsWhole, answer.Missing is null);
            Assert.Equal(proposal.Items.Count, answer.Ranges!.Count);
            whole += proposal.IsWhole ? 1 : 0;
        }
        Assert.InRange(whole, Forms / 5, Forms - Forms / 20);
    }

    [Fact]
    public void Every_member_of_a_case_stands_in_the_form_once() =>
        Assert.Equal(TrainingCase.Fields.Select(f => f.Name).Order(), LiveAdvice.Form.Parts.SelectMany(p => p.Fields).Select(f => f.Name).Order());

    [Fact]
    public void What_holds_where_nothing_is_said_is_what_the_form_shows()
    {
        var usual = LiveAdvice.Form.Parts.SelectMany(p => p.Fields).Where(f => f.Default is not null).ToList();
        Assert.NotEmpty(usual);
        string[] forms = [.. Enumerable.Range(0, 20).Select(i => AnyForm.Drawn(new(i))).Select(members =>
        {
            foreach (var field in usual)
                members.Remove(field.Name);
            return AnyForm.Json(members);
        })];
        foreach (string form in forms)
        {
            var said = JsonNode.Parse(form)!.AsObject();
            foreach (var field in usual)
                said[field.Name] = field.Default;
            Assert.Equal(LiveAdvice.Advise(form, "").Proposal, LiveAdvice.Advise(said.ToJsonString(), "").Proposal);
        }
    }

    [Fact]
    public void Every_refusal_stands_at_its_field_and_says_what_would_be_right()
    {
        var answer = LiveAdvice.Advise("""{"task": "poetry", "batch": "many", "symptoms": "sad", "updates": 100, "bach": 1}""", "0");
        Assert.Null(answer.Proposal);
        Assert.Equal(["task", "batch", "symptoms", "bach", "runs"], answer.Refusals.Select(r => r.Member));
        Assert.StartsWith("task must be one of languageModeling", answer.Refusals[0].Message);
        Assert.Equal("batch must be a whole number from 1 to 1e12, such as 32, 4096 or 1k; it was 'many'.", answer.Refusals[1].Message);
        Assert.StartsWith("symptoms must be one of spikes", answer.Refusals[2].Message);
        Assert.Contains("did you mean 'batch'?", answer.Refusals[3].Message);
        Assert.Equal("the number of runs must be a whole number from 1 to 100000; it was 0.", answer.Refusals[4].Message);
        Assert.Equal("the number of runs must be a whole number from 1 to 100000; it was 'few'.", LiveAdvice.Advise("{}", "few").Refusals[0].Message);
        Assert.Contains("is not JSON", LiveAdvice.Advise("{", "").Refusals[0].Message);
        Assert.Contains("must be an object", LiveAdvice.Advise("[]", "").Refusals[0].Message);
    }

    [Fact]
    public void Every_published_setup_can_be_begun_with() => Assert.All(LiveAdvice.Form.Setups, setup =>
        Assert.NotNull(LiveAdvice.Advise(JsonSerializer.Serialize(setup.Members), "").Proposal));

    [Fact]
    public void Runs_are_planned_and_a_run_is_told()
    {
        var answer = LiveAdvice.Advise(Case, "7");
        Assert.Equal("The run: 3,815 updates of 128 samples, 524,288 tokens.", answer.Run);
        Assert.Equal(3815, answer.Updates);
        Assert.Contains("Refine: on both sides", answer.Stages![1]);
        Assert.Contains(TuningPlan.Assumption, answer.Stages[0]);
        Assert.Contains("\"savesAssumes\"", answer.Proposal);
        Assert.Equal("anneal advise --task languageModeling --family transformer --pretrained no --parameters 350M --tokens-per-sample 4096 --batch 128 --training-tokens 2B --runs 7", answer.Command);
        Assert.Empty(LiveAdvice.Advise(Case, "").Stages!);
    }

    [Fact]
    public void The_proposal_is_written_as_the_library_writes_it()
    {
        var proposal = Adviser.Advise(TrainingCase.Read(Case.Replace("\" 128 \", \"samples\": \"\"", "128", StringComparison.Ordinal)));
        foreach (string target in ProposalExport.Targets)
        {
            var written = LiveAdvice.Write(Case, "", target, "");
            Assert.Equal(ProposalExport.Write(proposal, target), written.Text);
            Assert.EndsWith($"--batch 128 --training-tokens 2B --out setup.py --as {target}", written.Command);
        }
        Assert.Equal(ProposalJson.Write(proposal) + "\n", LiveAdvice.Write(Case, "", "json", "").Text);
    }

    [Fact]
    public void A_run_and_a_sweep_come_back_with_the_advice_in_them()
    {
        var run = JsonNode.Parse(LiveAdvice.Write(Case, "", "train", """{"data": {"type": "copying"}, "model": {"width": 8}, "steps": 1, "seed": 3}""").Text!)!;
        Assert.Equal((3815, 128, 3, 8), ((int)run["steps"]!, (int)run["batchSize"]!, (int)run["seed"]!, (int)run["model"]!["width"]!));
        Assert.Equal("clipByGlobalNorm", (string)run["rule"]!["type"]!);
        const string tokens = """{"data": {"type": "brackets"}, "model": {"context": 4096}, "methods": [], "steps": 1}""";
        var sweep = JsonNode.Parse(LiveAdvice.Write(Case, "33", "sweep", tokens).Text!)!;
        Assert.Equal((3815, 3, "brackets"), ((int)sweep["steps"]!, sweep["rates"]!.AsArray().Count, (string)sweep["data"]!["type"]!));
        // What is told of it is what it holds, and what is saved has its assumption.
        var plan = LiveAdvice.Write(Case, "33", "sweep", tokens).Plan;
        Assert.Contains($"33 trials: each of 3 rates with 1 seed that chooses the rate and 10 others that judge it. Rates: {string.Join(", ", sweep["rates"]!.AsArray().Select(r => ProposalText.Number((double)r!)))}.", plan[0]);
        Assert.Contains(TuningPlan.Assumption, plan[1]);
        Assert.Empty(LiveAdvice.Write(Case, "33", "json", "").Plan);
    }

    [Theory]
    [InlineData("train", "", "which no advice can invent: put a run of anneal train into the field above")]
    [InlineData("train", """{"methods": []}""", "which no advice can invent")]
    [InlineData("sweep", "", "put a sweep, or a run of anneal train, into the field above")]
    [InlineData("sweep", "[]", "$: this must be an object")]
    [InlineData("sweep", "{", "is not JSON")]
    [InlineData("sweep", """{"data": "cars", "model": {"type": "linear"}, "methods": []}""", "The case says languageModeling, and the sweep has tabular (what is learnt): change one of them.")]
    [InlineData("sweep", """{"data": {"type": "copying"}, "model": {"context": 32}}""", "The case says 4096, and the model of the run sees 32 at most (tokens in one sample: the sequence length): change one of them.")]
    [InlineData("keras", "", "A proposal is written as one of train, sweep, pytorch")]
    public void What_cannot_be_written_says_why(string target, string known, string message) => Assert.Contains(message, LiveAdvice.Write(Case, "", target, known).Error);

    [Fact]
    public void Nothing_is_written_of_an_unfinished_proposal()
    {
        Assert.Equal("Still to be said before there is a whole proposal: what is learnt, what kind of model, whether it starts from trained weights, budget in updates.", LiveAdvice.Write("{}", "", "json", "").Error);
        Assert.Contains("the number of runs must be 33 or more", LiveAdvice.Write(Case, "5", "sweep", "{}").Error);
        Assert.Contains("batch must be a whole number from 1 to 1e12", LiveAdvice.Write("""{"batch": "x"}""", "", "json", "").Error);
    }
}
