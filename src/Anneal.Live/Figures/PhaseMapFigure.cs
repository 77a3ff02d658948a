namespace Anneal.Live.Figures;

/// <summary>A place on the map of rate and memory, what the ball of <see cref="HeavyBallFigure"/> does there, and the two roots that decide it.</summary>
static class PhaseMapFigure
{
    /// <summary>Without memory the ball diverges at this rate; with enough it does not.</summary>
    const double First = 3;

    public static LiveFigure Figure { get; } = new("phase-map",
        [new("memory kept, β", 0, 0.99, 0.3), new("rate × curvature, a", 0.01, 4, First)], values => At(values[0], values[1]));

    static LivePicture At(double beta, double a)
    {
        var place = HeavyBallFigure.Place(beta, a);
        // z² − (1 + β − a)·z + β = 0
        double middle = (1 + beta - a) / 2, square = middle * middle - beta, half = Math.Sqrt(Math.Abs(square));
        bool isReal = square >= 0;
        return new([new("setting", [a], [beta]), place, isReal ? new("root", [middle + half, middle - half], [0, 0]) : new("root", [middle, middle], [half, -half])],
            $"{HeavyBallFigure.Told(beta, a, place.Y)} The roots are {(isReal ? $"{LiveFigure.Number(middle + half)} and {LiveFigure.Number(middle - half)}" : $"{LiveFigure.Number(middle)} ± {LiveFigure.Number(half)}i")}.");
    }
}
