using System.IO.Compression;

namespace Anneal.Experiments.Tests;

public class TokenDataTests
{
    [Fact]
    public void The_entropy_of_the_language_is_what_an_ideal_code_spends()
    {
        var language = new BracketLanguage();
        const int Length = 64, Sequences = 4_000;
        var batch = TokenSource.NewBatch(Sequences, Length);
        language.Fill(seed: 3, number: 0, batch);
        double[] costs = [.. Enumerable.Range(0, Sequences).Select(i => language.Costs(batch.Targets.AsSpan(i * Length, Length)).Average())];
        double mean = costs.Average(), error = Math.Sqrt(costs.Average(c => (c - mean) * (c - mean)) / Sequences);
        // Four standard errors of the mean.
        Assert.InRange(language.Entropy(Length), mean - 4 * error, mean + 4 * error);
        Assert.InRange(error, 0, 0.01 * mean);
    }

    [Fact]
    public void A_compressor_comes_near_the_entropy_and_not_below()
    {
        var language = new BracketLanguage();
        const int Length = 400_000;
        var batch = TokenSource.NewBatch(1, Length);
        language.Fill(seed: 5, number: 0, batch);
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
            brotli.Write([.. batch.Targets.Select(t => (byte)t)]);
        double nats = packed.Length * 8 * Math.Log(2) / Length;
        // The chance that a sample is 2 % cheaper than the entropy is nil; what Brotli loses is its own.
        Assert.InRange(nats, 0.98 * language.Entropy(1_000), 1.35 * language.Entropy(1_000));
        Assert.True(nats < 0.9 * Math.Log(language.Vocabulary));
    }

    [Fact]
    public void Brackets_close_what_is_open()
    {
        var language = new BracketLanguage(words: 3, kinds: 2, depth: 2, opening: 0.3, closing: 0.3);
        Assert.Contains("cannot stand there", Assert.Throws<ArgumentException>(() => language.Costs([3, 6])).Message);
        // [ opens with 0.3 / 2 each, and at depth 2 nothing opens any more.
        double[] costs = language.Costs([3, 4, 6, 5]);
        Assert.Equal([-Math.Log(0.15), -Math.Log(0.15), -Math.Log(0.3), -Math.Log(0.3)], costs, (a, b) => Math.Abs(a - b) < 1e-14);
        Assert.Throws<ArgumentException>(() => language.Costs([3, 4, 3]));
    }

    [Fact]
    public void Modular_addition_parts_all_pairs()
    {
        ModularAddition training = new(7, 0.6), held = new(7, 0.6, heldOut: true);
        Assert.Equal((29, 20), (training.Pairs, held.Pairs));
        Assert.Empty(Seen(training).Intersect(Seen(held)));
        Assert.Equal(49, Seen(training).Union(Seen(held)).Count());

        HashSet<(int, int)> Seen(ModularAddition source)
        {
            var batch = TokenSource.NewBatch(2_000, 3);
            source.Fill(1, 0, batch);
            var seen = new HashSet<(int, int)>();
            for (int i = 0; i < 6_000; i += 3)
            {
                Assert.Equal(7, batch.Inputs[i + 2]);
                Assert.Equal([-1, -1, (batch.Inputs[i] + batch.Inputs[i + 1]) % 7], batch.Targets[i..(i + 3)]);
                seen.Add((batch.Inputs[i], batch.Inputs[i + 1]));
            }
            return seen;
        }
    }

    [Fact]
    public void A_copy_is_asked_for_symbol_by_symbol()
    {
        var batch = TokenSource.NewBatch(1, 8);
        new Copying(symbols: 5).Fill(1, 0, batch);
        Assert.Equal(5, batch.Inputs[4]);
        Assert.Equal(batch.Inputs[..3], batch.Inputs[5..]);
        Assert.Equal([-1, -1, -1, -1, .. batch.Inputs[..4]], batch.Targets);
    }

    [Fact]
    public void Text_comes_back_from_its_tokens()
    {
        const string Text = "Ünder the bridge, under the 12 bridges – 🌉 under\n\n\tthe bridge.";
        foreach (Tokenizer tokenizer in (Tokenizer[])[new CharacterTokenizer(Text), new BytePairTokenizer(Text, 300)])
        {
            int[] tokens = tokenizer.Encode(Text);
            Assert.Equal(Text, tokenizer.Decode(tokens));
            Assert.All(tokens, t => Assert.InRange(t, 0, tokenizer.Vocabulary - 1));
        }
        Assert.Contains("Character 2, U+0058", Assert.Throws<DataException>(() => new CharacterTokenizer(Text).Encode("deX")).Message);
    }

    [Fact]
    public void Byte_pairs_are_joined_by_how_often_they_come()
    {
        // In "aaabdaaabac" aa comes first, then aaa and ab tie and so on: Gage's own example (1994), with the smaller pair first.
        var tokenizer = new BytePairTokenizer("aaabdaaabac", 259);
        Assert.Equal(259, tokenizer.Vocabulary);
        Assert.Equal("aaabdaaabac", tokenizer.Decode(tokenizer.Encode("aaabdaaabac")));
        Assert.Equal(5, tokenizer.Encode("aaabdaaabac").Length);
        // Text it has never seen falls back on bytes.
        Assert.Equal(3, tokenizer.Encode("xyz").Length);
        Assert.Equal(256, new BytePairTokenizer("abc", 300).Vocabulary);
    }

    [Fact]
    public void Names_are_parted_and_learnt_from_by_character()
    {
        string[] training = NameList.Text().Split('\n'), held = NameList.Text(heldOut: true).Split('\n');
        Assert.Equal(8_422 + 2, training.Length + held.Length);
        Assert.Equal([""], training.Intersect(held));
    }
}
