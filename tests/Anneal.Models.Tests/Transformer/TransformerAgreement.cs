using System.Numerics;

namespace Anneal.Models.Tests;

/// <summary>One number beside the recorded one.</summary>
/// <param name="What">Which number.</param>
/// <param name="Share">The difference, as a share of the largest of its kind.</param>
readonly record struct Difference(string What, double Share);

/// <summary>How far a network is from what PyTorch recorded.</summary>
/// <param name="Logits">Shares of the largest logit.</param>
/// <param name="Loss">Shares of the loss, with and without its gradient.</param>
/// <param name="Gradient">Shares of the norm of each tensor's gradient: its numbers, its norm, its sum.</param>
sealed record TransformerAgreement(IReadOnlyList<Difference> Logits, IReadOnlyList<Difference> Loss, IReadOnlyList<Difference> Gradient)
{
    public static TransformerAgreement Of<T>(TransformerRecord record) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var network = new TransformerNetwork<T>(record.Model);
        T[] weights = [.. record.Weights.Select(T.CreateTruncating)], gradient = new T[weights.Length];
        double[] logits = [.. network.Logits(weights, record.Batch).Select(double.CreateTruncating)];
        double largest = record.Logits.Max(Math.Abs);
        double alone = network.Loss(weights, record.Batch), along = network.Loss(weights, record.Batch, gradient);
        var ofGradient = new List<Difference>();
        foreach (var (tensor, (name, norm, sum)) in record.Model.Layout.Tensors.Zip(record.Tensors))
        {
            double[] g = [.. gradient.AsSpan(tensor.Offset, tensor.Count).ToArray().Select(double.CreateTruncating)];
            // A bias of keys has no influence on the shares: what is left of its gradient are rounding errors, small beside those of the queries'.
            double scale = Math.Max(norm, record.Tensors.Max(t => t.Norm) * 1e-3);
            ofGradient.Add(new($"the norm of {name}", Math.Abs(Math.Sqrt(g.Sum(x => x * x)) - norm) / scale));
            ofGradient.Add(new($"the sum of {name}", Math.Abs(g.Sum() - sum) / (scale * Math.Sqrt(g.Length))));
            for (int i = (tensor.Offset + record.GradientStep - 1) / record.GradientStep * record.GradientStep; i < tensor.Offset + tensor.Count; i += record.GradientStep)
                ofGradient.Add(new($"number {i - tensor.Offset} of {name}", Math.Abs(g[i - tensor.Offset] - record.Gradient[i / record.GradientStep]) / scale));
        }
        return new([.. record.Logits.Select((expected, i) => new Difference($"logit {i * record.LogitStep}", Math.Abs(logits[i * record.LogitStep] - expected) / largest))],
            [new("the loss alone", Math.Abs(alone - record.Loss) / record.Loss), new("the loss with its gradient", Math.Abs(along - record.Loss) / record.Loss)], ofGradient);
    }

    /// <summary>The gradient in double along a drawn direction of each tensor, beside the slope by finite differences.</summary>
    /// <remarks>The slope's own error is Step² times a third derivative of the order of 1, and rounding, 1e-16/Step.</remarks>
    public static IEnumerable<Difference> FiniteDifferences(Transformer model, double[] weights, TokenBatch batch)
    {
        const double Step = 1e-5;
        var network = new TransformerNetwork<double>(model);
        double[] gradient = new double[weights.Length];
        network.Loss(weights, batch, gradient);
        var draws = new SeededRandom(7);
        foreach (var tensor in model.Layout.Tensors)
        {
            double[] along = [.. Enumerable.Range(0, tensor.Count).Select(_ => draws.Normal() / Math.Sqrt(tensor.Count))];
            double slope = (At(Step) - At(-Step)) / (2 * Step), exact = along.Select((a, i) => a * gradient[tensor.Offset + i]).Sum();
            yield return new($"{tensor.Name}: {exact}, by differences {slope}", Math.Abs(slope - exact));

            double At(double step)
            {
                double[] moved = [.. weights];
                for (int i = 0; i < along.Length; i++)
                    moved[tensor.Offset + i] += step * along[i];
                return network.Loss(moved, batch);
            }
        }
    }
}
