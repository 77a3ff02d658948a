using System.Text.Json.Serialization;

namespace Anneal.Live.Figures;

/// <summary>What a figure shows at one setting of its knobs.</summary>
/// <param name="Lines">The lines that move, in the chart's order.</param>
/// <param name="Text">What to see, in words, with its numbers.</param>
public sealed record LivePicture(IReadOnlyList<LiveLine> Lines, string Text)
{
    /// <summary>The line of this name.</summary>
    public LiveLine this[string name] => Lines.First(line => line.Name == name);
}

/// <summary>A line through points.</summary>
/// <param name="Name">What it is called in the chart.</param>
/// <param name="X">How far to the right each point lies.</param>
/// <param name="Y">How high.</param>
public sealed record LiveLine(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Y)
{
    internal static LiveLine Of(string name, IReadOnlyList<double> x, Func<double, double> y) => new(name, x, [.. x.Select(y)]);

    /// <summary>The points as pairs, as charts of lines take them.</summary>
    [JsonIgnore]
    public Tuple<double, double>[] Points => [.. X.Zip(Y, Tuple.Create)];

    /// <summary>The points as lists of two numbers, as charts of paths take them.</summary>
    [JsonIgnore]
    public double[][] Places => [.. X.Zip(Y, (x, y) => (double[])[x, y])];
}
