using System.Globalization;
using System.Runtime.CompilerServices;

namespace Anneal.Lessons;

/// <summary>States a claim of a lesson and computes whether it is true.</summary>
/// <remarks>
/// A claim that holds writes one line to standard output, so that several checks in a cell are all seen, in order, in every host.
/// A claim that does not hold throws, which fails the cell and with it the page. Nothing is returned: in F# no <c>ignore</c> is needed.
/// </remarks>
public static class Check
{
    /// <summary>The condition holds.</summary>
    /// <param name="claim">What is claimed, as a sentence or part of one.</param>
    /// <param name="holds">The condition.</param>
    /// <param name="condition">Filled in by the compiler: the condition as written.</param>
    public static void That(string claim, bool holds, [CallerArgumentExpression(nameof(holds))] string condition = "")
    {
        if (!holds)
            throw new CheckFailedException(claim, actual: "false", expected: condition is "" ? "true" : $"true, for  {condition}");
        Passed(claim);
    }

    /// <summary><c>|actual − expected| ≤ tolerance</c></summary>
    /// <param name="claim">What is claimed.</param>
    /// <param name="actual">What was computed.</param>
    /// <param name="expected">What the text states.</param>
    /// <param name="tolerance">Absolute; 0 asks for the same number.</param>
    public static void Close(string claim, double actual, double expected, double tolerance)
    {
        Tolerance(tolerance);
        double difference = Math.Abs(actual - expected);
        if (actual != expected && !(difference <= tolerance))
            throw new CheckFailedException(claim, Show(actual), $"{Show(expected)} ± {Show(tolerance)}", Show(difference));
        Passed($"{claim}: {Found(actual, expected, tolerance)}");
    }

    /// <summary>Two lists of the same length, equal place by place as <see cref="Close(string, double, double, double)"/> says.</summary>
    /// <param name="claim">What is claimed.</param>
    /// <param name="actual">What was computed.</param>
    /// <param name="expected">What the text states.</param>
    /// <param name="tolerance">Absolute, for every place.</param>
    public static void Close(string claim, IEnumerable<double> actual, IEnumerable<double> expected, double tolerance)
    {
        Tolerance(tolerance);
        double[] a = [.. actual], e = [.. expected];
        if (a.Length != e.Length)
            throw new CheckFailedException(claim, $"{a.Length} values", $"{e.Length} values");
        for (int i = 0; i < a.Length; i++)
        {
            double difference = Math.Abs(a[i] - e[i]);
            if (a[i] != e[i] && !(difference <= tolerance))
                throw new CheckFailedException(claim, $"{Show(a[i])} at index {i}", $"{Show(e[i])} ± {Show(tolerance)}", Show(difference));
        }
        Passed(tolerance == 0 ? $"{claim}: {a.Length} values, all equal" : $"{claim}: {a.Length} values, each within {Read(tolerance)}");
    }

    /// <summary><c>actual ≤ limit</c></summary>
    /// <param name="claim">What is claimed.</param>
    /// <param name="actual">What was computed.</param>
    /// <param name="limit">What the text states: "at most 0.05", "below a tenth".</param>
    public static void AtMost(string claim, double actual, double limit) => Within(claim, actual, double.NegativeInfinity, limit, $"at most {Read(limit)}");

    /// <summary><c>actual ≥ limit</c></summary>
    /// <param name="claim">What is claimed.</param>
    /// <param name="actual">What was computed.</param>
    /// <param name="limit">What the text states: "at least three times".</param>
    public static void AtLeast(string claim, double actual, double limit) => Within(claim, actual, limit, double.PositiveInfinity, $"at least {Read(limit)}");

    /// <summary><c>low ≤ actual ≤ high</c></summary>
    /// <param name="claim">What is claimed.</param>
    /// <param name="actual">What was computed.</param>
    /// <param name="low">The lower end of what the text states.</param>
    /// <param name="high">The upper end.</param>
    public static void Between(string claim, double actual, double low, double high)
    {
        if (!(low <= high))
            throw new ArgumentException($"low = {Show(low)} must be at most high = {Show(high)}.", nameof(low));
        Within(claim, actual, low, high, $"{Read(low)} to {Read(high)}");
    }

    static void Within(string claim, double actual, double low, double high, string stated)
    {
        if (double.IsNaN(low) || double.IsNaN(high))
            throw new ArgumentException("A limit must be a number.", nameof(low));
        if (!(actual >= low && actual <= high))
            throw new CheckFailedException(claim, Show(actual), stated);
        Passed($"{claim}: {Read(actual, 6)} ({stated})");
    }

    /// <summary>The two are equal by their own notion of equality.</summary>
    /// <param name="claim">What is claimed.</param>
    /// <param name="actual">What was computed.</param>
    /// <param name="expected">What the text states.</param>
    public static void Equal<T>(string claim, T actual, T expected)
    {
        if (!EqualityComparer<T>.Default.Equals(actual, expected))
            throw new CheckFailedException(claim, Show(actual), Show(expected));
        Passed($"{claim}: {(actual is double number ? Read(number, 10) : Show(actual))}");
    }

    /// <summary>The action is refused with an exception of this type or one derived from it.</summary>
    /// <param name="claim">What is claimed.</param>
    /// <param name="action">What should be refused.</param>
    public static void Throws<TException>(string claim, Action action) where TException : Exception
    {
        string refusal;
        try
        {
            action();
            refusal = "nothing was thrown";
        }
        catch (TException e)
        {
            Passed($"{claim}: {e.Message.ReplaceLineEndings(" ")}");
            return;
        }
        catch (Exception e)
        {
            refusal = $"{e.GetType().Name}: {e.Message}";
        }
        throw new CheckFailedException(claim, refusal, typeof(TException).Name);
    }

    static void Passed(string line) => Console.Out.WriteLine($"✓ {line}");

    /// <summary>What was found, without digits that say nothing: those of rounding errors, and those far beyond the tolerance.</summary>
    static string Found(double actual, double expected, double tolerance) =>
        Math.Abs(actual - expected) <= 1e-12 * Math.Abs(expected) ? Read(expected)
        : $"{Read(actual, 7)} (stated {Read(expected)}, within {Read(tolerance)})";

    static void Tolerance(double tolerance)
    {
        if (!(tolerance >= 0 && double.IsFinite(tolerance)))
            throw new ArgumentOutOfRangeException(nameof(tolerance), tolerance, "tolerance must be a finite number, 0 or above.");
    }

    /// <summary>A number for a reader.</summary>
    static string Read(double value, int digits = 12) => ReadableNumber.Of(value, digits);

    /// <summary>A value with all its digits, for whoever mends a claim that does not hold.</summary>
    static string Show<T>(T value) => value switch
    {
        double number => number.ToString(CultureInfo.InvariantCulture).Replace('E', 'e'),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value?.ToString() ?? "null",
    };
}
