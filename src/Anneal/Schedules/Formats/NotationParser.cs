using System.Globalization;
using System.Text;

namespace Anneal;

/// <summary>The grammar of <see cref="ScheduleNotation"/>, one method for each of its lines.</summary>
sealed class NotationParser(string text)
{
    int at;
    int depth;

    public Node Parse()
    {
        var chain = Chain();
        return at == text.Length ? chain : throw Here.Refuse($"expected '>', 'for' or the end, not {Found}");
    }

    Node Chain()
    {
        Skip();
        var start = Here;
        List<Node> items = [Item()];
        while (Accept('>'))
            items.Add(Item());
        return items.Count == 1 ? items[0] : Call("sequence", start, ("parts", new Node(NodeKind.List, start) { Items = items }));
    }

    Node Item()
    {
        Skip();
        var start = Here;
        Enter(start);
        Node item;
        if (Accept('('))
        {
            item = Chain();
            Expect(')');
        }
        else
        {
            string word = Word();
            if (word.Length == 0)
                throw start.Refuse($"expected a schedule, such as cosine(0.1, 100), not {Found}");
            if (Peek != '(')
                throw Here.Refuse($"expected '(' after '{Written.Short(word)}', not {Found}");
            item = Arguments(word, start);
        }
        while (AcceptWord("for"))
        {
            Enter(Here);
            item = Call("cut", start, ("whole", item), ("steps", Number()));
        }
        depth = start.Depth;
        return item;
    }

    Node Arguments(string word, NotationPlace start)
    {
        Expect('(');
        List<(string?, Node)> arguments = [];
        if (!Accept(')'))
        {
            do
                arguments.Add(Argument());
            while (Accept(','));
            Expect(')');
        }
        return Call(word, start, [.. arguments]);
    }

    (string?, Node) Argument()
    {
        int start = at;
        string name = Word();
        if (name.Length > 0 && (Accept(':') || Accept('=')))
            return (name, Value());
        at = start;
        return (null, Value());
    }

    Node Value()
    {
        var start = Here;
        if (Peek is '+' or '-' or '.' || char.IsAsciiDigit(Peek))
            return Number();
        if (Accept('['))
            return List(start);
        if (Peek == '"')
            return new Node(NodeKind.Word, start) { Text = Quoted(start) };
        int before = at;
        string word = Word();
        if (word.Length > 0 && Peek != '(')
            return new Node(NodeKind.Word, start) { Text = word };
        at = before;
        return Chain();
    }

    string Quoted(NotationPlace start)
    {
        var quoted = new StringBuilder();
        for (at++; Peek != '"'; at++)
        {
            if (Peek == '\\')
                at++;
            if (at >= text.Length)
                throw start.Refuse("this text has no closing quotation mark");
            quoted.Append(text[at]);
        }
        at++;
        return quoted.ToString();
    }

    Node List(NotationPlace start)
    {
        Enter(start);
        List<Node> items = [];
        if (!Accept(']'))
        {
            do
                items.Add(Value());
            while (Accept(','));
            Expect(']');
        }
        depth = start.Depth;
        return new Node(NodeKind.List, start) { Items = items };
    }

    /// <summary>A number as in C#: digits may be grouped by underscores.</summary>
    Node Number()
    {
        Skip();
        var start = Here;
        int first = at;
        if (Peek is '+' or '-')
            at++;
        while (char.IsAsciiDigit(Peek) || Peek is '.' or '_' || (at > first && Peek is 'e' or 'E') || (at > first && Peek is '+' or '-' && text[at - 1] is 'e' or 'E'))
            at++;
        string digits = text[first..at];
        if (!double.TryParse(digits.Replace("_", ""), NumberStyles.Float, CultureInfo.InvariantCulture, out double value))
        {
            at = first;
            throw start.Refuse(digits.Length == 0 ? $"expected a number, not {Found}" : $"'{Written.Short(digits)}' is not a number");
        }
        return new Node(NodeKind.Number, start) { Number = value };
    }

    string Word()
    {
        int start = at;
        while (at < text.Length && (char.IsAsciiLetter(text[at]) || (at > start && char.IsAsciiDigit(text[at]))))
            at++;
        string word = text[start..at];
        Skip();
        return word;
    }

    static Node Call(string word, NotationPlace place, params (string?, Node)[] arguments) =>
        new(NodeKind.Call, place) { Text = word, Arguments = arguments };

    void Enter(NotationPlace place)
    {
        if (++depth > Require.MaxDepth)
            throw place.Refuse($"schedules may lie at most {Require.MaxDepth} deep inside one another; this is {depth} deep");
    }

    NotationPlace Here => new(text, at, depth);

    char Peek => at < text.Length ? text[at] : '\0';

    string Found => at == text.Length ? "the end" : $"'{Written.Short(text.Substring(at, char.IsSurrogatePair(text, at) ? 2 : 1))}'";

    void Skip()
    {
        while (char.IsWhiteSpace(Peek))
            at++;
    }

    bool Accept(char c)
    {
        Skip();
        if (at == text.Length || text[at] != c)
            return false;
        at++;
        Skip();
        return true;
    }

    bool AcceptWord(string word)
    {
        Skip();
        int start = at;
        if (Word() == word)
            return true;
        at = start;
        return false;
    }

    void Expect(char c)
    {
        if (!Accept(c))
            throw Here.Refuse($"expected '{c}', not {Found}");
    }
}

/// <summary>A place in notation.</summary>
/// <param name="text">The whole text.</param>
/// <param name="position">Where in it, counted from 0.</param>
/// <param name="depth">How deep it lies.</param>
sealed class NotationPlace(string text, int position, int depth) : Place
{
    const int Around = 60;

    public int Depth => depth;

    public int Position => position;

    public override ScheduleFormatException Refuse(string reason)
    {
        int from = Math.Max(0, position - Around), to = Math.Min(text.Length, position + Around);
        string before = (from > 0 ? "…" : "") + Line(text[from..position]), after = Line(text[position..to]) + (to < text.Length ? "…" : "");
        return new($"{Sentence(reason)}\n    {before}{after}\n    {new string(' ', before.Length)}^", position: position);
    }

    public override Place Of(string member) => this;

    static string Line(string part) => string.Concat(part.Select(c => char.IsControl(c) ? ' ' : c));
}
