using System.Globalization;
using System.Text.RegularExpressions;

namespace Anneal.Runs;

/// <summary>A log in lines for people: <c>iteration 100/5000 | learning rate: 3.0E-04 | lm loss: 2.1</c>.</summary>
static partial class TextLog
{
    /// <summary>Whether a line tells a rate with its number, which a header does not.</summary>
    public static bool Tells(string line) => Rate().IsMatch(line);

    /// <summary>Reads the lines that have a rate; null if there is none.</summary>
    public static RunLog? Read(TextReader reader, string? rate, string? step)
    {
        var rates = rate is null ? Rate() : Named(rate);
        var steps = step is null ? Step() : Named(step);
        var log = new LogBuilder();
        string stepName = "entry";
        while (reader.ReadLine() is { } line)
            if (rates.Match(line) is { Success: true } found)
            {
                double at = log.Count;
                if (steps.Match(line) is { Success: true } place && double.TryParse(place.Groups["number"].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out at))
                    stepName = place.Groups["name"].Value;
                log.Add(at, found.Groups["number"].Value);
            }
        return log.Count == 0 ? null : log.Build(rate ?? "learning rate", stepName);
    }

    static Regex Named(string name) => new($@"(?<![\w/])(?<name>{Regex.Escape(name)})['""]?\s*[:=]?\s*['""]?(?<number>[-+]?[\d.]+(?:[eE][-+]?\d+)?)", RegexOptions.CultureInvariant);

    [GeneratedRegex(@"(?<![\w/])(?<name>learning[_ ]rate|lr)['""]?\s*[:=]\s*['""]?(?<number>[-+]?[\d.]+(?:[eE][-+]?\d+)?)|(?<=\bstep\s+\d+ of \d+\s+)(?<name>rate)\s+(?<number>[-+]?[\d.]+(?:[eE][-+]?\d+)?)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Rate();

    [GeneratedRegex(@"(?<![\w/])(?<name>global[_ ]step|iteration|iter|step|update)s?['""]?\s*[:=\[]?\s*(?<number>\d+)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Step();
}
