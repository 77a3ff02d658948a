namespace Anneal.Models;

/// <summary>How far one output, or one sample's outputs, are from the label.</summary>
enum LossKind
{
    /// <summary>½(z − y)²</summary>
    Squared,

    /// <summary>|z − y|</summary>
    Absolute,

    /// <summary>log(1 + exp(−s·z)), s = ±1 for label 1 and 0</summary>
    Logistic,

    /// <summary>log Σ exp(z_c) − z_label</summary>
    Softmax,
}
