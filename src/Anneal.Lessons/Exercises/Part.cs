using System.Globalization;

namespace Anneal.Lessons;

/// <summary>One number that an exercise asks for.</summary>
/// <param name="Label">What the number is, such as "η at t = 1250".</param>
/// <param name="Expected">The right answer.</param>
/// <param name="Tolerance">Absolute, above 0: answers at most this far off are right.</param>
/// <param name="Hints">Known wrong answers. Those that cannot be told from the right one or from an earlier hint are left out.</param>
public sealed record Part(string Label, double Expected, double Tolerance, params IReadOnlyList<Hint> Hints)
{
    /// <summary>The right answer.</summary>
    public double Expected { get; } = double.IsFinite(Expected) ? Expected
        : throw new ArgumentOutOfRangeException(nameof(Expected), Expected, "Expected must be a finite number.");

    /// <summary>Absolute, above 0.</summary>
    public double Tolerance { get; } = Tolerance > 0 && double.IsFinite(Tolerance) ? Tolerance
        : throw new ArgumentOutOfRangeException(nameof(Tolerance), Tolerance, "Tolerance must be a finite number above 0.");

    /// <summary>Known wrong answers that can be told from the right one and from each other, in order.</summary>
    public IReadOnlyList<Hint> Hints { get; } = Distinct(Hints, Expected, Tolerance);

    /// <summary>Whether this answer is right.</summary>
    public bool IsRight(double answer) => Math.Abs(answer - Expected) <= Tolerance;

    /// <summary>The hint for this wrong answer; null where none is known.</summary>
    public Hint? HintFor(double answer) => Hints
        .Where(h => Math.Abs(answer - h.Value) <= (h.Tolerance ?? Tolerance))
        .MinBy(h => Math.Abs(answer - h.Value));

    /// <summary>Whether this wrong answer is the right one, rounded or cut too early: true for 0.0017 where 0.001722 is asked for.</summary>
    public bool HasTooFewDigits(double answer)
    {
        string digits = answer.ToString("R", CultureInfo.InvariantCulture);
        int e = digits.IndexOf('E'), point = digits.IndexOf('.');
        string mantissa = e < 0 ? digits : digits[..e];
        int decimals = (point < 0 ? 0 : mantissa.Length - point - 1) - (e < 0 ? 0 : int.Parse(digits[(e + 1)..], CultureInfo.InvariantCulture));
        double unit = Math.Pow(10, -decimals), apart = Math.Abs(answer - Expected);
        bool isCut = Math.Abs(answer) < Math.Abs(Expected);
        return answer != 0 && double.IsFinite(answer) && !IsRight(answer)
            && apart <= (isCut ? 1 : 0.5) * unit * (1 + 1e-9) && apart <= 0.05 * Math.Abs(Expected);
    }

    static List<Hint> Distinct(IReadOnlyList<Hint> hints, double expected, double tolerance)
    {
        var kept = new List<Hint>();
        foreach (var hint in hints)
        {
            double reach = hint.Tolerance ?? tolerance;
            bool tellable = Math.Abs(hint.Value - expected) > tolerance
                && kept.TrueForAll(k => Math.Abs(hint.Value - k.Value) > Math.Max(reach, k.Tolerance ?? tolerance));
            if (double.IsFinite(hint.Value) && tellable)
                kept.Add(hint);
        }
        return kept;
    }
}
