namespace Anneal.Runs;

/// <summary>A piece of a configuration, whatever it was written in.</summary>
/// <param name="Place">Where it begins.</param>
abstract record ConfigNode(Place Place)
{
    /// <summary>What it is, for messages.</summary>
    public abstract string Description { get; }
}

/// <summary>What a scalar is known to be from the way it is written.</summary>
enum ScalarKind
{
    /// <summary>Not quoted: its text decides, by the rules of whoever reads it.</summary>
    Plain,

    /// <summary>Quoted: a text.</summary>
    Text,

    /// <summary>A number for every reader.</summary>
    Number,

    /// <summary>True or false for every reader.</summary>
    Truth,

    /// <summary>Nothing.</summary>
    Null,
}

sealed record ScalarNode(Place Place, string Text, ScalarKind Kind) : ConfigNode(Place)
{
    public override string Description => Kind == ScalarKind.Text ? $"the text \"{Text}\"" : Kind == ScalarKind.Null ? "nothing" : Text;

    public bool IsNull => Kind == ScalarKind.Null || (Kind == ScalarKind.Plain && Text is "" or "~" or "null" or "Null" or "NULL" or "None");
}

sealed record ListNode(Place Place, IReadOnlyList<ConfigNode> Items) : ConfigNode(Place)
{
    public override string Description => $"a list of {Items.Count}";
}

/// <summary>One key of a map.</summary>
/// <param name="Key">As it is written.</param>
/// <param name="Place">Where the key stands.</param>
/// <param name="Value">What it is set to.</param>
sealed record MapEntry(string Key, Place Place, ConfigNode Value);

sealed record MapNode(Place Place, IReadOnlyList<MapEntry> Entries) : ConfigNode(Place)
{
    readonly Dictionary<string, MapEntry> byKey = Index(Entries);

    public static MapNode Empty { get; } = new(Place.None, []);

    public override string Description => $"a map of {Entries.Count}";

    public MapEntry? Find(string key) => byKey.GetValueOrDefault(key);

    /// <summary>The entry at <c>a.b.c</c>; null where a key is missing or not a map.</summary>
    public MapEntry? FindPath(string path)
    {
        MapEntry? entry = null;
        var map = this;
        foreach (string key in path.Split('.'))
        {
            entry = map?.Find(key);
            if (entry is null)
                return null;
            map = entry.Value as MapNode;
        }
        return entry;
    }

    public bool Has(string path) => FindPath(path) is not null;

    /// <summary>A key given twice counts as it was given last, as every reader here has it.</summary>
    static Dictionary<string, MapEntry> Index(IReadOnlyList<MapEntry> entries)
    {
        var index = new Dictionary<string, MapEntry>(entries.Count);
        foreach (var entry in entries)
            index[entry.Key] = entry;
        return index;
    }
}
