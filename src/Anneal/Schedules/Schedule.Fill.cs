namespace Anneal;

/// <content>Many rates at once.</content>
public abstract partial record Schedule
{
    /// <summary>Sets <c>rates[i]</c> to the rate at <c>from + i · every</c>, as fast as this shape allows.</summary>
    /// <remarks>
    /// Constants and straight lines have the bits of <see cref="At"/>. Cosines are within 8 ulp of the higher of their two ends;
    /// polynomials, counted from their floor, within 4 + 2·Power ulp of the rate; exponentials within 4 + 2·|ln(rate / peak)| ulp of it,
    /// where an ulp of x is 2⁻⁵²·x. Combinations pass the question on to their parts where steps are whole; all others are asked step by step.
    /// </remarks>
    /// <param name="rates">What is filled.</param>
    /// <param name="from">The first step: finite, 0 or above.</param>
    /// <param name="every">From one step to the next: finite, 0 or above.</param>
    public void Fill(Span<double> rates, double from = 0, double every = 1)
    {
        Require.NotNegative(from + Math.Max(0, rates.Length - 1) * Require.NotNegative(every), "the last step");
        FillRates(rates, Require.NotNegative(from), every);
    }

    /// <summary>What <see cref="Fill"/> does; all steps have been checked.</summary>
    private protected virtual void FillRates(Span<double> rates, double from, double every)
    {
        for (int i = 0; i < rates.Length; i++)
            rates[i] = Rate(from + i * every);
    }

    /// <summary>Fills with another schedule that counts its steps from <paramref name="start"/>.</summary>
    private protected static void FillFrom(Schedule other, double start, Span<double> rates, double from, double every)
    {
        if (start == 0 || (double.IsInteger(start) && Filling.AreWhole(from, every, rates.Length)))
            other.FillRates(rates, from - start, every);
        else
            for (int i = 0; i < rates.Length; i++)
                rates[i] = other.Rate(from + i * every - start);
    }
}
