namespace Anneal.Models;

/// <summary>The exact minimum of <see cref="AbsoluteModel"/>, with the proof that nothing lies below it.</summary>
/// <param name="Map">Where the minimum is: <c>wᵀx + b</c>.</param>
/// <param name="Loss">The mean absolute error there.</param>
/// <param name="LowerBound">What no w and b can fall below, by the dual: equal to <paramref name="Loss"/> but for rounding.</param>
public sealed record LeastAbsoluteErrors(AffineMap Map, double Loss, double LowerBound)
{
    /// <summary>Minimises <c>1/n Σ |wᵀx + b − y|</c>: see <see cref="AbsoluteLoss.LowerBound"/>.</summary>
    /// <param name="samples">With numbers for labels.</param>
    /// <exception cref="DataException">There are fewer samples than weights, a feature is a combination of others, or rounding keeps the bound from meeting the loss.</exception>
    public static LeastAbsoluteErrors Of(Samples samples)
    {
        Model.Numbers(samples, "absolute loss");
        int n = samples.Count, p = samples.Inputs + 1;
        if (n < p)
            throw new DataException($"{samples.Name}: {n} samples cannot settle {p} weights.");
        var loss = new AbsoluteLoss([.. Enumerable.Range(0, n).Select(i => (double[])[.. samples.Row(i), 1])], samples.Labels());
        return loss.Minimum is double least ? new(AffineMap.Of(loss.Minimizers[0]), least, loss.LowerBound!.Value)
            : throw new DataException($"{samples.Name}: a feature is a combination of the others, or they differ too much in size.");
    }
}
