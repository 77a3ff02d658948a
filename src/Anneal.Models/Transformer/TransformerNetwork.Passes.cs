using System.Numerics;

namespace Anneal.Models;

/// <summary>The phases of a pass, each as units that may run at the same time.</summary>
public sealed unsafe partial class TransformerNetwork<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Rows and columns of a piece of a weight matrix whose gradient one thread sums.</summary>
    const int Tall = 64, Broad = 128;

    T* weights, gradient;
    int* inputs, targets;
    T scale;
    int layer, rows, sequences;
    long tokens, attentionRoom;
    bool logitsOnly;
    AttentionSums* seen;
    double[] losses = [];
    AlignedArray<T> logits = new(0);
    Saved[] saved = [];
    AlignedArray<T> top = new(0);
    BackwardRoom? back;
    Scratch[] scratch = [];

    /// <summary>What the forward pass of a block leaves for the backward pass.</summary>
    sealed class Saved
    {
        public required AlignedArray<T> X, Middle, Qkv, RawQk, AttentionWeights, O, PreActivation;
    }

    /// <summary>What the backward pass of a block leaves for the weights' gradients; blocks take phases in it.</summary>
    sealed class BackwardRoom
    {
        public required AlignedArray<T> Above, Middle, Below, Normed1, Normed2, Units, DPreActivation, DQkv, Vectors, HeadNormed, HeadVectors;
    }

    /// <summary>A thread's own working room.</summary>
    sealed class Scratch
    {
        public required AlignedArray<T> Normed, Units, Keys, Values, DO, Attention;
    }

    /// <summary>Makes room for a batch where it is the largest so far.</summary>
    void Prepare(TokenBatch batch, bool withGradient)
    {
        (rows, sequences) = (batch.Length, batch.Sequences);
        long n = batch.Inputs.Length;
        if (n > tokens || rows * n > attentionRoom || saved.Length == 0)
        {
            (tokens, attentionRoom) = (Math.Max(n, tokens), Math.Max(rows * n, attentionRoom));
            saved = [.. blocks.Select(_ => RoomOfBlock())];
            top = new(tokens * Model.Width);
            logits = new(tokens * Model.Vocabulary);
            back = null;
        }
        if (losses.Length < sequences)
            (losses, back) = (new double[sequences], null);
        if (withGradient)
            back ??= RoomOfGradients();
        int threads = Math.Min(Threads == 0 ? Environment.ProcessorCount : Threads, sequences);
        if (scratch.Length < threads)
            scratch = [.. Enumerable.Range(0, threads).Select(_ => RoomOfThread())];
    }

    Saved RoomOfBlock()
    {
        long width = tokens * Model.Width;
        return new()
        {
            X = new(width),
            Middle = new(width),
            Qkv = new(3 * width),
            RawQk = new(Model.QkNorm ? 2 * width : 0),
            AttentionWeights = new(Model.Heads * attentionRoom),
            O = new(width),
            PreActivation = new(tokens * blocks[0].Up.Outputs),
        };
    }

    BackwardRoom RoomOfGradients()
    {
        long width = tokens * Model.Width;
        return new()
        {
            Above = new(width),
            Middle = new(width),
            Below = new(width),
            Normed1 = new(width),
            Normed2 = new(width),
            Units = new(tokens * Model.Hidden),
            DPreActivation = new(tokens * blocks[0].Up.Outputs),
            DQkv = new(3 * width),
            Vectors = new((long)losses.Length * blocks[0].Places.Count),
            HeadNormed = new(width),
            HeadVectors = new((long)losses.Length * places.Count),
        };
    }

    Scratch RoomOfThread()
    {
        int width = Model.Width, d = Model.HeadWidth, context = Model.Context;
        return new()
        {
            Normed = new((long)context * width),
            Units = new((long)context * Math.Max(Model.Hidden, width)),
            Keys = new(Attention<T>.KeyRoom(d, context)),
            Values = new(Attention<T>.ValueRoom(d, context)),
            DO = new((long)context * width),
            Attention = new(Attention<T>.BackwardRoom(context)),
        };
    }

    void PackUnit(int unit)
    {
        bool withGradient = gradient is not null;
        if (unit == Model.Layers)
        {
            head.Pack(weights, withGradient);
            return;
        }
        blocks[unit].Qkv.Pack(weights, withGradient);
        blocks[unit].Out.Pack(weights, withGradient);
        blocks[unit].Up.Pack(weights, withGradient);
        blocks[unit].Down.Pack(weights, withGradient);
    }

    /// <summary>Packs a decoder's weights, rounded first where the format is shorter.</summary>
    internal void PackAll(T* weights)
    {
        rounding.Apply(weights, Layout.Count);
        this.weights = weights;
        gradient = null;
        for (int unit = 0; unit <= Model.Layers; unit++)
            PackUnit(unit);
    }

    /// <summary>What a token enters the first block as.</summary>
    internal void Embed(T* weights, int token, int position, T* x)
    {
        Lanes.Copy(weights + (nint)token * Model.Width, x, Model.Width);
        if (positions >= 0)
            Lanes.Add(weights + positions + (nint)position * Model.Width, x, Model.Width);
        rounding.Apply(x, Model.Width);
    }

    /// <summary>From the last block's output to the logits.</summary>
    internal void Last(T* weights, T* x, T* normed, T* z, int rows)
    {
        norms.Forward(x, weights + norm, Of(weights, normBias), normed, rows, Model.Width);
        rounding.Apply(normed, (long)rows * Model.Width);
        head.Forward(normed, null, z, rows);
    }

    /// <summary>One sequence from its tokens to its loss, and back to the gradient of the last block's output.</summary>
    void ForwardUnit(int b, int part)
    {
        int width = Model.Width;
        var s = scratch[part];
        T* x = saved[0].X.At + (nint)b * rows * width;
        for (int r = 0; r < rows; r++)
            Embed(weights, inputs[b * rows + r], r, x + (nint)r * width);
        for (int l = 0; l < blocks.Length; l++)
            blocks[l].Forward(weights, Place(l, b, s), 0, rows);

        T* last = top.At + (nint)b * rows * width, normed = gradient is null ? s.Normed.At : back!.HeadNormed.At + (nint)b * rows * width;
        T* z = logits.At + (nint)b * rows * Model.Vocabulary;
        Last(weights, last, normed, z, rows);
        if (logitsOnly)
            return;
        losses[b] = CrossEntropy(z, targets + (nint)b * rows);
        if (gradient is null)
            return;
        rounding.Apply(z, (long)rows * Model.Vocabulary);
        T* dx = back!.Above.At + (nint)b * rows * width, own = back.HeadVectors.At + (nint)b * places.Count;
        head.Backward(z, s.Units.At, rows);
        Lanes.Clear(dx, rows * width);
        Lanes.Clear(own, places.Count);
        norms.Backward(last, weights + norm, s.Units.At, dx, own + vNorm, Of(own, vNormBias), rows, width);
        rounding.Apply(dx, (long)rows * width);
    }

    /// <summary>The sum of −log softmax(z)[target] over the rows that ask for a token; the logits become their gradients where those are wanted.</summary>
    double CrossEntropy(T* z, int* target)
    {
        double loss = 0;
        for (int r = 0; r < rows; r++, z += Model.Vocabulary)
        {
            if (target[r] < 0)
            {
                Lanes.Clear(z, Model.Vocabulary);
                continue;
            }
            T own = z[target[r]];
            var (max, sum) = Softmax<T>.Forward(z, Model.Vocabulary, T.One);
            loss += Math.Log(double.CreateTruncating(sum)) + double.CreateTruncating(max - own);
            if (gradient is null)
                continue;
            z[target[r]] -= T.One;
            var factor = Vector.Create(scale);
            int i = 0;
            for (; i + Vector<T>.Count <= Model.Vocabulary; i += Vector<T>.Count)
                (Vector.Load(z + i) * factor).Store(z + i);
            for (; i < Model.Vocabulary; i++)
                z[i] *= scale;
        }
        return loss;
    }

    void BackwardUnit(int b, int part)
    {
        var (s, r, block) = (scratch[part], back!, blocks[layer]);
        nint n = (nint)b * rows, width = Model.Width;
        var place = new BlockBackPlace<T>
        {
            DY = r.Above.At + n * width,
            DMiddle = r.Middle.At + n * width,
            DX = r.Below.At + n * width,
            Normed1 = r.Normed1.At + n * width,
            Normed2 = r.Normed2.At + n * width,
            Units = r.Units.At + n * Model.Hidden,
            DPreActivation = r.DPreActivation.At + n * block.Up.Outputs,
            DQkv = r.DQkv.At + n * 3 * width,
            Vectors = r.Vectors.At + (nint)b * block.Places.Count,
            DHidden = s.Units.At,
            DNormed = s.Normed.At,
            DO = s.DO.At,
            Attention = s.Attention.At,
        };
        Lanes.Clear(place.Vectors, block.Places.Count);
        block.Backward(weights, Place(layer, b, s), place, rows);
    }

    BlockPlace<T> Place(int l, int b, Scratch s)
    {
        var (k, n, width) = (saved[l], (nint)b * rows, (nint)Model.Width);
        return new()
        {
            X = k.X.At + n * width,
            Middle = k.Middle.At + n * width,
            Y = (l + 1 < saved.Length ? saved[l + 1].X : top).At + n * width,
            Qkv = k.Qkv.At + n * 3 * width,
            RawQk = k.RawQk.At + (Model.QkNorm ? n * 2 * width : 0),
            AttentionWeights = k.AttentionWeights.At + n * rows * Model.Heads,
            AttentionStep = (nint)rows * rows,
            O = k.O.At + n * width,
            PreActivation = k.PreActivation.At + n * blocks[l].Up.Outputs,
            Capacity = rows,
            Keys = s.Keys.At,
            Values = s.Values.At,
            Normed = s.Normed.At,
            Units = s.Units.At,
            Seen = seen is null ? null : seen + (b * Model.Layers + l) * Model.Heads,
        };
    }

    int HeadUnits => Pieces(head) + 1;

    /// <summary>The gradient of a piece of the last matrix; the last unit that of the last norm.</summary>
    void HeadUnit(int unit)
    {
        if (unit < Pieces(head))
            Piece(head, unit, logits.At, back!.HeadNormed.At);
        else
            AddVectors(places, back!.HeadVectors.At);
    }

    int WeightUnits => Pieces(blocks[layer].Qkv) + Pieces(blocks[layer].Out) + Pieces(blocks[layer].Up) + Pieces(blocks[layer].Down) + 1;

    /// <summary>The gradient of a piece of one of a block's matrices, summed over the batch in order; the last unit those of its gains and biases.</summary>
    void WeightUnit(int unit)
    {
        var (block, r) = (blocks[layer], back!);
        if (unit < Pieces(block.Up))
            Piece(block.Up, unit, r.DPreActivation.At, r.Normed2.At);
        else if ((unit -= Pieces(block.Up)) < Pieces(block.Down))
            Piece(block.Down, unit, r.Above.At, r.Units.At);
        else if ((unit -= Pieces(block.Down)) < Pieces(block.Qkv))
            Piece(block.Qkv, unit, r.DQkv.At, r.Normed1.At);
        else if ((unit -= Pieces(block.Qkv)) < Pieces(block.Out))
            Piece(block.Out, unit, r.Middle.At, saved[layer].O.At);
        else
            AddVectors(block.Places, r.Vectors.At);
    }

    static int Pieces(Linear<T> map) => (map.Outputs + Tall - 1) / Tall * ((map.Inputs + Broad - 1) / Broad);

    void Piece(Linear<T> map, int unit, T* dy, T* x)
    {
        int across = (map.Inputs + Broad - 1) / Broad, i = unit / across * Tall, j = unit % across * Broad;
        PackedProduct.AddOuter(dy + i, map.Outputs, x + j, map.Inputs, gradient + map.WeightAt + (nint)i * map.Inputs + j, map.Inputs,
            Math.Min(Tall, map.Outputs - i), sequences * rows, Math.Min(Broad, map.Inputs - j));
    }

    void AddVectors(VectorPlaces places, T* sums)
    {
        for (int i = 0; i < places.All.Count; i++)
        {
            var (weight, place, count) = places.All[i];
            for (int b = 0; b < sequences; b++)
                Lanes.Add(sums + (nint)b * places.Count + place, gradient + weight, count);
        }
    }

    /// <summary>The gradients of token and position vectors.</summary>
    void EmbeddingUnit()
    {
        int width = Model.Width;
        for (int n = 0; n < sequences * rows; n++)
        {
            T* dx = back!.Above.At + (nint)n * width;
            Lanes.Add(dx, gradient + (nint)inputs[n] * width, width);
            if (positions >= 0)
                Lanes.Add(dx, gradient + positions + (nint)(n % rows) * width, width);
        }
    }

    static T* Of(T* start, int at) => at < 0 ? null : start + at;
}
