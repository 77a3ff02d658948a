using System.Globalization;
using Anneal.Advice;

namespace Anneal.Tests;

/// <summary>What is asked for is asked because an answer would change what is advised.</summary>
public class QuestionLawTests
{
    /// <summary>What a person would set by it; what only repeats the case is left out.</summary>
    static string Advice(Proposal p) => string.Join('\n',
        [.. p.Items.Select(i => i with { Others = [] }).Select(i => $"{i.Item} {i.Text} {i.Low} {i.High} {i.Row} {i.Ceiling} {string.Join(",", i.Changes)}"),
            .. p.Remedies.Select(r => r.What), .. p.Groups.Select(g => g.ToString()), $"{p.Plan?.Updates} {p.Plan?.Batch} {p.Plan?.Accumulation} {p.Schedule} {p.Rule}"]);

    /// <summary>Values of every size, each word.</summary>
    static IEnumerable<string> Answers(string member)
    {
        var field = TrainingCase.Fields.Single(f => f.Name == member);
        if (field.Words().Count > 0)
            return field.Words();
        var limits = CaseLimits.Of(member);
        return Enumerable.Range(-6, 22).SelectMany(k => (double[])[Math.Pow(10, k), 2 * Math.Pow(10, k), 3.2 * Math.Pow(10, k), 5 * Math.Pow(10, k)]).Where(x => limits.Fitting(x) is not null).Select(x => x.ToString("R", CultureInfo.InvariantCulture));
    }

    static bool Contradicts(TrainingCase given) => Adviser.Advise(given).Questions.Any(q => q.IsContradiction);

    /// <summary>Whether answers that go together with the rest lead to different advice, or tell L-BFGS on a part of the data from L-BFGS on all. A rate needs its batch.</summary>
    static bool Changes(TrainingCase given, string member)
    {
        var possible = Answers(member).Select(text => given.With(member, text)).Select(c => member == "earlierRate" ? c with { EarlierBatch = c.EarlierBatch ?? 32 } : c).ToLookup(Contradicts);
        return possible[false].Select(c => Advice(Adviser.Advise(c))).Distinct().Skip(1).Any()
            || (given is { Optimizer: "lbfgs", Batch: not null } && member == "samples" && possible[true].Any());
    }

    /// <summary>The case with its other questions answered, one way or another, as long as that contradicts nothing.</summary>
    static TrainingCase Answered(TrainingCase given, string but, Random random)
    {
        for (int i = 0; i < 12 && Adviser.Advise(given).Questions.FirstOrDefault(q => !q.IsContradiction && q.Member != but && CaseForm.Field(q.Member).Get(given) is null) is { } question; i++)
        {
            string[] answers = [.. Answers(question.Member)];
            for (int k = 0; k < 20; k++)
                if (given.With(question.Member, answers[random.Next(answers.Length)]) is var next && !Contradicts(next))
                {
                    given = next;
                    break;
                }
        }
        // Where no table has a batch, it is asked for last, and the batch of an earlier run means nothing without it.
        return but is "earlierBatch" or "earlierRate" or "devices" or "deviceBatch" && Adviser.Advise(given)["batch"] is null && given with { Batch = Math.Min(32, given.Samples ?? 32) } is var fixedBatch && !Contradicts(fixedBatch) ? fixedBatch : given;
    }

    [Fact]
    public void A_field_that_is_asked_for_changes_the_proposal_for_some_value()
    {
        var asked = new Dictionary<string, int>();
        var idle = new List<string>();
        for (int seed = 0; seed < 700; seed++)
        {
            var random = new Random(seed);
            var given = AnyCase.Drawn(seed);
            // Of two budgets nearly every answer contradicts one: one is kept.
            given = given with { Updates = (given.Epochs ?? given.TrainingTokens) is null ? given.Updates : null, TrainingTokens = given.Epochs is null ? given.TrainingTokens : null };
            // Forget some of what must be known, so that it is asked for.
            foreach (string member in (string[])["parameters", "samples", "tokensPerSample", "updates", "pretrained", "task", "earlierBatch"])
                if (random.Next(4) == 0)
                    given = Without(given, member);
            var proposal = Adviser.Advise(given);
            if (proposal.Questions.Any(q => q.IsContradiction))
                continue;
            foreach (var question in proposal.Questions)
            {
                // Known: above 4 B weights the batch goes by the tokens of the run, which go by the batch; so the length of a sample is asked for where the batch is what is missing.
                if (question.Member == "tokensPerSample" && given is { Task: TrainingTask.LanguageModeling, Parameters: >= 4e9, Batch: null, TrainingTokens: null })
                    continue;
                asked[question.Member] = asked.GetValueOrDefault(question.Member) + 1;
                // As the case stands, or with the other questions answered: the batch of an earlier run, once said, may leave nothing to a curvature that was asked for beside it.
                if (!(Changes(given, question.Member) || Enumerable.Range(0, 60).Any(i => Changes(Answered(given, question.Member, new(i)), question.Member))))
                    idle.Add($"{question.Member} {question.Must}: {given.Write()}");
            }
        }
        Assert.True(idle.Count == 0, $"Of {asked.Values.Sum()} questions {idle.Count} change nothing:\n{string.Join('\n', idle)}");
        Assert.All(AdviceTable.Of("questions").Rows.Select(r => r["fact"]), fact => Assert.True(asked.GetValueOrDefault(fact) >= 5, $"{fact} was asked for only {asked.GetValueOrDefault(fact)} times."));
    }

    static TrainingCase Without(TrainingCase given, string member) => member switch
    {
        "parameters" => given with { Parameters = null },
        "samples" => given with { Samples = null },
        "tokensPerSample" => given with { TokensPerSample = null },
        "updates" => given with { Updates = null },
        "pretrained" => given with { Pretrained = null },
        "task" => given with { Task = null },
        _ => given with { EarlierBatch = null },
    };

    [Theory]
    // Fine-tuning by epochs of counted samples: neither the length of a sequence nor the weights decide anything.
    [InlineData("task=languageModeling family=transformer pretrained=yes parameters=7e9 samples=52000 epochs=3", "")]
    [InlineData("task=textClassification family=transformer pretrained=yes samples=67349 epochs=3", "")]
    [InlineData("task=maskedLanguageModeling family=transformer pretrained=no samples=1e6 updates=100000 batch=256", "")]
    [InlineData("task=languageModeling family=transformer pretrained=yes parameters=7e9 trainingTokens=1e9", "tokensPerSample")]
    [InlineData("task=languageModeling family=transformer pretrained=yes parameters=7e9 tokens=1e9 epochs=2", "tokensPerSample")]
    [InlineData("task=languageModeling family=transformer pretrained=no", "parameters,tokensPerSample,updates")]
    [InlineData("task=tabular family=perceptron pretrained=no batch=32 updates=400", "")]
    [InlineData("task=tabular family=perceptron pretrained=no updates=400", "samples")]
    [InlineData("task=imageClassification family=residual pretrained=no epochs=90 batch=256", "samples")]
    [InlineData("task=languageModeling family=transformer pretrained=no parameters=1e8 tokensPerSample=512 updates=2000 batch=64 symptoms=spikes", "earlierRate")]
    [InlineData("task=tabular family=perceptron pretrained=no batch=32 updates=400 optimizer=rmsProp symptoms=diverges samples=500", "earlierRate")]
    public void Only_what_is_needed_must_be_said(string members, string asked)
    {
        var given = members.Split(' ').Select(m => m.Split('=')).Aggregate(new TrainingCase(), (c, m) => c.With(m[0], m[1]));
        Assert.Equal(asked, string.Join(",", Adviser.Advise(given).Questions.Where(q => q.Must).Select(q => q.Member).Order()));
    }

    [Fact]
    public void What_is_asked_at_the_end_of_the_prompts_changes_something_too()
    {
        int tried = 0;
        for (int seed = 0; seed < 300; seed++)
        {
            var given = AnyCase.Drawn(seed) with { LowRank = false, Batch = null, Devices = null, DeviceBatch = null, Optimizer = null, Epochs = null, TrainingTokens = null, Tokens = null, Symptoms = [], EarlierRate = null, EarlierBatch = null };
            if (!Adviser.Advise(given).IsWhole)
                continue;
            foreach (var more in CaseForm.More.Where(q => q.Member != "symptoms" && CaseForm.Applies(q, given)))
            {
                tried++;
                // Devices count together with what fits on one.
                Assert.True(Changes(more.Member == "devices" ? given with { DeviceBatch = 3 } : given, more.Member), $"{more.Member}: {given.Write()}");
            }
        }
        Assert.True(tried > 300, $"{tried}");
    }
}
