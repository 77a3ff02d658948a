namespace Anneal;

/// <summary>What a rate does in the long run.</summary>
/// <remarks>
/// <code>η(t) ≈ Coefficient · Ratioᵗ · t^−Power · (ln t)^−LogPower</code>
/// A coefficient of 0 says that the rate ends at exactly 0; 1, 0 and 0 for the others that it settles at a constant.
/// </remarks>
public abstract record Tail
{
    /// <summary>The rate is exactly 0 from some step on.</summary>
    public static Tail Zero { get; } = new SmoothTail(0, 1, 0, 0);

    /// <summary>The rate settles at <paramref name="rate"/>, whether it reaches it or only comes close.</summary>
    public static Tail Constant(double rate) => rate == 0 ? Zero : new SmoothTail(rate, 1, 0, 0);

    /// <summary>The rate behaves like coefficient · t^−power · (ln t)^−logPower.</summary>
    public static Tail Powers(double coefficient, double power, double logPower = 0) =>
        coefficient == 0 ? Zero : new SmoothTail(coefficient, 1, power, logPower);

    /// <summary>The rate behaves like coefficient · ratioᵗ.</summary>
    public static Tail Geometric(double coefficient, double ratio) =>
        coefficient == 0 || ratio == 0 ? Zero : new SmoothTail(coefficient, ratio, 0, 0);

    /// <summary>The rate swings for ever and comes back near <paramref name="high"/> for a fixed share of all steps.</summary>
    public static Tail Recurring(double high) => Recurring(Constant(high));

    /// <summary>The rate swings below an envelope and comes back near it for a fixed share of all steps.</summary>
    public static Tail Recurring(Tail envelope) => envelope switch
    {
        SmoothTail { Coefficient: not 0 } smooth => new RecurringTail(smooth),
        _ => envelope,
    };

    /// <summary>Nothing can be said, and why.</summary>
    public static Tail Unknown(string reason) => new UnknownTail(reason);

    /// <summary>The tail of a schedule that plays later, <paramref name="stretch"/> times as long and <paramref name="factor"/> times as high.</summary>
    public abstract Tail Moved(double delay, double stretch = 1, double factor = 1);
}

/// <summary>A tail that follows one formula.</summary>
/// <param name="Coefficient">Its size, 0 or above; 0 for a rate that ends at 0.</param>
/// <param name="Ratio">Factor per step; below 1 the rate falls geometrically.</param>
/// <param name="Power">p in t^−p.</param>
/// <param name="LogPower">q in (ln t)^−q.</param>
public sealed record SmoothTail(double Coefficient, double Ratio, double Power, double LogPower) : Tail
{
    public override SmoothTail Moved(double delay, double stretch = 1, double factor = 1) => this with
    {
        Coefficient = factor * Coefficient * Math.Pow(Ratio, -delay / stretch) * Math.Pow(stretch, Power),
        Ratio = Math.Pow(Ratio, 1 / stretch),
    };
}

/// <summary>A tail that swings below an envelope and keeps coming back to it.</summary>
/// <param name="Envelope">The rate stays below a multiple of it, and above another for a fixed share of all steps.</param>
public sealed record RecurringTail(SmoothTail Envelope) : Tail
{
    public override Tail Moved(double delay, double stretch = 1, double factor = 1) => Recurring(Envelope.Moved(delay, stretch, factor));
}

/// <summary>A tail of which nothing is known.</summary>
public sealed record UnknownTail(string Reason) : Tail
{
    public override Tail Moved(double delay, double stretch = 1, double factor = 1) => factor == 0 ? Zero : this;
}
