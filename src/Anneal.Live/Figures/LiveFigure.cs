using System.Globalization;

namespace Anneal.Live.Figures;

/// <summary>A figure of a lesson that can be computed at any setting of its knobs: by the notebook for a few stops, by its page for all others.</summary>
public sealed class LiveFigure
{
    readonly Func<double[], LivePicture> draw;

    internal LiveFigure(string name, IReadOnlyList<Knob> knobs, Func<double[], LivePicture> draw) => (Name, Knobs, this.draw) = (name, knobs, draw);

    /// <summary>What pages call it.</summary>
    public string Name { get; }

    /// <summary>What can be set. A page without the library offers the first alone, as a slider over the stops that the notebook computed.</summary>
    public IReadOnlyList<Knob> Knobs { get; }

    /// <summary>Name and knobs as JSON: what a chart needs to know.</summary>
    public string Recipe => LiveJson.Write(new FigureRecipe(Name, Knobs));

    /// <summary>The picture at these settings; knobs beyond them stay at their first value.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A setting lies outside its knob's range.</exception>
    public LivePicture At(params double[] values)
    {
        if (values.Length > Knobs.Count)
            throw new ArgumentException($"{Name} has {Knobs.Count} knobs, not {values.Length}.", nameof(values));
        return draw([.. Knobs.Select((knob, i) => i < values.Length ? Within(knob, values[i]) : knob.Value)]);
    }

    static double Within(Knob knob, double value) => value >= knob.Min && value <= knob.Max ? value
        : throw new ArgumentOutOfRangeException(knob.Name, value, string.Create(CultureInfo.InvariantCulture, $"{knob.Name} goes from {knob.Min} to {knob.Max}."));

    internal static string Number(double value, int digits = 3) => ReadableNumber.Of(value, digits);
}

/// <summary>What a chart needs to know of a figure.</summary>
/// <param name="Name">The figure.</param>
/// <param name="Knobs">What can be set.</param>
public sealed record FigureRecipe(string Name, IReadOnlyList<Knob> Knobs);
