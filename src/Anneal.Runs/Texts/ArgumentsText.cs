using System.Text;
using System.Text.RegularExpressions;

namespace Anneal.Runs;

/// <summary>A command line, or the arguments of one: <c>--lr 3e-4 --clip-grad=1.0 --bf16</c>.</summary>
/// <remarks>
/// Words before the first option are the program. Dashes within a name become underscores, as argparse has it. Quotes, comments and
/// lines that go on after <c>\</c> are understood as a shell does; so are variables that the script itself sets, with defaults and sums
/// (<c>${NODES:-2}</c>, <c>$((GPUS * NODES))</c>), and options that stand in a variable or an array. Nothing is run.
/// </remarks>
static partial class ArgumentsText
{
    public static MapNode Read(string text)
    {
        var words = Words(text);
        var entries = new List<MapEntry>();
        for (int i = 0; i < words.Count; i++)
        {
            var (word, place, quoted, _) = words[i];
            if (quoted || !IsOption(word))
                continue;
            int equals = word.IndexOf('=');
            string name = (equals < 0 ? word : word[..equals]).TrimStart('-').Replace('-', '_');
            if (equals >= 0)
            {
                entries.Add(new(name, place, new ScalarNode(new(place.Line, place.Column + equals + 1), word[(equals + 1)..], ScalarKind.Plain)));
                continue;
            }
            var values = words.Skip(i + 1).TakeWhile(next => next.Quoted || !IsOption(next.Text) && !(next.First && Assignment().IsMatch(next.Text))).ToList();
            i += values.Count;
            ConfigNode[] nodes = [.. values.Select(value => new ScalarNode(value.Place, value.Text, ScalarKind.Plain))];
            entries.Add(new(name, place, nodes.Length switch
            {
                0 => new ScalarNode(place, "true", ScalarKind.Truth),
                1 => nodes[0],
                _ => new ListNode(values[0].Place, nodes),
            }));
        }
        return new(new(1, 1), entries);
    }

    /// <summary>A dash and a letter: a dash and a digit is a negative number.</summary>
    public static bool IsOption(string word) => word.StartsWith("--", StringComparison.Ordinal) ? word.Length > 2 && char.IsLetter(word[2])
        : word is ['-', var letter, ..] && char.IsLetter(letter);

    /// <summary>The words; First is the first of a line that does not go on from the one before.</summary>
    static List<(string Text, Place Place, bool Quoted, bool First)> Words(string text)
    {
        var words = new List<(string, Place, bool, bool)>();
        var word = new StringBuilder();
        var variables = new Dictionary<string, string>();
        int line = 1, lineStart = 0, start = -1, opened = -1;
        bool quoted = false, literal = false, first = true;
        for (int i = 0; i <= text.Length; i++)
        {
            char c = i < text.Length ? text[i] : '\n';
            if (i == opened)
                End();
            else if (c == '\\' && i + 1 < text.Length && text[i + 1] is '\n' or '\r')
            {
                End();
                i += text[i + 1] == '\r' && i + 2 < text.Length && text[i + 2] == '\n' ? 2 : 1;
                NewLine(i);
            }
            else if (c is '"' or '\'' && word.Length > 0 && word[^1] == '=' && Assignment().IsMatch(word.ToString()) && text.IndexOf(c, i + 1) is > 0 and var close && Option().IsMatch(text.AsSpan(i, close - i)))
            {
                // Options kept in a variable: they are read where they stand.
                opened = close;
                word.Clear();
                start = -1;
            }
            else if (c == '$' && i + 1 < text.Length && text[i + 1] is '{' or '(')
            {
                string end = text[i + 1] == '{' ? "}" : text.AsSpan(i).StartsWith("$((") ? "))" : ")";
                int last = text.IndexOf(end, i, StringComparison.Ordinal) is >= 0 and var found ? found + end.Length - 1 : i;
                Begin(i);
                word.Append(text, i, last - i + 1);
                i = last;
            }
            else if (c is '"' or '\'')
            {
                Begin(i);
                quoted |= word.Length == 0;
                literal |= c == '\'';
                for (i++; i < text.Length && text[i] != c; i++)
                    if (text[i] == '\\' && c == '"' && i + 1 < text.Length && text[i + 1] is '"' or '\\')
                        word.Append(text[++i]);
                    else
                    {
                        word.Append(text[i]);
                        if (text[i] == '\n')
                            NewLine(i);
                    }
            }
            else if (c == '(' && word.Length > 0 && word[^1] == '=')
            {
                // An array: what it holds is read where it stands.
                word.Clear();
                start = -1;
            }
            else if (char.IsWhiteSpace(c) || (c == '(' && start < 0) || (c == ')' && !word.ToString().Contains('(')))
            {
                End();
                if (c == '\n')
                {
                    NewLine(i);
                    first = true;
                }
            }
            else if (c == '#' && start < 0)
            {
                while (i + 1 < text.Length && text[i + 1] != '\n')
                    i++;
            }
            else
            {
                Begin(i);
                word.Append(c);
            }
        }
        return words;

        void Begin(int i) => start = start < 0 ? i : start;
        void NewLine(int i) => (line, lineStart) = (line + 1, i + 1);
        void End()
        {
            if (start >= 0)
            {
                string whole = literal ? word.ToString() : Filled(word.ToString(), variables);
                if (!quoted && Assignment().Match(whole) is { Success: true } set)
                    variables[set.Groups["name"].Value] = set.Groups["value"].Value;
                words.Add((whole, new(line, start - lineStart + 1), quoted, first));
                first = false;
            }
            word.Clear();
            (start, quoted, literal) = (-1, false, false);
        }
    }

    /// <summary>A word with the variables that the script has set above; what it has not set stays as it is written.</summary>
    static string Filled(string word, Dictionary<string, string> variables) => !word.Contains('$') ? word : Variable().Replace(word, match =>
    {
        if (match.Groups["sum"] is { Success: true } sum)
            return PythonText.Literal(Name().Replace(sum.Value, name => variables.GetValueOrDefault(name.Groups["name"].Value, name.Value)).Replace("/", "//").Trim()) is ScalarNode { Kind: ScalarKind.Number } number ? number.Text : match.Value;
        return variables.TryGetValue(match.Groups["name"].Value, out string? value) ? value
            : match.Groups["default"] is { Success: true } missing ? Filled(missing.Value, variables) : match.Value;
    });

    [GeneratedRegex(@"^(?<name>[A-Za-z_]\w*)=(?<value>.*)$", RegexOptions.Singleline)]
    private static partial Regex Assignment();

    [GeneratedRegex(@"\$\(\((?<sum>.*?)\)\)|\$\{(?<name>\w+)(?::?[-=](?<default>[^}]*))?\}|\$(?<name>[A-Za-z_]\w*)", RegexOptions.Singleline)]
    private static partial Regex Variable();

    [GeneratedRegex(@"\$?\{?(?<name>[A-Za-z_]\w*)\}?")]
    private static partial Regex Name();

    [GeneratedRegex(@"(^|[\s""'])--[A-Za-z]")]
    private static partial Regex Option();
}
