using System.Globalization;
using System.Text.Json;

namespace Anneal.Tests;

/// <summary>Stochastic rounding against the cases of tests/golden/optimizers-new.json, and its mean over a million draws and more.</summary>
public class StochasticRoundingTests
{
    static readonly JsonElement file = GoldenRuleTests.Golden("optimizers-new.json");

    static uint Hex(JsonElement record, string name) => uint.Parse(record.GetProperty(name).GetString()!, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    static JsonElement.ArrayEnumerator Records => file.GetProperty("stochastic_rounding").EnumerateArray();

    static double? Away(JsonElement record) => record.GetProperty("p_away") is { ValueKind: JsonValueKind.Number } p ? p.GetDouble() : null;

    [Fact]
    public void All_records_are_compared_and_those_without_a_probability_are_no_numbers()
    {
        Assert.Equal((19, 19, 16), (Records.Count(), Cases.Count, Records.Count(r => Away(r) is not null)));
        Assert.All(Records.Where(r => Away(r) is null), r => Assert.True(float.IsNaN(BitConverter.UInt32BitsToSingle(Hex(r, "float32_bits")))));
    }

    public static TheoryData<string> Cases => [.. Records.Select(r => r.GetProperty("name").GetString()!)];

    /// <summary>One number at a time, as a weight eight at a time, and as what a rule remembers.</summary>
    [Theory, MemberData(nameof(Cases))]
    public void A_number_becomes_one_of_its_neighbours_as_often_as_recorded(string name)
    {
        var record = Records.Single(r => r.GetProperty("name").GetString() == name);
        float x = BitConverter.UInt32BitsToSingle(Hex(record, "float32_bits"));
        uint inner = Hex(record, "towards_zero_bf16") << 16, outer = Hex(record, "away_bf16") << 16;
        const int n = 400_000;
        var bits = new RandomBits(7, 0, 0, 1);
        float[] weights = [.. Enumerable.Repeat(x, n)];
        Round(weights, NumberFormat.BFloat16, 7);
        foreach (float[] drawn in new float[][] { [.. Enumerable.Range(0, n).Select(i => NumberFormats.Stochastic(x, bits.One(i)))], weights, Remembered(x, n) })
        {
            if (Away(record) is not double p)
            {
                Assert.All(drawn, v => Assert.True(float.IsNaN(v)));
                continue;
            }
            uint[] words = [.. drawn.Select(BitConverter.SingleToUInt32Bits)];
            Assert.All(words, word => Assert.True(word == inner || word == outer));
            double allowed = 5 * Math.Sqrt(p * (1 - p) / n);
            Assert.InRange(words.Count(word => word == outer) / (double)n, p - allowed, p + allowed);
        }
        // The probability itself: how many of all 65536 values of the bits lead away.
        if (Away(record) is double exact)
            Assert.Equal(exact, Enumerable.Range(0, 65536).Count(r => BitConverter.SingleToUInt32Bits(NumberFormats.Stochastic(x, (ushort)r)) == outer) / 65536.0);
    }

    /// <summary>A momentum without memory keeps the gradient: what a step stores is the number, rounded.</summary>
    static float[] Remembered(float x, int n, Precision precision = Precision.SingleWithBFloat16State)
    {
        Rule rule = new Momentum(0);
        var state = rule.Start(Layout.Of(n), precision);
        float[] weights = new float[n], gradient = [.. Enumerable.Repeat(x, n)];
        rule.Step(state, weights, gradient, new StepOptions(0) { Seed = 7 });
        return [.. state["v"].Select(v => (float)v)];
    }

    [Theory]
    [InlineData(NumberFormat.BFloat16, 1.001953125, 0.0078125)]
    [InlineData(NumberFormat.BFloat16, -1.0001, 0.0078125)]
    [InlineData(NumberFormat.BFloat16, 0.1, 0.00048828125)]
    [InlineData(NumberFormat.BFloat16, 3e-41, 9.2e-41)]
    [InlineData(NumberFormat.Float16, 1.0001, 0.0009765625)]
    [InlineData(NumberFormat.Float16, -0.1, 6.103515625e-5)]
    [InlineData(NumberFormat.Float16, 4e-8, 5.9604644775390625e-8)]
    public void Over_two_million_draws_the_mean_is_the_number(NumberFormat format, double x, double unit)
    {
        const int n = 1 << 21;
        float[] floats = [.. Enumerable.Repeat((float)x, n)];
        double[] doubles = [.. Enumerable.Repeat(x, n)];
        Round(floats, format, 3);
        Round(doubles, format, 3);
        double allowed = 5 * unit / (2 * Math.Sqrt(n));
        Assert.InRange(floats.Average(v => (double)v), (float)x - allowed, (float)x + allowed);
        Assert.InRange(doubles.Average(), x - allowed, x + allowed);
        Assert.Equal(2, floats.Distinct().Count());
        if (format == NumberFormat.BFloat16)
            Assert.InRange(Remembered((float)x, n).Average(v => (double)v), (float)x - allowed, (float)x + allowed);
        Assert.All(floats.Take(100), v => Assert.Equal(v, format.Nearest(v)));
    }

    [Fact]
    public void Small_additions_survive_on_average_and_are_lost_to_nearest()
    {
        // 256 additions of 2⁻¹⁰ to 1: to nearest none is seen; by chance the mean of many runs is 1.25, each with a deviation of 0.0415.
        const int runs = 100_000;
        float[] weights = [.. Enumerable.Repeat(1f, runs)], gradient = [.. Enumerable.Repeat(-1f, runs)], nearest = [1];
        Rule chance = new RoundedWeights(new Sgd()), sure = new RoundedWeights(new Sgd(), Rounding: Rounding.Nearest);
        RuleState a = chance.Start(Layout.Of(runs), Precision.Single), b = sure.Start(Layout.Of(1), Precision.Single);
        for (int t = 0; t < 256; t++)
        {
            chance.Step(a, weights, gradient, 0.0009765625);
            sure.Step(b, nearest, gradient.AsSpan(0, 1), 0.0009765625);
        }
        Assert.Equal(1f, nearest[0]);
        double mean = weights.Average(w => (double)w), deviation = Math.Sqrt(weights.Average(w => (w - mean) * (w - mean)));
        Assert.InRange(mean, 1.25 - 5 * 0.0415 / Math.Sqrt(runs), 1.25 + 5 * 0.0415 / Math.Sqrt(runs));
        Assert.InRange(deviation, 0.040, 0.043);
    }

    [Fact]
    public void Rounding_to_nearest_is_that_of_the_formats()
    {
        var random = new SeededRandom(1);
        for (int i = 0; i < 20_000; i++)
        {
            double x = random.Normal() * Math.Pow(10, i % 9 - 4);
            Assert.Equal((double)(Half)x, NumberFormat.Float16.Nearest(x));
            double near = NumberFormat.BFloat16.Nearest(x), unit = Math.Pow(2, Math.Floor(Math.Log2(Math.Abs(x))) - 7);
            Assert.Equal(Math.Round(x / unit, MidpointRounding.ToEven) * unit, near);
        }
        // A tie that the way over 32 bits would turn into a tie: just above the middle it goes up.
        Assert.Equal(1.0078125, NumberFormat.BFloat16.Nearest(1.00390625 + 1e-12));
        Assert.Equal(1, NumberFormat.BFloat16.Nearest(1.00390625));
        foreach (double x in new[] { double.NaN, double.PositiveInfinity, double.NegativeInfinity, 0, -0.0, 1e300, 70_000 })
            foreach (var format in Enum.GetValues<NumberFormat>())
            {
                Assert.Equal(double.IsNaN(x), double.IsNaN(format.Nearest(x)));
                Assert.Equal(double.IsNaN(x), double.IsNaN(format.Stochastic(x, 65535)));
                Assert.True(double.IsNaN(x) || Math.Sign(format.Stochastic(x, 12345)) == Math.Sign(x));
            }
    }

    [Fact]
    public void Eight_at_a_time_and_on_any_number_of_threads_it_gives_the_same()
    {
        const int n = 300_005;
        float[] start = [.. Enumerable.Range(0, n).Select(i => MathF.Sin(i))], one = [.. start], three = [.. start];
        start[17] = one[17] = three[17] = float.NaN;
        Round(one, NumberFormat.BFloat16, 5, threads: 1);
        Round(three, NumberFormat.BFloat16, 5, threads: 3);
        Assert.True(System.Runtime.InteropServices.MemoryMarshal.AsBytes(one.AsSpan()).SequenceEqual(System.Runtime.InteropServices.MemoryMarshal.AsBytes(three.AsSpan())));
        var bits = new RandomBits(5, 0, 0, 1);
        for (int i = 0; i < n; i += i < 1000 ? 1 : 997)
            Assert.Equal(NumberFormats.Stochastic(start[i], bits.One(i)), one[i]);
    }

    static unsafe void Round(float[] numbers, NumberFormat format, uint seed, int threads = 2)
    {
        fixed (float* p = numbers)
            WeightRounding.Round<Wide<float>>(new(p, numbers.Length), format, Rounding.Stochastic, new(seed, 0, 0, 1), threads);
    }

    static unsafe void Round(double[] numbers, NumberFormat format, uint seed)
    {
        fixed (double* p = numbers)
            WeightRounding.Round<Wide<double>>(new(p, numbers.Length), format, Rounding.Stochastic, new(seed, 0, 0, 1), 2);
    }
}
