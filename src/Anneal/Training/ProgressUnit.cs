namespace Anneal;

/// <summary>What the progress of a run is counted in.</summary>
public enum ProgressUnit
{
    /// <summary>Updates of the weights: what every schedule is asked for.</summary>
    Updates,

    /// <summary>Samples seen.</summary>
    Samples,

    /// <summary>Tokens seen.</summary>
    Tokens,

    /// <summary>Passes over the data set.</summary>
    Epochs,
}
