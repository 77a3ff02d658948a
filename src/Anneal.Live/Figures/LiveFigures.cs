namespace Anneal.Live.Figures;

/// <summary>The figures of lessons that pages can compute.</summary>
public static class LiveFigures
{
    /// <summary>Lesson 01: gradient descent on a parabola, at any rate.</summary>
    public static LiveFigure Parabola => ParabolaFigure.Figure;

    /// <summary>Lesson 03: how near a constant rate comes under noise, and how soon.</summary>
    public static LiveFigure NoiseBall => NoiseBallFigure.Figure;

    /// <summary>Lesson 04: a bowl of any condition number, turned by any angle, with three preconditioners.</summary>
    public static LiveFigure TurnedBowl => TurnedBowlFigure.Figure;

    /// <summary>Lesson 05: a ball with any memory at any rate.</summary>
    public static LiveFigure HeavyBall => HeavyBallFigure.Figure;

    /// <summary>Lesson 05: the same ball as a place on the map of rate and memory, with its roots.</summary>
    public static LiveFigure PhaseMap => PhaseMapFigure.Figure;

    /// <summary>Lesson 06: the steps of Adam without bias correction.</summary>
    public static LiveFigure BiasCorrection => BiasCorrectionFigure.Figure;

    /// <summary>Lesson 09: a cosine with any floor and any length.</summary>
    public static LiveFigure Cosine => CosineFigure.Figure;

    /// <summary>Lesson 10: warm-up, level part and cooldown.</summary>
    public static LiveFigure Trapezoid => TrapezoidFigure.Figure;

    /// <summary>Lesson 11: the last-iterate bound by the length of the cooldown, for runs of any length.</summary>
    public static LiveFigure LastIterate => LastIterateFigure.Figure;

    /// <summary>Lesson 16: singular values under each set of coefficients, after any number of Newton–Schulz steps.</summary>
    public static LiveFigure SingularValues => SingularValuesFigure.Figure;

    /// <summary>All of them, in the order of their lessons.</summary>
    public static IReadOnlyList<LiveFigure> All { get; } = [Parabola, NoiseBall, TurnedBowl, HeavyBall, PhaseMap, BiasCorrection, Cosine, Trapezoid, LastIterate, SingularValues];

    /// <summary>The picture of a figure at these settings.</summary>
    /// <exception cref="ArgumentException">There is no such figure, or a setting lies outside its range.</exception>
    public static LivePicture At(string name, double[] values) => (All.FirstOrDefault(figure => figure.Name == name)
        ?? throw new ArgumentException($"There is no figure '{Written.Short(name)}'; there are {string.Join(", ", All.Select(figure => figure.Name))}.", nameof(name))).At(values);
}
