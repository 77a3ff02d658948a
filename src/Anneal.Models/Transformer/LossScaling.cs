namespace Anneal.Models;

/// <summary>Dynamic loss scaling for half precision: the loss is multiplied so that small gradients do not vanish, and the gradient divided again.</summary>
/// <remarks>
/// A gradient with a NaN or an infinity is not used, and the scale is halved; after <paramref name="Interval"/> good ones in a row it is doubled. The numbers are those of
/// <see cref="DynamicLossScale"/>; the loop unscales the gradient before the rule sees it, so that traces and clipping have its true size.
/// </remarks>
/// <param name="Initial">The scale at the start, a normal 32-bit number above 0; a power of 2 changes no digits.</param>
/// <param name="Interval">Good gradients in a row before the scale is doubled.</param>
public sealed record LossScaling(double Initial = 65_536, int Interval = 2_000)
{
    readonly DynamicLossScale scaling = new(new Sgd(), Initial, GrowthInterval: Interval);

    /// <summary>The scale at the start.</summary>
    public double Initial => scaling.InitialScale;

    /// <summary>Good gradients in a row before the scale is doubled.</summary>
    public int Interval => scaling.GrowthInterval;

    /// <summary>The state before the first step.</summary>
    public LossScale Start() => new(Initial, 0);

    /// <summary>The state after a step whose gradient was finite, or was not.</summary>
    public LossScale Next(LossScale scale, bool finite)
    {
        ArgumentNullException.ThrowIfNull(scale);
        var (next, good) = scaling.Next(scale.Scale, scale.Good, finite);
        return new(next, good);
    }
}

/// <summary>Where dynamic loss scaling stands.</summary>
/// <param name="Scale">What the loss is multiplied by.</param>
/// <param name="Good">Finite gradients since it last changed.</param>
public sealed record LossScale(double Scale, int Good);
