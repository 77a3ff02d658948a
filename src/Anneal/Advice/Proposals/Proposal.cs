namespace Anneal.Advice;

/// <summary>What to set for a run, why, from which source and how sure; and what has to be known first.</summary>
/// <param name="Case">What was known.</param>
/// <param name="Items">Everything that is advised, in the order of decision.</param>
/// <param name="Rule">The rule with its hyper-parameters, groups and clipping; null while questions that must be answered are open.</param>
/// <param name="Schedule">The rate; null as long as peak or length are not known.</param>
/// <param name="Plan">How long the run is, and what an update is; null as long as that is not known.</param>
/// <param name="Groups">Tensors with options of their own.</param>
/// <param name="Log">What to log.</param>
/// <param name="Remedies">What else to do about the symptoms, in the order in which to try.</param>
/// <param name="Remarks">What follows from the numbers together.</param>
/// <param name="Questions">What was not known; those that must be answered first.</param>
public sealed record Proposal(
    TrainingCase Case, IReadOnlyList<Advised> Items, Rule? Rule, Schedule? Schedule, Plan? Plan, IReadOnlyList<AdvisedGroup> Groups,
    IReadOnlyList<LogItem> Log, IReadOnlyList<Remedy> Remedies, IReadOnlyList<string> Remarks, IReadOnlyList<Question> Questions)
{
    /// <summary>Whether rule and schedule are there.</summary>
    public bool IsWhole => Rule is not null && Schedule is not null;

    /// <summary>The item of that name, such as <c>peak</c>; null where nothing is advised.</summary>
    public Advised? this[string item] => Items.FirstOrDefault(i => i.Item == item);
}

/// <summary>One thing to set.</summary>
/// <param name="Item">What: batch, optimizer, peak, warm-up, schedule, floor, decay, momentum, beta1, beta2, rho, epsilon, clipping.</param>
/// <param name="Text">The value, for people, with its unit.</param>
/// <param name="Value">The value; null for words. A warm-up is in updates.</param>
/// <param name="Low">The least value that the source covers.</param>
/// <param name="High">The greatest.</param>
/// <param name="Sure">How sure it is.</param>
/// <param name="Row">The row that decided, such as <c>peaks/gpt3-350M</c>; empty where the case fixed it.</param>
/// <param name="Source">Where it is from.</param>
/// <param name="Reason">Why.</param>
/// <param name="Changes">Factors on the source's own value, each with its reason.</param>
/// <param name="Others">What other sources say.</param>
public sealed record Advised(
    string Item, string Text, double? Value, double? Low, double? High, Confidence Sure, string Row, AdviceSource Source, string Reason,
    IReadOnlyList<Change> Changes, IReadOnlyList<Alternative> Others)
{
    /// <summary>What it must not exceed, as more has broken already; null where nothing has.</summary>
    public Ceiling? Ceiling { get; init; }

    /// <summary>The sources that say something else.</summary>
    public IEnumerable<Alternative> Contradictions => Others.Where(o => o.Contradicts);

    /// <summary>Those of them whose value may be tried.</summary>
    public IEnumerable<Alternative> MayBeTried => Contradictions.Where(IsOpen);

    /// <summary>Whether a value may be tried: it does not lie above what has broken already, and no evidence contradicts it.</summary>
    internal bool IsOpen(Alternative other) => !(other.Value > Ceiling?.Value) && other.Refutation is null;
}

/// <summary>The most that may be tried after an earlier run that broke.</summary>
/// <param name="Value">The most.</param>
/// <param name="Broke">What broke, made to fit the batch of this run.</param>
/// <param name="Sure">How sure it is.</param>
/// <param name="Row">Its row.</param>
/// <param name="Source">Who says so.</param>
/// <param name="Reason">Why.</param>
public sealed record Ceiling(double Value, double Broke, Confidence Sure, string Row, AdviceSource Source, string Reason);

/// <summary>A factor on a source's own value.</summary>
/// <param name="Factor">What it was multiplied by.</param>
/// <param name="Source">Who says so.</param>
/// <param name="Reason">Why.</param>
public sealed record Change(double Factor, AdviceSource Source, string Reason);

/// <summary>What another source says of the same thing.</summary>
/// <param name="Text">Its value, for people.</param>
/// <param name="Value">Its value; null for words.</param>
/// <param name="Sure">How sure it is.</param>
/// <param name="Row">Its row.</param>
/// <param name="Source">Where it is from.</param>
/// <param name="Reason">Its reason.</param>
/// <param name="Contradicts">Whether it lies outside the range of what was decided.</param>
/// <param name="PassedOver">Why it did not decide.</param>
/// <param name="Own">The source's own value, before <paramref name="Changes"/>; null for words.</param>
/// <param name="Changes">Factors on the source's own value.</param>
public sealed record Alternative(
    string Text, double? Value, Confidence Sure, string Row, AdviceSource Source, string Reason, bool Contradicts, string PassedOver, double? Own, IReadOnlyList<Change> Changes)
{
    /// <summary>The evidence against it, or against a factor on it, where the verdict on what it repeats from the slides is "contradicted"; null where there is none.</summary>
    public string? Refutation { get; init; }
}

/// <summary>Tensors with options of their own.</summary>
/// <param name="Group">As the library's rules take it.</param>
/// <param name="PyTorch">A condition in Python on a tensor <c>p</c> called <c>name</c>.</param>
/// <param name="Source">Where it is from.</param>
/// <param name="Reason">Why.</param>
/// <param name="Sure">How sure it is.</param>
public sealed record AdvisedGroup(ParameterGroup Group, string PyTorch, AdviceSource Source, string Reason, Confidence Sure);

/// <summary>Something to log.</summary>
/// <param name="What">What.</param>
/// <param name="Every">After so many updates each time; null as long as the run's length is not known.</param>
/// <param name="When">The same in words.</param>
/// <param name="Alarm">When to look at once.</param>
/// <param name="Source">Who says so.</param>
/// <param name="Sure">How sure it is.</param>
/// <param name="Reason">Why.</param>
public sealed record LogItem(string What, long? Every, string When, string Alarm, AdviceSource Source, Confidence Sure, string Reason);

/// <summary>Something to do about a symptom, beside the changed numbers.</summary>
/// <param name="What">What.</param>
/// <param name="Source">Who says so.</param>
/// <param name="Sure">How sure it is.</param>
/// <param name="Reason">Why.</param>
public sealed record Remedy(string What, AdviceSource Source, Confidence Sure, string Reason);

/// <summary>Something that is not known, or that does not go together with the rest.</summary>
/// <param name="Member">The member of <see cref="TrainingCase"/> that answers it.</param>
/// <param name="Ask">The question, or what contradicts what.</param>
/// <param name="Reason">Why it matters, or what to do.</param>
/// <param name="Must">Whether the proposal is unfinished without it.</param>
/// <param name="IsContradiction">Whether it was answered, but contradicts another answer.</param>
public sealed record Question(string Member, string Ask, string Reason, bool Must, bool IsContradiction = false);
