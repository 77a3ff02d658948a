namespace Anneal.Runs;

/// <summary>What a run logged of its rate.</summary>
/// <param name="Steps">The step of each entry, as it was logged.</param>
/// <param name="Rates">The rate of each entry.</param>
/// <param name="RateName">The column, key or tag that the rates are from.</param>
/// <param name="StepName">The column or key that the steps are from.</param>
/// <param name="Precision">How finely the rates were written.</param>
/// <param name="Remarks">What a reader of the log should know, such as where a damaged file ends.</param>
public sealed record RunLog(double[] Steps, double[] Rates, string RateName, string StepName, LogPrecision Precision, IReadOnlyList<string> Remarks)
{
    /// <summary>Entries of the log.</summary>
    public int Count => Steps.Length;

    /// <summary>Whether the log has no steps of its own, so that its entries were counted.</summary>
    public bool IsCounted => StepName is "entry" or "row";

    /// <summary>How far a logged rate may lie from the true one because of how it was written.</summary>
    public double Resolution(double rate) => Precision.Of(rate);
}

/// <summary>How finely a log's numbers were written: so many significant digits, or so many decimals.</summary>
/// <param name="Digits">The most significant digits of any of them.</param>
/// <param name="Decimals">The most decimals, where none was written with an exponent; else negative.</param>
public readonly record struct LogPrecision(int Digits, int Decimals)
{
    /// <summary>Single precision: what TensorBoard keeps.</summary>
    public static LogPrecision Single { get; } = new(7, -1);

    /// <summary>Half a unit in the last place, and a little more.</summary>
    public double Of(double rate)
    {
        double size = Math.Abs(rate);
        double single = 2e-7 * size; // the arithmetic of the run itself
        if (Decimals is > 0 and < 9 && Digits < 7)
            return Math.Max(single, 0.51 * Math.Pow(10, -Decimals));
        if (Digits >= 9 || size == 0)
            return single;
        return Math.Max(single, 0.51 * Math.Pow(10, Math.Floor(Math.Log10(size)) - Math.Max(Digits, 3) + 1));
    }

    /// <summary>The finer of the two.</summary>
    internal LogPrecision With(ReadOnlySpan<char> number)
    {
        int exponent = number.IndexOfAny('e', 'E'), point = number.IndexOf('.');
        var mantissa = exponent >= 0 ? number[..exponent] : number;
        int digits = 0;
        bool leading = true;
        foreach (char c in mantissa)
            if (char.IsAsciiDigit(c) && !(leading && c == '0'))
                (digits, leading) = (digits + 1, false);
        int decimals = exponent >= 0 ? -1 : point < 0 ? 0 : mantissa.Length - point - 1;
        return new(Math.Max(Digits, digits), Decimals == NoNumber ? decimals : Decimals < 0 || decimals < 0 ? -1 : Math.Max(Decimals, decimals));
    }

    const int NoNumber = int.MinValue;

    internal static LogPrecision None { get; } = new(0, NoNumber);
}
