using CsCheck;

namespace Anneal.Tests;

public class ScheduleShapeTests
{
    static readonly Segment Plan = new Warmup(0.1, 20).Then(new Constant(0.1).For(50)).Then(new CosineDecay(0.1, 30));

    [Fact]
    public void A_warm_up_into_a_level_is_a_kink_and_a_cosine_leaves_smoothly()
    {
        var corner = Assert.Single(Plan.Breakpoints(0, 200));
        Assert.Equal(20, corner.Step);
        Assert.False(corner.IsJump);
        Assert.Equal((0.005, 0.0), (corner.SlopeBefore, corner.SlopeAfter));
        Assert.Equal(1, corner.Factor);
    }

    [Fact]
    public void Played_backwards_the_parts_come_in_the_other_order_each_from_where_it_ended()
    {
        var phases = Plan.Reverse().Phases(0, 100);
        Assert.Equal([typeof(CosineDecay), typeof(Constant), typeof(Warmup)], phases.Select(p => p.Source.GetType()));
        Assert.Equal([(0.0, 30.0), (30, 80), (80, 100)], phases.Select(p => (p.From, p.To)));
        Assert.Equal([30, 80, 100], phases.Select(p => p.Start));
        Assert.Equal([Trend.Rising, Trend.Flat, Trend.Falling], phases.Select(p => p.Trend));
    }

    [Fact]
    public void A_step_decay_jumps_at_each_step()
    {
        var corners = new StepDecay(0.8, 0.5, 30).Breakpoints(0, 100);
        Assert.Equal([30, 60, 90], corners.Select(corner => corner.Step));
        Assert.All(corners, corner => Assert.True(corner.IsJump));
        Assert.All(corners, corner => Assert.Equal(0.5, corner.Factor));
        Assert.Equal((0.8, 0.4, 0.4), (corners[0].Before, corners[0].Rate, corners[0].After));
    }

    [Fact]
    public void A_change_after_its_boundary_still_has_the_old_rate_on_it()
    {
        var corner = Assert.Single(new PiecewiseConstant([30], [0.1, 0.2], BoundaryChange.After).Breakpoints(0, 100));
        Assert.Equal((0.1, 0.1, 0.2), (corner.Before, corner.Rate, corner.After));
    }

    [Fact]
    public void A_joint_that_is_written_with_another_rounding_is_no_jump() =>
        Assert.Empty(new Constant(0.3).For(10).Then(new Constant(0.1 + 0.2).For(10)).Breakpoints(0, 15));

    [Fact]
    public void A_single_point_off_the_curve_is_a_jump() => Assert.True(new Breakpoint(5, 0.1, 0.2, 0.1, 0, 0).IsJump);

    [Fact]
    public void The_two_sides_of_a_triangle_meet_in_kinks() =>
        Assert.Equal([10, 30, 40, 60, 70, 90], new TriangularCycles(0.01, 0.1, 10, 20).Breakpoints(0, 100).Select(corner => corner.Step));

    [Fact]
    public void Two_equally_steep_sides_meet_in_kinks() =>
        Assert.Equal([10, 20, 30], new TriangularCycles(0.01, 0.1, 10, 10).Breakpoints(0, 40).Select(corner => corner.Step));

    [Fact]
    public void Two_crossing_schedules_have_a_kink_where_they_cross()
    {
        var corner = Assert.Single(new LinearDecay(1, 100).Min(new Constant(0.25)).Breakpoints(0, 90));
        Assert.Equal(75, corner.Step, 1e-12);
    }

    [Fact]
    public void The_slope_of_every_curve_is_the_slope_of_the_schedule() =>
        Gen.Select(Samples.Combined, Gen.Double[0, 100]).Sample((schedule, from) =>
        {
            foreach (var piece in schedule.Pieces(from, from + 50).Where(piece => piece.To - piece.From > 0.01))
            {
                double t = piece.From + 0.37 * (piece.To - piece.From), h = 1e-4 * (piece.To - piece.From);
                double slope = (schedule.At(t + h) - schedule.At(t - h)) / (2 * h), size = schedule.At(t) / (piece.To - piece.From);
                foreach (int side in new[] { -1, 1 })
                    Assert.Equal(slope, piece.Curve.Slope(t, side), 1e-4 * (Math.Abs(slope) + size));
            }
        });

    [Fact]
    public void Phases_follow_the_composition()
    {
        var phases = Plan.Phases(0, 150);
        Assert.Equal([(0, 20), (20, 70), (70, 100), (100, 150)], phases.Select(phase => (phase.From, phase.To)));
        Assert.Equal([Trend.Rising, Trend.Flat, Trend.Falling, Trend.Flat], phases.Select(phase => phase.Trend));
        Assert.Equal([0, 0.1, 0.1, 0], phases.Select(phase => phase.RateAtStart));
        Assert.Equal([0.1, 0.1, 0, 0], phases.Select(phase => phase.RateAtEnd));
        Assert.Equal(new Schedule[] { new Warmup(0.1, 20), new Constant(0.1), new CosineDecay(0.1, 30), new Constant(0) }, phases.Select(phase => phase.Source));
        Assert.Equal([0, 20, 70, 100], phases.Select(phase => phase.Start));
    }

    [Fact]
    public void Warm_up_stable_decay_has_the_three_phases_of_its_name() => Assert.Equal(
        [Trend.Rising, Trend.Flat, Trend.Falling],
        new WarmupStableDecay(0.1, 100, 10, 20, Shape: Easing.OneMinusSqrt).Phases(0, 100).Select(phase => phase.Trend));

    [Fact]
    public void Each_restart_is_a_phase_of_its_own() => Assert.Equal(
        [(0, 20), (20, 60), (60, 100)],
        new CosineRestarts(0.1, 20, LengthFactor: 2).Phases(0, 100).Select(phase => (phase.From, phase.To)));

    [Fact]
    public void The_stairs_of_one_schedule_are_one_phase()
    {
        var phase = Assert.Single(new StepDecay(0.8, 0.5, 30).Phases(0, 100));
        Assert.Equal((0, 100, Trend.Falling, 0.8, 0.1), (phase.From, phase.To, phase.Trend, phase.RateAtStart, phase.RateAtEnd));
    }

    public static TheoryData<Schedule, double, double, Trend> Trends => new()
    {
        { Plan, 0, 20, Trend.Rising },
        { Plan, 0, 60, Trend.Rising },
        { Plan, 25, 60, Trend.Flat },
        { Plan, 25, 99, Trend.Falling },
        { Plan, 25, 300, Trend.Falling },
        { Plan, 0, 99, Trend.Mixed },
        { Plan, 7, 7, Trend.Flat },
        { new StepDecay(0.1, 0.5, 30), 0, 1000, Trend.Falling },
        { new StepDecay(0.1, 2, 30), 0, 1000, Trend.Rising },
        { new LinearDecay(0.1, 20).Loop(), 0, 30, Trend.Mixed },
        { new Constant(0.1).For(10).Then(new Warmup(0.05, 10)), 0, 20, Trend.Mixed },
        { new CosineDecay(0.1, 20).Continue(), 0, 10, Trend.Falling },
        { new CosineDecay(0.1, 20).Continue(), 0, 30, Trend.Mixed },
        { new CosineDecay(0.1, 20).Continue().For(30).Then(new Warmup(0.1, 10)), 0, 40, Trend.Mixed },
        { new CosineWave(0.1, 100, 1.5), 0, 100, Trend.Mixed },
        { new Interpolated([0, 10, 20], [0.1, 0.2, 0.3]), 0, 30, Trend.Rising },
    };

    [Theory, MemberData(nameof(Trends))]
    public void The_trend_is_known_over_any_range(Schedule schedule, double from, double to, Trend expected) =>
        Assert.Equal(expected, schedule.TrendOver(from, to));

    [Fact]
    public void The_range_holds_the_rate_of_every_update() =>
        Gen.Select(Samples.Combined, Gen.Int[0, 100], Gen.Int[1, 300]).Sample((schedule, from, length) =>
        {
            var range = schedule.Range(from, from + length);
            double[] rates = [.. Enumerable.Range(from, length + 1).Select(t => schedule.At(t))];
            Assert.True(range.Lowest <= rates.Min() * (1 + 1e-11) && range.Highest >= rates.Max() * (1 - 1e-11), $"{range} but {rates.Min()} … {rates.Max()}");
        });

    [Fact]
    public void A_range_is_as_tight_as_the_curve()
    {
        Assert.Equal(new RateRange(0.01, 0.1), new TriangularCycles(0.01, 0.1, 10, 20).Range(5, 100));
        Assert.Equal(new RateRange(0, 0.1), Plan.Range(0, 100));
        Assert.Equal(new RateRange(0.1, 0.1), Plan.Range(30, 30));
        Assert.Equal(new RateRange(0, 0.1), new Warmup(0.1, 10).Loop().Range(0, 10));
        Assert.Equal(new RateRange(0.4, 0.8), new StepDecay(0.8, 0.5, 30).Range(0, 30));
        Assert.Equal(new RateRange(0.1, 0.2), new StepDecay(0.1, 2, 30).Range(0, 30));
    }

    [Fact]
    public void Of_a_shape_that_tells_nothing_the_updates_count() => Assert.Equal(new RateRange(0, 25), new Hill().Range(0, 10));

    [Fact]
    public void A_range_of_values_alone_begins_at_its_first_step_and_takes_every_whole_one()
    {
        var fall = Schedule.Of("fall", t => Math.Max(0, 10 - t));
        Assert.Equal(new RateRange(5, 9.5), fall.Range(0.5, 5));
        var spike = Schedule.Of("spike", t => t == 1 ? 3 : 1);
        Assert.Equal(new RateRange(1, 3), spike.Range(0, 10));
        Assert.Equal(new RateRange(1, 3), spike.Range(0.5, 10));
        Assert.Equal(new RateRange(1, 1), spike.Range(1.5, 10));
    }

    [Fact]
    public void A_range_holds_a_single_rate_between_two_curves() => Assert.Equal(new RateRange(1, 3), new Lone().Range(0, 10));

    /// <summary>1 everywhere, but 3 on step 5.</summary>
    sealed record Lone : Schedule
    {
        protected override double Rate(double t) => t == 5 ? 3 : 1;

        protected override IEnumerable<Piece> PiecesOver(double from, double to) =>
            Piece.Between([5], from, to, (a, b) => new Piece(a, b, LineCurve.Flat(1), this));
    }

    sealed record Hill : Schedule
    {
        protected override double Rate(double t) => Math.Max(0, 25 - (t - 5) * (t - 5));
    }
}
