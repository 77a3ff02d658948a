namespace Anneal.Live.Figures;

/// <summary>A ball let go at rest on a parabola: sixty steps of momentum, from 1.</summary>
static class HeavyBallFigure
{
    const int Steps = 60;

    /// <summary>A run is drawn until it is so far away.</summary>
    const double Far = 1e6;

    public static LiveFigure Figure { get; } = new("heavy-ball",
        [new("memory kept, β", 0, 0.99, 0), new("rate × curvature, a", 0.01, 4, 0.25)], values => At(values[0], values[1]));

    static LivePicture At(double beta, double a)
    {
        var place = Place(beta, a);
        return new([place], Told(beta, a, place.Y));
    }

    /// <summary>Where the ball is at each step.</summary>
    internal static LiveLine Place(double beta, double a)
    {
        double[] places = [.. new Momentum(Beta: beta).Path(new Constant(a), w => [w[0]], [1], Steps).Select(w => w[0]).TakeWhile(x => Math.Abs(x) < Far)];
        return LiveLine.Of("place", [.. Enumerable.Range(0, places.Length)], t => places[(int)t]);
    }

    /// <summary>What it does there, and how fast.</summary>
    internal static string Told(double beta, double a, IReadOnlyList<double> places)
    {
        double factor = QuadraticRates.HeavyBall(a, beta, 1, 1), root = Math.Sqrt(beta);
        string way = a > 2 + 2 * beta ? "diverges"
            : a <= (1 - root) * (1 - root) ? "is monotone"
            : a >= (1 + root) * (1 + root) ? "zig-zags" : "ripples, " + Passed(places);
        string pace = factor >= 1 ? "" : factor == 0 ? "; one step arrives" : $"; 1 % is left after about {LiveFigure.Number(Math.Ceiling(Math.Log(0.01) / Math.Log(factor)), 6)} steps";
        return $"With β = {LiveFigure.Number(beta)} and a = {LiveFigure.Number(a)} the run {way}. The factor per step is {LiveFigure.Number(factor)}{pace}.";
    }

    /// <summary>How far it swings past 0, which close to the border the eye does not see.</summary>
    static string Passed(IReadOnlyList<double> places) => places.Min() < 0 ? $"at most {LiveFigure.Number(-places.Min())} past 0" : $"but passes 0 only after these {Steps} steps";
}
