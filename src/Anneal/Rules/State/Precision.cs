namespace Anneal;

/// <summary>The format a rule computes in, and that of the numbers it remembers.</summary>
public enum Precision
{
    /// <summary>Weights and memory in 64 bits.</summary>
    Double,

    /// <summary>Weights and memory in 32 bits.</summary>
    Single,

    /// <summary>Weights in 32 bits, memory as bfloat16 (16 bits) rounded by chance, for rules whose memory is read and written by formulas on lanes alone; Muon and its relatives and Dion among them.</summary>
    /// <remarks>
    /// A bfloat16 has 8 significant bits. Rounded away from 0 with the probability that keeps the mean, an average that moves by a thousandth of itself per step still follows its
    /// gradients, on average; each number is off by some per cent. The random bits depend on <see cref="StepOptions.Seed"/>, the tensor, the update and the index alone.
    /// </remarks>
    SingleWithBFloat16State,

    /// <summary>As <see cref="SingleWithBFloat16State"/>, but rounded to the nearest number: what moves by less than 1 part in 512 per step stands still.</summary>
    /// <remarks>
    /// With β₂ = 0.999, the default of Adam and AdamW, the mean square no longer falls when gradients do, and steps come out up to thousands of times too small; with 0.95 or 0.99 it follows.
    /// After 2,000 gradients of 10 and 20,000 of 0.001, v of Adam with β₂ = 0.999 is 32 here and 1.18e-6 in 32 bits. Of use to compare with programs that keep their state so.
    /// </remarks>
    SingleWithBFloat16StateRoundedToNearest,
}

/// <summary>What formats can hold.</summary>
static class Precisions
{
    public static bool IsBFloat16(this Precision precision) => precision is Precision.SingleWithBFloat16State or Precision.SingleWithBFloat16StateRoundedToNearest;

    /// <summary>Why a rule that takes differences of remembered numbers does not keep them in bfloat16 unasked.</summary>
    public static string Subtracts(string kind) =>
        $"{kind} takes the difference of numbers it remembers, and rounding to bfloat16 can be larger than the difference. Keep its memory in Precision.Single, or, to see what happens, "
        + $"ask for Precision.{nameof(Precision.SingleWithBFloat16StateRoundedToNearest)} by name.";
}
