using CsCheck;

namespace Anneal.Tests.Schedules;

/// <summary>Laws of composition, over random schedules and steps.</summary>
public class AlgebraTests
{
    static readonly Gen<double> wholeStep = Gen.Int[0, 2_000].Select(t => (double)t);
    static readonly Gen<double> number = Gen.Double[0.1, 10];

    /// <summary>Equal to rounding, or both beyond a double.</summary>
    static bool Close(double a, double b) => a.Equals(b) || Math.Abs(a - b) <= 1e-13 * Math.Max(Math.Abs(a), Math.Abs(b));

    /// <summary>A schedule asked past an end that it refuses to pass has no rate.</summary>
    static double Ask(Schedule schedule, double step)
    {
        try
        {
            return schedule.At(step);
        }
        catch (ArgumentOutOfRangeException)
        {
            return double.NaN;
        }
    }

    [Fact]
    public void Then_does_not_care_about_parentheses() => Gen.Select(Any.Segment, Any.Segment, Any.Schedule).Sample((a, b, c) =>
        a.Then(b).Then(c).Equals(a.Then(b.Then(c))));

    [Fact]
    public void Then_plays_the_first_and_then_the_next() => Gen.Select(Any.Segment, Any.Schedule, Any.Step).Sample((first, next, t) =>
        next is Sequence or Continuation || Ask(first.Then(next), t).Equals(t < first.Steps ? Ask(first, t) : Ask(next, t - first.Steps)));

    [Fact]
    public void For_holds_what_was_reached() => Gen.Select(Any.Schedule, Any.Step, number).Sample((whole, t, steps) =>
        Ask(whole.For(steps), t).Equals(Ask(whole, Math.Min(t, steps))));

    [Fact]
    public void The_shorter_of_two_cuts_counts() => Gen.Select(Any.Schedule, Any.Step, number).Sample((whole, t, steps) =>
        whole.For(steps * 2).For(steps).Equals(whole.For(steps)) && Ask(whole.For(steps).For(steps * 2), t).Equals(Ask(whole.For(steps), t)));

    [Fact]
    public void Resuming_is_evaluating_later() => Gen.Select(Any.Schedule, wholeStep, wholeStep).Sample((whole, t, done) =>
        Ask(whole.Shift(-done), t).Equals(Ask(whole, t + done)));

    [Fact]
    public void A_shift_is_undone_by_its_opposite() => Gen.Select(Any.Schedule, wholeStep, wholeStep).Sample((whole, t, by) =>
        Ask(whole.Shift(by).Shift(-by), t).Equals(Ask(whole, t)) && Ask(whole.Shift(by), by / 2).Equals(Ask(whole, 0)));

    [Fact]
    public void Scales_multiply() => Gen.Select(Any.Schedule, Any.Step, number, number).Sample((whole, t, a, b) =>
        Close(Ask(whole.Scale(a), t), a * Ask(whole, t)) && Close(Ask(whole.Scale(a).Scale(b), t), a * b * Ask(whole, t)));

    [Fact]
    public void Stretching_slows_the_clock() => Gen.Select(Any.Schedule, Any.Step, Gen.OneOf(Gen.Const(0.5), Gen.Const(2.0), Gen.Const(4.0))).Sample((whole, t, by) =>
        Ask(whole.Stretch(by), t).Equals(Ask(whole, t / by)));

    [Fact]
    public void A_segment_stays_one() => Gen.Select(Any.Segment, number).Sample((segment, by) =>
        segment.Scale(by).Steps == segment.Steps && segment.Stretch(by).Steps == segment.Steps * by
        && segment.Clamp(0, by).Steps == segment.Steps);

    [Fact]
    public void A_clamp_keeps_the_rate_between_its_limits() => Gen.Select(Any.Schedule, Any.Step, number).Sample((whole, t, low) =>
        double.IsNaN(Ask(whole, t)) || Ask(whole.Clamp(low / 100, low / 50), t) is var rate && rate >= low / 100 && rate <= low / 50);

    [Fact]
    public void The_higher_and_the_lower_are_the_two() => Gen.Select(Any.Schedule, Any.Schedule, Any.Step).Sample((a, b, t) =>
        Close(Ask(a.Max(b), t) + Ask(a.Min(b), t), Ask(a.Plus(b), t)) && Ask(a.Max(b), t).Equals(Ask(b.Max(a), t)) && Ask(a.Min(b), t).Equals(Ask(b.Min(a), t)));

    [Fact]
    public void A_product_is_a_rate_times_a_factor() => Gen.Select(Any.Schedule, Any.Schedule, Any.Step).Sample((rate, factor, t) =>
        Ask(rate * factor.AsFactor(), t).Equals(Ask(rate, t) * Ask(factor, t)) && (factor.AsFactor() * rate).Equals(rate * factor.AsFactor()));

    [Fact]
    public void Factors_multiply() => Gen.Select(Any.Schedule, Any.Step, number).Sample((rate, t, by) =>
        Close(Ask(rate * (Factor.Of(by) * Factor.Of(3)), t), 3 * by * Ask(rate, t)));

    [Fact]
    public void Backwards_twice_is_forwards() => Any.Segment.Sample(segment =>
        (segment is Reversed || segment.Reverse().Reverse().Equals(segment)) && Ask(segment.Reverse(), 0).Equals(Ask(segment, segment.Steps)) && Ask(segment.Reverse(), segment.Steps).Equals(Ask(segment, 0)));

    [Fact]
    public void Backwards_is_the_rate_before_the_end() => Gen.Select(Any.Segment, Any.Step).Sample((segment, t) =>
        t >= segment.Steps || Ask(new Reversed(segment), t).Equals(Ask(segment, segment.Steps - t)));

    [Fact]
    public void Repeating_is_playing_again() => Gen.Select(Any.Segment, Any.Step).Sample((segment, t) =>
    {
        double steps = Math.Ceiling(segment.Steps);
        segment = segment.For(steps);
        return Ask(segment.Repeat(3), t).Equals(Ask(segment.Then(segment).Then(segment), t));
    });

    [Fact]
    public void A_loop_begins_like_the_repetition() => Gen.Select(Any.Segment, Gen.Double[0, 1], Gen.OneOf(Gen.Const(1.0), Gen.Const(1.5), Gen.Const(2.0)), number).Sample((segment, part, length, height) =>
    {
        var repeated = segment.Repeat(5, height, length);
        double t = part * repeated.Steps;
        return t >= repeated.Steps || Ask(repeated, t).Equals(Ask(segment.Loop(height, length), t));
    });

    [Fact]
    public void The_policies_differ_only_past_the_end() => Gen.Select(Any.Segment, Any.Step).Sample((segment, t) =>
        t >= segment.Steps
            ? Ask(segment, t).Equals(Ask(segment, segment.Steps)) && (t == segment.Steps || double.IsNaN(Ask(segment.Strict(), t)))
            : new[] { segment.Continue(), segment.Strict(), segment.Loop() }.All(policy => Ask(policy, t).Equals(Ask(segment, t))));

    [Theory]
    [InlineData("continue(polynomial(0.09, 56, 0.49))", 57)]
    [InlineData("continue(cooldown(0.15, 30, 0.001, rex))", 60)]
    [InlineData("continue(wsd(0.0187, 74, 6, 0))", 80)]
    public void Where_a_formula_has_no_value_any_more_it_cannot_be_continued(string notation, double step)
    {
        var continued = ScheduleNotation.Parse(notation);
        Assert.Equal(((Continued)continued).Whole.At(20), continued.At(20));
        Assert.Contains("cannot be continued this far", Assert.Throws<ArgumentOutOfRangeException>(() => continued.At(step)).Message);
    }

    [Fact]
    public void A_staircase_takes_the_rate_where_the_stair_begins() => Gen.Select(Any.Schedule, Gen.Int[0, 500], Gen.Double[0, 0.999]).Sample((whole, stair, part) =>
        Ask(whole.Staircase(4), (stair + part) * 4).Equals(Ask(whole, stair * 4)));

    [Fact]
    public void A_warp_keeps_both_ends() => Gen.Select(Any.Segment, number).Sample((segment, power) =>
        Ask(segment.Warp(power), 0).Equals(Ask(segment, 0)) && Ask(segment.Warp(power), segment.Steps).Equals(Ask(segment, segment.Steps)));

    [Fact]
    public void The_deeper_part_counts()
    {
        Segment shallow = new LinearDecay(1, 10), deep = (Segment)shallow.Scale(2).For(5).Reverse();
        int below = ((Schedule)deep).Depth;
        Assert.True(below > shallow.Depth);
        foreach (var (a, b) in new[] { (shallow, deep), (deep, shallow), (deep, deep) })
            Assert.All([a.Then(b), a.Then((Schedule)new Constant(1).Max(b)).Min(b), a.Plus(b), a.Max(b), a.Min(b), a * b.AsFactor()],
                (Schedule whole) => Assert.True(whole.Depth > below, $"{whole} is {whole.Depth} deep"));
        Assert.Equal(below + 1, deep.Then(shallow).Depth);
        Assert.Equal(below + 1, shallow.Plus(deep).Depth);
    }

    [Theory]
    [InlineData(Noise.Normal)]
    [InlineData(Noise.Uniform)]
    public void Noise_is_bounded_and_fixed_by_seed_and_step(Noise spread) => Gen.Select(Gen.Int, Gen.Int[0, 1_000_000], Gen.Double[0, 0.999]).Sample((seed, step, part) =>
    {
        var noisy = new Constant(1).WithNoise(0.3, seed, spread);
        double rate = noisy.At(step);
        return Math.Abs(rate - 1) <= 0.3 && noisy.At(step + part) == rate && rate != noisy.At(step + 1)
            && rate != new Constant(1).WithNoise(0.3, seed + 1, spread).At(step);
    });

    [Theory]
    [InlineData(42, 0.09611887183020762, 0.01636555073229995, -0.3037944156408171)]
    [InlineData(7, 0.02434594167793136, -0.20801040769292112, -0.2577174670320864)]
    public void Noise_is_SplitMix64s(int seed, params double[] expected)
    {
        // Reference: SplitMix64 in ten lines of Python, its state the mixed seed xor the bits of the step.
        var noisy = new Constant(1).WithNoise(0.5, seed, Noise.Uniform);
        Assert.Equal(expected, new[] { 0, 1, 1000 }.Select(t => noisy.At(t) - 1), (a, b) => Math.Abs(a - b) < 1e-15);
    }

    [Fact]
    public void Noise_has_the_spread_it_says()
    {
        // Of a standard normal number cut off at ±0.5 the variance is 1 − 2·0.5·φ(0.5)/(2Φ(0.5) − 1) = 0.08066; of a uniform one 0.5²/3.
        const int draws = 200_000;
        foreach (var (spread, variance) in new[] { (Noise.Normal, 0.0806), (Noise.Uniform, 0.25 / 3) })
        {
            double[] z = [.. Enumerable.Range(0, draws).Select(t => new Constant(1).WithNoise(0.5, 7, spread).At(t) - 1)];
            double deviation = Math.Sqrt(variance / draws);
            Assert.InRange(z.Average(), -5 * deviation, 5 * deviation);
            Assert.InRange(z.Average(x => x * x), variance * 0.98, variance * 1.02);
        }
    }
}
