namespace Anneal.Advice;

/// <summary>From what is known of a run to what to set: rule, schedule, clipping, decay, groups, log; each with reason, source, range and how sure.</summary>
/// <remarks>
/// What it knows stands in tables (<see cref="AdviceTable"/>), not in code. Of the rows that hold for a case the surest decides; among equals the one with more
/// conditions, then the one that stands first. All others are listed, with the reason why they were passed over. What is not known is asked for, never guessed.
/// </remarks>
public static class Adviser
{
    /// <summary>The optimizers there is advice for.</summary>
    public static IReadOnlyList<string> Optimizers { get; } =
        ["sgd", "momentum", "nesterov", "adam", "adamW", "lion", "muon", "lamb", "rmsProp", "adaGrad", "lbfgs"];

    /// <summary>What to set.</summary>
    public static Proposal Advise(TrainingCase given)
    {
        ArgumentNullException.ThrowIfNull(given);
        return new Consultation(given).Proposal();
    }

    /// <summary>
    /// The same case with its free choices made as advised: batch and optimizer. Its budget is left as it is, so the answer to it is the same.
    /// </summary>
    public static TrainingCase Settled(Proposal proposal)
    {
        ArgumentNullException.ThrowIfNull(proposal);
        return proposal.Case with { Batch = proposal["batch"]?.Value ?? proposal.Case.Batch, Optimizer = proposal["optimizer"]?.Text ?? proposal.Case.Optimizer };
    }
}
