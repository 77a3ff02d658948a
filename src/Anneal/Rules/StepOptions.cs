namespace Anneal;

/// <summary>What may change from step to step: above all the rate. A plain number is taken for the rate.</summary>
/// <param name="Rate">The learning rate of this update: finite, 0 or above.</param>
public readonly record struct StepOptions(double Rate)
{
    /// <summary>The learning rate of this update: finite, 0 or above.</summary>
    public double Rate { get; init; } = Require.NotNegative(Rate);

    /// <summary>Takes the place of the rule's momentum (or β₁) for this update, [0, 1); null leaves it alone.</summary>
    public double? Momentum
    {
        get;
        init => field = value is double share ? Require.BelowOne(share, nameof(Momentum)) : null;
    }

    /// <summary>The rule's weight decay is multiplied by 1 + this, −1 or above: 0 leaves it alone, −1 switches it off.</summary>
    public double DecayChange
    {
        get;
        init => field = Require.AtLeast(-1, value, nameof(DecayChange));
    }

    /// <summary>The most threads to use; 0 means as many as the machine has.</summary>
    public int Threads
    {
        get;
        init => field = (int)Require.NotNegative(value, nameof(Threads));
    }

    /// <summary>What the random bits of stochastic rounding are drawn with: the same seed gives the same run.</summary>
    public int Seed { get; init; }

    /// <summary>One number at a time instead of many: slower, for checking that both give the same bits.</summary>
    public bool Scalar { get; init; }

    /// <summary>The rate alone, and nothing else that varies.</summary>
    public static implicit operator StepOptions(double rate) => new(rate);
}
