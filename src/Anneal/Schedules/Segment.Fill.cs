namespace Anneal;

/// <content>Many rates at once: the formula before the end, then the last rate.</content>
public abstract partial record Segment
{
    private protected sealed override void FillRates(Span<double> rates, double from, double every)
    {
        int moving = Filling.CountBefore(Steps, from, every, rates.Length);
        FillCurve(rates[..moving], from, every);
        if (moving < rates.Length)
            rates[moving..].Fill(End);
    }

    /// <summary>The formula at steps that all lie before the end.</summary>
    private protected virtual void FillCurve(Span<double> rates, double from, double every)
    {
        for (int i = 0; i < rates.Length; i++)
            rates[i] = Curve(from + i * every);
    }
}
