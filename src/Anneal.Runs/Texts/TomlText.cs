using Tomlyn.Parsing;
using Tomlyn.Syntax;

namespace Anneal.Runs;

/// <summary>TOML as a tree that knows where each key stands.</summary>
static class TomlText
{
    public static ConfigNode Read(string text)
    {
        var document = SyntaxParser.Parse(text, "", true);
        if (document.Diagnostics.FirstOrDefault(d => d.Kind == DiagnosticMessageKind.Error) is { } broken)
            throw new ConfigurationException($"this is not TOML: {broken.Message.TrimEnd('.')}", At(broken.Span));
        var root = new Table(new(1, 1));
        foreach (var pair in document.KeyValues)
            Set(root, pair);
        foreach (var table in document.Tables)
        {
            var keys = Keys(table.Name!).ToList();
            var at = At(table.Span);
            var target = root;
            for (int i = 0; i < keys.Count; i++)
                target = i == keys.Count - 1 && table is TableArraySyntax ? target.Append(keys[i], at) : target.Child(keys[i], at);
            foreach (var pair in table.Items)
                Set(target, pair);
        }
        return root.Node();
    }

    static void Set(Table table, KeyValueSyntax pair)
    {
        var keys = Keys(pair.Key!).ToList();
        foreach (string key in keys.SkipLast(1))
            table = table.Child(key, At(pair.Span));
        table.Values.Add(new(keys[^1], At(pair.Span), Value(pair.Value!)));
    }

    static IEnumerable<string> Keys(KeySyntax key) => [Name(key.Key!), .. key.DotKeys.Select(dot => Name(dot.Key!))];

    static string Name(BareKeyOrStringValueSyntax name) => name switch
    {
        BareKeySyntax bare => bare.Key!.Text!,
        StringValueSyntax text => text.Value!,
        _ => name.ToString().Trim(),
    };

    static ConfigNode Value(ValueSyntax value)
    {
        var at = At(value.Span);
        return value switch
        {
            StringValueSyntax text => new ScalarNode(at, text.Value!, ScalarKind.Text),
            IntegerValueSyntax integer => new ScalarNode(at, integer.Token!.Text!, ScalarKind.Number), // the token alone: the text of the node has the comment behind it
            FloatValueSyntax number => new ScalarNode(at, number.Token!.Text!, ScalarKind.Number),
            BooleanValueSyntax truth => new ScalarNode(at, truth.Value ? "true" : "false", ScalarKind.Truth),
            ArraySyntax array => new ListNode(at, [.. array.Items.Select(item => Value(item.Value!))]),
            InlineTableSyntax inline => Inline(inline, at),
            _ => new ScalarNode(at, value.ToString().Trim(), ScalarKind.Text),
        };
    }

    static MapNode Inline(InlineTableSyntax inline, Place at)
    {
        var table = new Table(at);
        foreach (var item in inline.Items)
            Set(table, item.KeyValue!);
        return table.Node();
    }

    static Place At(SourceSpan span) => new(span.Start.Line + 1, span.Start.Column + 1);

    /// <summary>A table while its keys arrive.</summary>
    sealed class Table(Place place)
    {
        readonly Dictionary<string, Table> children = [];
        readonly Dictionary<string, List<Table>> lists = [];

        public List<MapEntry> Values { get; } = [];

        public Table Child(string key, Place at) => lists.TryGetValue(key, out var list) ? list[^1]
            : children.TryGetValue(key, out var known) ? known : children[key] = new(at);

        public Table Append(string key, Place at)
        {
            if (!lists.TryGetValue(key, out var list))
                lists[key] = list = [];
            list.Add(new(at));
            return list[^1];
        }

        public MapNode Node() => new(place, [.. Values, .. children.Select(c => new MapEntry(c.Key, c.Value.Start, c.Value.Node())),
            .. lists.Select(l => new MapEntry(l.Key, l.Value[0].Start, new ListNode(l.Value[0].Start, [.. l.Value.Select(t => t.Node())])))]);

        Place Start => place;
    }
}
