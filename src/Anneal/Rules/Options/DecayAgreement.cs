namespace Anneal.RuleOptions;

/// <summary>Which weights decay, by where the step of the rule moves them.</summary>
public enum DecayAgreement
{
    /// <summary>All of them.</summary>
    All,

    /// <summary>All but those that the step moves away from 0 (Dion).</summary>
    NotAway,

    /// <summary>Those that the step moves towards 0 (lucidrains).</summary>
    Towards,
}
