namespace Anneal.Live.Figures;

/// <summary>A cosine from 0.002 to a floor.</summary>
static class CosineFigure
{
    const double Peak = 0.002;
    const int Points = 101;

    public static LiveFigure Figure { get; } = new("cosine", [new("floor", 0, Peak, 0), new("length T", 1_000, 20_000, 20_000, Whole: true)], values => At(values[0], values[1]));

    static LivePicture At(double floor, double length)
    {
        var schedule = new CosineDecay(Peak, length, floor);
        double half = schedule.At(length / 2);
        string left = floor == Peak ? "there is no way down" : $"{LiveFigure.Number(100 * (half - floor) / (Peak - floor))} % of the way down is left";
        return new([LiveLine.Of("rate", [.. Enumerable.Range(0, Points).Select(i => i / (double)(Points - 1) * length)], schedule.At)],
            $"At half-time, step {LiveFigure.Number(length / 2, 6)}, the rate is {LiveFigure.Number(half)}: {left}.");
    }
}
