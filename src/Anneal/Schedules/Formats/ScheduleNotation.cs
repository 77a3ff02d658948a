using System.Globalization;
using System.Text;

namespace Anneal;

/// <summary>Schedules on one line: what one would say, and what a shell lets one type.</summary>
/// <example><code>warmup(3e-4, 500) > constant(3e-4) for 8000 > cosine(3e-4, 1500, floor: 3e-5)</code></example>
/// <remarks>
/// <code>
/// chain    = item { "&gt;" item }                  then, each from its own step 0
/// item     = ( call | "(" chain ")" ) { "for" number }
/// call     = word "(" [ argument { "," argument } ] ")"
/// argument = [ name ( ":" | "=" ) ] ( number | word | text | list | chain )
/// text     = '"' { character | '\"' | '\\' } '"'
/// list     = "[" [ argument { "," argument } ] "]"
/// </code>
/// Words and members are those of <see cref="ScheduleJson.Types"/>; members without a name come in order.
/// </remarks>
public static class ScheduleNotation
{
    /// <summary>Reads one schedule.</summary>
    /// <exception cref="ScheduleFormatException">The text is not a schedule; the message has a caret under the place.</exception>
    public static Schedule Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Form.Bind(new NotationParser(text).Parse());
    }

    /// <summary>Reads a rate as people type one: a number, which is constant, or a schedule.</summary>
    /// <exception cref="ScheduleFormatException">The text is neither; of something like 0,1 the message says how numbers are written.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 0 or not finite.</exception>
    public static Schedule ParseRate(string text) => ParseRate(text, Parse);

    /// <summary>The same where a schedule may come from elsewhere too, such as a file.</summary>
    internal static Schedule ParseRate(string text, Func<string, Schedule> read)
    {
        ArgumentNullException.ThrowIfNull(text);
        // Not the default styles: they take a comma between any two digits for one of thousands, and 0,1 for 1.
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double rate) ? new Constant(rate)
            : text.Any(char.IsAsciiDigit) && text.All(c => char.IsAsciiDigit(c) || char.IsWhiteSpace(c) || c is ',' or '.' or '+' or '-' or 'e' or 'E')
            ? throw new ScheduleFormatException($"'{Written.Short(text)}' is not a number: write a tenth as 0.1, and a thousand as 1000.")
            : read(text);
    }

    /// <summary>Writes a schedule so that <see cref="Parse"/> gives an equal one.</summary>
    /// <exception cref="ScheduleFormatException">It holds a schedule that is not of this library.</exception>
    public static string Print(Schedule schedule)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        var text = new StringBuilder();
        Print(text, schedule);
        return text.ToString();
    }

    static void Print(StringBuilder text, Schedule schedule)
    {
        switch (schedule)
        {
            case Sequence { Parts.Count: > 1 } sequence:
                PrintChain(text, sequence.Parts);
                break;
            case Continuation { Next: not (Segment or Continuation) } continuation:
                PrintChain(text, continuation.First is Sequence first ? [.. first.Parts, continuation.Next] : [continuation.First, continuation.Next]);
                break;
            case Take cut:
                PrintItem(text, cut.Whole);
                text.Append($" for {Written.Number(cut.Steps)}");
                break;
            default:
                PrintCall(text, schedule);
                break;
        }
    }

    static void PrintChain(StringBuilder text, IReadOnlyList<Schedule> parts)
    {
        for (int i = 0; i < parts.Count; i++)
        {
            text.Append(i > 0 ? " > " : "");
            PrintItem(text, parts[i]);
        }
    }

    /// <summary>A chain inside another, or before a "for", is put in parentheses.</summary>
    static void PrintItem(StringBuilder text, Schedule schedule)
    {
        bool chain = schedule is Sequence { Parts.Count: > 1 } or Continuation { Next: not (Segment or Continuation) };
        text.Append(chain ? "(" : "");
        Print(text, schedule);
        text.Append(chain ? ")" : "");
    }

    /// <summary>What must be given comes by position; what has a default by name, and only where it differs.</summary>
    static void PrintCall(StringBuilder text, Schedule schedule)
    {
        var form = Forms.Of(schedule, "notation");
        text.Append($"{form.Word}(");
        string separator = "";
        foreach (var (member, value) in form.Members.Zip(form.Take(schedule)))
        {
            if (value is null || (member.Default is { } left && left == Plain(value)))
                continue;
            text.Append(separator).Append(member.Default is null ? "" : $"{member.Name}: ");
            PrintValue(text, value);
            separator = ", ";
        }
        text.Append(')');
    }

    static void PrintValue(StringBuilder text, object value)
    {
        switch (value)
        {
            case Schedule part: Print(text, part); break;
            case IEnumerable<double> numbers: text.Append($"[{string.Join(", ", numbers.Select(Written.Number))}]"); break;
            case IReadOnlyList<Segment> parts:
                text.Append('[');
                PrintChain(text, parts);
                text.Append(']');
                break;
            default: text.Append(Plain(value)); break;
        }
    }

    static string? Plain(object value) => value switch
    {
        double number => Written.Number(number),
        int number => Written.Number(number),
        string quoted => $"\"{quoted.Replace(@"\", @"\\").Replace("\"", "\\\"")}\"",
        Enum word => Written.Camel(word.ToString()),
        _ => null,
    };
}
