using System.Runtime.CompilerServices;

namespace Anneal;

/// <summary>Adam with one second moment per block of weights instead of per weight: half the memory.</summary>
/// <remarks>
/// <code>
/// m ← β₁·m + (1 − β₁)·g     v ← β₂·v + (1 − β₂)·mean of g² over a block     m̂ = m / (1 − β₁ᵗ)     v̂ = v / (1 − β₂ᵗ)
/// w ← (1 − rate·Decay)·w − rate · m̂ / (√v̂ + ε)
/// </code>
/// <see cref="AdamMiniBlocks.ByName"/> chooses as the authors' program does, by what the name of a tensor contains: <c>bias</c> every weight alone; <c>wq, wk, q_proj, k_proj, query, key</c>
/// heads of <paramref name="HeadSize"/> weights; <c>embed, embd, wte, lm_head, output, final_layer, v_proj, wv, value, o_proj, wo, attn.proj, feed_forward, linear, mlp</c>
/// every row; all else the whole tensor. There names with <c>norm, ln, bias</c> do not decay.
/// Zhang et al., <see href="https://arxiv.org/abs/2406.16793">Adam-mini</see> (2024), alg. 2. Typical values as for AdamW.
/// </remarks>
/// <param name="Beta1">Decay of the mean, [0, 1).</param>
/// <param name="Beta2">Decay of the mean square, [0, 1).</param>
/// <param name="Epsilon">Unit of a gradient, 0 or above.</param>
/// <param name="Decay">Weight decay per unit of rate, 0 or above.</param>
/// <param name="Blocks">What a block is.</param>
/// <param name="HeadSize">Weights of a head, size² / heads; needed where heads are blocks, and must divide their tensors.</param>
public sealed record AdamMini(
    double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-8, double Decay = 0, AdamMiniBlocks Blocks = AdamMiniBlocks.ByName, int? HeadSize = null) : Rule
{
    /// <summary>Decay of the mean, [0, 1).</summary>
    public double Beta1 { get; } = Require.BelowOne(Beta1);

    /// <summary>Decay of the mean square, [0, 1).</summary>
    public double Beta2 { get; } = Require.BelowOne(Beta2);

    /// <summary>Unit of a gradient, 0 or above.</summary>
    public double Epsilon { get; } = Require.NotNegative(Epsilon);

    /// <summary>Weight decay per unit of rate, 0 or above.</summary>
    public double Decay { get; } = Require.NotNegative(Decay);

    /// <summary>What a block is.</summary>
    public AdamMiniBlocks Blocks { get; } = Require.Known(Blocks);

    /// <summary>Weights of a head, size² / heads; needed where heads are blocks, and must divide their tensors.</summary>
    public int? HeadSize { get; } = HeadSize is int size ? (int)Require.AtLeast(1, size, nameof(HeadSize)) : null;

    static readonly string[] heads = ["k_proj", "q_proj", "wq", "wk", "query", "key"];

    static readonly string[] rows =
        ["embed", "embd", "wte", "lm_head", "output", "final_layer", "v_proj", "wv", "value", "o_proj", "wo", "attn.proj", "feed_forward", "linear", "mlp"];

    /// <summary>The blocks that the authors' program gives a tensor of that name.</summary>
    public static AdamMiniBlocks Named(string name)
    {
        string lower = name.ToLowerInvariant();
        return lower.Contains("bias", StringComparison.Ordinal) ? AdamMiniBlocks.PerWeight : Has(lower, heads) ? AdamMiniBlocks.PerHead : Has(lower, rows) ? AdamMiniBlocks.PerRow : AdamMiniBlocks.PerTensor;
    }

    /// <summary>Whether the authors' program lets a tensor of that name decay.</summary>
    public static bool Decays(string name) => !Has(name.ToLowerInvariant(), ["norm", "ln", "bias"]);

    static bool Has(string name, string[] words) => Array.Exists(words, w => name.Contains(w, StringComparison.Ordinal));

    /// <summary>Weights of a block.</summary>
    int Size(Tensor t) => (Blocks == AdamMiniBlocks.ByName ? Named(t.Name) : Blocks) switch
    {
        AdamMiniBlocks.PerWeight => 1,
        AdamMiniBlocks.PerRow => t.Columns,
        AdamMiniBlocks.PerTensor => t.Count,
        _ when HeadSize is not int size => throw new ArgumentException($"HeadSize must be given: '{t.Name}' has heads for blocks.", nameof(HeadSize)),
        _ when t.Count % HeadSize.Value != 0 => throw new ArgumentException($"HeadSize ({HeadSize}) must divide the {t.Count} weights of '{t.Name}'.", nameof(HeadSize)),
        _ => HeadSize.Value,
    };

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Slot> Slots(Layout layout) => ["m", new("v", t => t.Count / Size(t))];

    /// <inheritdoc/>
    protected internal override void Update<L>(in Pass<L> pass)
    {
        double beta1 = pass.Momentum(Beta1), correct1 = 1 - Math.Pow(beta1, pass.Step), correct2 = Math.Sqrt(1 - Math.Pow(Beta2, pass.Step));
        for (int k = 0; k < pass.Tensors; k++)
        {
            var one = pass.Of(k);
            View<L> w = one.Weights, g = one.Gradient, m = one[0], v = one[1];
            double keep = 1 - pass.Rate * (Blocks != AdamMiniBlocks.ByName || Decays(one.Shape.Name) ? pass.Decay(Decay) : 0);
            int size = Size(one.Shape);
            if (size == 1)
            {
                one.Run(new Each<L>(this, beta1, keep, pass.Rate / correct1, correct2), m, v);
                continue;
            }
            for (int b = 0; b < v.Length; b++)
            {
                View<L> part = g.Slice(b * size, size);
                v[b] = Beta2 * v[b] + (1 - Beta2) * (one.Dot(part, part) / size);
                double root = Math.Sqrt(v[b]) / correct2 + Epsilon, move = root > 0 ? pass.Rate / correct1 / root : 0;
                one.Over(new Block<L>(beta1, keep, move), w.Slice(b * size, size), part, m.Slice(b * size, size));
            }
        }
    }

    readonly struct Block<L>(double beta1, double keep, double move) : IUpdate1<L> where L : struct, ILane<L>
    {
        readonly L β1 = L.Of(beta1), rest1 = L.Of(1 - beta1), keep = L.Of(keep), move = L.Of(move);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public L Apply(L w, L g, ref L m)
        {
            m = β1 * m + rest1 * g;
            return keep * w - move * m;
        }
    }

    readonly struct Each<L>(AdamMini rule, double beta1, double keep, double move, double correct2) : IUpdate2<L> where L : struct, ILane<L>
    {
        readonly L β1 = L.Of(beta1), rest1 = L.Of(1 - beta1), β2 = L.Of(rule.Beta2), rest2 = L.Of(1 - rule.Beta2), keep = L.Of(keep), move = L.Of(move);
        readonly L root = L.Of(1 / correct2), ε = L.Of(rule.Epsilon), none = L.Of(0);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public L Apply(L w, L g, ref L m, ref L v)
        {
            m = β1 * m + rest1 * g;
            v = β2 * v + rest2 * g * g;
            L under = L.Sqrt(v) * root + ε;
            return keep * w - move * L.IfPositive(under, m / under, none);
        }
    }
}
