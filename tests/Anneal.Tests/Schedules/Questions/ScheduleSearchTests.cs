using CsCheck;

namespace Anneal.Tests;

public class ScheduleSearchTests
{
    public static TheoryData<Schedule> Schedules => [.. Gallery.Schedules];

    static readonly Schedule Plan = new Warmup(0.1, 20).Then(new CosineDecay(0.1, 80));

    [Theory, MemberData(nameof(Schedules))]
    public void The_inverse_is_really_the_first(Schedule schedule)
    {
        foreach (long from in new long[] { 0, 1, 17, 60 })
            foreach (double rate in new[] { 0, 1e-5, 0.01, 0.02, 0.05, 0.09, 0.1, 0.2, schedule.At(33) })
                AssertFirst(schedule, rate, from, 150);
    }

    [Fact]
    public void The_inverse_of_a_composition_is_really_the_first() =>
        Gen.Select(Samples.Combined, Gen.Int[0, 100], Gen.Int[0, 300], Gen.Int[0, 300], Gen.Bool).Sample((schedule, from, length, at, exactly) =>
            AssertFirst(schedule, schedule.At(at) * (exactly ? 1 : 1.01), from, from + length), iter: 200);

    [Fact]
    public void A_rate_that_never_comes_is_null()
    {
        Assert.Null(Plan.FirstAtOrAbove(0.11, 0, 1000));
        Assert.Null(Plan.FirstAtOrBelow(0.01, 30, 60));
        Assert.Null(new Constant(0.1).FirstAtOrBelow(0.05, 0, 1_000_000_000));
    }

    [Fact]
    public void The_last_step_of_the_range_counts() => Assert.Equal(100, Plan.FirstAtOrBelow(0, 50, 100));

    [Fact]
    public void A_range_of_one_step_is_a_range()
    {
        Assert.Equal(5, new Constant(0.1).FirstAtOrBelow(0.1, 5, 5));
        Assert.Null(new Constant(0.1).FirstAtOrBelow(0.05, 5, 5));
    }

    [Fact]
    public void A_range_that_runs_backwards_is_refused() => Assert.StartsWith("to must not be below from (6).",
        Assert.Throws<ArgumentOutOfRangeException>(() => Plan.FirstAtOrAbove(0.1, 6, 5)).Message);

    [Fact]
    public void A_long_decay_is_not_walked()
    {
        // 1/(1 + t) ≤ 1e-9 from t = 999,999,999 on: a walk would take seconds, a bisection asks about forty times.
        var schedule = new Counted(new InverseTimeDecay(1));
        Assert.Equal(999_999_999, schedule.FirstAtOrBelow(1e-9, 0, 1_000_000_000_000));
        Assert.InRange(schedule.Asked, 1, 60);
    }

    [Theory]
    [InlineData(0.05, 0, 10)]
    [InlineData(0.1, 0, 20)]
    [InlineData(0.05, 20, 60)]
    [InlineData(0, 30, 100)]
    public void A_crossing_is_found_between_steps(double rate, double from, double expected) =>
        Assert.Equal(expected, Plan.Crossing(rate, from, 200)!.Value, 1e-12);

    [Fact]
    public void A_crossing_that_is_there_from_the_start_is_the_start() => Assert.Equal(3, new Constant(0.1).Crossing(0.1, 3, 9));

    [Fact]
    public void A_jump_past_the_rate_is_a_crossing() => Assert.Equal(30, new StepDecay(0.1, 0.5, 30).Crossing(0.07, 0, 100));

    [Fact]
    public void A_crossing_that_never_comes_is_null() => Assert.Null(Plan.Crossing(0.2, 0, 200));

    [Fact]
    public void A_rate_reached_only_just_before_a_jump_is_found()
    {
        // Rises towards 0.1, and at step 10 falls to 0: the schedule itself never has the rate 0.0999999 on a whole step.
        var sawtooth = new Warmup(0.1, 10).Loop();
        Assert.Equal(9.99, sawtooth.Crossing(0.0999, 0, 100)!.Value, 1e-9);
    }

    [Fact]
    public void A_shape_that_tells_nothing_is_looked_at_between_its_steps()
    {
        var schedule = new Bump();
        Assert.Equal(5 + Math.Sqrt(5), schedule.Crossing(20, 5, 100)!.Value, 1e-12);
        Assert.Equal(8, schedule.FirstAtOrBelow(17, 5, 100));
    }

    [Fact]
    public void A_dip_between_two_steps_of_a_shape_that_tells_nothing_is_seen_where_it_meets_a_step() =>
        Assert.Equal(6.75, Schedule.Of("dip", t => Math.Min(1, 2 * Math.Abs(t - 7))).Crossing(0.5, 0, 100)!.Value, 1e-12);

    [Fact]
    public void A_single_step_between_two_joints_is_looked_at()
    {
        var spike = new Constant(0.1).For(4.5).Then(new Constant(0.2).For(1)).Then(new Constant(0.1));
        Assert.Equal(5, spike.FirstAtOrAbove(0.2, 0, 10));
        Assert.Equal(4.5, spike.Crossing(0.2, 0, 10));
    }

    [Fact]
    public void Every_whole_step_of_a_fall_is_found()
    {
        var fall = new LinearDecay(1, 10);
        for (int from = 0; from <= 10; from++)
            for (int at = from; at <= 10; at++)
                Assert.Equal(at, fall.FirstAtOrBelow(fall.At(at), from, 10));
    }

    [Fact]
    public void The_crossing_of_a_composition_has_the_rate_or_jumps_past_it() =>
        Gen.Select(Samples.Composed, Gen.Double[0.01, 1]).Sample((schedule, rate) =>
        {
            double start = schedule.At(0);
            if (schedule.Crossing(rate, 0, 500) is not { } t)
            {
                Assert.All(Enumerable.Range(0, 501), i => Assert.True(start > rate ? schedule.At(i) > rate : schedule.At(i) < rate));
                return;
            }
            // A joint may lie a rounding beside the crossing; the piece before it counts.
            double before = schedule.Pieces(0, t).LastOrDefault(piece => piece.To - piece.From > 1e-9)?.Curve.At(t) ?? start, at = schedule.At(t), slack = 1e-8 * rate;
            Assert.True(t == 0 || (start >= rate ? before >= rate - slack : before <= rate + slack), $"{before} before {t} has passed {rate}");
            Assert.True(Math.Abs(before - rate) <= slack || (start >= rate ? at <= rate : at >= rate), $"{before} then {at} around {rate} at {t}");
        });

    static void AssertFirst(Schedule schedule, double rate, long from, long to)
    {
        Assert.Equal(Walk(from, to, t => schedule.At(t) <= rate), schedule.FirstAtOrBelow(rate, from, to));
        Assert.Equal(Walk(from, to, t => schedule.At(t) >= rate), schedule.FirstAtOrAbove(rate, from, to));
    }

    static long? Walk(long from, long to, Func<long, bool> found)
    {
        for (long t = from; t <= to; t++)
            if (found(t))
                return t;
        return null;
    }

    sealed record Counted(Schedule Whole) : Schedule
    {
        public int Asked { get; private set; }

        protected override double Rate(double t)
        {
            Asked++;
            return Whole.At(t);
        }

        protected override IEnumerable<Piece> PiecesOver(double from, double to) => Whole.Pieces(from, to);
    }

    sealed record Bump : Schedule
    {
        protected override double Rate(double t) => Math.Max(0, 25 - (t - 5) * (t - 5));
    }
}
