using System.Globalization;
using System.Text;

namespace Anneal.Runs;

/// <summary>A Python configuration made of literals: <c>name = dict(type='PolyLR', power=0.9)</c>, one assignment after another.</summary>
/// <remarks>Names set above, calls of <c>dict</c>, <c>list</c> and <c>tuple</c>, and + − * / ** between numbers are understood; nothing is executed.</remarks>
sealed class PythonText
{
    readonly string text;
    readonly Dictionary<string, ConfigNode> names = [];
    int at;

    PythonText(string text) => this.text = text;

    /// <summary>A file of assignments.</summary>
    public static MapNode Read(string text) => new PythonText(text).Assignments();

    /// <summary>One literal, such as the <c>(60, 80)</c> that a YAML scalar holds; null if it is none.</summary>
    public static ConfigNode? Literal(string text)
    {
        var reader = new PythonText(text);
        try
        {
            var value = reader.Expression();
            reader.Blank();
            return reader.at == text.Length ? value : null;
        }
        catch (ConfigurationException)
        {
            return null;
        }
    }

    MapNode Assignments()
    {
        var entries = new List<MapEntry>();
        for (Blank(lines: true); at < text.Length; Blank(lines: true))
        {
            int start = at;
            string name = Name();
            Blank();
            if (name.Length == 0 || !Take('=') || Peek('='))
            {
                // An import, a comment in quotes, a condition: nothing that sets a rate.
                if (name is "if" or "for" or "def" or "class" or "while")
                    throw Refuse($"'{name}' cannot be read: only assignments of literals are", start);
                SkipStatement();
                continue;
            }
            var value = Expression();
            names[name] = value;
            entries.Add(new(name, Place.At(text, start), value));
        }
        return new(new(1, 1), entries);
    }

    void SkipStatement()
    {
        if (at < text.Length && text[at] is '"' or '\'')
            Expression();
        else
            while (at < text.Length && text[at] != '\n')
                at++;
    }

    ConfigNode Expression()
    {
        var left = Product();
        while (true)
        {
            Blank();
            if (Peek('+') || Peek('-'))
            {
                char sign = text[at++];
                var right = Product();
                left = left is ListNode a && right is ListNode b && sign == '+' ? new ListNode(a.Place, [.. a.Items, .. b.Items])
                    : Number(left, right, sign == '+' ? (x, y) => x + y : (x, y) => x - y);
            }
            else
                return left;
        }
    }

    ConfigNode Product()
    {
        var left = Power();
        while (true)
        {
            Blank();
            if (Peek('*'))
            {
                at++;
                left = Number(left, Power(), (x, y) => x * y);
            }
            else if (Peek('/'))
            {
                at++;
                left = Take('/') ? Number(left, Power(), (x, y) => Math.Floor(x / y)) : Number(left, Power(), (x, y) => x / y);
            }
            else
                return left;
        }
    }

    ConfigNode Power()
    {
        var left = Atom();
        Blank();
        if (!(Peek('*') && at + 1 < text.Length && text[at + 1] == '*'))
            return left;
        at += 2;
        return Number(left, Power(), Math.Pow);
    }

    ConfigNode Number(ConfigNode left, ConfigNode right, Func<double, double, double> combine) => Value(left) is { } x && Value(right) is { } y
        ? new ScalarNode(left.Place, combine(x, y).ToString("R", CultureInfo.InvariantCulture), ScalarKind.Number)
        : throw Refuse("only numbers can be calculated with", at);

    static double? Value(ConfigNode node) => node is ScalarNode { Kind: ScalarKind.Number } scalar ? PythonNumber.Float(scalar.Text) : null;

    ConfigNode Atom()
    {
        Blank();
        var place = Place.At(text, at);
        if (at >= text.Length)
            throw Refuse("a value is missing", at);
        switch (text[at])
        {
            case '[':
                return Items(place, ']');
            case '(':
                return Tuple(place);
            case '{':
                return Template(place) ?? Braces(place);
            case '-' or '+':
                return Number(new ScalarNode(place, "0", ScalarKind.Number), AfterSign(out bool minus), minus ? (_, y) => -y : (_, y) => y);
            case '"' or '\'':
                var joined = new StringBuilder(Quoted());
                for (Blank(); Peek('"') || Peek('\''); Blank())
                    joined.Append(Quoted());
                return new ScalarNode(place, joined.ToString(), ScalarKind.Text);
            case var digit when char.IsDigit(digit) || digit == '.':
                return new ScalarNode(place, Digits(), ScalarKind.Number);
        }
        int start = at;
        string name = Name();
        if (name.Length == 0)
            throw Refuse($"'{text[at]}' was not expected", at);
        while (Take('.'))
            name += $".{Name()}";
        Blank();
        if (Peek('('))
            return Call(name, place, start);
        return name switch
        {
            "True" or "False" => new ScalarNode(place, name.ToLowerInvariant(), ScalarKind.Truth),
            "None" => new ScalarNode(place, name, ScalarKind.Null),
            _ when names.TryGetValue(name, out var known) => known,
            _ => new ScalarNode(place, name, ScalarKind.Text), // an imported class such as type=AdamW
        };
    }

    ConfigNode AfterSign(out bool minus)
    {
        minus = text[at++] == '-';
        return Power();
    }

    ConfigNode Call(string name, Place place, int start)
    {
        at++;
        if (name is "list" or "tuple" or "set")
        {
            Blank();
            var inner = Peek(')') ? new ListNode(place, []) : Expression();
            Close(')');
            return inner;
        }
        if (name != "dict")
            throw Refuse($"'{name}(…)' cannot be read: only dict, list and tuple are called here; write its result", start);
        var entries = new List<MapEntry>();
        for (Blank(); !Peek(')'); Blank())
        {
            int key = at;
            if (Peek('*'))
            {
                at += 2;
                if (Expression() is MapNode spread)
                    entries.AddRange(spread.Entries);
            }
            else
            {
                string word = Name();
                Blank();
                if (word.Length == 0 || !Take('='))
                    throw Refuse("dict(…) takes name=value", key);
                entries.Add(new(word, Place.At(text, key), Expression()));
            }
            Blank();
            if (!Take(','))
                break;
        }
        Close(')');
        return new MapNode(place, entries);
    }

    ConfigNode Tuple(Place place)
    {
        at++;
        var items = new List<ConfigNode>();
        bool comma = false;
        for (Blank(); !Peek(')'); Blank())
        {
            items.Add(Expression());
            Blank();
            if (!Take(','))
                break;
            comma = true;
        }
        Close(')');
        return items.Count == 1 && !comma ? items[0] : new ListNode(place, items);
    }

    ListNode Items(Place place, char end)
    {
        at++;
        var items = new List<ConfigNode>();
        for (Blank(); !Peek(end); Blank())
        {
            items.Add(Expression());
            Blank();
            if (!Take(','))
                break;
        }
        Close(end);
        return new(place, items);
    }

    /// <summary><c>{{_base_.name}}</c>, which stands for a value of another file; null where braces are a dictionary.</summary>
    ConfigNode? Template(Place place)
    {
        if (!text.AsSpan(at).StartsWith("{{") || text.IndexOf("}}", at, StringComparison.Ordinal) is not (> 0 and var end) || !text[(at + 2)..end].All(c => char.IsLetterOrDigit(c) || c is '_' or '.' or ' ' or ':' or '$'))
            return null;
        string inner = text[at..(end + 2)];
        at = end + 2;
        return new ScalarNode(place, inner, ScalarKind.Text);
    }

    ConfigNode Braces(Place place)
    {
        at++;
        var entries = new List<MapEntry>();
        for (Blank(); !Peek('}'); Blank())
        {
            var key = Expression();
            Blank();
            if (!Take(':'))
                throw Refuse("a dictionary takes key: value", at);
            entries.Add(new((key as ScalarNode)?.Text ?? key.Description, key.Place, Expression()));
            Blank();
            if (!Take(','))
                break;
        }
        Close('}');
        return new MapNode(place, entries);
    }

    string Quoted()
    {
        int start = at;
        char quote = text[at];
        bool triple = text.AsSpan(at).StartsWith([quote, quote, quote]);
        string end = triple ? new(quote, 3) : quote.ToString();
        at += end.Length;
        var word = new StringBuilder();
        while (at < text.Length && !text.AsSpan(at).StartsWith(end))
        {
            if (text[at] == '\\' && at + 1 < text.Length)
                at++;
            word.Append(text[at++]);
        }
        if (at >= text.Length)
            throw Refuse("the quote is not closed", start);
        at += end.Length;
        return word.ToString();
    }

    string Digits()
    {
        int start = at;
        while (at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] is '.' or '_' || (text[at] is '+' or '-' && text[at - 1] is 'e' or 'E')))
            at++;
        string digits = text[start..at];
        return PythonNumber.Float(digits) is null ? throw Refuse($"{digits} is not a number", start) : digits;
    }

    string Name()
    {
        int start = at;
        while (at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] == '_') && !(at == start && char.IsDigit(text[at])))
            at++;
        return text[start..at];
    }

    bool Peek(char c) => at < text.Length && text[at] == c;

    bool Take(char c)
    {
        if (!Peek(c))
            return false;
        at++;
        return true;
    }

    void Close(char c)
    {
        Blank();
        if (!Take(c))
            throw Refuse($"'{c}' is missing", at);
    }

    int depth;

    /// <summary>Blanks and comments; line ends too where a bracket is open, which <paramref name="lines"/> stands for at the top.</summary>
    void Blank(bool lines = false)
    {
        while (at < text.Length)
        {
            if (text[at] == '#')
                while (at < text.Length && text[at] != '\n')
                    at++;
            else if (text[at] == '\\' && at + 1 < text.Length && text[at + 1] is '\n' or '\r')
                at += 2;
            else if (text[at] == '\n' ? lines || Inside() : char.IsWhiteSpace(text[at]))
                at++;
            else
                return;
        }
    }

    /// <summary>Whether a bracket is open here; counted from where it was last asked.</summary>
    bool Inside()
    {
        for (; counted < at; counted++)
            if (text[counted] is '"' or '\'')
                counted = EndOfQuote(counted);
            else if (text[counted] == '#')
                while (counted + 1 < text.Length && text[counted + 1] != '\n')
                    counted++;
            else
                depth += text[counted] is '(' or '[' or '{' ? 1 : text[counted] is ')' or ']' or '}' ? -1 : 0;
        return depth > 0;
    }

    int counted;

    int EndOfQuote(int start)
    {
        char quote = text[start];
        string end = text.AsSpan(start).StartsWith([quote, quote, quote]) ? new(quote, 3) : quote.ToString();
        int i = start + end.Length;
        while (i < text.Length && !text.AsSpan(i).StartsWith(end))
            i += text[i] == '\\' ? 2 : 1;
        return i + end.Length - 1;
    }

    ConfigurationException Refuse(string reason, int index) => new(reason, Place.At(text, index));
}
