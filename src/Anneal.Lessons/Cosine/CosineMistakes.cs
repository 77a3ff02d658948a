namespace Anneal.Lessons;

/// <summary>The wrong answers that the cosine formula invites, computed from the numbers of a question.</summary>
static class CosineMistakes
{
    /// <summary>Every known mistake, the likeliest first.</summary>
    public static IEnumerable<Hint> Of(CosineQuestion q, int decimals)
    {
        double range = q.Peak - q.Floor, turn = Math.PI * q.At / q.Steps;
        double Rate(double scale) => q.Floor + range * scale;
        double Scale(double angle) => (1 + Math.Cos(angle)) / 2;

        yield return new(Rate(Scale(turn * Math.PI / 180)),
            "The calculator took the angle for degrees: π·t/T is in radians. The cosine of a few degrees is nearly 1, so the rate seems to stay at the peak.");
        yield return new(Rate(1 + q.Cosine), "The ½ is missing: 1 + cos runs from 2 to 0, so it must be halved before it scales anything.");
        yield return new(q.Peak - range * q.Scale,
            "Peak and floor are swapped (or the sign before the cosine is minus): this curve climbs from the floor to the peak.");
        yield return new(range * q.Scale, "The floor is not added back: the cosine scales the range peak − floor, and the result stands on the floor.");
        yield return new(q.Floor + q.Peak * q.Scale, "The cosine scales the range peak − floor, not the peak: this curve would start above the peak.");
        yield return new(q.Peak * q.Scale, "The floor is left out altogether: subtract it from the peak inside, and add it outside.");
        yield return new(Rate(q.Cosine), "The 1 + and the ½ are missing: cos alone runs from 1 to −1, and a rate must not become negative.");
        yield return new(Rate(Scale(2 * turn)), "That is a whole cosine wave, down and up again: the angle is π·t/T, not 2π·t/T.");
        yield return new(Rate(Scale(q.At / q.Steps)), "The π is missing from the angle: it runs from 0 to π, not from 0 to 1.");
        yield return new(Rate(1 - q.At / q.Steps), "That is the straight line from peak to floor; the cosine stays higher in the first half and lower in the second.");
        if (q.At + 1 <= q.Steps)
            yield return new(q.Schedule.At(q.At + 1), "One step too late: t counts the updates already made, so the n-th update uses t = n − 1.");
        if (q.At >= 1)
            yield return new(q.Schedule.At(q.At - 1), "One step too early: t counts the updates already made, and the first update uses t = 0.");
        yield return new(Digits.Cut(q.Floor, decimals) + Digits.Cut(range * q.Scale, decimals),
            "A product was cut where it should have been rounded: keep all digits to the end and round once.");
    }
}
