namespace Anneal.Experiments;

/// <summary>A language of our own whose entropy is known exactly: words that follow one another by a table, inside brackets that must be closed by their own kind.</summary>
/// <remarks>
/// <code>
/// at depth d:  with Opening (d below Depth) an opening bracket, each kind as likely;  with Closing (d above 0) the bracket that closes the innermost open one;
///              otherwise a word, by the row of the table that belongs to the last word
/// </code>
/// Which bracket closes is settled by one that may lie far back, so a model needs memory to come near the entropy; how likely each token is, is settled by
/// depth and last word. A sequence begins at depth 0 with <see cref="StartToken"/> as its first input. Of two rows of brackets and words the entropy of the next
/// token is H = h(opening, closing, word) + opening·ln Kinds + word·H(row), and <see cref="Entropy"/> takes its mean over where the sequence may stand.
/// Tokens: words, opening brackets, closing brackets, start.
/// </remarks>
public sealed class BracketLanguage : TokenSource
{
    readonly double[][] table;

    /// <param name="words">How many words there are.</param>
    /// <param name="kinds">Kinds of brackets.</param>
    /// <param name="depth">The most that may be open.</param>
    /// <param name="opening">How likely an opening bracket is where there is room for one, above 0.</param>
    /// <param name="closing">How likely a closing one is where one is open, above 0; with <paramref name="opening"/> below 1.</param>
    /// <param name="spread">How unequal a table's row is: weights e^(spread·z) with normal z; 0 makes all words as likely.</param>
    /// <param name="seed">Where the table is drawn from.</param>
    public BracketLanguage(int words = 24, int kinds = 3, int depth = 4, double opening = 0.15, double closing = 0.2, double spread = 2, ulong seed = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(words);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(kinds);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(depth);
        if (!(opening > 0 && closing > 0 && opening + closing < 1))
            throw new ArgumentOutOfRangeException(nameof(opening), opening, $"opening and closing ({closing}) must be above 0 and below 1 together.");
        if (!(spread >= 0 && spread <= 20))
            throw new ArgumentOutOfRangeException(nameof(spread), spread, "spread must be from 0 to 20.");
        (Words, Kinds, Depth, Opening, Closing) = (words, kinds, depth, opening, closing);
        var random = new SeededRandom(seed);
        // The last row is for the first word.
        table = new double[words + 1][];
        for (int i = 0; i <= words; i++)
        {
            double[] weights = [.. Enumerable.Range(0, words).Select(_ => Math.Exp(spread * random.Normal()))];
            double sum = weights.Sum();
            table[i] = [.. weights.Select(w => w / sum)];
        }
    }

    /// <summary>How many words there are: tokens 0 to Words − 1.</summary>
    public int Words { get; }

    /// <summary>Kinds of brackets: Words + kind opens, Words + Kinds + kind closes.</summary>
    public int Kinds { get; }

    /// <summary>The most brackets that may be open.</summary>
    public int Depth { get; }

    /// <summary>How likely an opening bracket is.</summary>
    public double Opening { get; }

    /// <summary>How likely a closing bracket is.</summary>
    public double Closing { get; }

    /// <summary>The first input of every sequence.</summary>
    public int StartToken => Words + 2 * Kinds;

    public override int Vocabulary => StartToken + 1;

    /// <summary>The least mean cross-entropy, in nats per token, that any model can have on sequences of that length.</summary>
    public double Entropy(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
        // The chance of each depth and last word; the kinds of what is open change nothing.
        var at = new double[Depth + 1, Words + 1];
        at[0, Words] = 1;
        double sum = 0;
        for (int t = 0; t < length; t++)
        {
            var next = new double[Depth + 1, Words + 1];
            for (int d = 0; d <= Depth; d++)
            {
                var (open, close, word) = Chances(d);
                for (int w = 0; w <= Words; w++)
                {
                    double p = at[d, w];
                    if (p == 0)
                        continue;
                    sum += p * (Information(open) + Information(close) + Information(word) + open * Math.Log(Kinds) + word * table[w].Sum(Information));
                    if (open > 0)
                        next[d + 1, w] += p * open;
                    if (close > 0)
                        next[d - 1, w] += p * close;
                    for (int v = 0; v < Words; v++)
                        next[d, v] += p * word * table[w][v];
                }
            }
            at = next;
        }
        return sum / length;
    }

    /// <summary>−ln p of each token of a sequence, given all before it: what an ideal code would spend.</summary>
    public double[] Costs(ReadOnlySpan<int> sequence)
    {
        double[] costs = new double[sequence.Length];
        var open = new Stack<int>();
        int last = Words;
        for (int t = 0; t < sequence.Length; t++)
        {
            var (opening, closing, word) = Chances(open.Count);
            int token = sequence[t];
            double p;
            if (token < Words)
                (p, last) = (word * table[last][token], token);
            else if (token < Words + Kinds)
            {
                p = opening / Kinds;
                open.Push(token - Words);
            }
            else
                p = open.TryPop(out int kind) && token == Words + Kinds + kind ? closing : 0;
            costs[t] = -Math.Log(p);
            if (p == 0)
                throw new ArgumentException($"Token {t} is {token}, which cannot stand there.", nameof(sequence));
        }
        return costs;
    }

    public override void Fill(SeededRandom random, Span<int> inputs, Span<int> targets)
    {
        ArgumentNullException.ThrowIfNull(random);
        var open = new Stack<int>();
        int last = Words, before = StartToken;
        for (int t = 0; t < inputs.Length; t++)
        {
            var (opening, closing, _) = Chances(open.Count);
            double u = random.Uniform();
            int token;
            if (u < opening)
            {
                open.Push(random.Below(Kinds));
                token = Words + open.Peek();
            }
            else if (u < opening + closing)
                token = Words + Kinds + open.Pop();
            else
                last = token = Drawn(table[last], random.Uniform());
            (inputs[t], targets[t], before) = (before, token, token);
        }
    }

    (double Open, double Close, double Word) Chances(int depth)
    {
        double open = depth < Depth ? Opening : 0, close = depth > 0 ? Closing : 0;
        return (open, close, 1 - open - close);
    }

    static int Drawn(double[] shares, double u)
    {
        int i = 0;
        while (i < shares.Length - 1 && (u -= shares[i]) >= 0)
            i++;
        return i;
    }

    static double Information(double p) => p > 0 ? -p * Math.Log(p) : 0;
}
