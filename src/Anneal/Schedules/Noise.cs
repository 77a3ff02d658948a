namespace Anneal;

/// <summary>How the noise of a <see cref="Noisy"/> schedule is spread.</summary>
public enum Noise
{
    /// <summary>A standard normal number within the limit: those beyond it are not drawn, the others as often as they would be.</summary>
    Normal,

    /// <summary>Every number within the limit is as likely as any other.</summary>
    Uniform,
}
