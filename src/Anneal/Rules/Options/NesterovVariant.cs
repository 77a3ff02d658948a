namespace Anneal.RuleOptions;

/// <summary>Where <see cref="Nesterov"/> takes the gradient.</summary>
public enum NesterovVariant
{
    /// <summary>w − rate·β·v</summary>
    Correct,

    /// <summary>w − β·v</summary>
    SignFixed,

    /// <summary>w + β·v</summary>
    AsPrinted,
}
