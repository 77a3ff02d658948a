namespace Anneal.RuleOptions;

/// <summary>How long the direction of the spectral norm is.</summary>
public enum SpectralScale
{
    /// <summary>√(rows/columns)</summary>
    RmsToRms,

    /// <summary>√rows: the first layer, whose inputs have length 1 (Scion's <c>normalized</c> false).</summary>
    RootRows,

    /// <summary>1: singular values themselves.</summary>
    One,
}
