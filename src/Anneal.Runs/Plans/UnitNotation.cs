using System.Globalization;
using System.Text.RegularExpressions;

namespace Anneal.Runs;

/// <summary>Notation with units: <c>warmup(3e-4, 2000 samples) > cosine(3e-4, 95 %)</c>, turned into updates by a run's plan.</summary>
/// <remarks>Units are updates (or steps), samples, tokens, epochs, and % of the run; k, M, B and T make a number larger. Lengths are rounded to whole updates.</remarks>
public static partial class UnitNotation
{
    /// <summary>The notation with every length in updates.</summary>
    /// <exception cref="ConfigurationException">The plan does not tell what a unit is in updates.</exception>
    public static string InUpdates(string notation, RunPlan plan)
    {
        ArgumentNullException.ThrowIfNull(notation);
        ArgumentNullException.ThrowIfNull(plan);
        return Amount().Replace(notation, match =>
        {
            string unit = match.Groups["unit"].Value;
            if (plan.Ramp is not null && unit is ['s', 'a', ..] or ['t', ..] or ['e', ..] && notation.IndexOf('>') is >= 0 and var next && match.Index > next)
                throw new ConfigurationException($"'{match.Value}' cannot be turned into updates: the batch grows during the run, so it depends on where this part begins; write updates or %");
            double updates = Exactly(Amounted(match), unit, plan, match.Value);
            return Math.Max(1, Math.Round(updates)).ToString("R", CultureInfo.InvariantCulture);
        });
    }

    /// <summary>The schedule that notation with units means in a run.</summary>
    /// <exception cref="ScheduleFormatException">The notation is none.</exception>
    public static Schedule Parse(string notation, RunPlan plan) => ScheduleNotation.Parse(InUpdates(notation, plan));

    /// <summary>A place in a run, such as <c>500</c>, <c>50 %</c>, <c>1.5 epochs</c> or <c>100M tokens</c>, in whole updates; null when it is none.</summary>
    /// <exception cref="ConfigurationException">The plan does not tell what the unit is in updates.</exception>
    public static double? Place(string text, RunPlan plan)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(plan);
        var match = Amount().Match(text.Trim());
        if (!HasUnit(text))
            return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double plain) ? plain : null;
        return Math.Round(Exactly(Amounted(match), match.Groups["unit"].Value, plan, match.Value));
    }

    /// <summary>Whether a text is a number with a unit.</summary>
    public static bool HasUnit(string text) => Amount().Match(text.Trim()) is { Success: true } match && match.Length == text.Trim().Length;

    static double Amounted(Match match) => double.Parse(match.Groups["number"].Value.Replace("_", ""), CultureInfo.InvariantCulture) * Size(match.Groups["size"].Value);

    static double Exactly(double amount, string unit, RunPlan plan, string written)
    {
        double? updates = unit switch
        {
            "%" => plan.Updates > 0 ? amount / 100 * plan.Updates : null,
            ['s', 'a', ..] => plan.Convert(amount, ProgressUnit.Samples, ProgressUnit.Updates),
            ['t', ..] => plan.Convert(amount, ProgressUnit.Tokens, ProgressUnit.Updates),
            ['e', ..] => plan.Convert(amount, ProgressUnit.Epochs, ProgressUnit.Updates),
            _ => amount,
        };
        return updates is { } found && double.IsFinite(found) ? found
            : throw new ConfigurationException($"'{written}' cannot be turned into updates: the plan does not tell how many {unit switch
            {
                "%" => "updates the run has",
                ['e', ..] => "updates an epoch has; the configuration needs the number of samples for that (--given samples=NUMBER)",
                ['t', ..] => "tokens an update has",
                _ => "samples an update has",
            }}");
    }

    static double Size(string letter) => letter switch { "k" => 1e3, "M" => 1e6, "B" or "G" => 1e9, "T" => 1e12, _ => 1 };

    [GeneratedRegex(@"(?<![\w.])(?<number>\d[\d_]*(\.\d+)?([eE][-+]?\d+)?)\s*(?<size>[kMGBT]?)\s*(?<unit>%|(?:updates?|steps?|samples?|tokens?|epochs?)\b)")]
    private static partial Regex Amount();
}
