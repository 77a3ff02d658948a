namespace Anneal.Tests;

public class AdamWTests
{
    // f(w) = w₀² + 10·w₁² from (1, −2), rate 0.1. Reference: the rule's formula in ten lines of plain Python.
    static readonly double[] Reference =
        [1, -2, 0.8990000005, -1.898000000025, 0.7985190271685216, -1.796272588190068, 0.6989111831582323, -1.6949445136962737];

    [Fact]
    public void Three_steps_match_the_reference()
    {
        var path = new AdamW().Path(new Constant(0.1), w => [2 * w[0], 20 * w[1]], start: [1, -2], steps: 3);
        Assert.Equal(Reference, path.SelectMany(w => w), (a, b) => Math.Abs(a - b) < 1e-12);
    }
}
