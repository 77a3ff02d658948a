using System.Numerics;

namespace Anneal.Models;

/// <summary>Where a block reads and writes the rows of one sequence.</summary>
unsafe struct BlockPlace<T> where T : unmanaged
{
    /// <summary>The residual stream: as it comes in, between attention and MLP, and as it goes out.</summary>
    public T* X, Middle, Y;

    /// <summary>Queries, keys and values of each row, and queries and keys as they were before their norm.</summary>
    public T* Qkv, RawQk;

    /// <summary>Packed keys and values; a head's stand so far from the one before, 0 where heads take turns in one place.</summary>
    public T* Keys, Values;

    /// <inheritdoc cref="Keys"/>
    public nint KeyStep, ValueStep;

    /// <summary>Whether keys and values join those of earlier positions.</summary>
    public bool Appends;

    /// <summary>Positions there is room for; the attention weights have as many columns.</summary>
    public int Capacity;

    /// <summary>From one head's attention weights to the next's; 0 where heads take turns.</summary>
    public nint AttentionStep;

    /// <summary>Attention's weights, outputs of the heads, and what the MLP's first matrix gives.</summary>
    public T* AttentionWeights, O, PreActivation;

    /// <summary>Working room: normed rows, and the MLP's units.</summary>
    public T* Normed, Units;

    /// <summary>Told what attention did, for each head; or null.</summary>
    public AttentionSums* Seen;
}

/// <summary>Where the backward pass of a block reads and writes, beside <see cref="BlockPlace{T}"/>.</summary>
unsafe struct BlockBackPlace<T> where T : unmanaged
{
    /// <summary>The residual stream's gradient where it comes in from above, between MLP and attention, and where it leaves.</summary>
    public T* DY, DMiddle, DX;

    /// <summary>Saved for the weights' gradients: both norms' rows, and the gradients of the queries, keys and values and of the MLP's units.</summary>
    public T* Normed1, Normed2, Units, DPreActivation, DQkv;

    /// <summary>The sequence's own sums for gains and biases.</summary>
    public T* Vectors;

    /// <summary>Working room.</summary>
    public T* DHidden, DNormed, DO, Attention;
}

/// <summary>One block: <c>x ← x + W_o·attention(norm(x))</c>, then <c>x ← x + mlp(norm(x))</c>.</summary>
sealed unsafe class Block<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly Transformer model;
    readonly Norms<T> norms, headNorms;
    readonly Rotary<T>? rotary;
    readonly Rounding<T> rounding;
    readonly int width, d, hidden, norm1, norm1Bias, qNorm, kNorm, norm2, norm2Bias;
    readonly VectorPlaces places;

    public Block(Transformer model, int layer, Dictionary<string, Tensor> tensors, Rotary<T>? rotary, ComputeFormat format)
    {
        (this.model, this.rotary, rounding) = (model, rotary, new(format));
        (width, d, hidden) = (model.Width, model.HeadWidth, model.Hidden);
        (norms, headNorms) = (new(model.Norm, model.NormEpsilon), new(NormKind.RmsNorm, model.NormEpsilon));
        (norm1, norm1Bias, norm2, norm2Bias) = (At("norm1.weight"), At("norm1.bias"), At("norm2.weight"), At("norm2.bias"));
        (qNorm, kNorm) = (At("attention.q_norm.weight"), At("attention.k_norm.weight"));
        string rising = model.Mlp == MlpKind.SwiGlu ? "mlp.gate" : "mlp.up";
        Qkv = new(width, 3 * width, At("attention.q.weight"), At("attention.q.bias"));
        Out = new(width, width, At("attention.out.weight"), At("attention.out.bias"));
        Up = new(width, model.Mlp == MlpKind.SwiGlu ? 2 * hidden : hidden, At($"{rising}.weight"), At($"{rising}.bias"));
        Down = new(hidden, width, At("mlp.down.weight"), At("mlp.down.bias"));
        places = new();
        (vNorm1, vNorm1Bias, vNorm2, vNorm2Bias) = (places.Add(norm1, width), places.Add(norm1Bias, width), places.Add(norm2, width), places.Add(norm2Bias, width));
        (vQNorm, vKNorm) = (places.Add(qNorm, d), places.Add(kNorm, d));
        (vQkv, vOut, vUp, vDown) = (places.Add(Qkv.BiasAt, Qkv.Outputs), places.Add(Out.BiasAt, width), places.Add(Up.BiasAt, Up.Outputs), places.Add(Down.BiasAt, width));

        int At(string name) => tensors.TryGetValue($"blocks.{layer}.{name}", out var tensor) ? tensor.Offset : -1;
    }

    readonly int vNorm1, vNorm1Bias, vNorm2, vNorm2Bias, vQNorm, vKNorm, vQkv, vOut, vUp, vDown;

    /// <summary>Queries, keys and values in one.</summary>
    public Linear<T> Qkv { get; }

    /// <summary>From the heads back into the residual stream.</summary>
    public Linear<T> Out { get; }

    /// <summary>Into the MLP's units; with SwiGLU the gate's, then the others'.</summary>
    public Linear<T> Up { get; }

    /// <summary>From the MLP's units back into the residual stream.</summary>
    public Linear<T> Down { get; }

    /// <summary>Where gains and biases stand among a sequence's own sums.</summary>
    public VectorPlaces Places => places;

    /// <summary>The rows of one sequence from position <paramref name="first"/> on.</summary>
    public void Forward(T* weights, in BlockPlace<T> p, int first, int rows)
    {
        norms.Forward(p.X, weights + norm1, Of(weights, norm1Bias), p.Normed, rows, width);
        Round(p.Normed, rows * width);
        Qkv.Forward(p.Normed, Qkv.Bias(weights), p.Qkv, rows);
        Round(p.Qkv, rows * 3 * width);
        RotateHeads(weights, p, first, rows);
        var attention = new Attention<T>(d, p.Capacity, rounding);
        for (int h = 0; h < model.Heads; h++)
        {
            T* q = p.Qkv + h * d, k = q + width, v = k + width, keys = p.Keys + h * p.KeyStep, values = p.Values + h * p.ValueStep;
            if (p.Appends)
                attention.Append(k, v, 3 * width, keys, values, first, rows);
            else
                attention.Pack(k, v, 3 * width, keys, values, rows);
            attention.Forward(q, 3 * width, keys, values, p.AttentionWeights + h * p.AttentionStep, p.O + h * d, width, first, rows, p.Seen is null ? null : p.Seen + h);
        }
        Round(p.O, rows * width);
        AddResidual(p.X, Out.Bias(weights), p.Middle, rows);
        Out.AddForward(p.O, p.Middle, rows);
        Round(p.Middle, rows * width);

        norms.Forward(p.Middle, weights + norm2, Of(weights, norm2Bias), p.Normed, rows, width);
        Round(p.Normed, rows * width);
        Up.Forward(p.Normed, Up.Bias(weights), p.PreActivation, rows);
        Round(p.PreActivation, rows * Up.Outputs);
        Activate(p.PreActivation, p.Units, rows);
        Round(p.Units, rows * hidden);
        AddResidual(p.Middle, Down.Bias(weights), p.Y, rows);
        Down.AddForward(p.Units, p.Y, rows);
        Round(p.Y, rows * width);
    }

    /// <summary>From the gradient of what <see cref="Forward"/> gave to that of what it got; what the weights' gradients need is left in its places.</summary>
    public void Backward(T* weights, in BlockPlace<T> p, in BlockBackPlace<T> b, int rows)
    {
        Down.Backward(b.DY, b.DHidden, rows);
        Round(b.DHidden, rows * hidden);
        ActivateBackward(p.PreActivation, b, rows);
        Round(b.Units, rows * hidden);
        Round(b.DPreActivation, rows * Up.Outputs);
        Up.Backward(b.DPreActivation, b.DNormed, rows);
        Lanes.Copy(b.DY, b.DMiddle, rows * width);
        norms.Forward(p.Middle, weights + norm2, Of(weights, norm2Bias), b.Normed2, rows, width);
        Round(b.Normed2, rows * width);
        norms.Backward(p.Middle, weights + norm2, b.DNormed, b.DMiddle, Of(b.Vectors, vNorm2), Of(b.Vectors, vNorm2Bias), rows, width);
        Round(b.DMiddle, rows * width);

        Out.Backward(b.DMiddle, b.DO, rows);
        Round(b.DO, rows * width);
        Lanes.Clear(b.DQkv, rows * 3 * width);
        var attention = new Attention<T>(d, p.Capacity, rounding);
        for (int h = 0; h < model.Heads; h++)
        {
            T* q = p.Qkv + h * d, k = q + width, v = k + width, dq = b.DQkv + h * d;
            attention.PackTurned(k, v, 3 * width, p.Keys, p.Values, rows);
            attention.Backward(q, 3 * width, p.Values, p.Keys, p.AttentionWeights + h * p.AttentionStep, b.DO + h * d, width, dq, dq + width, dq + 2 * width, rows, b.Attention);
        }
        RotateHeadsBackward(weights, p, b, rows);
        Round(b.DQkv, rows * 3 * width);
        Qkv.Backward(b.DQkv, b.DNormed, rows);
        Lanes.Copy(b.DMiddle, b.DX, rows * width);
        norms.Forward(p.X, weights + norm1, Of(weights, norm1Bias), b.Normed1, rows, width);
        Round(b.Normed1, rows * width);
        norms.Backward(p.X, weights + norm1, b.DNormed, b.DX, Of(b.Vectors, vNorm1), Of(b.Vectors, vNorm1Bias), rows, width);
        Round(b.DX, rows * width);
        AddBiases(b, rows);
    }

    /// <summary>The norm of queries and keys, and their rotation.</summary>
    void RotateHeads(T* weights, in BlockPlace<T> p, int first, int rows)
    {
        if (rotary is null && !model.QkNorm)
            return;
        for (int r = 0; r < rows; r++)
        {
            T* row = p.Qkv + (nint)r * 3 * width;
            if (model.QkNorm)
                Lanes.Copy(row, p.RawQk + (nint)r * 2 * width, 2 * width);
            for (int h = 0; h < 2 * model.Heads; h++)
            {
                if (model.QkNorm)
                    headNorms.Row(p.RawQk + (nint)r * 2 * width + h * d, weights + (h < model.Heads ? qNorm : kNorm), null, row + h * d, d);
                rotary?.Rotate(row + h * d, first + r, back: false);
            }
        }
        Round(p.Qkv, rows * 3 * width);
    }

    void RotateHeadsBackward(T* weights, in BlockPlace<T> p, in BlockBackPlace<T> b, int rows)
    {
        if (rotary is null && !model.QkNorm)
            return;
        for (int r = 0; r < rows; r++)
            for (int h = 0; h < 2 * model.Heads; h++)
            {
                T* d1 = b.DQkv + (nint)r * 3 * width + h * d;
                bool query = h < model.Heads;
                rotary?.Rotate(d1, r, back: true);
                if (model.QkNorm)
                    headNorms.BackwardRow(p.RawQk + (nint)r * 2 * width + h * d, weights + (query ? qNorm : kNorm), d1, d1, b.Vectors + (query ? vQNorm : vKNorm), null, d, add: false);
            }
    }

    void Activate(T* preActivation, T* units, int rows)
    {
        if (model.Mlp == MlpKind.Gelu)
            GatedUnits<T>.Gelu(preActivation, units, (long)rows * hidden);
        else
            for (int r = 0; r < rows; r++)
                GatedUnits<T>.SwiGlu(preActivation + (nint)r * 2 * hidden, preActivation + (nint)r * 2 * hidden + hidden, units + (nint)r * hidden, hidden);
    }

    void ActivateBackward(T* preActivation, in BlockBackPlace<T> b, int rows)
    {
        if (model.Mlp == MlpKind.Gelu)
            GatedUnits<T>.GeluBackward(preActivation, b.Units, b.DHidden, b.DPreActivation, (long)rows * hidden);
        else
            for (int r = 0; r < rows; r++)
            {
                nint two = (nint)r * 2 * hidden, one = (nint)r * hidden;
                GatedUnits<T>.SwiGluBackward(preActivation + two, preActivation + two + hidden, b.Units + one, b.DHidden + one, b.DPreActivation + two, b.DPreActivation + two + hidden, hidden);
            }
    }

    void AddBiases(in BlockBackPlace<T> b, int rows)
    {
        if (!model.Bias)
            return;
        Lanes.AddRows(b.DQkv, rows, 3 * width, b.Vectors + vQkv);
        Lanes.AddRows(b.DMiddle, rows, width, b.Vectors + vOut);
        Lanes.AddRows(b.DPreActivation, rows, Up.Outputs, b.Vectors + vUp);
        Lanes.AddRows(b.DY, rows, width, b.Vectors + vDown);
    }

    /// <summary>What a matrix adds to: the residual stream and the matrix's bias.</summary>
    void AddResidual(T* x, T* bias, T* y, int rows)
    {
        Lanes.Copy(x, y, rows * width);
        if (bias is not null)
            for (int r = 0; r < rows; r++)
                Lanes.Add(bias, y + (nint)r * width, width);
    }

    void Round(T* x, long n) => rounding.Apply(x, n);

    static T* Of(T* start, int at) => at < 0 ? null : start + at;
}

/// <summary>Gains and biases in one row, so that each sequence sums its own and all are added in order.</summary>
sealed class VectorPlaces
{
    readonly List<(int Weight, int Place, int Count)> all = [];

    /// <summary>Numbers in the row.</summary>
    public int Count { get; private set; }

    /// <summary>From the place among the weights to that in the row.</summary>
    public IReadOnlyList<(int Weight, int Place, int Count)> All => all;

    /// <summary>Makes room for those at <paramref name="weight"/>, −1 where there are none, and says where.</summary>
    public int Add(int weight, int count)
    {
        if (weight < 0)
            return -1;
        all.Add((weight, Count, count));
        // Each begins where vectors load best.
        Count += (count + 15) & ~15;
        return all[^1].Place;
    }
}
