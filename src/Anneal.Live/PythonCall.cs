using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Anneal.Live;

/// <summary>A scheduler as it stands in a Python program: its class or function with its arguments by name.</summary>
/// <param name="Json">The same as a configuration that <see cref="SchedulerImport"/> reads.</param>
sealed partial record PythonCall(string Json)
{
    /// <summary>No scheduler takes lists of lists of lists; what lies deeper than this is refused before the stack is used up.</summary>
    const int MaxNesting = 64;

    /// <summary>Reads <c>scheduler = lr_scheduler.OneCycleLR(optimizer, max_lr=0.1, total_steps=1000)</c>; null for what is no such call.</summary>
    /// <remarks>An optimizer that is handed over is left out; whatever else has no name is refused, since its place says nothing here.</remarks>
    /// <exception cref="ScheduleFormatException">It is a call, but not of a scheduler that is known, or with arguments that are no plain values.</exception>
    public static PythonCall? Read(string text)
    {
        if (Call().Match(text) is not { Success: true } call)
            return null;
        string name = call.Groups["name"].Value;
        var (framework, scheduler) = Known(name);
        var members = new List<string>();
        foreach (string argument in Arguments(call.Groups["arguments"].Value))
        {
            if (Named().Match(argument) is { Success: true } named)
            {
                string member = named.Groups["name"].Value;
                if (member is not ("optimizer" or "last_epoch" or "verbose" or "name"))
                    members.Add($"\"{member}\": {Value(named.Groups["value"].Value, member)}");
            }
            else if (members.Count > 0 || !Word().IsMatch(argument))
            {
                throw new ScheduleFormatException($"Write the arguments of {name} by name, such as lr=0.1; '{Written.Short(argument)}' has none.");
            }
        }
        return new($"{{\"framework\": \"{framework}\", \"scheduler\": \"{scheduler}\", \"params\": {{{string.Join(", ", members)}}}}}");
    }

    /// <summary>The framework that has a scheduler of this name; Transformers' functions are called <c>get_…_schedule…</c> around its own names.</summary>
    static (string Framework, string Scheduler) Known(string name)
    {
        string bare = name.StartsWith("get_", StringComparison.Ordinal) ? name["get_".Length..].Replace("_schedule", "", StringComparison.Ordinal) : name;
        foreach (string wanted in (string[])[name, bare, bare.Replace("_with_warmup", "", StringComparison.Ordinal)])
            if (SchedulerImport.All.FirstOrDefault(all => all.Schedulers.Contains(wanted)) is { Framework: { } framework })
                return (framework, wanted);
        throw new ScheduleFormatException($"No framework that is read here has a scheduler '{Written.Short(name)}'.");
    }

    /// <summary>What stands between the commas that are not inside brackets or quotes.</summary>
    static IEnumerable<string> Arguments(string text)
    {
        int depth = 0, from = 0;
        char quote = '\0';
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (quote != '\0')
                quote = c == quote ? '\0' : quote;
            else if (c is '"' or '\'')
                quote = c;
            else if (c is '(' or '[' or '{')
                depth++;
            else if (c is ')' or ']' or '}')
                depth--;
            else if (c == ',' && depth == 0)
            {
                if (text[from..i].Trim() is { Length: > 0 } one)
                    yield return one;
                from = i + 1;
            }
        }
        if (text[from..].Trim() is { Length: > 0 } rest)
            yield return rest;
    }

    /// <summary>A value of Python as JSON.</summary>
    static string Value(string python, string member, int depth = 0)
    {
        if (depth > MaxNesting)
            throw new ScheduleFormatException($"{member}: lists may lie at most {MaxNesting} deep inside one another.");
        string value = python.Trim();
        if (value is "True" or "False" or "None")
            return value is "None" ? "null" : value.ToLowerInvariant();
        if (Number().IsMatch(value))
            return double.Parse(value.Replace("_", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) is var number && double.IsFinite(number)
                ? number.ToString("R", CultureInfo.InvariantCulture)
                : throw new ScheduleFormatException($"{member} must be a finite number; '{Written.Short(value)}' is too large.");
        if (value.Length >= 2 && value[0] is '"' or '\'' && value[^1] == value[0])
            return $"\"{JsonEncodedText.Encode(value[1..^1])}\"";
        if (value is ['[', .., ']'] or ['(', .., ')'])
            return $"[{string.Join(", ", Arguments(value[1..^1]).Select(item => Value(item, member, depth + 1)))}]";
        throw new ScheduleFormatException($"{member} must be a number, a text, True, False, None or a list of such; it is '{Written.Short(value)}'.");
    }

    [GeneratedRegex(@"^\s*(?:\w+\s*=\s*)?(?:\w+\.)*(?<name>[A-Za-z_]\w*)\s*\((?<arguments>.*)\)\s*$", RegexOptions.Singleline)]
    private static partial Regex Call();

    [GeneratedRegex(@"^(?<name>[A-Za-z_]\w*)\s*=\s*(?<value>.+)$", RegexOptions.Singleline)]
    private static partial Regex Named();

    [GeneratedRegex(@"^[A-Za-z_][\w.]*$")]
    private static partial Regex Word();

    [GeneratedRegex(@"^[+-]?(?:\d[\d_]*(?:\.[\d_]*)?|\.\d+)(?:[eE][+-]?\d+)?$")]
    private static partial Regex Number();
}
