namespace Anneal.Cli;

/// <summary>The way of a rule over a function: the points as they would be evaluated, the start first, and why it ended early, if it did.</summary>
internal sealed record Walk(Racer Racer, IReadOnlyList<double[]> Points, string? Stopped)
{
    /// <summary>Runs a rule until a loss or gradient is no number, or to the last step.</summary>
    public static Walk Of(Racer racer, Objective function, int steps)
    {
        double[] weights = function.Start;
        List<double[]> points = [function.Start];
        var training = new Training(racer.Rule, racer.Rate, (w, g) =>
        {
            function.Gradient(w, g);
            return function.Value(w);
        })
        {
            Metric = point =>
            {
                points.Add(point);
                return 0;
            },
        };
        try
        {
            return new(racer, points, training.Run(weights, steps).Stopped);
        }
        catch (InvalidOperationException refused)
        {
            return new(racer, points, refused.Message);
        }
    }

    /// <summary>The function's value at the last point.</summary>
    public double End(Objective function) => function.Value(Points[^1]);
}
