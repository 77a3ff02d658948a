using System.Numerics;

namespace Anneal.Models.Tests;

/// <summary>Logits, losses and gradients recorded from PyTorch: tests/golden/transformer.json.</summary>
public class TransformerGoldenTests
{
    public static TheoryData<int> Records => [.. Enumerable.Range(0, TransformerRecord.All.Count)];

    [Theory, MemberData(nameof(Records))]
    public void In_double_all_numbers_agree_to_1e_10(int record) => Compare<double>(TransformerRecord.All[record], 1e-10);

    [Theory, MemberData(nameof(Records))]
    public void In_float_all_numbers_agree_to_1e_5(int record) => Compare<float>(TransformerRecord.All[record], 1e-5);

    [Fact]
    public void All_records_are_there() => Assert.Equal(
        (6, 882, 7_164, 176), (TransformerRecord.All.Count, TransformerRecord.All.Sum(r => r.Logits.Count()), TransformerRecord.All.Sum(r => r.Gradient.Count()), TransformerRecord.All.Sum(r => r.Tensors.Count())));

    /// <summary>Differences as shares of the largest number of the logits, or of the tensor's gradient.</summary>
    static void Compare<T>(TransformerRecord record, double tolerance) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var network = new TransformerNetwork<T>(record.Model);
        T[] weights = [.. record.Weights.Select(T.CreateTruncating)], gradient = new T[weights.Length];
        double[] logits = [.. network.Logits(weights, record.Batch).Select(double.CreateTruncating)];
        double largest = record.Logits.Max(Math.Abs);
        Assert.All(record.Logits, (expected, i) => Assert.True(Math.Abs(logits[i * record.LogitStep] - expected) <= tolerance * largest, $"{record}: logit {i * record.LogitStep} is {logits[i * record.LogitStep]}, not {expected}"));

        Assert.Equal(record.Loss, network.Loss(weights, record.Batch), tolerance * record.Loss);
        Assert.Equal(record.Loss, network.Loss(weights, record.Batch, gradient), tolerance * record.Loss);
        var layout = record.Model.Layout;
        Assert.Equal(record.Tensors.Select(t => t.Name), layout.Tensors.Select(t => t.Name));
        foreach (var (tensor, (name, norm, sum)) in layout.Tensors.Zip(record.Tensors))
        {
            double[] g = [.. gradient.AsSpan(tensor.Offset, tensor.Count).ToArray().Select(double.CreateTruncating)];
            // A bias of keys has no influence on the shares: what is left of its gradient are rounding errors, small beside those of the queries'.
            double scale = Math.Max(norm, record.Tensors.Max(t => t.Norm) * 1e-3);
            Assert.True(Math.Abs(Math.Sqrt(g.Sum(x => x * x)) - norm) <= tolerance * scale, $"{record}: the norm of {name}'s gradient is {Math.Sqrt(g.Sum(x => x * x))}, not {norm}");
            Assert.True(Math.Abs(g.Sum() - sum) <= tolerance * scale * Math.Sqrt(g.Length), $"{record}: the sum of {name}'s gradient is {g.Sum()}, not {sum}");
            for (int i = (tensor.Offset + record.GradientStep - 1) / record.GradientStep * record.GradientStep; i < tensor.Offset + tensor.Count; i += record.GradientStep)
                Assert.True(Math.Abs(double.CreateTruncating(gradient[i]) - record.Gradient[i / record.GradientStep]) <= tolerance * scale,
                    $"{record}: number {i - tensor.Offset} of {name}'s gradient is {gradient[i]}, not {record.Gradient[i / record.GradientStep]}");
        }
    }
}
