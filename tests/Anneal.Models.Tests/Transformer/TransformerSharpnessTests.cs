using Anneal.Diagnostics;
using MathNet.Numerics.LinearAlgebra;

namespace Anneal.Models.Tests;

/// <summary>Both kinds of sharpness of a small transformer in training, beside eigenvalues of its Hessian written out.</summary>
public class TransformerSharpnessTests
{
    [Fact]
    public void Sharpness_plain_and_in_Adams_coordinates_is_that_of_the_dense_Hessian()
    {
        var model = new Transformer(Vocabulary: 5, Context: 4, Width: 4, Layers: 1, Heads: 2) { Bias = false };
        var network = new TransformerNetwork<double>(model) { Threads = 1 };
        var batch = TransformerRecord.Drawn(model, sequences: 6, length: 4, seed: 1);
        double[] w = TransformerRecord.DrawnWeights(model, 2, 0.5), gradient = new double[w.Length];
        double Loss(ReadOnlySpan<double> at, Span<double> slope)
        {
            slope.Clear();
            return network.Loss(at, batch, slope);
        }
        var rule = new AdamW(Beta2: 0.95, Decay: 0);
        var state = rule.Start(model.Layout);
        for (int t = 0; t < 40; t++)
        {
            Loss(w, gradient);
            rule.Step(state, w, gradient, 0.01);
        }
        double[] p = PreconditionedSharpness.OfAdam(state, rule.Beta1, rule.Beta2, rule.Epsilon);

        // Column by column, by a central difference of its own.
        int n = w.Length;
        const double h = 1e-5;
        var hessian = Matrix<double>.Build.Dense(n, n);
        double[] at = [.. w], ahead = new double[n], behind = new double[n];
        for (int j = 0; j < n; j++)
        {
            at[j] = w[j] + h;
            Loss(at, ahead);
            at[j] = w[j] - h;
            Loss(at, behind);
            at[j] = w[j];
            for (int i = 0; i < n; i++)
                hessian[i, j] = (ahead[i] - behind[i]) / (2 * h);
        }
        hessian = (hessian + hessian.Transpose()) / 2;
        var root = Matrix<double>.Build.DenseOfDiagonalArray([.. p.Select(x => 1 / Math.Sqrt(x))]);
        double plain = Largest(hessian), preconditioned = Largest(root * hessian * root);

        Assert.Equal(plain, Sharpness.At<double>(Loss, w, 40).Largest, 1e-4 * plain);
        Assert.Equal(preconditioned, PreconditionedSharpness.At<double>(Loss, w, p, 40).Largest, 1e-4 * preconditioned);
        Assert.True(preconditioned > 3 * plain, $"{preconditioned} beside {plain}");

        static double Largest(Matrix<double> symmetric) => symmetric.Evd(Symmetricity.Symmetric).EigenValues.Max(e => e.Real);
    }
}
