namespace Anneal.Lessons;

/// <summary>One variant of a quiz question: what is asked, and what to say to each answer.</summary>
/// <param name="Text">What is asked; plain text, formulas in Unicode.</param>
/// <param name="Why">Why the right answer is right, in a sentence or two.</param>
public abstract record Question(string Text, string Why)
{
    /// <summary>The chance that a blind guess is right; 0 where a number is typed.</summary>
    public abstract double Guess { get; }
}

/// <summary>Picks one of several options.</summary>
public sealed record ChoiceQuestion : Question
{
    /// <summary>A question with exactly one right option.</summary>
    /// <exception cref="ArgumentException">Not exactly one option is right, or there are fewer than three.</exception>
    public ChoiceQuestion(string text, string why, params IReadOnlyList<Option> options) : base(text, why) =>
        Options = options.Count >= 3 && options.Count(option => option.IsRight) == 1 ? options
            : throw new ArgumentException($"{options.Count} options, {options.Count(option => option.IsRight)} of them right: give at least three, and one right one.", nameof(options));

    /// <summary>The options, in the order they are shown.</summary>
    public IReadOnlyList<Option> Options { get; init; }

    /// <summary>Whether the order of the options says something, so that they are not shuffled: the sentences of an argument, for example.</summary>
    public bool InOrder { get; init; }

    /// <inheritdoc/>
    public override double Guess => 1.0 / Options.Count;
}

/// <summary>One answer to pick.</summary>
/// <param name="Text">What the reader sees.</param>
/// <param name="IsRight">Whether it is the right one.</param>
/// <param name="Feedback">What to say to a reader who picks it; for the right one the question's own reason is said.</param>
public sealed record Option(string Text, bool IsRight, string Feedback)
{
    /// <summary>Values of a curve that is drawn beside the text, such as the rate over the steps; null for none.</summary>
    public IReadOnlyList<double>? Curve { get; init; }
}

/// <summary>Types one or more numbers.</summary>
public sealed record NumberQuestion(string Text, string Why, params IReadOnlyList<Part> Parts) : Question(Text, Why)
{
    /// <inheritdoc/>
    public override double Guess => 0;
}

/// <summary>Puts things in order.</summary>
/// <param name="Text">What is asked.</param>
/// <param name="Why">The reason for the order.</param>
/// <param name="Items">In the right order.</param>
public sealed record OrderQuestion(string Text, string Why, params IReadOnlyList<string> Items) : Question(Text, Why)
{
    /// <summary>The place, from 0, of each item as it is shown.</summary>
    public IReadOnlyList<int> Shown { get; init; } = [.. Enumerable.Range(0, Items.Count)];

    /// <inheritdoc/>
    public override double Guess => 1 / Enumerable.Range(1, Items.Count).Aggregate(1.0, (product, n) => product * n);
}

/// <summary>Fills the gaps of a formula from lists.</summary>
/// <param name="Text">What is asked.</param>
/// <param name="Why">The reason.</param>
/// <param name="Formula">Plain text in which {0}, {1}, … stand for the gaps.</param>
/// <param name="Gaps">One per gap.</param>
public sealed record FormulaQuestion(string Text, string Why, string Formula, params IReadOnlyList<Gap> Gaps) : Question(Text, Why)
{
    /// <inheritdoc/>
    public override double Guess => Gaps.Aggregate(1.0, (product, gap) => product / gap.Options.Count);
}

/// <summary>A gap of a formula: one option fits.</summary>
/// <param name="Options">What may stand there, in the order it is shown.</param>
public sealed record Gap(params IReadOnlyList<Option> Options)
{
    /// <summary>What may stand there; exactly one fits.</summary>
    public IReadOnlyList<Option> Options { get; init; } = Options.Count >= 2 && Options.Count(option => option.IsRight) == 1 ? Options
        : throw new ArgumentException("A gap needs at least two options, exactly one of them right.", nameof(Options));
}
