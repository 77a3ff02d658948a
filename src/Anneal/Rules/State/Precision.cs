namespace Anneal;

/// <summary>The format a rule computes in, and that of the numbers it remembers.</summary>
public enum Precision
{
    /// <summary>Weights and memory in 64 bits.</summary>
    Double,

    /// <summary>Weights and memory in 32 bits.</summary>
    Single,

    /// <summary>Weights in 32 bits, memory as bfloat16 (16 bits), for rules whose memory is one or more numbers per weight and nothing else.</summary>
    SingleWithBFloat16State,
}
