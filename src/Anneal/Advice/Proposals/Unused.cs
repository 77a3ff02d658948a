namespace Anneal.Advice;

/// <summary>What was said of a case, and changes nothing: an option that means nothing there is told, and not passed over in silence.</summary>
static class Unused
{
    /// <summary>What an earlier run is, without which nothing else of it says anything.</summary>
    const string Rate = "earlierRate";

    static readonly string[] ofEarlierRun = [Rate, "earlierBatch", "earlierOptimizer", "earlierShort"];

    /// <summary>The members that were said and on which nothing depends: without one of them, the same is advised, listed and remarked. None of a proposal that is not whole, since an answer may need them.</summary>
    public static IReadOnlyList<string> Of(Proposal proposal)
    {
        if (!proposal.IsWhole)
            return [];
        string? all = null;
        return [.. TrainingCase.Fields.Where(field => field.Get(proposal.Case) is not null && IsIdle(field)).Select(field => field.Name)];

        bool IsIdle(CaseField field)
        {
            // Without its rate, what else is said of an earlier run would contradict it.
            if (field.Name != Rate && ofEarlierRun.Contains(field.Name) && IsIdle(CaseForm.Field(Rate)))
                return true;
            string[] left = field.Name == Rate ? ofEarlierRun : [field.Name];
            var without = TrainingCase.Fields.Where(f => !left.Contains(f.Name)).Aggregate(new TrainingCase(), (c, f) => f.Text(proposal.Case) is { } text ? f.With(c, text) : c);
            var facts = new Facts(without);
            // What follows from the rest is known all the same.
            if (facts[field.Name] is not null || (facts.Words(field.Name) is not null && field.Default is null))
                return false;
            var other = Adviser.Advise(without);
            return other.Schedule == proposal.Schedule && other.Rule == proposal.Rule && Said(other) == (all ??= Said(proposal));
        }
    }

    static string Said(Proposal proposal) => ProposalJson.Advice(proposal with { Case = new() });
}
