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
        var generator = new TorchGenerator(seed, stackalloc uint[TorchGenerator.Size]);
        foreach (double number in expected)
            Assert.Equal(number, generator.Normal());
    }

    // torch.rand(1, generator=g).item() twice.
    [Theory]
    [InlineData(42, 0.8822692632675171, 0.9150039553642273)]
    [InlineData(47, 0.05304759740829468, 0.0499194860458374)]
    public void The_generator_draws_the_uniform_numbers_of_PyTorch(uint seed, params double[] expected)
    {
        var generator = new TorchGenerator(seed, stackalloc uint[TorchGenerator.Size]);
        foreach (double number in expected)
            Assert.Equal(number, generator.Uniform());
    }

    // The same from where its 624 words are used for a second and a third time.
    [Fact]
    public void The_generator_goes_on_like_PyTorch_when_its_words_are_used_up()
    {
        var expected = new Dictionary<int, double>
        {
            [226] = 0.8788173198699951,
            [227] = 0.6822240948677063,
            [622] = 0.08483445644378662,
            [623] = 0.2202964425086975,
            [624] = 0.4897902011871338,
            [625] = 0.18942028284072876,
            [1247] = 0.4458320736885071,
            [1248] = 0.27322155237197876,
            [1249] = 0.5485855937004089,
        };
        var generator = new TorchGenerator(42, stackalloc uint[TorchGenerator.Size]);
        for (int i = 0; i < 1250; i++)
        {
            double drawn = generator.Uniform();
            if (expected.TryGetValue(i, out double known))
                Assert.Equal(known, drawn);
        }
    }

    [Fact]
    public void The_noise_is_on_from_its_first_step_to_before_its_last()
    {
        var noisy = new TimmNoisy(new Constant(0.1), From: 5, Until: 8, Limit: 0.2);
        Assert.Equal([false, true, true, true, false], new double[] { 4, 5, 6, 7, 8 }.Select(t => noisy.At(t) != 0.1));
        Assert.All(Enumerable.Range(5, 3), t => Assert.InRange(noisy.At(t), 0.08, 0.12));
    }

    [Theory]
    [InlineData(5.0, 8.0)]
    [InlineData(5.25, 7.75)]
    [InlineData(5.25, 5.5)]
    [InlineData(-3.0, 7.5)]
    [InlineData(7.5, null)]
    [InlineData(9.0, 5.0)]
    public void Its_pieces_are_the_rate_also_where_noise_begins_and_ends_between_two_steps(double from, double? until)
    {
        var noisy = new TimmNoisy(new LinearDecay(Peak: 0.1, Steps: 20, Floor: 0.01), from, until, Limit: 0.5);
        foreach (var (first, last) in new[] { (0.0, 30.0), (5.1, 7.9), (5.3, 5.4), (12.5, 40) })
        {
            double end = first;
            foreach (var piece in noisy.Pieces(first, last))
            {
                Assert.Equal(end, piece.From);
                end = piece.To;
                foreach (double share in new[] { 0.01, 0.3, 0.6, 0.99 })
                    Assert.Equal(noisy.At(piece.From + share * (piece.To - piece.From)), piece.Curve.At(piece.From + share * (piece.To - piece.From)), 1e-15);
            }
            Assert.Equal(last, end);
        }
        Assert.Equal(Enumerable.Range(0, 40).Sum(t => noisy.At(t)), noisy.Sum(0, 40), 1e-14);
    }

    [Fact]
    public void Noise_larger_than_the_rate_leaves_the_long_run_open()
    {
        var decay = new InverseTimeDecay(Peak: 0.1);
        Assert.IsType<RecurringTail>(new TimmNoisy(decay, Limit: 1).LongRun());
        Assert.Equal("noise of up to 1.5 times the rate makes some rates negative", Assert.IsType<UnknownTail>(new TimmNoisy(decay, Limit: 1.5).LongRun()).Reason);
        Assert.Equal(decay.LongRun(), new TimmNoisy(decay, Until: 100, Limit: 1.5).LongRun());
        Assert.Equal(Tail.Zero, new TimmNoisy(new LinearDecay(Peak: 0.1, Steps: 20, Floor: 0), Limit: 1.5).LongRun());
    }

    [Theory]
    [InlineData(double.NaN, null, "From must be a finite number.")]
    [InlineData(0.0, double.PositiveInfinity, "Until must be a finite number.")]
    public void Limits_that_are_no_steps_are_refused(double from, double? until, string message) =>
        Assert.StartsWith(message, Assert.Throws<ArgumentOutOfRangeException>(() => new TimmNoisy(new Constant(0.1), from, until)).Message);
}
