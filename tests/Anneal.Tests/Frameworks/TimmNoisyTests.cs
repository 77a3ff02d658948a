namespace Anneal.Tests;

public class TimmNoisyTests
{
    // torch.Generator().manual_seed(seed), then torch.randn(1, generator=g).item() four times; PyTorch 1.13, CPU.
    [Theory]
    [InlineData(42, 0.33669036626815796, 0.12880940735340118, 0.23446236550807953, 0.23033303022384644)]
    [InlineData(43, -0.6484010815620422, -0.7058414220809937, 0.6432183980941772, 1.4787991046905518)]
    [InlineData(1042, 1.8711920976638794, 0.02105923555791378, -1.678836703300476, 0.31958073377609253)]
    public void The_generator_draws_the_normal_numbers_of_PyTorch(uint seed, params double[] expected)
    {
        var generator = new TorchGenerator(seed);
        Assert.Equal(expected, expected.Select(_ => generator.Normal()));
    }

    // torch.rand(1, generator=g).item() twice.
    [Theory]
    [InlineData(42, 0.8822692632675171, 0.9150039553642273)]
    [InlineData(47, 0.05304759740829468, 0.0499194860458374)]
    public void The_generator_draws_the_uniform_numbers_of_PyTorch(uint seed, params double[] expected)
    {
        var generator = new TorchGenerator(seed);
        Assert.Equal(expected, expected.Select(_ => generator.Uniform()));
    }

    [Fact]
    public void The_noise_is_on_from_its_first_step_to_before_its_last()
    {
        var noisy = new TimmNoisy(new Constant(0.1), From: 5, Until: 8, Limit: 0.2);
        Assert.Equal([false, true, true, true, false], new double[] { 4, 5, 6, 7, 8 }.Select(t => noisy.At(t) != 0.1));
        Assert.All(Enumerable.Range(5, 3), t => Assert.InRange(noisy.At(t), 0.08, 0.12));
    }
}
