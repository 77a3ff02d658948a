using System.Runtime.CompilerServices;

namespace Anneal;

/// <summary>Refuses nonsense where it enters: the message names the argument, the limit and the value.</summary>
static class Require
{
    /// <summary>How deep schedules may lie inside one another: far deeper than a run needs, far from the end of the stack.</summary>
    public const int MaxDepth = 200;

    public static double Finite(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        double.IsFinite(value) ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} must be a finite number.");

    public static double Positive(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value > 0 && double.IsFinite(value) ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} must be a finite number above 0.");

    public static double NotNegative(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value >= 0 && double.IsFinite(value) ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} must be a finite number, 0 or above.");

    public static void Range(double from, double to)
    {
        NotNegative(from);
        NotNegative(to);
        if (to < from)
            throw new ArgumentOutOfRangeException(nameof(to), to, $"to must not be below from ({from}).");
    }

    public static double AtLeast(double limit, double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value >= limit && double.IsFinite(value) ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} must be a finite number, {limit} or above.");

    /// <summary>A count of repetitions inside one step, or of things kept for it: more than the limit is a mistake that would never end.</summary>
    public static int Count(int least, int most, int value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value >= least && value <= most ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} must be a whole number from {least} to {most}.");

    public static double Fraction(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value is >= 0 and <= 1 ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} must be a fraction, from 0 to 1.");

    public static double BelowOne(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value is >= 0 and < 1 ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} must be 0 or above and below 1.");

    /// <param name="limit">What the value must stay below.</param>
    /// <param name="limitName">The limit in words.</param>
    /// <param name="value">What is checked.</param>
    /// <param name="name">Its name.</param>
    public static double Below(double limit, string limitName, double value, string name) =>
        value < limit ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} must be below {Named(limit, limitName)}.");

    /// <inheritdoc cref="Below"/>
    public static double AtMost(double limit, string limitName, double value, string name) =>
        value <= limit ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} must be at most {Named(limit, limitName)}.");

    static string Named(double limit, string name) => name == $"{limit}" ? name : $"{name} ({limit})";

    public static T Known<T>(T value, [CallerArgumentExpression(nameof(value))] string name = "") where T : struct, Enum =>
        Enum.IsDefined(value) ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} must be one of {string.Join(", ", Enum.GetNames<T>())}.");

    public static IReadOnlyList<T> Some<T>(IReadOnlyList<T> values, [CallerArgumentExpression(nameof(values))] string name = "") =>
        values.Count > 0 ? values : throw new ArgumentException($"{name} must not be empty.", name);

    /// <summary>Numbers from 0 that never decrease.</summary>
    public static Items<double> InOrder(IReadOnlyList<double> values, [CallerArgumentExpression(nameof(values))] string name = "")
    {
        var items = AllNotNegative(values, name);
        for (int i = 1; i < items.Count; i++)
            if (items[i] < items[i - 1])
                throw new ArgumentOutOfRangeException($"{name}[{i}]", items[i], $"{name} must be in order; {name}[{i}] comes after {items[i - 1]}.");
        return items;
    }

    /// <summary>At least one number, from 0, each larger than the one before.</summary>
    public static Items<double> Rising(IReadOnlyList<double> values, [CallerArgumentExpression(nameof(values))] string name = "")
    {
        var items = AllNotNegative(Some(values, name), name);
        for (int i = 1; i < items.Count; i++)
            if (items[i] <= items[i - 1])
                throw new ArgumentOutOfRangeException($"{name}[{i}]", items[i], $"{name} must rise; {name}[{i}] comes after {items[i - 1]}.");
        return items;
    }

    public static Items<double> AllNotNegative(IReadOnlyList<double> values, [CallerArgumentExpression(nameof(values))] string name = "")
    {
        var items = Items<double>.Of(values);
        for (int i = 0; i < items.Count; i++)
            NotNegative(items[i], $"{name}[{i}]");
        return items;
    }

    public static Items<double> Count(Items<double> values, int count, string countName, string name) => values.Count == count ? values
        : throw new ArgumentOutOfRangeException(name, values.Count, $"{name} must be {count} numbers, {countName}.");

    /// <summary>A schedule that one more may be put around.</summary>
    public static T Shallow<T>(T whole, [CallerArgumentExpression(nameof(whole))] string name = "") where T : Schedule => whole switch
    {
        null => throw new ArgumentNullException(name),
        { Depth: < MaxDepth } => whole,
        _ => throw new ArgumentOutOfRangeException(name, whole.Depth + 1, $"Schedules may lie at most {MaxDepth} deep inside one another."),
    };
}
