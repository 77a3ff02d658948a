namespace Anneal.Experiments;

/// <summary>The 8×8 handwritten digits of <c>data/digits.csv</c> as tokens: an image is 16 patches of 2×2 pixels, row by row, and after the last the digit is asked for.</summary>
/// <remarks>
/// A patch is the mean ink of its pixels, rounded to a whole number: tokens 0 (white) to 16 (black). The digits 0 to 9 are the tokens 17 to 26. So there are 27 tokens,
/// and a sequence has 16. The loss is that of the digit alone; guessing by ten equal chances costs ln 10 = 2.303. A fifth of the 1,797 images is held out.
/// </remarks>
public sealed class DigitPatches : TokenSource
{
    /// <summary>Patches of an image.</summary>
    public const int Patches = SampleLength.Digits;

    const int Side = 8, Levels = 17;

    readonly (int[] Patches, int Digit)[] images;

    /// <param name="heldOut">Whether this is the part that is held out.</param>
    /// <param name="seed">Where the parting is drawn from: the same for both parts.</param>
    public DigitPatches(bool heldOut = false, ulong seed = 1)
    {
        var samples = DataSets.Digits();
        int[] all = [.. Enumerable.Range(0, samples.Count)];
        new SeededRandom(seed).Shuffle(all.AsSpan());
        int held = all.Length / 5;
        images = [.. (heldOut ? all[..held] : all[held..]).Select(i => (Tokens(samples.Row(i)), (int)samples.Label(i)))];
    }

    /// <summary>Images of this part.</summary>
    public int Count => images.Length;

    public override int Vocabulary => Levels + 10;

    public override int LongestSequence => Patches;

    /// <summary>The tokens of 64 pixels from 0 to 16, row by row.</summary>
    public static int[] Tokens(IReadOnlyList<double> pixels)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        if (pixels.Count != Side * Side)
            throw new ArgumentException($"An image has {Side * Side} pixels, not {pixels.Count}.", nameof(pixels));
        return [.. from row in Enumerable.Range(0, Side / 2)
                   from column in Enumerable.Range(0, Side / 2)
                   let first = 2 * row * Side + 2 * column
                   select (int)Math.Round((pixels[first] + pixels[first + 1] + pixels[first + Side] + pixels[first + Side + 1]) / 4, MidpointRounding.AwayFromZero)];
    }

    public override void Fill(SeededRandom random, Span<int> inputs, Span<int> targets)
    {
        ArgumentNullException.ThrowIfNull(random);
        if (inputs.Length != Patches)
            throw new ArgumentException($"An image has {Patches} tokens, not {inputs.Length}.", nameof(inputs));
        var (patches, digit) = images[random.Below(images.Length)];
        patches.CopyTo(inputs);
        targets.Fill(-1);
        targets[^1] = Levels + digit;
    }
}
