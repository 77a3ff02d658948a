using System.Text;

namespace Anneal.Experiments;

/// <summary>Text as numbers, and back.</summary>
public abstract class Tokenizer
{
    /// <summary>How many tokens there are; they are numbered from 0.</summary>
    public abstract int Vocabulary { get; }

    /// <summary>The tokens of a text.</summary>
    /// <exception cref="DataException">There is something in it that has no token.</exception>
    public abstract int[] Encode(string text);

    /// <summary>The text of tokens.</summary>
    public abstract string Decode(ReadOnlySpan<int> tokens);
}

/// <summary>One token for each character that a text has, in the characters' order.</summary>
public sealed class CharacterTokenizer : Tokenizer
{
    readonly Rune[] characters;
    readonly Dictionary<Rune, int> tokens;

    /// <param name="text">Its characters are the vocabulary.</param>
    public CharacterTokenizer(string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        characters = [.. text.EnumerateRunes().Distinct().Order()];
        tokens = characters.Select((c, i) => (c, i)).ToDictionary(pair => pair.c, pair => pair.i);
    }

    public override int Vocabulary => characters.Length;

    public override int[] Encode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return [.. text.EnumerateRunes().Select((c, i) => tokens.TryGetValue(c, out int token) ? token
            : throw new DataException($"Character {i}, U+{c.Value:X4}, is none of the {Vocabulary} that this tokenizer knows."))];
    }

    public override string Decode(ReadOnlySpan<int> tokens)
    {
        var text = new StringBuilder();
        foreach (int token in tokens)
            text.Append(characters[token].ToString());
        return text.ToString();
    }
}

/// <summary>Byte-pair encoding: the 256 bytes of UTF-8, and one more token for each pair that was joined because it was the most frequent.</summary>
/// <remarks>
/// Sennrich et al., <see href="https://arxiv.org/abs/1508.07909">Neural Machine Translation of Rare Words with Subword Units</see> (2016). Text is parted before
/// each run of spaces or change between letters, digits and all else, and pairs are joined inside these pieces only. Of pairs equally frequent the one with
/// the smaller numbers comes first, so the same text gives the same tokens.
/// </remarks>
public sealed class BytePairTokenizer : Tokenizer
{
    readonly List<byte[]> bytes = [.. Enumerable.Range(0, 256).Select(b => (byte[])[(byte)b])];
    readonly Dictionary<(int, int), int> joined = [];

    /// <param name="text">Where pairs are counted.</param>
    /// <param name="vocabulary">Tokens wanted, 256 or more; fewer come out where no pair comes twice any more.</param>
    public BytePairTokenizer(string text, int vocabulary)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfLessThan(vocabulary, 256);
        // Equal pieces are joined once, and counted as often as they come.
        var pieces = Pieces(text).GroupBy(p => p).Select(g => (Tokens: Bytes(g.Key), Count: g.Count())).ToList();
        while (Vocabulary < vocabulary)
        {
            var counts = new Dictionary<(int, int), long>();
            foreach (var (tokens, count) in pieces)
                for (int i = 0; i + 1 < tokens.Count; i++)
                    counts[(tokens[i], tokens[i + 1])] = counts.GetValueOrDefault((tokens[i], tokens[i + 1])) + count;
            if (counts.Count == 0)
                break;
            var (pair, most) = counts.OrderByDescending(c => c.Value).ThenBy(c => c.Key).First();
            if (most < 2)
                break;
            joined[pair] = Vocabulary;
            bytes.Add([.. bytes[pair.Item1], .. bytes[pair.Item2]]);
            foreach (var (tokens, _) in pieces)
                Join(tokens, pair, Vocabulary - 1);
        }
    }

    public override int Vocabulary => bytes.Count;

    public override int[] Encode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var known = new Dictionary<string, List<int>>();
        var all = new List<int>();
        foreach (string piece in Pieces(text))
        {
            if (!known.TryGetValue(piece, out var tokens))
            {
                known[piece] = tokens = Bytes(piece);
                // In the order they were learnt, which is that of their numbers.
                while (tokens.Zip(tokens.Skip(1)).Where(joined.ContainsKey).DefaultIfEmpty((-1, -1)).MinBy(pair => joined.GetValueOrDefault(pair, int.MaxValue)) is var pair && pair.Item1 >= 0)
                    Join(tokens, pair, joined[pair]);
            }
            all.AddRange(tokens);
        }
        return [.. all];
    }

    public override string Decode(ReadOnlySpan<int> tokens)
    {
        var all = new List<byte>();
        foreach (int token in tokens)
            all.AddRange(bytes[token]);
        return Encoding.UTF8.GetString([.. all]);
    }

    static void Join(List<int> tokens, (int, int) pair, int token)
    {
        int to = 0;
        for (int i = 0; i < tokens.Count; i++)
            if (i + 1 < tokens.Count && (tokens[i], tokens[i + 1]) == pair)
            {
                tokens[to++] = token;
                i++;
            }
            else
                tokens[to++] = tokens[i];
        tokens.RemoveRange(to, tokens.Count - to);
    }

    static List<int> Bytes(string piece) => [.. Encoding.UTF8.GetBytes(piece).Select(b => (int)b)];

    static IEnumerable<string> Pieces(string text)
    {
        int start = 0;
        for (int i = 1; i <= text.Length; i++)
            if (i == text.Length || Kind(text[i]) != Kind(text[i - 1]) && !(Kind(text[i - 1]) == 0 && i - start == 1))
            {
                yield return text[start..i];
                start = i;
            }

        static int Kind(char c) => char.IsWhiteSpace(c) ? 0 : char.IsLetter(c) || char.IsSurrogate(c) ? 1 : char.IsDigit(c) ? 2 : 3;
    }
}
