namespace Anneal.ML;

/// <summary>How far one row's output z is from its label y.</summary>
enum RowLossKind
{
    /// <summary>½(z − y)²</summary>
    Squared,

    /// <summary>|z − y|</summary>
    Absolute,

    /// <summary>log(1 + exp(−s·z)), s = ±1 for label 1 and 0</summary>
    Logistic,
}
