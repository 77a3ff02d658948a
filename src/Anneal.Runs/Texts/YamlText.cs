using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Anneal.Runs;

/// <summary>YAML as a tree that knows where each key stands.</summary>
/// <remarks>What a scalar that is not quoted means is left open: PyYAML reads <c>1e-4</c> as a text, OmegaConf as a number.</remarks>
static class YamlText
{
    public static ConfigNode Read(string text)
    {
        try
        {
            var parser = new Parser(new StringReader(text));
            parser.Consume<StreamStart>();
            if (parser.Accept<StreamEnd>(out _))
                return MapNode.Empty;
            parser.Consume<DocumentStart>();
            return Node(parser, []);
        }
        catch (YamlException broken)
        {
            throw new ConfigurationException($"this is not YAML: {broken.Message.TrimEnd('.')}", new((int)broken.Start.Line, (int)broken.Start.Column));
        }
    }

    static ConfigNode Node(Parser parser, Dictionary<string, ConfigNode> anchors)
    {
        var here = parser.Current as NodeEvent;
        if (parser.TryConsume<AnchorAlias>(out var alias))
            return anchors.TryGetValue(alias.Value.Value, out var known) ? known
                : throw new ConfigurationException($"there is no anchor &{alias.Value.Value} above", At(alias.Start));
        var node = Content(parser, anchors);
        if (here is { Anchor.IsEmpty: false })
            anchors[here.Anchor.Value] = node;
        return node;
    }

    static ConfigNode Content(Parser parser, Dictionary<string, ConfigNode> anchors)
    {
        if (parser.TryConsume<Scalar>(out var scalar))
            return new ScalarNode(At(scalar.Start), scalar.Value, scalar.Style == ScalarStyle.Plain ? ScalarKind.Plain : ScalarKind.Text);
        if (parser.TryConsume<SequenceStart>(out var sequence))
        {
            var items = new List<ConfigNode>();
            while (!parser.TryConsume<SequenceEnd>(out _))
                items.Add(Node(parser, anchors));
            return new ListNode(At(sequence.Start), items);
        }
        var mapping = parser.Consume<MappingStart>();
        var entries = new List<MapEntry>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var start = parser.Current!.Start;
            var key = Node(parser, anchors);
            var value = Node(parser, anchors);
            if (key is ScalarNode { Text: "<<", Kind: ScalarKind.Plain } && Merged(value) is { } merged)
                entries.InsertRange(0, merged); // what the map says itself comes later, and wins
            else
                entries.Add(new((key as ScalarNode)?.Text ?? key.Description, At(start), value));
        }
        return new MapNode(At(mapping.Start), entries);
    }

    static IEnumerable<MapEntry>? Merged(ConfigNode value) => value switch
    {
        MapNode map => map.Entries,
        ListNode list when list.Items.All(item => item is MapNode) => list.Items.Reverse().SelectMany(item => ((MapNode)item).Entries),
        _ => null,
    };

    static Place At(Mark mark) => new((int)mark.Line, (int)mark.Column);
}
