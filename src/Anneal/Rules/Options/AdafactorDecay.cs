namespace Anneal.RuleOptions;

/// <summary>What the weight decay of <see cref="Adafactor"/> is multiplied by.</summary>
public enum AdafactorDecay
{
    /// <summary>The rate that was given.</summary>
    Rate,

    /// <summary>The rate as used, scaled by the weights.</summary>
    Step,

    /// <summary>Nothing.</summary>
    Nothing,
}
