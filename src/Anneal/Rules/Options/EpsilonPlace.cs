namespace Anneal.RuleOptions;

/// <summary>Where the small number that keeps a division finite stands: references differ, and slides often differ from papers.</summary>
public enum EpsilonPlace
{
    /// <summary>Beside the root, √v + ε: the papers and PyTorch.</summary>
    Outside,

    /// <summary>Under the root, √(v + ε): as the lecture prints it, and Keras' AdaGrad and RMSProp.</summary>
    Inside,
}
