using System.Globalization;

namespace Anneal.Lessons;

/// <summary>What a reader does to answer.</summary>
public enum QuestionKind
{
    /// <summary>Picks one of several statements.</summary>
    Choice,

    /// <summary>Types numbers.</summary>
    Number,

    /// <summary>Puts things in order.</summary>
    Order,

    /// <summary>Finds the first false sentence of an argument.</summary>
    Flaw,

    /// <summary>Predicts a picture.</summary>
    Picture,

    /// <summary>Fills the gaps of a formula.</summary>
    Formula,
}

/// <summary>A question of a lesson's quiz, with its variants: other numbers, another order of the options.</summary>
/// <param name="Id">Unique in its lesson; records of answers and cards keep it, so it never changes.</param>
/// <param name="Section">The heading of the lesson that teaches the answer.</param>
/// <param name="Kind">What the reader does.</param>
/// <param name="Draw">Makes a variant; every draw comes from the generator.</param>
public sealed record QuizItem(string Id, string Section, QuestionKind Kind, Func<SeededRandom, Question> Draw)
{
    /// <summary>The variant of this number, from 0: the same on every machine and in every version that keeps the question.</summary>
    public Question Variant(int number)
    {
        var random = new SeededRandom(Seed(Id) + (ulong)number);
        var drawn = Invariant(random);
        return drawn switch
        {
            ChoiceQuestion { InOrder: false } choice => choice with { Options = Lettered(Shuffled(choice.Options, random)) },
            OrderQuestion order => order with { Shown = Disordered(order.Items.Count, random) },
            FormulaQuestion formula => formula with { Gaps = [.. formula.Gaps.Select(gap => new Gap(Shuffled(gap.Options, random)))] },
            _ => drawn,
        };
    }

    /// <summary>Numbers in texts are written the same way on every machine, with the minus sign of the formulas around them.</summary>
    static readonly CultureInfo plain = new("") { NumberFormat = { NegativeSign = "−" } };

    Question Invariant(SeededRandom random)
    {
        var culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = plain;
        try
        {
            return Draw(random);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    /// <summary>Curves that are called A, B, … are called so from the left, or the right one could be told by its letter.</summary>
    static IReadOnlyList<Option> Lettered(IReadOnlyList<Option> options) =>
        options.All(option => option is { Curve: not null, Text: [>= 'A' and <= 'Z'] }) ? [.. options.Select((option, i) => option with { Text = $"{(char)('A' + i)}" })] : options;

    static IReadOnlyList<T> Shuffled<T>(IReadOnlyList<T> items, SeededRandom random)
    {
        T[] shuffled = [.. items];
        random.Shuffle<T>(shuffled);
        return shuffled;
    }

    static int[] Disordered(int count, SeededRandom random)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        do
            random.Shuffle<int>(order);
        while (order.SequenceEqual(Enumerable.Range(0, count)));
        return order;
    }

    /// <summary>FNV-1a of the characters.</summary>
    static ulong Seed(string id) => id.Aggregate(14695981039346656037UL, (hash, c) => unchecked((hash ^ c) * 1099511628211UL));
}
