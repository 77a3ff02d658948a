namespace Anneal.Live.Figures;

/// <summary>Ω·√T at the best peak, for a level rate that ends in a straight cooldown.</summary>
static class LastIterateFigure
{
    /// <summary>Percents of the run: denser where the bound falls fastest.</summary>
    static readonly double[] percents = [0, 1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 40, 50, 60, 70, 80, 90, 100];

    public static LiveFigure Figure { get; } = new("last-iterate", [new("updates T", 10, 2_000, 25, KnobScale.Logarithmic, Whole: true)], values => At(values[0]));

    static LivePicture At(double updates)
    {
        double Bound(double percent) => LastIterateBound.Of(new WarmupStableDecay(1, updates, 0, updates * percent / 100), (long)updates).Best * Math.Sqrt(updates);
        var line = LiveLine.Of("your length", percents, Bound);
        double At(double percent) => line.Y[Array.IndexOf(percents, percent)];
        return new([line],
            $"For {LiveFigure.Number(updates, 6)} updates: {LiveFigure.Number(At(0))} at a constant rate, {LiveFigure.Number(At(20))} with a cooldown of 20 %, {LiveFigure.Number(At(100))} on a straight line to 0.");
    }
}
