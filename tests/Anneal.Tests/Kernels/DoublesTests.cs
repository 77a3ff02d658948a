namespace Anneal.Tests;

public class DoublesTests
{
    static readonly double[] corners =
        [0, -0.0, 1, -1, 1.0 / 3, float.MaxValue, float.Epsilon, float.Epsilon / 2.0, float.Epsilon * 0.75, 1e300, -1e300, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.Epsilon, 1 + 1.0 / (1 << 24), 1 + 3.0 / (1 << 24)];

    /// <summary>Lengths around whole lanes, and one that several threads share; nothing past the end is touched.</summary>
    [Theory, InlineData(0), InlineData(1), InlineData(7), InlineData(16), InlineData(33), InlineData(300_001)]
    public unsafe void Numbers_go_to_64_bits_and_back_as_casts_do(int count)
    {
        const int past = 40;
        double[] source = [.. Enumerable.Range(0, count + past).Select(i => corners[i % corners.Length] * (1 + i / corners.Length * 1e-9))];
        foreach (int threads in new[] { 1, 2, 3 })
        {
            float[] brief = new float[count + past];
            double[] back = new double[count + past];
            fixed (double* from = source, to = back)
            fixed (float* numbers = brief)
            {
                Doubles.Write<Wide<float>>(new(from, count), new(numbers, count), threads);
                Doubles.Read<Wide<float>>(new(numbers, count), new(to, count), threads);
            }
            for (int i = 0; i < count + past; i++)
            {
                float expected = i < count ? (float)source[i] : 0;
                Assert.Equal(BitConverter.SingleToUInt32Bits(expected), BitConverter.SingleToUInt32Bits(brief[i]));
                Assert.Equal(BitConverter.DoubleToUInt64Bits(expected), BitConverter.DoubleToUInt64Bits(back[i]));
            }
        }
    }

    [Fact]
    public unsafe void Doubles_are_copied_as_they_are()
    {
        double[] source = [.. corners, .. corners, 1e-310], target = new double[source.Length];
        fixed (double* from = source, to = target)
            Doubles.Read<Scalar<double>>(new(from, source.Length), new(to, target.Length), 2);
        Assert.Equal(source.Select(BitConverter.DoubleToUInt64Bits), target.Select(BitConverter.DoubleToUInt64Bits));
    }

    [Fact]
    public unsafe void Views_of_other_lengths_are_refused()
    {
        float[] numbers = new float[8];
        double[] doubles = new double[8];
        fixed (float* n = numbers)
        fixed (double* d = doubles)
        {
            View<Wide<float>> seven = new(n, 7), nine = new(n, 9);
            View<Wide<double>> eight = new(d, 8);
            Assert.Contains("7 and 8", Thrown(seven, eight));
            Assert.Contains("9 and 8", Thrown(nine, eight));
        }

        static string Thrown(View<Wide<float>> x, View<Wide<double>> y)
        {
            try
            {
                Doubles.Read(x, y, 1);
            }
            catch (ArgumentException refused)
            {
                return refused.Message;
            }
            return "";
        }
    }
}
