using System.Globalization;
using System.Text.RegularExpressions;
using Anneal.Advice;

namespace Anneal.Tests;

/// <summary>Cases at the ends of what may be said: refused with a reason, or answered with numbers that can be set.</summary>
public class AbsurdCaseTests
{
    static TrainingCase Drawn(int seed)
    {
        var random = new Random(seed);
        var given = new TrainingCase();
        foreach (var field in TrainingCase.Fields)
            if (random.Next(3) > 0)
                given = given.With(field.Name, field.Words() is { Count: > 0 } words ? words[random.Next(words.Count)] + (field.Name == "symptoms" && random.Next(3) == 0 ? "@1e12" : "") : Extreme(field.Name, random).ToString("R", CultureInfo.InvariantCulture));
        return given;
    }

    /// <summary>An end, or anything between them.</summary>
    static double Extreme(string name, Random random)
    {
        var limits = CaseLimits.Of(name);
        double between = limits.Least * Math.Pow(limits.Most / limits.Least, random.NextDouble());
        return random.Next(4) switch { 0 => limits.Least, 1 => limits.Most, _ => limits.IsWhole ? Math.Round(between) : between };
    }

    [Fact]
    public void Whatever_is_said_is_answered_or_refused_with_a_reason()
    {
        int whole = 0, refused = 0, ones = 0;
        for (int seed = 0; seed < 8_000; seed++)
        {
            var given = Drawn(seed);
            var p = Adviser.Advise(given);
            Assert.All(p.Items, i => Assert.True(i.Value is null || (double.IsFinite(i.Value.Value) && i.Value >= 0 && i.Low <= i.Value && i.Value <= i.High), $"{given.Write()}: {i.Item} {i.Text}"));
            Assert.All(Texts(p), text => Assert.DoesNotMatch("NaN|∞|Infinity", text));
            Assert.All(Texts(p), text => Assert.DoesNotMatch(manyOfOne, text));
            Assert.All(Texts(p), text => Assert.DoesNotMatch(oneOfMany, text));
            ones += Texts(p).Count(text => Regex.IsMatch(text, @"(?<![\d.,])1 (update|sample|device|token|epoch)\b")) > 0 ? 1 : 0;
            foreach (string form in (string[])["json", "pytorch", "transformers"])
                try
                {
                    if (form == "json")
                        ProposalJson.Write(p, 9);
                    else if (p.IsWhole)
                        ProposalExport.Write(p, form);
                }
                catch (ScheduleFormatException) { }
            if (p.IsWhole)
            {
                whole++;
                Assert.InRange(p.Plan!.Updates, 1, CaseLimits.Of("updates").Most * 1.03);
                Assert.True(p["batch"]!.Value >= (p.Case.Devices ?? 1), given.Write());
                _ = ProposalText.Stages(p, 9).ToList();
                _ = ProposalText.Sweep(p, 65).ToList();
                Assert.DoesNotMatch("NaN|∞|Infinity", ProposalText.Run(p.Plan));
            }
            else
                refused++;
        }
        Assert.True(whole > 100 && refused > 2000 && ones > 200, $"{whole} whole, {refused} refused, {ones} of one");
    }

    const string manyOfOne = @"(?<![\d.,])1 (updates|samples|devices|tokens|epochs|batches|parts|runs|trials|seeds|rates|times)\b", oneOfMany = @"(?<![\d.,])(0|[2-9]|[0-9,]*\d\d) (update|sample|device|token|epoch|batch|part|run|trial|seed|rate)\b";

    /// <summary>All that is said to people.</summary>
    static IEnumerable<string> Texts(Proposal p) =>
    [
        .. p.Remarks, .. p.Questions.Select(q => $"{q.Ask} {q.Reason}"), .. p.Items.SelectMany(i => i.Changes.Select(c => c.Reason).Append(i.Text).Append(i.Reason)), .. p.Log.Select(l => $"{l.When}: {l.What}"),
        .. p.Plan is { } plan ? [ProposalText.Run(plan)] : Array.Empty<string>(), .. p.IsWhole ? ProposalText.Stages(p, 1).Concat(ProposalText.Stages(p, 5)).Concat(ProposalText.Sweep(p, 33)) : [],
        .. p.IsWhole ? Code(p, "pytorch").Concat(Code(p, "transformers")) : [],
    ];

    static IEnumerable<string> Code(Proposal p, string form)
    {
        try
        {
            return [ProposalExport.Write(p, form)];
        }
        catch (ScheduleFormatException refused)
        {
            return [refused.Message];
        }
    }

    [Theory]
    [InlineData("samples=1e15 epochs=1e9 batch=1", "epochs", "A budget of 1,000,000,000 epochs is 1e24 updates of 1 sample; a run may have up to 1e12. Give a shorter one, or a larger batch.")]
    [InlineData("samples=100 epochs=3 batch=200", "batch", "Take 100 or fewer.")]
    [InlineData("samples=100 updates=30 devices=200", "devices", "devices cannot share an update")]
    [InlineData("samples=1e9 updates=30 batch=1e9 devices=1 deviceBatch=1", "deviceBatch", "would be accumulated 1,000,000,000 times. Take a batch of 1,000,000 or less, or more at a time.")]
    public void What_overflows_is_refused_by_name(string members, string member, string said)
    {
        var given = members.Split(' ').Select(m => m.Split('=')).Aggregate(new TrainingCase { Task = TrainingTask.Tabular, Family = ModelFamily.Perceptron, Pretrained = false }, (c, m) => c.With(m[0], m[1]));
        var proposal = Adviser.Advise(given);
        Assert.False(proposal.IsWhole);
        Assert.Contains(proposal.Questions, q => q.IsContradiction && q.Member == member && $"{q.Ask} {q.Reason}".Contains(said, StringComparison.Ordinal));
    }
}
