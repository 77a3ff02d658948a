using System.Text.RegularExpressions;

namespace Anneal.Live;

/// <summary>A number in a schedule's notation, and between which ends it is worth moving.</summary>
/// <param name="Name">The member it belongs to, with its place where that is a list.</param>
/// <param name="Of">The word of the schedule that it is a member of.</param>
/// <param name="Start">Where the number stands in the notation, counted from 0.</param>
/// <param name="Length">How many characters it has.</param>
/// <param name="Value">The number.</param>
/// <param name="Min">The lower end.</param>
/// <param name="Max">The upper end.</param>
/// <param name="Logarithmic">Whether equal ways are equal factors.</param>
/// <param name="Whole">Whether it moves in whole numbers.</param>
public sealed partial record Slider(string Name, string Of, int Start, int Length, double Value, double Min, double Max, bool Logarithmic, bool Whole)
{
    /// <summary>How far a number moves by factors, either way.</summary>
    const double Factors = 100;

    /// <summary>The numbers of a notation that can be read, in their order.</summary>
    public static IReadOnlyList<Slider> In(string notation)
    {
        var numbers = new List<(string Name, string Member, string Of, double Value, int Start)>();
        Collect(new NotationParser(notation).Parse(), numbers);
        double highest = numbers.Where(n => Kind(n.Member) is Moves.Rate or Moves.Floor).Select(n => n.Value).DefaultIfEmpty(1).Max();
        return [.. numbers.Select(n => Made(n.Name, n.Member, n.Of, n.Value, n.Start, Digits().Match(notation, n.Start).Length, highest))];
    }

    static Slider Made(string name, string member, string of, double value, int start, int length, double highest)
    {
        var (min, max, logarithmic, whole) = Kind(member) switch
        {
            Moves.Rate when value > 0 => (value / Factors, value * Factors, true, false),
            Moves.Rate or Moves.Floor => (0, Math.Max(highest, value), false, false),
            Moves.Count => (1, Math.Max(10, 2 * value), false, true),
            Moves.Shape => value < 0 ? (2 * value, 0, false, false) : (0, Math.Max(1, 2 * value), false, false),
            _ => (0, Math.Max(1, 4 * value), false, value == Math.Floor(value)),
        };
        return new(name, of, start, length, value, min, max, logarithmic, whole);
    }

    enum Moves { Rate, Floor, Shape, Count, Steps }

    static Moves Kind(string member) => member switch
    {
        "peak" or "value" or "high" or "values" => Moves.Rate,
        "floor" or "start" or "low" or "final" => Moves.Floor,
        "factor" or "heightFactor" or "lengthFactor" or "stepFactor" or "power" or "by" or "decay" or "lower" or "upper" or "limit" or "waves" => Moves.Shape,
        "cycles" or "seed" => Moves.Count,
        _ => Moves.Steps,
    };

    static void Collect(Node call, List<(string, string, string, double, int)> numbers)
    {
        var form = Forms.Named(call.Text);
        int unnamed = 0;
        foreach (var (name, value) in call.Arguments)
        {
            string member = name ?? form?.Members.ElementAtOrDefault(unnamed++)?.Name ?? "";
            Add(value, member, member);
        }

        void Add(Node value, string name, string member)
        {
            switch (value)
            {
                case { Kind: NodeKind.Number, Place: NotationPlace place }:
                    numbers.Add((name, member, form?.Word ?? call.Text, value.Number, place.Position));
                    break;
                case { Kind: NodeKind.Call }:
                    Collect(value, numbers);
                    break;
                case { Kind: NodeKind.List }:
                    foreach (var (i, item) in value.Items.Index())
                        Add(item, $"{name}[{i}]", member);
                    break;
            }
        }
    }

    [GeneratedRegex(@"\G[+-]?[0-9._]+(?:[eE][+-]?[0-9_]+)?")]
    private static partial Regex Digits();
}
