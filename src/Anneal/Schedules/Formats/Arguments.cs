using System.Globalization;

namespace Anneal;

/// <summary>What was given for the members of one form, handed out in their order and checked for kind.</summary>
sealed class Arguments
{
    readonly Form form;
    readonly Node call;
    readonly Node?[] given;
    int next;

    public Arguments(Form form, Node call)
    {
        this.form = form;
        this.call = call;
        given = new Node?[form.Members.Count];
        int unnamed = 0;
        foreach (var (name, value) in call.Arguments)
        {
            int index = name is null ? unnamed++ : IndexOf(name);
            if (index < 0)
                throw value.Place.Refuse($"{form.Type} has no member '{Written.Short(name!)}'{Written.Guess(name!, form.Members.Select(m => m.Name))} Its members are {Listing}".TrimEnd());
            if (index >= given.Length)
                throw value.Place.Refuse($"{form.Type} has {(given.Length == 1 ? "one member" : $"at most {given.Length} members")}: {Listing}{LengthHint(value)}");
            if (given[index] is not null)
                throw value.Place.Refuse($"{form.Members[index].Name} is given twice");
            given[index] = value;
        }
        for (int i = 0; i < given.Length; i++)
            if (given[i] is null && form.Members[i].Default is null)
                throw call.Place.Refuse($"{form.Type} lacks {form.Members[i].Name}; its members are {Listing}");
    }

    /// <summary>Where a number too many may be meant as a length, how lengths are written.</summary>
    string LengthHint(Node surplus) => surplus.Kind == NodeKind.Number && form.Members.All(m => m.Name != "steps")
        ? $"; for a length write 'for {Written.Number(surplus.Number)}' behind it" : "";

    string Listing => string.Join(", ", form.Members);

    int IndexOf(string name)
    {
        for (int i = 0; i < form.Members.Count; i++)
            if (form.Members[i].Name == name)
                return i;
        return -1;
    }

    public double Number()
    {
        var (member, node) = Take();
        return node is null ? double.Parse(member.Default!, CultureInfo.InvariantCulture) : Number(node, member.Name);
    }

    public double? NumberIfGiven()
    {
        var (member, node) = Take();
        return node is null ? null : Number(node, member.Name);
    }

    public int Integer()
    {
        var (member, node) = Take();
        double value = node is null ? double.Parse(member.Default!, CultureInfo.InvariantCulture) : Number(node, member.Name);
        return value == Math.Floor(value) && Math.Abs(value) <= int.MaxValue ? (int)value
            : throw node!.Place.Refuse($"{member.Name} must be a whole number of at most {int.MaxValue}, not {Written.Number(value)}");
    }

    public IReadOnlyList<double> Numbers()
    {
        var (member, node) = Take();
        if (node!.Kind != NodeKind.List)
            throw node.Place.Refuse($"{member.Name} must be a list of numbers, not {node.Description}");
        return [.. node.Items.Select((item, i) => Number(item, $"{member.Name}[{i}]"))];
    }

    public T Word<T>() where T : struct, Enum
    {
        var (member, node) = Take();
        string[] words = [.. Enum.GetNames<T>().Select(Written.Camel)];
        int index = Array.IndexOf(words, node is null ? member.Default : node.Kind == NodeKind.Word ? node.Text : null);
        return index >= 0 ? Enum.GetValues<T>()[index]
            : throw node!.Place.Refuse($"{member.Name} must be one of {string.Join(", ", words)}, not {node.Description}");
    }

    public string Text()
    {
        var (member, node) = Take();
        return node!.Kind == NodeKind.Word ? node.Text : throw node.Place.Refuse($"{member.Name} must be a text, not {node.Description}");
    }

    public CosineRestarts Restarts()
    {
        var (member, node) = Take();
        return Bind((member, node)) as CosineRestarts ?? throw node!.Place.Refuse($"{member.Name} must be cosineRestarts, not {node.Text}");
    }

    public Schedule Schedule() => Bind(Take());

    public Segment Segment()
    {
        var (member, node) = Take();
        return Segment(node!, Bind((member, node)));
    }

    public Factor Factor() => new(Schedule());

    /// <summary>What plays its parts in turn: <c>parts</c>, or <c>first</c> and <c>next</c>.</summary>
    public Schedule Chain()
    {
        var (parts, first, second) = (Take().Node, Take().Node, Take().Node);
        IReadOnlyList<Node> nodes = (parts, first, second) switch
        {
            ({ Kind: NodeKind.List, Items.Count: > 0 }, null, null) => parts.Items,
            ({ }, null, null) => throw parts.Place.Refuse($"parts must be a list of at least one schedule, not {parts.Description}"),
            (null, { }, { }) => [first, second],
            _ => throw call.Place.Refuse("a sequence has either parts, or first and next"),
        };
        var start = Segment(nodes[0], Form.Bind(nodes[0]));
        if (nodes.Count == 1)
            return new Sequence([start]);
        foreach (var node in nodes.Skip(1).SkipLast(1))
            start = start.Then(Segment(node, Form.Bind(node)));
        return start.Then(Form.Bind(nodes[^1]));
    }

    /// <summary>A constructor's own refusal, told where the value was read.</summary>
    public ScheduleFormatException Refuse(ArgumentException refused)
    {
        string name = Written.Camel(refused.ParamName ?? "");
        int bracket = name.IndexOf('[');
        int index = IndexOf(bracket < 0 ? name : name[..bracket]);
        var place = index < 0 ? call.Place
            : given[index] is not { } node ? call.Place.Of(form.Members[index].Name)
            : bracket > 0 && int.TryParse(name[(bracket + 1)..^1], CultureInfo.InvariantCulture, out int item) ? node.Items[item].Place
            : node.Place;
        return place.Refuse(Written.Camel(JsonReason.Plain(refused)));
    }

    static Schedule Bind((Member Member, Node? Node) given) => given.Node!.Kind == NodeKind.Call ? Form.Bind(given.Node)
        : throw given.Node.Place.Refuse($"{given.Member.Name} must be a schedule, not {given.Node.Description}");

    (Member Member, Node? Node) Take() => (form.Members[next], given[next++]);

    static double Number(Node node, string name) => node.Kind == NodeKind.Number ? node.Number
        : throw node.Place.Refuse($"{name} must be a number, not {node.Description}");

    static Segment Segment(Node node, Schedule schedule) => schedule as Segment
        ?? throw node.Place.Refuse($"{node.Text} has no end, and only what ends can be followed, repeated or reversed; give it one with cut (in notation: for 1000)");
}
