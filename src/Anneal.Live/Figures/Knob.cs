namespace Anneal.Live.Figures;

/// <summary>A number that a reader sets.</summary>
/// <param name="Name">What it is, with its sign or unit.</param>
/// <param name="Min">The least value.</param>
/// <param name="Max">The greatest value.</param>
/// <param name="Value">What it is set to at first.</param>
/// <param name="Scale">How a slider spreads the values.</param>
/// <param name="Whole">Whether it is a whole number.</param>
public sealed record Knob(string Name, double Min, double Max, double Value, KnobScale Scale = KnobScale.Linear, bool Whole = false);

/// <summary>How a slider spreads the values of a <see cref="Knob"/>.</summary>
public enum KnobScale
{
    /// <summary>Equal ways are equal differences.</summary>
    Linear,

    /// <summary>Equal ways are equal factors.</summary>
    Logarithmic,

    /// <summary>Equal ways are equal factors of what is missing to 1: 0.9, 0.99, 0.999.</summary>
    TowardsOne,
}
