using System.Text;

namespace Anneal.Runs;

/// <summary>A command line, or the arguments of one: <c>--lr 3e-4 --clip-grad=1.0 --bf16</c>.</summary>
/// <remarks>
/// Words before the first option are the program. Dashes within a name become underscores, as argparse has it. Quotes, comments and
/// lines that go on after <c>\</c> are understood as a shell does; variables are not filled in.
/// </remarks>
static class ArgumentsText
{
    public static MapNode Read(string text)
    {
        var words = Words(text);
        var entries = new List<MapEntry>();
        for (int i = 0; i < words.Count; i++)
        {
            var (word, place, quoted) = words[i];
            if (quoted || !IsOption(word))
                continue;
            int equals = word.IndexOf('=');
            string name = (equals < 0 ? word : word[..equals]).TrimStart('-').Replace('-', '_');
            if (equals >= 0)
            {
                entries.Add(new(name, place, new ScalarNode(new(place.Line, place.Column + equals + 1), word[(equals + 1)..], ScalarKind.Plain)));
                continue;
            }
            var values = words.Skip(i + 1).TakeWhile(next => next.Quoted || !IsOption(next.Text)).ToList();
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

    static List<(string Text, Place Place, bool Quoted)> Words(string text)
    {
        var words = new List<(string, Place, bool)>();
        var word = new StringBuilder();
        int line = 1, lineStart = 0, start = -1;
        bool quoted = false;
        for (int i = 0; i <= text.Length; i++)
        {
            char c = i < text.Length ? text[i] : '\n';
            if (c == '\\' && i + 1 < text.Length && text[i + 1] is '\n' or '\r')
            {
                End();
                i += text[i + 1] == '\r' && i + 2 < text.Length && text[i + 2] == '\n' ? 2 : 1;
                NewLine(i);
            }
            else if (c is '"' or '\'')
            {
                Begin(i);
                quoted |= word.Length == 0;
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
            else if (char.IsWhiteSpace(c) || (c is '(' or ')' && start < 0))
            {
                End();
                if (c == '\n')
                    NewLine(i);
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
                words.Add((word.ToString(), new(line, start - lineStart + 1), quoted));
            word.Clear();
            (start, quoted) = (-1, false);
        }
    }
}
