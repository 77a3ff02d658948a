namespace Anneal.Models;

/// <summary>Where a transformer's batches come from. A batch follows from the seed and its number alone, so that a run goes on from any place without having been there.</summary>
public abstract class TokenSource
{
    /// <summary>How many tokens there are; they are numbered from 0.</summary>
    public abstract int Vocabulary { get; }

    /// <summary>The longest sequence it can fill; <see cref="int.MaxValue"/> where any length will do.</summary>
    public virtual int LongestSequence => int.MaxValue;

    /// <summary>Writes inputs and targets of one sequence.</summary>
    /// <param name="random">Draws that belong to this sequence.</param>
    /// <param name="inputs">Tokens.</param>
    /// <param name="targets">What should follow each; −1 where nothing is asked for.</param>
    public abstract void Fill(SeededRandom random, Span<int> inputs, Span<int> targets);

    /// <summary>Fills batch number <paramref name="number"/> of the sequence of batches that belongs to <paramref name="seed"/>.</summary>
    public void Fill(ulong seed, long number, TokenBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        for (int i = 0; i < batch.Sequences; i++)
        {
            // A generator of its own for each sequence, from a draw that depends on all three.
            ulong of = new SeededRandom(new SeededRandom(seed).Next() + (ulong)number).Next() + (ulong)i;
            Fill(new SeededRandom(new SeededRandom(of).Next()), batch.Inputs.AsSpan(i * batch.Length, batch.Length), batch.Targets.AsSpan(i * batch.Length, batch.Length));
        }
    }

    /// <summary>A batch of room for so many sequences of that length.</summary>
    public static TokenBatch NewBatch(int sequences, int length) => new(new int[sequences * length], new int[sequences * length], length);
}

/// <summary>A long text as tokens: a sequence is a piece of it from a drawn place.</summary>
public sealed class TokenStream : TokenSource
{
    readonly int[] tokens;

    /// <param name="tokens">The text.</param>
    /// <param name="vocabulary">How many tokens there are.</param>
    public TokenStream(IEnumerable<int> tokens, int vocabulary)
    {
        this.tokens = [.. tokens];
        Vocabulary = vocabulary > 0 ? vocabulary : throw new ArgumentOutOfRangeException(nameof(vocabulary), vocabulary, "The vocabulary must be above 0.");
        if (this.tokens.Length < 2)
            throw new ArgumentException("A text must have two tokens or more: one to see and one to predict.", nameof(tokens));
        if (Array.FindIndex(this.tokens, t => t < 0 || t >= vocabulary) is >= 0 and int place)
            throw new ArgumentException($"Token {place} is {this.tokens[place]}; the vocabulary has {vocabulary}, from 0.", nameof(tokens));
    }

    /// <summary>The text.</summary>
    public IReadOnlyList<int> Tokens => tokens;

    public override int Vocabulary { get; }

    public override int LongestSequence => tokens.Length - 1;

    public override void Fill(SeededRandom random, Span<int> inputs, Span<int> targets)
    {
        ArgumentNullException.ThrowIfNull(random);
        if (inputs.Length >= tokens.Length)
            throw new ArgumentException($"A sequence of {inputs.Length} tokens does not fit into a text of {tokens.Length}; it must have one more.", nameof(inputs));
        int at = random.Below(tokens.Length - inputs.Length);
        tokens.AsSpan(at, inputs.Length).CopyTo(inputs);
        tokens.AsSpan(at + 1, inputs.Length).CopyTo(targets);
    }
}
