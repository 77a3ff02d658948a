namespace Anneal.Live;

/// <summary>When the rate rises to a value, and when it falls below it.</summary>
static class RateCrossings
{
    /// <summary>More crossings than this are neither looked for nor listed.</summary>
    const int MostListed = 24;

    /// <summary>More crossings than this are not told.</summary>
    const int MostTold = 4;

    /// <summary>Digits of a step in words.</summary>
    const int Digits = 6;

    /// <summary>A rate this share below the value is on it: a level is rounded, and is met on both sides of a joint.</summary>
    const double Rounding = 1e-15;

    /// <summary>The crossings over the steps 0 to <paramref name="last"/>, and words for them.</summary>
    public static CrossingsAnswer Answer(Schedule schedule, double rate, double last)
    {
        CrossingAnswer[] found = [.. Of(schedule, rate, last).Take(MostListed + 1)];
        bool isAll = found.Length <= MostListed;
        string text = found.Length == 0 ? schedule.At(0) >= Level(rate) ? "never below" : "never reached"
            : string.Join(", ", found.Take(MostTold).Select(crossing => $"{crossing.Way} at step {ReadableNumber.Of(crossing.Step, Digits)}"))
                + (found.Length > MostTold ? isAll ? $", … {found.Length - MostTold} more" : ", … and so on" : "");
        return new([.. found.Take(MostListed)], isAll, text);
    }

    /// <summary>To the last bit of the step where a piece runs one way; elsewhere every update is asked, and a crossing and its return between two of them are not seen.</summary>
    static IEnumerable<CrossingAnswer> Of(Schedule schedule, double rate, double last)
    {
        double level = Level(rate);
        bool isUp = schedule.At(0) >= level;
        foreach (var piece in schedule.Pieces(0, last))
        {
            // Where two pieces meet the rate may jump twice: to the step's own rate, and on from there.
            foreach (double met in (double[])[schedule.At(piece.From), piece.Curve.At(piece.From)])
                if (Changes(met))
                    yield return Turn(piece.From);
            double low = piece.From;
            bool isOneWay = piece.Trend is not (Trend.Mixed or Trend.Unknown);
            while (low < piece.To)
            {
                double high = isOneWay ? piece.To : Math.Min(Math.Floor(low) + 1, piece.To);
                if (Changes(piece.Curve.At(high)))
                    yield return Turn(Bisected(piece, low, high));
                low = high;
            }
        }
        if (Changes(schedule.At(last)))
            yield return Turn(last);

        bool Changes(double met) => met >= level != isUp;

        CrossingAnswer Turn(double step)
        {
            isUp = !isUp;
            return new(step, isUp ? "up" : "down");
        }

        // The first number in (low, high] on the other side, given that low is not.
        double Bisected(Piece piece, double low, double high)
        {
            while (true)
            {
                double middle = low + (high - low) / 2;
                if (middle <= low || middle >= high)
                    return high;
                (low, high) = Changes(piece.Curve.At(middle)) ? (low, middle) : (middle, high);
            }
        }
    }

    static double Level(double rate) => rate * (1 - Rounding);
}
