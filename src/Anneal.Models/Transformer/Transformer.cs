using System.Globalization;
using System.Numerics;
using System.Text.Json.Serialization;

namespace Anneal.Models;

/// <summary>A decoder-only transformer: a model of the next token. A value: sizes and choices, without weights.</summary>
/// <remarks>
/// <code>
/// x₀ = E[token] + P[position]                                          (P only with learned positions)
/// x ← x + W_o · attention(norm(x))      x ← x + mlp(norm(x))            Layers times
/// logits = W · norm(x)                                                 (W = E where weights are tied)
/// attention: for each head, softmax(q·kᵀ/√d + causal mask)·v           d = Width / Heads
/// mlp: W_down · gelu(W_up·x), or W_down · (silu(W_gate·x) · W_up·x)
/// </code>
/// Vaswani et al., <see href="https://arxiv.org/abs/1706.03762">Attention Is All You Need</see> (2017), with the norm before each block, as in
/// GPT-2 (Radford et al., 2019); <see cref="Llama"/> has the choices of Touvron et al., <see href="https://arxiv.org/abs/2302.13971">LLaMA</see> (2023).
/// There is no dropout.
/// </remarks>
/// <param name="Vocabulary">How many tokens there are; they are numbered from 0.</param>
/// <param name="Context">The longest sequence, in tokens.</param>
/// <param name="Width">Numbers in the residual stream of one token; a multiple of <paramref name="Heads"/>.</param>
/// <param name="Layers">Blocks of attention and MLP.</param>
/// <param name="Heads">Attention heads in a block.</param>
[method: JsonConstructor]
public sealed record Transformer(int Vocabulary, int Context, int Width, int Layers, int Heads)
{
    /// <summary>How many tokens there are.</summary>
    public int Vocabulary { get; init; } = Positive(Vocabulary, nameof(Vocabulary));

    /// <summary>The longest sequence, in tokens.</summary>
    public int Context { get; init; } = Positive(Context, nameof(Context));

    /// <summary>Numbers in the residual stream of one token.</summary>
    public int Width { get; } = Positive(Width, nameof(Width));

    /// <summary>Blocks of attention and MLP.</summary>
    public int Layers { get; init; } = Positive(Layers, nameof(Layers));

    /// <summary>Attention heads in a block.</summary>
    public int Heads { get; } = Width % Positive(Heads, nameof(Heads)) == 0 ? Heads
        : throw new ArgumentOutOfRangeException(nameof(Heads), Heads, $"Width ({Width}) must be a multiple of Heads.");

    /// <summary>Units between the MLP's matrices: 4·Width unless set; with SwiGLU ⅔ of that, rounded up to a multiple of 8, which has as many weights.</summary>
    public int Hidden
    {
        get => field > 0 ? field : Mlp == MlpKind.Gelu ? 4 * Width : (8 * Width / 3 + 7) / 8 * 8;
        init => field = Positive(value, nameof(Hidden));
    }

    /// <summary>How a token knows its place; learned unless set.</summary>
    public PositionKind Positions
    {
        get;
        init => field = value == PositionKind.Learned || HeadWidth % 2 == 0 ? Known(value)
            : throw new ArgumentOutOfRangeException(nameof(Positions), value, $"Rotary positions turn pairs of numbers; a head's width ({HeadWidth}) must be even.");
    }

    /// <summary>What is done to the residual stream before each block; layer norm unless set.</summary>
    public NormKind Norm
    {
        get;
        init => field = Known(value);
    }

    /// <summary>The block after the attention; GELU unless set.</summary>
    public MlpKind Mlp
    {
        get;
        init => field = Known(value);
    }

    /// <summary>Whether the last matrix is the token embedding (Press and Wolf, <see href="https://arxiv.org/abs/1608.05859">2017</see>).</summary>
    public bool TiedWeights { get; init; } = true;

    /// <summary>Whether matrices and layer norms have biases.</summary>
    public bool Bias { get; init; } = true;

    /// <summary>Whether queries and keys go through an RMS norm with gains of its own before their product (Henry et al., <see href="https://arxiv.org/abs/2010.04245">2020</see>; the form of Qwen 3).</summary>
    public bool QkNorm { get; init; }

    /// <summary>Standard deviation of the weights at the start; 0.02 as in GPT-2.</summary>
    public double InitialDeviation { get; init; } = 0.02;

    /// <summary>Whether the matrices that write into the residual stream start smaller by 1/√(2·Layers), as in GPT-2.</summary>
    public bool ResidualScaling { get; init; } = true;

    /// <summary>Added to the variance (or mean square) in a norm.</summary>
    public double NormEpsilon { get; init; } = 1e-5;

    /// <summary>Base of the rotary angles: pair j turns by position · base^(−2j/d).</summary>
    public double RotaryBase { get; init; } = 10_000;

    /// <summary>Numbers of one head: Width / Heads.</summary>
    [JsonIgnore]
    public int HeadWidth => Width / Heads;

    /// <summary>The choices of LLaMA: rotary positions, RMS norm, SwiGLU, no biases, untied weights.</summary>
    public static Transformer Llama(int vocabulary, int context, int width, int layers, int heads) => new(vocabulary, context, width, layers, heads)
    {
        Positions = PositionKind.Rotary,
        Norm = NormKind.RmsNorm,
        Mlp = MlpKind.SwiGlu,
        TiedWeights = false,
        Bias = false,
    };

    /// <summary>How the weights are divided: every tensor by name, matrices with one row per output as in PyTorch.</summary>
    [JsonIgnore]
    public Layout Layout => Layout.Of(Tensors());

    /// <summary>How many weights there are, also where no array could hold them. Every block has as many.</summary>
    internal double WeightCount
    {
        get
        {
            double one = Count(1);
            return one + (Layers - 1) * (Count(2) - one);

            double Count(int layers) => (this with { Layers = layers }).Tensors().Sum(t => t.Item2.Aggregate(1.0, (product, d) => product * d));
        }
    }

    /// <summary>Weights to begin with: normal draws for matrices and embeddings, 1 for gains, 0 for biases.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>; the same draws, rounded.</typeparam>
    /// <param name="seed">Where the draws start (<see cref="SeededRandom"/>).</param>
    public T[] Start<T>(ulong seed = 0) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var layout = Layout;
        var weights = new T[layout.Count];
        var draws = new SeededRandom(seed);
        double residual = ResidualScaling ? InitialDeviation / Math.Sqrt(2.0 * Layers) : InitialDeviation;
        foreach (var tensor in layout.Tensors)
        {
            var values = weights.AsSpan(tensor.Offset, tensor.Count);
            if (tensor.IsMatrix)
            {
                double deviation = tensor.Name.EndsWith(".out.weight", StringComparison.Ordinal) || tensor.Name.EndsWith(".down.weight", StringComparison.Ordinal) ? residual : InitialDeviation;
                foreach (ref var value in values)
                    value = T.CreateTruncating(deviation * draws.Normal());
            }
            else if (tensor.Name.EndsWith("weight", StringComparison.Ordinal))
            {
                values.Fill(T.One);
            }
        }
        return weights;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"Transformer {{ Vocabulary = {Vocabulary}, Context = {Context}, Width = {Width}, Layers = {Layers}, Heads = {Heads}, Hidden = {Hidden}, Positions = {Positions}, Norm = {Norm}, Mlp = {Mlp}, TiedWeights = {TiedWeights}, Bias = {Bias}, QkNorm = {QkNorm}, InitialDeviation = {InitialDeviation}, ResidualScaling = {ResidualScaling}, NormEpsilon = {NormEpsilon}, RotaryBase = {RotaryBase} }}");

    // Those that one product reads stand next to one another.
    IEnumerable<(string, int[])> Tensors()
    {
        bool normBias = Bias && Norm == NormKind.LayerNorm;
        yield return ("tokens.weight", [Vocabulary, Width]);
        if (Positions == PositionKind.Learned)
            yield return ("positions.weight", [Context, Width]);
        for (int l = 0; l < Layers; l++)
        {
            string block = $"blocks.{l}.";
            yield return (block + "norm1.weight", [Width]);
            if (normBias)
                yield return (block + "norm1.bias", [Width]);
            foreach (string part in (string[])["q", "k", "v"])
                yield return ($"{block}attention.{part}.weight", [Width, Width]);
            if (Bias)
                foreach (string part in (string[])["q", "k", "v"])
                    yield return ($"{block}attention.{part}.bias", [Width]);
            if (QkNorm)
            {
                yield return (block + "attention.q_norm.weight", [HeadWidth]);
                yield return (block + "attention.k_norm.weight", [HeadWidth]);
            }
            yield return (block + "attention.out.weight", [Width, Width]);
            if (Bias)
                yield return (block + "attention.out.bias", [Width]);
            yield return (block + "norm2.weight", [Width]);
            if (normBias)
                yield return (block + "norm2.bias", [Width]);
            string[] rising = Mlp == MlpKind.SwiGlu ? ["gate", "up"] : ["up"];
            foreach (string part in rising)
                yield return ($"{block}mlp.{part}.weight", [Hidden, Width]);
            if (Bias)
                foreach (string part in rising)
                    yield return ($"{block}mlp.{part}.bias", [Hidden]);
            yield return (block + "mlp.down.weight", [Width, Hidden]);
            if (Bias)
                yield return (block + "mlp.down.bias", [Width]);
        }
        yield return ("norm.weight", [Width]);
        if (normBias)
            yield return ("norm.bias", [Width]);
        if (!TiedWeights)
            yield return ("head.weight", [Vocabulary, Width]);
    }

    static int Positive(int value, string name) => value > 0 ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} must be above 0.");

    static E Known<E>(E value) where E : struct, Enum => Enum.IsDefined(value) ? value
        : throw new ArgumentOutOfRangeException(typeof(E).Name, value, $"{typeof(E).Name} must be one of {string.Join(", ", Enum.GetNames<E>())}.");
}

/// <summary>How a token knows its place in the sequence.</summary>
public enum PositionKind
{
    /// <summary>A learned vector per position, added to the token's (GPT-2).</summary>
    Learned,

    /// <summary>Queries and keys are turned, number j with number j + d/2, by an angle that grows with the position (Su et al., <see href="https://arxiv.org/abs/2104.09864">RoFormer</see>, 2021; pairs as in LLaMA's published weights).</summary>
    Rotary,
}

/// <summary>What is done to the residual stream before each block.</summary>
public enum NormKind
{
    /// <summary>(x − mean)/√(variance + ε) · gain + bias (Ba et al., <see href="https://arxiv.org/abs/1607.06450">2016</see>).</summary>
    LayerNorm,

    /// <summary>x/√(mean square + ε) · gain (Zhang and Sennrich, <see href="https://arxiv.org/abs/1910.07467">2019</see>).</summary>
    RmsNorm,
}

/// <summary>The block after the attention.</summary>
public enum MlpKind
{
    /// <summary>W_down · gelu(W_up · x) with gelu(z) = z/2 · (1 + tanh(√(2/π)·(z + 0.044715·z³))), the form of GPT-2 (Hendrycks and Gimpel, <see href="https://arxiv.org/abs/1606.08415">2016</see>).</summary>
    Gelu,

    /// <summary>W_down · (silu(W_gate · x) · W_up · x) with silu(z) = z/(1 + e^(−z)) (Shazeer, <see href="https://arxiv.org/abs/2002.05202">2020</see>).</summary>
    SwiGlu,
}
