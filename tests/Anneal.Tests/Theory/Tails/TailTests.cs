namespace Anneal.Tests;

public class TailTests
{
    static readonly Tail Root = Tail.Powers(2, 0.5), Time = Tail.Powers(3, 1), Fading = Tail.Geometric(5, 0.9), Level = Tail.Constant(0.1);

    public static TheoryData<Schedule> Decaying => new(
        new InverseTimeDecay(0.3, 0.2, 1.5),
        new InverseSqrtDecay(0.3, 20),
        new ExponentialDecay(0.3, 0.5, 30),
        new LinearDecay(0.3, 50, 0.1),
        new MultiStep(0.3, [3, 9], 0.2),
        new InverseTimeDecay(0.3).Shift(10).Stretch(4).Scale(0.5),
        new ExponentialDecay(0.3, 0.9).Shift(10).Stretch(4).Scale(0.5),
        new Warmup(0.1, 10).Then(new ExponentialDecay(0.3, 0.9)),
        new Warmup(0.1, 10).Then(new InverseTimeDecay(0.3, 2)),
        new InverseTimeDecay(0.3).Plus(new InverseTimeDecay(0.2)),
        new InverseTimeDecay(0.3).Plus(new ExponentialDecay(0.3, 0.9)),
        new InverseTimeDecay(0.3) * new InverseSqrtDecay(0.3).AsFactor());

    [Theory, MemberData(nameof(Decaying))]
    public void The_tail_of_a_smooth_schedule_is_its_rate_in_the_limit(Schedule schedule)
    {
        var tail = Assert.IsType<SmoothTail>(schedule.LongRun());
        double t = tail.Ratio < 1 ? 2000 : 1e12;
        Assert.Equal(1, schedule.At(t) / (tail.Coefficient * Math.Pow(tail.Ratio, t) * Math.Pow(t, -tail.Power)), 1e-5);
    }

    [Fact]
    public void A_cosine_that_comes_back_lower_and_later_falls_like_a_power_of_time()
    {
        var tail = Assert.IsType<RecurringTail>(new CosineRestarts(0.1, 20, LengthFactor: 2, HeightFactor: 0.5).LongRun());
        Assert.Equal(1, tail.Envelope.Power, 1e-15);
        // The peak of cycle 30 lies where the envelope says.
        double start = 20 * (Math.Pow(2, 30) - 1);
        Assert.Equal(1, 0.1 * Math.Pow(0.5, 30) / (tail.Envelope.Coefficient / start), 1e-8);
    }

    [Fact]
    public void A_cosine_that_comes_back_lower_in_equal_time_falls_geometrically()
    {
        var tail = Assert.IsType<RecurringTail>(new CosineDecay(0.1, 20).Loop(heightFactor: 0.5).LongRun());
        Assert.Equal(Math.Pow(0.5, 1 / 20.0), tail.Envelope.Ratio, 1e-15);
        Assert.Equal(0.1, tail.Envelope.Coefficient);
    }

    [Fact]
    public void A_loop_of_one_rate_is_a_constant() => Assert.Equal(Tail.Constant(0.1), new Constant(0.1).For(5).Loop().LongRun());

    [Fact]
    public void A_schedule_between_two_equal_rates_is_a_constant()
    {
        Assert.Equal(Level, new CosineRestarts(0.1, 20, Floor: 0.1).LongRun());
        Assert.Equal(Level, new SineCycles(0.1, 0.1, 7).LongRun());
    }

    [Fact]
    public void A_swing_that_dies_down_leaves_its_low_rate()
    {
        Assert.Equal(Level, new TriangularCycles(0.1, 0.5, 5, 5, StepFactor: 0.9).LongRun());
        Assert.Equal(Tail.Recurring(0.1), new CosineRestarts(0.5, 20, HeightFactor: 0.5, Floor: 0.1).LongRun());
    }

    [Fact]
    public void A_swing_that_grows_downwards_is_unknown() =>
        Assert.IsType<UnknownTail>(new TriangularCycles(0.5, 0.1, 5, 5, StepFactor: 1.1).LongRun());

    [Fact]
    public void In_a_sum_and_a_maximum_the_slower_decides()
    {
        Assert.Equal(Root, Root.Plus(Time));
        Assert.Equal(Root, Time.Max(Root));
        Assert.Equal(Time, Fading.Plus(Time));
        Assert.Equal(Level, Level.Max(Root));
        Assert.Equal(Root, Tail.Zero.Plus(Root));
        Assert.Equal(Tail.Zero, Tail.Zero.Plus(Tail.Zero));
        Assert.Equal(Tail.Powers(7, 1), Time.Plus(Tail.Powers(4, 1)));
        Assert.Equal(Tail.Powers(4, 1), Time.Max(Tail.Powers(4, 1)));
        Assert.Equal(Tail.Powers(1, 1, -2), Time.Plus(Tail.Powers(1, 1, -2)));
    }

    [Fact]
    public void In_a_minimum_the_faster_decides()
    {
        Assert.Equal(Time, Root.Min(Time));
        Assert.Equal(Fading, Fading.Min(Time));
        Assert.Equal(Tail.Zero, Tail.Zero.Min(Time));
        Assert.Equal(Time, Time.Min(Tail.Powers(4, 1)));
        Assert.Equal(Time, Tail.Powers(4, 1).Min(Time));
        Assert.Equal(Time, Time.Min(Time));
    }

    [Fact]
    public void In_a_product_powers_add_and_ratios_multiply()
    {
        Assert.Equal(Tail.Powers(6, 1.5), Root.Times(Time));
        Assert.Equal(new SmoothTail(15, 0.9, 1, 0), Fading.Times(Time));
        Assert.Equal(Tail.Zero, Tail.Zero.Times(Time));
        Assert.Equal(Tail.Zero, Tail.Unknown("?").Times(Tail.Zero));
    }

    [Fact]
    public void A_swing_keeps_swinging_where_it_is_not_outgrown()
    {
        var swing = Tail.Recurring(Time);
        Assert.Equal(Root, swing.Plus(Root));
        Assert.Equal(Root, Root.Max(swing));
        Assert.Equal(Tail.Recurring(Tail.Powers(7, 1)), swing.Plus(Tail.Powers(4, 1)));
        Assert.Equal(Tail.Recurring(Tail.Powers(7, 1)), Tail.Powers(4, 1).Plus(swing));
        Assert.Equal(swing, swing.Plus(Fading));
        Assert.Equal(swing, Fading.Max(swing));
        Assert.Equal(Tail.Recurring(Tail.Powers(6, 1)), swing.Plus(swing));
        Assert.Equal(Tail.Recurring(Tail.Powers(6, 1.5)), swing.Times(Root));
        Assert.Equal(Tail.Recurring(Tail.Powers(6, 1.5)), Root.Times(swing));
        Assert.Equal(swing, swing.Min(Root));
        Assert.Equal(Tail.Recurring(Fading), Fading.Min(swing));
        Assert.Equal(Tail.Zero, swing.Min(Tail.Zero));
    }

    [Fact]
    public void How_two_swings_meet_is_not_known()
    {
        var swing = Tail.Recurring(Time);
        Assert.Equal(Tail.Unknown("the lower of two rates that swing depends on how they meet"), swing.Min(swing));
        Assert.Equal(Tail.Unknown("the product of two rates that swing depends on how they meet"), swing.Times(swing));
    }

    [Fact]
    public void What_is_unknown_stays_unknown_with_its_reason()
    {
        var unknown = Tail.Unknown("it is a secret");
        Assert.Equal(unknown, unknown.Plus(Root));
        Assert.Equal(unknown, Root.Max(unknown));
        Assert.Equal(unknown, Root.Times(unknown));
        Assert.Equal(unknown, unknown.Min(Root));
        Assert.Equal(unknown, unknown.Moved(3));
        Assert.Equal(Tail.Zero, unknown.Moved(3, factor: 0));
        Assert.Equal(Tail.Zero, unknown.Min(Tail.Zero));
    }

    [Fact]
    public void A_geometric_tail_is_moved_by_its_own_values() =>
        Assert.Equal(new SmoothTail(0.3 * 2, Math.Sqrt(0.5), 0, 0), Tail.Geometric(1, 0.5).Moved(delay: 2, stretch: 2, factor: 0.3));

    [Fact]
    public void Logarithms_multiply_too() => Assert.Equal(Tail.Powers(6, 3, 5), Tail.Powers(2, 1, 2).Times(Tail.Powers(3, 2, 3)));

    [Fact]
    public void A_swing_has_the_envelope_of_its_crests()
    {
        Assert.Equal(Tail.Recurring(0.3), new TriangularCycles(0.1, 0.3, 10, 20).LongRun());
        Assert.Equal(Tail.Recurring(0.3), new TriangularCycles(0.3, 0.1, 10, 20).LongRun());
        Assert.Equal(Tail.Recurring(Tail.Geometric(0.3 - 0.1, 1.1)), CyclicTail.LongRun(0.1, 0.3, 1.1, 30));
        Assert.Equal(Tail.Recurring(Tail.Geometric(0.3, 0.9)), CyclicTail.LongRun(0, 0.3, 0.9, 30));
    }

    public static TheoryData<Schedule, Tail> LongRuns => new()
    {
        { new PolynomialCycles(0.1, 30, Power: 2), Tail.Recurring(Tail.Powers(0.1 * 900, 2)) },
        { new PolynomialCycles(0.1, 30, Power: 2, Floor: 0.01), Tail.Constant(0.01) },
        { new CosineRestarts(0.1, 20, Floor: 0.01), Tail.Recurring(0.1) },
        { new CosineRestarts(0.01, 20, Floor: 0.1), Tail.Recurring(0.1) },
        { new CosineRestarts(0.1, 20, HeightFactor: 0.5, Floor: 0.01), Tail.Recurring(0.01) },
        { new CosineRestarts(0.1, 20, HeightFactor: 0.5), Tail.Recurring(Tail.Geometric(0.1, Math.Pow(0.5, 1 / 20.0))) },
        { new StepDecay(0.1, 0.5, 30), Tail.Geometric(0.1, Math.Pow(0.5, 1 / 30.0)) },
        { new MultiStep(0.1, [3, 9], 0.5), Tail.Constant(0.025) },
        { new PiecewiseConstant([3], [0.1, 0.2]), Tail.Constant(0.2) },
        { new SineCycles(0.1, 0.3, 30, 0.9), Tail.Constant(0.1) },
        { new SineCycles(0, 0.3, 30, 0.9), Tail.Recurring(Tail.Geometric(0.3, Math.Pow(0.9, 1 / 30.0))) },
        { new TriangularCycles(0, 0.3, 10, 20, HeightFactor: 0.9), Tail.Recurring(Tail.Geometric(0.3, Math.Pow(0.9, 1 / 30.0))) },
        { new TriangularCycles(0, 0.3, 10, 20, HeightFactor: 0.9, StepFactor: 0.5), Tail.Recurring(Tail.Geometric(0.3, Math.Pow(0.9, 1 / 30.0) * 0.5)) },
        { new CosineDecay(1, 10).Continue().Clamp(0.01, 0.1), Tail.Recurring(0.1) },
        { new ExponentialDecay(1, 0.5).Clamp(0.01, 0.1), Tail.Constant(0.01) },
        { new Constant(1).Clamp(0.01, 0.1), Tail.Constant(0.1) },
        { new Constant(0.1).For(5).Loop(heightFactor: 0.5), Tail.Recurring(Tail.Geometric(0.1, Math.Pow(0.5, 1 / 5.0))) },
        { new LinearDecay(0.1, 5).Loop(), Tail.Recurring(0.1) },
        { new LinearDecay(0.1, 5, 0.02).Repeat(3), Tail.Constant(0.02) },
        { new Constant(0.1).WithNoise(0.1), Tail.Recurring(0.1) },
    };

    [Theory, MemberData(nameof(LongRuns))]
    public void The_long_run_of_a_shape_is_known(Schedule schedule, Tail expected) => Assert.Equal(expected, schedule.LongRun());

    [Fact]
    public void A_clamp_does_not_tell_of_what_it_does_not_hold_up() => Assert.IsType<UnknownTail>(new CosineDecay(1, 10).Continue().Clamp(0, 0.1).LongRun());

    [Fact]
    public void A_swing_of_two_steps_is_seen_and_one_of_a_step_is_not()
    {
        Assert.Equal(Tail.Recurring(0.3), CyclicTail.LongRun(0.1, 0.3, 1, 2));
        Assert.Equal(Tail.Constant(0.1), CyclicTail.LongRun(0.1, 0.3, 1, 1));
        Assert.Equal(Tail.Constant(0.1), CyclicTail.LongRun(0.1, 0.3, 1, 0.5));
    }

    [Fact]
    public void A_swing_below_nothing_is_nothing() => Assert.Equal(Tail.Zero, Tail.Recurring(0));

    [Fact]
    public void Sizes_of_0_are_all_the_same_tail()
    {
        Assert.Equal(Tail.Zero, Tail.Powers(0, 2, 3));
        Assert.Equal(Tail.Zero, Tail.Geometric(0, 0.5));
        Assert.Equal(Tail.Zero, Tail.Constant(0));
        Assert.Equal(Tail.Zero, Root.Moved(1, 2, 0));
        Assert.Equal(Tail.Zero, Tail.Zero.Moved(1, 2, 3));
        Assert.Equal(Tail.Zero, Tail.Recurring(Root).Moved(1, 2, 0));
    }
}
