using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Anneal.Models;

/// <summary>Several layers, or several outputs: batches go through as matrices, forward and back.</summary>
sealed unsafe class NetworkEvaluator : Evaluator
{
    /// <summary>Samples that go through the layers together; larger batches go in parts.</summary>
    const int Chunk = 64;

    readonly Layers layers;
    readonly LossKind loss;
    readonly Activation activation;
    readonly double[] room;
    readonly int[] activations, deltas, packed, turned, gradients;

    public NetworkEvaluator(Layers layers, LossKind loss, Activation activation)
    {
        (this.layers, this.loss, this.activation) = (layers, loss, activation);
        int end = 0;
        int Take(int count)
        {
            int begin = end;
            end = checked(begin + count);
            return begin;
        }
        int[] wide = [.. layers.Sizes.Select(Product.Padded)], each = [.. Enumerable.Range(0, layers.Count)];
        try
        {
            checked
            {
                activations = [.. wide.Select(w => Take(Chunk * w))];
                deltas = [.. wide.Select(w => Take(Chunk * w))];
                packed = [.. each.Select(l => Take(layers.Outputs(l) * wide[l]))];
                turned = [.. each.Select(l => Take(layers.Inputs(l) * wide[l + 1]))];
                gradients = [.. each.Select(l => Take(layers.Outputs(l) * wide[l]))];
            }
        }
        catch (OverflowException)
        {
            throw new ArgumentException($"Layers of {string.Join(", ", layers.Sizes)} units need more working room than one array holds.", nameof(layers));
        }
        room = GC.AllocateArray<double>(end, pinned: true);
    }

    public override double Sum(double* w, int* batch, int count, double* g, double* s, double* x, double* y)
    {
        fixed (double* r = room)
            return Sum(w, batch, count, g, s, x, y, r);
    }

    double Sum(double* w, int* batch, int count, double* g, double* s, double* x, double* y, double* r)
    {
        Pack(w, r, g is not null);
        if (g is not null)
            new Span<double>(g, layers.Layout.Count).Clear();
        double sum = 0;
        for (int from = 0; from < count; from += Chunk)
        {
            int m = Math.Min(Chunk, count - from);
            Forward(w, batch + from, m, x, r);
            sum += Judge(batch + from, m, y, r, g is not null ? 1.0 / count : 0);
            if (s is not null)
                for (int i = 0; i < m; i++)
                    new Span<double>(r + activations[layers.Count] + i * Product.Padded(layers.Last), layers.Last).CopyTo(new(s + (nint)(from + i) * layers.Last, layers.Last));
            if (g is not null)
                Backward(m, g, r);
        }
        if (g is not null)
            for (int l = 0; l < layers.Count; l++)
                for (int o = 0; o < layers.Outputs(l); o++)
                    new Span<double>(r + gradients[l] + o * Product.Padded(layers.Inputs(l)), layers.Inputs(l)).CopyTo(new(g + layers.WeightAt(l) + o * layers.Inputs(l), layers.Inputs(l)));
        return sum;
    }

    /// <summary>The weights with padded rows, and turned; the gradients' room emptied.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Pack(double* w, double* r, bool back)
    {
        for (int l = 0; l < layers.Count; l++)
        {
            int inputs = layers.Inputs(l), outputs = layers.Outputs(l), wideIn = Product.Padded(inputs), wideOut = Product.Padded(outputs);
            double* t = r + turned[l];
            for (int o = 0; o < outputs; o++)
            {
                double* row = w + layers.WeightAt(l) + o * inputs;
                for (int i = 0; i < inputs; i++)
                    t[i * wideOut + o] = row[i];
                if (back && l > 0)
                    new Span<double>(row, inputs).CopyTo(new(r + packed[l] + o * wideIn, inputs));
            }
            if (back)
                new Span<double>(r + gradients[l], outputs * wideIn).Clear();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Forward(double* w, int* batch, int m, double* x, double* r)
    {
        int wide = Product.Padded(layers.Inputs(0));
        for (int i = 0; i < m; i++)
            new Span<double>(x + (nint)batch[i] * layers.Inputs(0), layers.Inputs(0)).CopyTo(new(r + activations[0] + i * wide, layers.Inputs(0)));
        for (int l = 0; l < layers.Count; l++)
        {
            int wideIn = Product.Padded(layers.Inputs(l)), wideOut = Product.Padded(layers.Outputs(l));
            double* z = r + activations[l + 1];
            for (int i = 0; i < m; i++)
            {
                var row = new Span<double>(z + i * wideOut, wideOut);
                row.Clear();
                if (layers.Intercept)
                    new Span<double>(w + layers.BiasAt(l), layers.Outputs(l)).CopyTo(row);
            }
            Product.Add(r + activations[l], wideIn, 1, r + turned[l], z, m, layers.Inputs(l), wideOut);
            if (l < layers.Count - 1)
                Activations.Apply(activation, z, m * wideOut);
        }
    }

    /// <summary>The samples' losses, added; their slopes by the last sums, times <paramref name="share"/>, become the last deltas.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    double Judge(int* batch, int m, double* y, double* r, double share)
    {
        double sum = 0;
        int wide = Product.Padded(layers.Last);
        for (int i = 0; i < m; i++)
        {
            double* z = r + activations[layers.Count] + i * wide, d = r + deltas[layers.Count] + i * wide;
            if (loss != LossKind.Softmax)
            {
                sum += loss.One(z[0], y[batch[i]], out double slope);
                d[0] = slope * share;
                continue;
            }
            double largest = z[0], total = 0;
            for (int c = 1; c < layers.Last; c++)
                largest = Math.Max(largest, z[c]);
            for (int c = 0; c < wide; c += 4)
                Vector256.Exp(Vector256.Load(z + c) - Vector256.Create(largest)).Store(d + c);
            for (int c = 0; c < layers.Last; c++)
                total += d[c];
            int label = (int)y[batch[i]];
            sum += largest + Math.Log(total) - z[label];
            for (int c = 0; c < layers.Last; c++)
                d[c] *= share / total;
            d[label] -= share;
            for (int c = layers.Last; c < wide; c++)
                d[c] = 0;
        }
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Backward(int m, double* g, double* r)
    {
        for (int l = layers.Count - 1; l >= 0; l--)
        {
            int wideIn = Product.Padded(layers.Inputs(l)), wideOut = Product.Padded(layers.Outputs(l));
            double* d = r + deltas[l + 1];
            Product.Add(d, 1, wideOut, r + activations[l], r + gradients[l], layers.Outputs(l), m, wideIn);
            if (layers.Intercept)
                for (int o = 0; o < layers.Outputs(l); o++)
                    for (int i = 0; i < m; i++)
                        g[layers.BiasAt(l) + o] += d[i * wideOut + o];
            if (l == 0)
                continue;
            new Span<double>(r + deltas[l], m * wideIn).Clear();
            Product.Add(d, wideOut, 1, r + packed[l], r + deltas[l], m, layers.Outputs(l), wideIn);
            Activations.Back(activation, r + activations[l], r + deltas[l], m * wideIn);
        }
    }
}
