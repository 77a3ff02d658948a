using System.Text;
using System.Text.RegularExpressions;

namespace Anneal.Tests.Schedules;

/// <summary>Damages valid specs at random and asks for what comes out: a schedule that survives being written, or a refusal.</summary>
sealed partial class Fuzz(int seed)
{
    readonly Random random = new(seed);
    /// <summary>The gallery's specs, which stay however long the run, and behind them what has grown out of them.</summary>
    readonly List<string> corpus = [.. Gallery.Schedules.SelectMany(s => new[] { ScheduleJson.Write(s), ScheduleJson.Write(s, indented: true), ScheduleNotation.Print(s) })];

    readonly int seeds = 3 * Gallery.Schedules.Count;

    /// <summary>What a parser might stumble over, and what may stand where numbers and words do.</summary>
    static readonly string[] pieces =
    [
        "(", ")", "[", "]", "{", "}", ",", ":", "=", ">", "\"", "\\", "\\u", "\\ud800", "\ud800", "\0", "\n", "\t", " ", "é", "𝛼", "_", "-", "+", ".", "e", "E",
        "0", "1", "-1", "1e308", "1e-324", "1e999", "-1e999", "0x10", "1_000", "99999999999999999999", "NaN", "Infinity", "null", "true", "0.1.2", "1e", "--1",
        " for 5", " for ", "for", "type", "\"type\"", "\"parts\":[", "\"first\":", "\"whole\":", "loop(", "cut(", "sequence(parts: [", "repeat(", "cosine(1, 2)",
        """{"type":"constant","value":1}""", """{"type":"looped","whole":""", "//", "/*", "'", "`",
    ];

    public int Accepted { get; private set; }

    public int Refused { get; private set; }

    /// <summary>The types of schedule that have been read.</summary>
    public HashSet<string> Types { get; } = [];

    /// <summary>The reasons given, without the numbers and words that vary.</summary>
    public HashSet<string> Reasons { get; } = [];

    /// <summary>One damaged spec, given to the parser it was meant for, and now and then to the other.</summary>
    public void Next()
    {
        string input = Damage(corpus[random.Next(corpus.Count)]);
        bool json = input.TrimStart().StartsWith('{') ^ random.Next(20) == 0;
        Schedule schedule;
        try
        {
            schedule = json ? ScheduleJson.Read(input) : ScheduleNotation.Parse(input);
        }
        catch (ScheduleFormatException refused)
        {
            if (refused.Message.Length is < 5 or > 2_000)
                throw new InvalidOperationException($"The message is no message: {Quote(refused.Message)} on {Quote(input)}");
            Refused++;
            Reasons.Add(Varying().Replace(refused.Message.Split('\n')[0], "·"));
            return;
        }
        catch (Exception crash)
        {
            throw new InvalidOperationException($"{(json ? "JSON" : "notation")} crashed on {Quote(input)}", crash);
        }
        Accepted++;
        string written = ScheduleJson.Write(schedule);
        foreach (Match type in TypeName().Matches(written))
            Types.Add(type.Groups[1].Value);
        if (!ScheduleJson.Read(written).Equals(schedule) || !ScheduleNotation.Parse(ScheduleNotation.Print(schedule)).Equals(schedule))
            throw new InvalidOperationException($"What was read does not survive being written: {Quote(input)}");
        // What is new is worth damaging further.
        if (input.Length < 2_000)
            Keep(input);
    }

    void Keep(string input)
    {
        if (corpus.Count < 4 * seeds)
            corpus.Add(input);
        else
            corpus[random.Next(seeds, corpus.Count)] = input;
    }

    string Damage(string spec)
    {
        var text = new StringBuilder(spec);
        for (int times = random.Next(1, 5); times > 0; times--)
        {
            int at = random.Next(text.Length + 1), count = Math.Min(random.Next(1, 20), text.Length - at);
            switch (random.Next(7))
            {
                case 0: text.Remove(at, count); break;
                case 1: text.Insert(at, text.ToString(at, count)); break;
                case 2: text.Insert(at, pieces[random.Next(pieces.Length)]); break;
                case 3: text.Remove(at, count).Insert(at, pieces[random.Next(pieces.Length)]); break;
                case 4: text.Insert(at, (char)random.Next(random.Next(2) == 0 ? 128 : 65536)); break;
                case 5: Renumber(text, at); break;
                default:
                    string other = corpus[random.Next(corpus.Count)];
                    int from = random.Next(other.Length);
                    text.Insert(at, other[from..random.Next(from, other.Length)]);
                    break;
            }
        }
        return text.ToString();
    }

    /// <summary>Puts another number where the next one stands.</summary>
    void Renumber(StringBuilder text, int at)
    {
        while (at < text.Length && !char.IsAsciiDigit(text[at]))
            at++;
        int end = at;
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] == '.'))
            end++;
        text.Remove(at, end - at).Insert(at, random.Next(3) switch { 0 => $"{random.Next(200)}", 1 => $"{random.NextDouble()}", _ => pieces[random.Next(27, 43)] });
    }

    /// <summary>A path, what stands in quotes, a guess at what was meant, and numbers.</summary>
    [GeneratedRegex(@"\$[^\s:]*|'[^']*'|""[^""]*""|; did you mean.*|-?[0-9][0-9.,eE+-]*|not .*$")]
    private static partial Regex Varying();

    [GeneratedRegex(@"""type"":""(\w+)""")]
    private static partial Regex TypeName();

    static string Quote(string input) => string.Concat(input.Select(c => c is < ' ' or > '~' ? $"\\u{(int)c:x4}" : c.ToString()));
}
