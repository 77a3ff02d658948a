namespace Anneal.RuleOptions;

/// <summary>What Muon and its relatives take as the mean of the gradients; under a norm only the direction counts, so the first two differ by their ε alone.</summary>
public enum MuonMomentum
{
    /// <summary>m ← β·m + (1 − β)·g  (Jordan, PyTorch, timm)</summary>
    Average,

    /// <summary>m ← β·m + g  (Moonlight, Keras, Dion)</summary>
    Sum,

    /// <summary>The average, freed from its start at 0  (optax)</summary>
    BiasCorrected,
}
