using System.Numerics;

namespace Anneal.Models;

/// <summary>One sequence under way, token by token: keys and values of earlier tokens are kept, so that a token costs the same wherever it stands but for the attention.</summary>
/// <remarks>The logits have the same bits as those that <see cref="TransformerNetwork{T}"/> computes of the whole sequence at once.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed unsafe class TransformerDecoder<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly TransformerNetwork<T> network;
    readonly AlignedArray<T> weights, keys, values, x, y, middle, qkv, rawQk, attentionWeights, o, preActivation, normed, units, logits;
    readonly int keyRoom, valueRoom;

    /// <param name="model">Sizes and choices.</param>
    /// <param name="weights">They are copied.</param>
    /// <param name="format">What weights and activations are rounded to.</param>
    public TransformerDecoder(Transformer model, ReadOnlySpan<T> weights, ComputeFormat format = ComputeFormat.Full)
    {
        network = new(model, format);
        if (weights.Length != network.Layout.Count)
            throw new ArgumentException($"There must be {network.Layout.Count} weights; there are {weights.Length}.", nameof(weights));
        this.weights = new(weights.Length);
        weights.CopyTo(new(this.weights.At, weights.Length));
        network.PackAll(this.weights.At);
        int width = model.Width, d = model.HeadWidth, context = model.Context;
        (keyRoom, valueRoom) = (Attention<T>.KeyRoom(d, context), Attention<T>.ValueRoom(d, context));
        (keys, values) = (new((long)model.Layers * model.Heads * keyRoom), new((long)model.Layers * model.Heads * valueRoom));
        (x, y, middle, o, normed) = (Rows(width), Rows(width), Rows(width), Rows(width), Rows(width));
        (qkv, rawQk, attentionWeights, units, preActivation) = (Rows(3 * width), Rows(2 * width), Rows(context), Rows(model.Hidden), Rows(network.Blocks[0].Up.Outputs));
        logits = new(model.Vocabulary);

        AlignedArray<T> Rows(long numbers) => new(context * numbers);
    }

    /// <summary>Sizes and choices.</summary>
    public Transformer Model => network.Model;

    /// <summary>Tokens taken so far.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes of the keys and values that are kept: 2 · Layers · Width numbers for each position of the context, and what fills them up to whole vectors.</summary>
    public long CacheBytes => (keys.Count + values.Count) * sizeof(T);

    /// <summary>The logits for the token that follows the last one taken.</summary>
    public ReadOnlySpan<T> Logits => Count > 0 ? new(logits.At, Model.Vocabulary)
        : throw new InvalidOperationException("There is no token yet to follow; append one first.");

    /// <summary>Begins a new sequence.</summary>
    public void Clear() => Count = 0;

    /// <summary>Takes tokens, and computes the logits for the one that follows them.</summary>
    /// <exception cref="ArgumentException">They do not fit into the context, or there is no such token. Then none is taken.</exception>
    public ReadOnlySpan<T> Append(params ReadOnlySpan<int> tokens)
    {
        if (tokens.Length == 0)
            throw new ArgumentException("There must be a token to append.", nameof(tokens));
        if (tokens.Length > Model.Context - Count)
            throw new ArgumentException($"{Count} tokens and {tokens.Length} more do not fit into the context of {Model.Context}.", nameof(tokens));
        foreach (int token in tokens)
            if (token < 0 || token >= Model.Vocabulary)
                throw new ArgumentException($"There is no token {token}: the vocabulary has {Model.Vocabulary}, from 0.", nameof(tokens));
        for (int i = 0; i < tokens.Length; i++)
            network.Embed(weights.At, tokens[i], Count + i, x.At + (nint)i * Model.Width);
        T* from = x.At, to = y.At;
        for (int l = 0; l < Model.Layers; l++)
        {
            network.Blocks[l].Forward(weights.At, Place(l, from, to), Count, tokens.Length);
            T* turned = from;
            from = to;
            to = turned;
        }
        network.Last(weights.At, from + (nint)(tokens.Length - 1) * Model.Width, normed.At, logits.At, 1);
        Count += tokens.Length;
        return Logits;
    }

    /// <summary>Takes a prompt, then draws so many tokens and takes each.</summary>
    public int[] Generate(ReadOnlySpan<int> prompt, int count, Sampling sampling, SeededRandom random)
    {
        ArgumentNullException.ThrowIfNull(sampling);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (prompt.Length + count > Model.Context - Count)
            throw new ArgumentException($"{Count} tokens, {prompt.Length} of the prompt and {count} more do not fit into the context of {Model.Context}.", nameof(count));
        if (prompt.Length > 0)
            Append(prompt);
        int[] drawn = new int[count];
        foreach (ref int token in drawn.AsSpan())
            Append(token = sampling.Next(Logits, random));
        return drawn;
    }

    BlockPlace<T> Place(int l, T* from, T* to) => new()
    {
        X = from,
        Y = to,
        Middle = middle.At,
        Qkv = qkv.At,
        RawQk = rawQk.At,
        Keys = keys.At + (nint)l * Model.Heads * keyRoom,
        KeyStep = keyRoom,
        Values = values.At + (nint)l * Model.Heads * valueRoom,
        ValueStep = valueRoom,
        Appends = true,
        Capacity = Model.Context,
        AttentionWeights = attentionWeights.At,
        O = o.At,
        PreActivation = preActivation.At,
        Normed = normed.At,
        Units = units.At,
    };
}
