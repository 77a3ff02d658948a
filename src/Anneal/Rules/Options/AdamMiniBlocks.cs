namespace Anneal.RuleOptions;

/// <summary>The blocks of weights that share a second moment in <see cref="AdamMini"/>.</summary>
public enum AdamMiniBlocks
{
    /// <summary>By the name of the tensor.</summary>
    ByName,

    /// <summary>Every weight alone: Adam.</summary>
    PerWeight,

    /// <summary>Every row: an output, or a word of an embedding.</summary>
    PerRow,

    /// <summary>Every head of an attention layer.</summary>
    PerHead,

    /// <summary>The whole tensor.</summary>
    PerTensor,
}
