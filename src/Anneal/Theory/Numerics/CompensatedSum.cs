namespace Anneal.Theory;

/// <summary>A running total that also carries what rounding took away, so that a million terms cost no digits.</summary>
/// <remarks>
/// The error is about one rounding of the result, however many terms of one sign there are.
/// Neumaier, Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen (1974).
/// </remarks>
struct CompensatedSum
{
    double sum, lost;

    public void Add(double term)
    {
        double next = sum + term;
        lost += Math.Abs(sum) >= Math.Abs(term) ? sum - next + term : term - next + sum;
        sum = next;
    }

    /// <summary>The total; infinite where it lies beyond the largest number, where nothing is known of what was lost.</summary>
    public readonly double Value => double.IsFinite(sum) ? sum + lost : sum;

    /// <summary>Σ f(first + i · stride) for i = 0 … count − 1.</summary>
    public static double Over(Func<double, double> f, double first, double stride, long count)
    {
        var total = new CompensatedSum();
        for (long i = 0; i < count; i++)
            total.Add(f(first + i * stride));
        return total.Value;
    }
}
