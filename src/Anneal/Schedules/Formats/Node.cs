namespace Anneal;

enum NodeKind { Number, Word, List, Call, Other }

/// <summary>What was read, whether from JSON or from notation, before it is known to mean anything.</summary>
/// <param name="kind">What it is.</param>
/// <param name="place">Where it was read.</param>
sealed class Node(NodeKind kind, Place place)
{
    public NodeKind Kind => kind;

    public Place Place => place;

    /// <summary>The number, if it is one.</summary>
    public double Number { get; init; }

    /// <summary>The text or word, if it is one; of a call, its type; of anything else, what to call it in a message.</summary>
    public string Text { get; init; } = "";

    /// <summary>A list's items.</summary>
    public IReadOnlyList<Node> Items { get; init; } = [];

    /// <summary>A call's arguments; those of notation may lack a name.</summary>
    public IReadOnlyList<(string? Name, Node Value)> Arguments { get; init; } = [];

    /// <summary>How a message names it.</summary>
    public string Description => Kind switch
    {
        NodeKind.Number => $"the number {Written.Number(Number)}",
        NodeKind.Word => $"the text '{Written.Short(Text)}'",
        NodeKind.List => $"a list of {Items.Count}",
        NodeKind.Call => "a schedule",
        _ => Text,
    };
}

/// <summary>Where something was read; knows how to tell.</summary>
abstract class Place
{
    /// <summary>The refusal of what was read here.</summary>
    public abstract ScheduleFormatException Refuse(string reason);

    /// <summary>The place of a member that is missing here, or of one whose own place is not known.</summary>
    public abstract Place Of(string member);

    /// <summary>The reason as a sentence.</summary>
    protected static string Sentence(string reason) => reason.EndsWith('?') ? reason : reason + ".";
}
