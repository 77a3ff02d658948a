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

    static void Compare<T>(TransformerRecord record, double tolerance) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Assert.Equal(record.Tensors.Select(t => t.Name), record.Model.Layout.Tensors.Select(t => t.Name));
        var agreement = TransformerAgreement.Of<T>(record);
        Assert.Equal((record.Logits.Length, 2, 2 * record.Tensors.Length + record.Gradient.Length), (agreement.Logits.Count, agreement.Loss.Count, agreement.Gradient.Count));
        Assert.All([.. agreement.Logits, .. agreement.Loss, .. agreement.Gradient], d => Assert.True(d.Share <= tolerance, $"{record}: {d.What} is off by {d.Share}"));
    }
}
