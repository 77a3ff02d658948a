namespace Anneal;

/// <summary>One of endlessly many cycles, the first of a given length and each <c>stretch</c> times as long as the one before.</summary>
/// <param name="Index">0 for the first.</param>
/// <param name="Start">The step it starts on.</param>
/// <param name="Length">Its length in updates.</param>
readonly record struct Cycle(double Index, double Start, double Length)
{
    /// <summary>The cycle that step <paramref name="t"/> lies in; on a boundary, the one that starts there.</summary>
    /// <remarks>
    /// With growing cycles a logarithm guesses the index, and the cycles' own boundaries decide wherever they can still be counted.
    /// </remarks>
    public static Cycle Of(double t, double length, double stretch)
    {
        if (stretch == 1)
        {
            double whole = Counting.Quotient(t, length);
            return new(whole, Math.Min(whole * length, t), length);
        }
        double index = Math.Max(0, Math.Floor(Math.Log(1 + t / length * (stretch - 1)) / Math.Log(stretch)));
        double power = Math.Pow(stretch, index), start = After(power), next = After(power * stretch);
        if (index < 1L << 52 && (t < start || t >= next * (1 - 1e-14)))
        {
            while (index > 0 && StartOf(index, length, stretch) > t)
                index--;
            while (StartOf(index + 1, length, stretch) <= t)
                index++;
            power = Math.Pow(stretch, index);
            start = After(power);
        }
        return new(index, Math.Min(start, t), length * power);

        double After(double power) => length * ((power - 1) / (stretch - 1));
    }

    /// <summary>Where cycle <paramref name="index"/> starts: <c>length · (stretchⁱ − 1) / (stretch − 1)</c>.</summary>
    public static double StartOf(double index, double length, double stretch) =>
        stretch == 1 ? index * length : length * ((Math.Pow(stretch, index) - 1) / (stretch - 1));

    /// <summary>How much of its cycle has passed at <paramref name="t"/>, as LaTeX; i counts the cycles.</summary>
    public static string Formula(string t, double length, double stretch) => stretch == 1
        ? @$"\frac{{{Tex.Bare(t)}}}{{{Tex.Number(length)}}} - i, \quad i = \left\lfloor \frac{{{Tex.Bare(t)}}}{{{Tex.Number(length)}}} \right\rfloor"
        : @$"\frac{{{Tex.Bare(t)} - s_i}}{{{Tex.Number(length)} \cdot {Tex.Base(stretch)}^i}}, \quad s_i = {Tex.Number(length)} \cdot \frac{{{Tex.Base(stretch)}^i - 1}}{{{Tex.Number(stretch)} - 1}} \le {Tex.Bare(t)} < s_{{i+1}}";
}
