namespace Anneal.Models;

/// <summary>Dynamic loss scaling for half precision: the loss is multiplied so that small gradients do not vanish, and the gradient divided again.</summary>
/// <remarks>
/// A gradient with a NaN or an infinity is not used, and the scale is halved; after <paramref name="Interval"/> good ones in a row it is doubled.
/// Micikevicius et al., <see href="https://arxiv.org/abs/1710.03740">Mixed Precision Training</see> (2018); numbers as in PyTorch's GradScaler.
/// </remarks>
/// <param name="Initial">The scale at the start, above 0; a power of 2, which changes no digits.</param>
/// <param name="Interval">Good gradients in a row before the scale is doubled.</param>
public sealed record LossScaling(double Initial = 65_536, int Interval = 2_000)
{
    /// <summary>The scale at the start.</summary>
    public double Initial { get; } = Initial > 0 && double.IsFinite(Initial) ? Initial
        : throw new ArgumentOutOfRangeException(nameof(Initial), Initial, "Initial must be a finite number above 0.");

    /// <summary>Good gradients in a row before the scale is doubled.</summary>
    public int Interval { get; } = Interval > 0 ? Interval
        : throw new ArgumentOutOfRangeException(nameof(Interval), Interval, "Interval must be above 0.");

    /// <summary>The state before the first step.</summary>
    public LossScale Start() => new(Initial, 0);

    /// <summary>The state after a step whose gradient was finite, or was not.</summary>
    public LossScale Next(LossScale scale, bool finite)
    {
        ArgumentNullException.ThrowIfNull(scale);
        return !finite ? new(scale.Scale / 2, 0)
            : scale.Good + 1 < Interval ? scale with { Good = scale.Good + 1 }
            : new(scale.Scale * 2, 0);
    }
}

/// <summary>Where dynamic loss scaling stands.</summary>
/// <param name="Scale">What the loss is multiplied by.</param>
/// <param name="Good">Finite gradients since it last changed.</param>
public sealed record LossScale(double Scale, int Good);
