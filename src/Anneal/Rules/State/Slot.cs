namespace Anneal.Kernels;

/// <summary>Something a rule remembers from step to step.</summary>
/// <param name="Name">How state files call it: the letter of the paper.</param>
/// <param name="Size">Numbers per tensor; null means one per weight.</param>
/// <param name="Initial">The value before the first step.</param>
/// <param name="Scratch">Only room to work in: neither saved nor compared.</param>
public sealed record Slot(string Name, Func<Tensor, int>? Size = null, double Initial = 0, bool Scratch = false)
{
    /// <summary>One number per weight, starting at 0.</summary>
    public static implicit operator Slot(string name) => new(name);

    /// <summary>Room for one number per weight that need not be remembered.</summary>
    public static Slot ScratchSpace(string name, Func<Tensor, int>? size = null) => new(name, size, 0, Scratch: true);
}
