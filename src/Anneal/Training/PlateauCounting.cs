namespace Anneal;

/// <summary>Whose rules of counting a plateau follows.</summary>
public enum PlateauCounting
{
    /// <summary>
    /// Cuts when bad reports <em>exceed</em> the patience; every report during a cooldown is ignored; a relative threshold is a
    /// fraction of the best report itself, so that below 0 it loosens. (optax is this with one less patience.)
    /// </summary>
    PyTorch,

    /// <summary>
    /// Cuts when bad reports <em>reach</em> the patience; the last report of a cooldown counts again; a relative threshold is a
    /// fraction of the best report's size.
    /// </summary>
    Keras,
}
