namespace Anneal.Live.Figures;

/// <summary>Twenty updates of gradient descent on f(x) = 5x², whose curvature L is 10.</summary>
static class ParabolaFigure
{
    const double Curvature = 10, Start = 4;
    const int Updates = 20;

    /// <summary>Half the width of the picture; a walk that leaves it is drawn one step further.</summary>
    const double Reach = 5;

    public static LiveFigure Figure { get; } = new("parabola", [new("rate η", 0.001, 0.25, 0.01)], values => At(values[0]));

    static LivePicture At(double rate)
    {
        double[] walk = [.. new Sgd().Path(new Constant(rate), w => [Curvature * w[0]], [Start], Updates).Select(w => w[0])];
        int left = Array.FindIndex(walk, x => Math.Abs(x) > Reach);
        double[] seen = left < 0 ? walk : [.. walk.Take(left + 1).Select(x => Math.Clamp(x, -3 * Reach, 3 * Reach))];
        double factor = 1 - rate * Curvature;
        string way = factor switch
        {
            > 0.6 => "it creeps",
            > 1e-9 => "it stays on its side and comes down",
            >= -1e-9 => "one update arrives",
            > -1 + 1e-9 => "it oscillates and comes down",
            >= -1 - 1e-9 => "it jumps without end",
            _ => "it diverges",
        };
        return new([LiveLine.Of("updates", seen, x => Curvature * x * x / 2)],
            $"ηL = {LiveFigure.Number(rate * Curvature)}: each update multiplies the weight by {LiveFigure.Number(factor)}, and {way}. After {Updates} updates it is {LiveFigure.Number(walk[^1])}.");
    }
}
