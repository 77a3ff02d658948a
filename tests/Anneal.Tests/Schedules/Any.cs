using CsCheck;

namespace Anneal.Tests.Schedules;

/// <summary>Random schedules of every shape and combinator, made from the gallery's by changing their numbers and parts.</summary>
static class Any
{
    public static readonly Gen<Schedule> Schedule = Gen.Int.Select(seed => Next(new Random(seed), 3));

    public static readonly Gen<Segment> Segment = Gen.Int.Select(seed => NextSegment(new Random(seed), 3));

    /// <summary>A step: often 0 or whole, sometimes far out.</summary>
    public static readonly Gen<double> Step = Gen.OneOf(Gen.Const(0.0), Gen.Int[0, 300].Select(t => (double)t), Gen.Double[0, 300], Gen.Double[0, 1e6]);

    /// <summary>The schedule that a generator draws.</summary>
    public static Schedule Drawn(Random random) => Next(random, 3);

    /// <summary>A schedule at most so deep, whose form is equally often any.</summary>
    static Schedule Next(Random random, int depth)
    {
        while (true)
        {
            var form = Forms.All[random.Next(Forms.All.Count)];
            var example = Gallery.Schedules.First(s => s.GetType() == form.Of);
            if (depth == 0 && form.Take(example).Any(value => value is Anneal.Schedule or IReadOnlyList<Segment>))
                continue;
            try
            {
                return Form.Bind(Call(random, depth, example));
            }
            catch (ScheduleFormatException)
            {
                // A change went out of range: try another.
            }
        }
    }

    static Segment NextSegment(Random random, int depth)
    {
        while (true)
            if (Next(random, depth) is Segment segment)
                return segment;
    }

    static Node Call(Random random, int depth, Schedule example)
    {
        var form = Forms.Of(example, "form");
        return new Node(NodeKind.Call, new Nowhere())
        {
            Text = form.Type,
            Arguments = [.. form.Members.Zip(form.Take(example)).Where(pair => pair.Second is not null)
                .Select(pair => (pair.First.Name, Value(random, depth, pair.Second!)))],
        };
    }

    static Node Value(Random random, int depth, object value) => value switch
    {
        double number => Number(random.Next(4) switch { 0 => number, 1 => Math.Round(number * 4 * random.NextDouble()), _ => number * Math.Exp(random.NextDouble() - 0.5) }),
        int number => Number(Math.Max(1, number + random.Next(-3, 4))),
        string text => new Node(NodeKind.Word, new Nowhere()) { Text = text },
        CosineRestarts restarts => AsIs(restarts),
        Enum word => Word(random, word),
        IReadOnlyList<double> numbers => List([.. numbers.Select(number => Value(random, depth, number))]),
        IReadOnlyList<Segment> parts => List([.. parts.Select(_ => AsIs(NextSegment(random, depth - 1)))]),
        Anneal.Segment => AsIs(NextSegment(random, depth - 1)),
        _ => AsIs(Next(random, depth - 1)),
    };

    /// <summary>The node of a schedule as it is, by way of its JSON.</summary>
    static Node AsIs(Schedule schedule)
    {
        using var document = System.Text.Json.JsonDocument.Parse(ScheduleJson.Write(schedule), new() { MaxDepth = 1000 });
        return JsonNodes.Of(document.RootElement, new JsonPlace(null, "$"), 0);
    }

    static Node Number(double value) => new(NodeKind.Number, new Nowhere()) { Number = value };

    static Node Word(Random random, Enum word)
    {
        string[] names = Enum.GetNames(word.GetType());
        return new(NodeKind.Word, new Nowhere()) { Text = Written.Camel(names[random.Next(names.Length)]) };
    }

    static Node List(IReadOnlyList<Node> items) => new(NodeKind.List, new Nowhere()) { Items = items };

    sealed class Nowhere : Place
    {
        public override ScheduleFormatException Refuse(string reason) => new(reason);

        public override Place Of(string member) => this;
    }
}
