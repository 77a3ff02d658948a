namespace Anneal.Live;

/// <summary>The form from which advice is asked for, and what can be done with the answer.</summary>
/// <param name="Numbers">How numbers may be written.</param>
/// <param name="Parts">The fields, in parts.</param>
/// <param name="Forms">As what a proposal can be written.</param>
/// <param name="Setups">Cases to begin with.</param>
public sealed record AdviceFormAnswer(string Numbers, IReadOnlyList<AdviceFormPart> Parts, IReadOnlyList<AdviceFormat> Forms, IReadOnlyList<AdviceSetup> Setups);

/// <summary>Fields that belong together.</summary>
/// <param name="Title">What they are about.</param>
/// <param name="Fields">They.</param>
public sealed record AdviceFormPart(string Title, IReadOnlyList<AdviceField> Fields);

/// <summary>One member of a case.</summary>
/// <param name="Name">In JSON.</param>
/// <param name="Label">For people.</param>
/// <param name="Option">On the command line.</param>
/// <param name="Words">What it may be; none for numbers.</param>
/// <param name="Several">Whether it may be several of them, each with a step.</param>
/// <param name="Default">What holds where nothing is said; null where that is not known.</param>
public sealed record AdviceField(string Name, string Label, string Option, IReadOnlyList<string> Words, bool Several, string? Default);

/// <summary>As what a proposal can be written.</summary>
/// <param name="Name">What <c>--as</c> calls it.</param>
/// <param name="File">A name for the file.</param>
/// <param name="NeedsBase">Whether it is written into a run or a sweep that there is.</param>
public sealed record AdviceFormat(string Name, string File, bool NeedsBase);

/// <summary>A case that was published.</summary>
/// <param name="Recipe">Whose it is.</param>
/// <param name="Link">Where.</param>
/// <param name="Members">What is known of it, by member.</param>
public sealed record AdviceSetup(string Recipe, string Link, IReadOnlyDictionary<string, string> Members);

/// <summary>What to set, or what of the question cannot be read.</summary>
/// <param name="Refusals">What cannot be read; then there is nothing else.</param>
/// <param name="Proposal">The proposal as JSON, as the command prints it.</param>
/// <param name="Case">The case as JSON, as <c>--json</c> takes it.</param>
/// <param name="Command">The command that says the same.</param>
/// <param name="Run">How long the run is, and what an update is; null as long as that is not known.</param>
/// <param name="Updates">How many updates.</param>
/// <param name="Schedule">The schedule in notation; null while the proposal is not whole.</param>
/// <param name="Ranges">The range of each item, in words; empty where there is none.</param>
/// <param name="Missing">What is still to be said; null where the proposal is whole.</param>
/// <param name="Stages">Which rates to try first; none where no runs were named or no peak is advised.</param>
public sealed record AdviceAnswer(
    IReadOnlyList<AdviceRefusal> Refusals, string? Proposal = null, string? Case = null, string? Command = null, string? Run = null, double? Updates = null,
    string? Schedule = null, IReadOnlyList<string>? Ranges = null, string? Missing = null, IReadOnlyList<string>? Stages = null);

/// <summary>Something that cannot be read.</summary>
/// <param name="Member">The member of the case, <c>runs</c>, or nothing where the whole question is meant.</param>
/// <param name="Message">Why, and what would be right.</param>
public sealed record AdviceRefusal(string Member, string Message);

/// <summary>A proposal written for another program, or why it cannot be.</summary>
/// <param name="Text">The text.</param>
/// <param name="Command">The command that writes the same file.</param>
/// <param name="Plan">Of a sweep: what it tries, and why.</param>
/// <param name="Error">Why there is none.</param>
public sealed record AdviceFile(string? Text, string? Command, IReadOnlyList<string> Plan, string? Error = null);
