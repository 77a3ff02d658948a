namespace Anneal.Lessons;

/// <summary>What lesson 11 judges schedules by, written by the reader.</summary>
public static class VerdictsFromScratch
{
    static readonly double[] shownRates = [0.9, 0.9, 0.9, 0.6, 0.3];
    static readonly double[] levelRates = [.. Enumerable.Repeat(0.2, 40)];
    static readonly double[] cosineRates = [.. Enumerable.Range(0, 60).Select(t => 0.5 * (1 + Math.Cos(Math.PI * t / 60)))];

    /// <summary>What the proof of the last-iterate bound allows for the mean loss from update k on, for every k: rates, distance.</summary>
    public static CodingExercise<Func<double[], double, double[]>> LastIterate { get; } = new("last-iterate-from-scratch",
        "Write the last-iterate bound with G = 1: what the proof allows for the mean gap from update k on, for k = 1 to T. The last number is the bound on the last weights.",
        (rates, distance) => Allowed(rates, distance))
    {
        Trials =
        [
            new("the rates shown", f => f(shownRates, 3), new Input("rate", shownRates), new("D", 3)),
            new("40 equal rates", f => f(levelRates, 1), new Input("rate", levelRates)),
            new("a cosine, from far away", f => f(cosineRates, 20), new Input("rate", cosineRates)),
        ],
        Slips =
        [
            new((rates, distance) => Allowed(rates, distance, after: 0), "The price of update k is divided by what comes after it, A_{k+1}, not by A_k."),
            new((rates, distance) => Allowed(rates, distance, power: 1), "B_k adds the squares of the rates."),
            new((rates, distance) => Allowed(rates, Math.Sqrt(distance)), "D stands squared in the first term."),
            new((rates, distance) => Allowed(rates, distance, price: 1), "The sum has a ½ in front, like the first term."),
            new((rates, distance) => Allowed(rates, distance, price: 0), "That is the bound on the average alone: the price of each update up to k − 1 is still to be added."),
            new((rates, distance) => Allowed(rates, distance, first: 1), "The first term is halved too: (D² + B₁)/(2A₁)."),
            new((rates, distance) => Latest(rates, distance), "Prices add up: the k-th number holds those of all updates before k, not only the last one."),
        ],
    };

    /// <remarks><code>allowed_k = first·(D² + B₁)/A₁ + price·Σ_{j&lt;k} (η_j/A_{j+1})·(B_j/A_j)</code></remarks>
    static double[] Allowed(double[] rates, double distance, double power = 2, int after = 1, double first = 0.5, double price = 0.5)
    {
        double From(int k, double exponent) => rates.Skip(k).Sum(r => Math.Pow(r, exponent));
        double bound = first * (distance * distance + From(0, power)) / From(0, 1);
        var allowed = new List<double> { bound };
        for (int k = 0; k + 1 < rates.Length; k++)
            allowed.Add(bound += price * rates[k] / From(k + after, 1) * From(k, power) / From(k, 1));
        return [.. allowed];
    }

    static double[] Latest(double[] rates, double distance)
    {
        double[] all = Allowed(rates, distance);
        return [.. all.Select((a, k) => k == 0 ? a : all[0] + a - all[k - 1])];
    }
}
