namespace Anneal.RuleOptions;

/// <summary>Which of Adam's moving averages are freed from their start at 0.</summary>
public enum BiasCorrection
{
    /// <summary>Mean and mean square.</summary>
    Both,

    /// <summary>The mean alone.</summary>
    Mean,

    /// <summary>The mean square alone.</summary>
    Square,

    /// <summary>None.</summary>
    Neither,
}
