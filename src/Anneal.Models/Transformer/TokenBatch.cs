namespace Anneal.Models;

/// <summary>Sequences of the same length and what should follow each of their tokens.</summary>
public sealed class TokenBatch
{
    /// <param name="inputs">Tokens, sequence by sequence.</param>
    /// <param name="targets">The token that should follow each; −1 where none is asked for.</param>
    /// <param name="length">Tokens in a sequence.</param>
    public TokenBatch(int[] inputs, int[] targets, int length)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(targets);
        if (length <= 0 || inputs.Length == 0 || inputs.Length % length != 0)
            throw new ArgumentException($"A batch must be one or more sequences of {length} tokens; there are {inputs.Length} tokens.", nameof(length));
        if (targets.Length != inputs.Length)
            throw new ArgumentException($"There must be a target for each of {inputs.Length} tokens; there are {targets.Length}.", nameof(targets));
        (Inputs, Targets, Length) = (inputs, targets, length);
    }

    /// <summary>Tokens, sequence by sequence. They may be changed between steps.</summary>
    public int[] Inputs { get; }

    /// <summary>The token that should follow each; −1 where none is asked for.</summary>
    public int[] Targets { get; }

    /// <summary>Tokens in a sequence.</summary>
    public int Length { get; }

    /// <summary>How many sequences.</summary>
    public int Sequences => Inputs.Length / Length;

    /// <summary>How many tokens are asked for: targets from 0 on.</summary>
    public int Counted
    {
        get
        {
            int count = 0;
            foreach (int target in Targets)
                if (target >= 0)
                    count++;
            return count;
        }
    }

    /// <summary>Some of the sequences, for a batch in parts.</summary>
    public TokenBatch Part(int first, int sequences) => new(
        Inputs[(first * Length)..((first + sequences) * Length)], Targets[(first * Length)..((first + sequences) * Length)], Length);
}
