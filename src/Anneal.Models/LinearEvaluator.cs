using System.Runtime.CompilerServices;

namespace Anneal.Models;

/// <summary>One layer with one output: a scalar product per sample, no working room.</summary>
sealed unsafe class LinearEvaluator(Layers layers, LossKind loss) : Evaluator
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override double Sum(double* w, int* batch, int count, double* g, double* s, double* x, double* y)
    {
        int n = layers.Inputs(0);
        double bias = layers.Intercept ? w[layers.BiasAt(0)] : 0, sum = 0, biasGradient = 0, share = 1.0 / count;
        if (g is not null)
            new Span<double>(g, layers.Layout.Count).Clear();
        for (int i = 0; i < count; i++)
        {
            double* row = x + (nint)batch[i] * n;
            double z = Product.Dot(row, w, n) + bias;
            if (s is not null)
                s[i] = z;
            sum += loss.One(z, y[batch[i]], out double slope);
            if (g is null)
                continue;
            Product.AddTimes(slope * share, row, g, n);
            biasGradient += slope * share;
        }
        if (g is not null && layers.Intercept)
            g[layers.BiasAt(0)] = biasGradient;
        return sum;
    }
}
