namespace Anneal.Lessons.Tests;

public class NumericsExercisesTests() : ExercisesOf(typeof(NumericsExercises))
{
    // The right numbers, worked out by hand, with the digits that the exercise asks for.
    [Theory]
    [InlineData("SumStops", new[] { 0.5, 4 })]
    [InlineData("FrozenMoment", new[] { 32.0, 32 })]
    [InlineData("FittingCure", new[] { 3.0 })]
    [InlineData("ConstantFlaw", new[] { 5.0 })]
    [InlineData("CounterStops", new[] { 16_777_216.0, 256 })]
    [InlineData("NotSaved", new[] { 3.0 })]
    public void Numbers_found_by_hand_are_right(string name, double[] answers) =>
        Assert.Equal(Progress.Solved, Named(name).Check(answers).Progress);

    // The wrong numbers are worked out by hand from the mistake.
    [Theory]
    [InlineData("SumStops", 0, 10, "exact sum")]
    [InlineData("SumStops", 0, 0.25, "still moves")]
    [InlineData("SumStops", 1, 0.5, "three bits more")]
    [InlineData("SumStops", 1, 2, "still moves")]
    [InlineData("FrozenMoment", 0, 100, "square of 10")]
    [InlineData("FrozenMoment", 0, 86.5, "as 32 bits have it")]
    [InlineData("FrozenMoment", 0, 64, "less than half")]
    [InlineData("FrozenMoment", 0, 16, "still moves")]
    [InlineData("FrozenMoment", 1, 1e-6, "square of 0.001")]
    [InlineData("FittingCure", 0, 1, "80 gigabytes")]
    [InlineData("FittingCure", 0, 2, "freezes")]
    [InlineData("FittingCure", 0, 4, "70 gigabytes")]
    [InlineData("ConstantFlaw", 0, 2, "nearer to 1")]
    [InlineData("ConstantFlaw", 0, 3, "v stays 0")]
    [InlineData("CounterStops", 0, 8_388_608, "still works")]
    [InlineData("CounterStops", 0, 4_294_967_296, "whole numbers")]
    [InlineData("CounterStops", 1, 128, "still works")]
    [InlineData("CounterStops", 1, 65_536, "not 16")]
    [InlineData("NotSaved", 0, 1, "next step")]
    [InlineData("NotSaved", 0, 2, "bias correction")]
    [InlineData("NotSaved", 0, 4, "skipped")]
    public void A_typical_mistake_is_recognised(string name, int part, double wrong, string says) => Recognises(name, part, wrong, says);

    /// <summary>Half the gap, found by halving intervals with the library's own rounding.</summary>
    [Fact]
    public void The_smallest_rate_is_where_rounding_begins_to_move_the_weight()
    {
        foreach (var (format, bits) in new[] { (NumberFormat.BFloat16, 8), (NumberFormat.Float16, 11) })
            Assert.Equal(Progress.Solved, NumericsFromScratch.SmallestRate.Check((w, u, b) => b != bits ? Half(w, u, b) : Found(format, w, u)).Progress);

        static double Found(NumberFormat format, double w, double u)
        {
            double stays = 0, moves = Math.Abs(w / u);
            for (int i = 0; i < 60; i++)
            {
                double rate = (stays + moves) / 2;
                (stays, moves) = format.Nearest(w - rate * u) == w ? (rate, moves) : (stays, rate);
            }
            return moves;
        }

        static double Half(double w, double u, int bits)
        {
            double gap = Math.Pow(2, Math.Floor(Math.Log2(Math.Abs(w))) + 1 - bits);
            return (w * u > 0 && Math.Log2(Math.Abs(w)) % 1 == 0 ? gap / 2 : gap) / 2 / Math.Abs(u);
        }
    }

    [Fact]
    public void Stochastic_rounding_is_the_librarys()
    {
        // For a draw of d the library's 16 bits are 65535 − ⌊65536·d⌋.
        Assert.Equal(Progress.Solved, NumericsFromScratch.StochasticRounding.Check((x, draw) =>
            (float)x == x || Math.Abs(x) > 0.2 ? NumberFormat.BFloat16.Stochastic(x, (ushort)(65_535 - Math.Floor(65_536 * draw))) : ByHand(x, draw)).Progress);

        static double ByHand(double x, double draw)
        {
            double gap = Math.Pow(2, Math.Floor(Math.Log2(Math.Abs(x))) - 7), whole = Math.Truncate(x / gap);
            return gap * (whole + (draw < Math.Abs(x / gap - whole) ? Math.Sign(x) : 0));
        }
    }

    [Fact]
    public void Kahans_step_is_the_librarys() =>
        Assert.Equal(Progress.Solved, NumericsFromScratch.KahanStep.Check((gradients, rate) =>
        {
            int t = 0;
            return [.. new KahanWeights(new Sgd()).Path(new Constant(rate), _ => [gradients[t++]], [1], gradients.Length).Skip(1).Select(w => w[0])];
        }).Progress);
}
