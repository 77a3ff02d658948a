namespace Anneal;

/// <summary>The format a rule computes in, and that of the numbers it remembers.</summary>
public enum Precision
{
    /// <summary>Weights and memory in 64 bits.</summary>
    Double,

    /// <summary>Weights and memory in 32 bits.</summary>
    Single,

    /// <summary>
    /// Weights in 32 bits, memory as bfloat16 (16 bits), for rules whose memory is one or more averages per weight and nothing else, each of which keeps at most 0.99 of itself per step.
    /// </summary>
    /// <remarks>
    /// A bfloat16 has 8 significant bits and is rounded to the nearest, so a number that moves by less than 1 part in 512 per step stands still. With β₂ = 0.999, the
    /// default of Adam and AdamW, the mean square no longer falls when gradients do, and steps come out up to thousands of times too small; with 0.95 or 0.99 it follows.
    /// Rules with a slower average are refused here; see <see cref="SingleWithBFloat16StateRoundedToNearest"/>.
    /// </remarks>
    SingleWithBFloat16State,

    /// <summary>As <see cref="SingleWithBFloat16State"/>, also for rules with averages slower than 0.99, and for sums: what they remember may stand still.</summary>
    /// <remarks>
    /// After 2,000 gradients of 10 and 20,000 of 0.001, v of Adam with β₂ = 0.999 is 32 here and 1.18e-6 in 32 bits. Of use to compare with programs that keep their state so.
    /// </remarks>
    SingleWithBFloat16StateRoundedToNearest,
}

/// <summary>What formats can hold.</summary>
static class Precisions
{
    /// <summary>The slowest average that 8 significant bits follow.</summary>
    public const double SlowestInBFloat16 = 0.99;

    public static bool IsBFloat16(this Precision precision) => precision is Precision.SingleWithBFloat16State or Precision.SingleWithBFloat16StateRoundedToNearest;

    /// <summary>Why an average is refused, and what to do.</summary>
    public static string Stalls(string what) => FormattableString.Invariant(
        $"bfloat16 memory cannot follow {what}: what moves by less than 1 part in 512 per step stands still, and steps come out up to thousands of times too small. ")
        + FormattableString.Invariant($"Take averages that keep at most {SlowestInBFloat16} per step, or Precision.{nameof(Precision.Single)}, or ask for Precision.{nameof(Precision.SingleWithBFloat16StateRoundedToNearest)} by name.");
}
