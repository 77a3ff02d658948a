namespace Anneal.RuleOptions;

/// <summary>What a momentum rule remembers; at a constant rate without dampening the first and last walk the same path.</summary>
public enum MomentumForm
{
    /// <summary>A sum of gradients, multiplied by the rate when it is used (PyTorch, optax).</summary>
    Gradients,

    /// <summary>A moving average of gradients: v ← Beta·v + (1 − Beta)·g from v = 0 (the lecture's first momentum).</summary>
    Average,

    /// <summary>A sum of steps, each multiplied by the rate of its time (Keras, Sutskever et al.).</summary>
    Steps,
}
