namespace Anneal.Experiments;

/// <summary>a + b = c modulo a prime, one question a sequence: tokens a, b, "=", and c asked for after the last. Half of all pairs, say, are for training, the rest held out.</summary>
/// <remarks>Power et al., <see href="https://arxiv.org/abs/2201.02177">Grokking</see> (2022).</remarks>
public sealed class ModularAddition : TokenSource
{
    /// <summary>Tokens of a question.</summary>
    public const int Length = SampleLength.ModularAddition;

    readonly int[] pairs;

    /// <param name="modulus">The numbers are 0 to modulus − 1.</param>
    /// <param name="share">Share of the pairs that are for training, above 0 and below 1.</param>
    /// <param name="heldOut">Whether this is the part that is held out.</param>
    /// <param name="seed">Where the parting is drawn from: the same for both parts.</param>
    public ModularAddition(int modulus = 97, double share = 0.5, bool heldOut = false, ulong seed = 1)
    {
        if (modulus is < 2 or > 10_000)
            throw new ArgumentOutOfRangeException(nameof(modulus), modulus, "modulus must be from 2 to 10000.");
        if (!(share > 0 && share < 1))
            throw new ArgumentOutOfRangeException(nameof(share), share, "share must be above 0 and below 1.");
        Modulus = modulus;
        int[] all = [.. Enumerable.Range(0, modulus * modulus)];
        new SeededRandom(seed).Shuffle(all.AsSpan());
        int training = Math.Clamp((int)Math.Round(share * all.Length), 1, all.Length - 1);
        pairs = heldOut ? all[training..] : all[..training];
    }

    /// <summary>The numbers are 0 to Modulus − 1; the token Modulus is the equals sign.</summary>
    public int Modulus { get; }

    /// <summary>How many pairs this part has.</summary>
    public int Pairs => pairs.Length;

    public override int Vocabulary => Modulus + 1;

    public override int LongestSequence => Length;

    public override void Fill(SeededRandom random, Span<int> inputs, Span<int> targets)
    {
        ArgumentNullException.ThrowIfNull(random);
        if (inputs.Length != Length)
            throw new ArgumentException($"A question of modular addition has {Length} tokens, not {inputs.Length}.", nameof(inputs));
        var (a, b) = Math.DivRem(pairs[random.Below(pairs.Length)], Modulus);
        (inputs[0], inputs[1], inputs[2]) = (a, b, Modulus);
        (targets[0], targets[1], targets[2]) = (-1, -1, (a + b) % Modulus);
    }
}

/// <summary>A drawn word, a separator, and the word again, which is asked for: n symbols, the separator, the first n − 1 symbols.</summary>
public sealed class Copying : TokenSource
{
    /// <param name="symbols">How many symbols there are.</param>
    public Copying(int symbols = 8) => Symbols = symbols > 0 ? symbols : throw new ArgumentOutOfRangeException(nameof(symbols), symbols, "symbols must be above 0.");

    /// <summary>How many symbols there are; the token Symbols is the separator.</summary>
    public int Symbols { get; }

    public override int Vocabulary => Symbols + 1;

    public override void Fill(SeededRandom random, Span<int> inputs, Span<int> targets)
    {
        ArgumentNullException.ThrowIfNull(random);
        if (inputs.Length % 2 != 0)
            throw new ArgumentException($"A sequence to copy has an even number of tokens, not {inputs.Length}.", nameof(inputs));
        int n = inputs.Length / 2;
        targets.Fill(-1);
        inputs[n] = Symbols;
        for (int i = 0; i < n; i++)
        {
            int symbol = random.Below(Symbols);
            inputs[i] = symbol;
            targets[n + i] = symbol;
            if (i < n - 1)
                inputs[n + 1 + i] = symbol;
        }
    }
}
