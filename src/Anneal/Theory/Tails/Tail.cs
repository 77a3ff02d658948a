namespace Anneal.Theory;

/// <summary>What a rate does in the long run.</summary>
/// <remarks>
/// <code>η(t) ≈ Coefficient · Ratioᵗ · t^−Power · (ln t)^−LogPower</code>
/// up to a factor that stays between two numbers above 0. A coefficient of 0 says that the rate is 0 from some step on;
/// a ratio of 1 with both powers 0, that it settles at a constant.
/// </remarks>
public abstract record Tail
{
    /// <summary>The rate is exactly 0 from some step on.</summary>
    public static Tail Zero { get; } = new SmoothTail(0, 1, 0, 0);

    /// <summary>The rate settles at <paramref name="rate"/>, whether it reaches it or only comes close.</summary>
    public static Tail Constant(double rate) => new SmoothTail(rate, 1, 0, 0);

    /// <summary>The rate behaves like coefficient · t^−power · (ln t)^−logPower.</summary>
    public static Tail Powers(double coefficient, double power, double logPower = 0) =>
        coefficient == 0 ? Zero : new SmoothTail(coefficient, 1, power, logPower);

    /// <summary>The rate behaves like coefficient · ratioᵗ.</summary>
    public static Tail Geometric(double coefficient, double ratio) =>
        coefficient == 0 ? Zero : new SmoothTail(coefficient, ratio, 0, 0);

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

    /// <summary>The tail of two rates added.</summary>
    public Tail Plus(Tail other) => Combine(other, SmoothTail.Plus);

    /// <summary>The tail of the higher of two rates.</summary>
    public Tail Max(Tail other) => Combine(other, SmoothTail.Max);

    /// <summary>The tail of the lower of two rates.</summary>
    public Tail Min(Tail other) => (this, other) switch
    {
        (SmoothTail a, SmoothTail b) => SmoothTail.Min(a, b),
        (RecurringTail a, SmoothTail b) => Recurring(SmoothTail.Min(a.Envelope, b)),
        (SmoothTail a, RecurringTail b) => Recurring(SmoothTail.Min(a, b.Envelope)),
        (SmoothTail { Coefficient: 0 }, _) or (_, SmoothTail { Coefficient: 0 }) => Zero,
        _ => Undecided(this, other, "the lower of two rates that swing depends on how they meet"),
    };

    /// <summary>The tail of a rate times a factor.</summary>
    public Tail Times(Tail other) => (this, other) switch
    {
        (SmoothTail { Coefficient: 0 }, _) or (_, SmoothTail { Coefficient: 0 }) => Zero,
        (SmoothTail a, SmoothTail b) => SmoothTail.Times(a, b),
        (RecurringTail a, SmoothTail b) => Recurring(SmoothTail.Times(a.Envelope, b)),
        (SmoothTail a, RecurringTail b) => Recurring(SmoothTail.Times(a, b.Envelope)),
        _ => Undecided(this, other, "the product of two rates that swing depends on how they meet"),
    };

    /// <summary>A tail that grows faster than the other decides alone; a swing that does not is no swing of the whole.</summary>
    Tail Combine(Tail other, Func<SmoothTail, SmoothTail, SmoothTail> smooth) => (this, other) switch
    {
        (SmoothTail a, SmoothTail b) => smooth(a, b),
        (RecurringTail a, RecurringTail b) => Recurring(smooth(a.Envelope, b.Envelope)),
        (RecurringTail a, SmoothTail b) => b.Order(a.Envelope) > 0 ? b : Recurring(smooth(a.Envelope, b)),
        (SmoothTail a, RecurringTail b) => a.Order(b.Envelope) > 0 ? a : Recurring(smooth(a, b.Envelope)),
        _ => Undecided(this, other, ""),
    };

    static Tail Undecided(Tail one, Tail other, string reason) => one as UnknownTail ?? other as UnknownTail ?? Unknown(reason);
}
