namespace Anneal.Tests;

public class RobbinsMonroTests
{
    /// <summary>The borders, one row each: p, q, whether Ση diverges, whether Ση² converges.</summary>
    [Theory]
    [InlineData(0.4, 0, true, false)]
    [InlineData(0.5, 0, true, false)]
    [InlineData(0.5, 0.5, true, false)]
    [InlineData(0.5, 0.6, true, true)]
    [InlineData(0.5, -1, true, false)]
    [InlineData(0.51, 0, true, true)]
    [InlineData(0.9, 5, true, true)]
    [InlineData(1, -2, true, true)]
    [InlineData(1, 0, true, true)]
    [InlineData(1, 1, true, true)]
    [InlineData(1, 1.1, false, true)]
    [InlineData(1.1, -5, false, true)]
    [InlineData(2, 0, false, true)]
    [InlineData(0, 1, true, false)]
    [InlineData(-1, 0, true, false)]
    public void Powers_are_decided_at_their_borders(double p, double q, bool ratesDiverge, bool squaresConverge)
    {
        var conditions = RobbinsMonro.Of(Tail.Powers(0.3, p, q));
        Assert.Equal(ratesDiverge ? SeriesBehavior.Diverges : SeriesBehavior.Converges, conditions.Rates);
        Assert.Equal(squaresConverge ? SeriesBehavior.Converges : SeriesBehavior.Diverges, conditions.Squares);
        Assert.Equal(ratesDiverge && squaresConverge, conditions.Holds);
    }

    public static TheoryData<Schedule, SeriesBehavior, SeriesBehavior> Known => new()
    {
        { new InverseTimeDecay(1), SeriesBehavior.Diverges, SeriesBehavior.Converges },
        { new InverseTimeDecay(1, Power: 0.75), SeriesBehavior.Diverges, SeriesBehavior.Converges },
        { new InverseTimeDecay(1, Power: 2), SeriesBehavior.Converges, SeriesBehavior.Converges },
        { new InverseSqrtDecay(1), SeriesBehavior.Diverges, SeriesBehavior.Diverges },
        { new Constant(0.1), SeriesBehavior.Diverges, SeriesBehavior.Diverges },
        { new Constant(0), SeriesBehavior.Converges, SeriesBehavior.Converges },
        { new LinearDecay(0.1, 100, 0.01), SeriesBehavior.Diverges, SeriesBehavior.Diverges },
        { new LinearDecay(0.1, 100), SeriesBehavior.Converges, SeriesBehavior.Converges },
        { new ExponentialDecay(0.1, 0.9), SeriesBehavior.Converges, SeriesBehavior.Converges },
        { new ExponentialDecay(0.1, 1), SeriesBehavior.Diverges, SeriesBehavior.Diverges },
        { new ExponentialDecay(0.1, 1.1), SeriesBehavior.Diverges, SeriesBehavior.Diverges },
        { new StepDecay(0.1, 0.5, 30), SeriesBehavior.Converges, SeriesBehavior.Converges },
        { new MultiStep(0.1, [30, 60]), SeriesBehavior.Diverges, SeriesBehavior.Diverges },
        { new PiecewiseConstant([30], [0.1, 0]), SeriesBehavior.Converges, SeriesBehavior.Converges },
        { new CosineRestarts(0.1, 20), SeriesBehavior.Diverges, SeriesBehavior.Diverges },
        { new CosineRestarts(0.1, 20, HeightFactor: 0.5), SeriesBehavior.Converges, SeriesBehavior.Converges },
        { new CosineRestarts(0.1, 20, LengthFactor: 2, HeightFactor: 0.5), SeriesBehavior.Diverges, SeriesBehavior.Converges },
        { new CosineRestarts(0.1, 20, LengthFactor: 2, HeightFactor: 0.5, Floor: 0.01), SeriesBehavior.Diverges, SeriesBehavior.Diverges },
        { new TriangularCycles(0, 0.1, 10, 10), SeriesBehavior.Diverges, SeriesBehavior.Diverges },
        { new TriangularCycles(0, 0.1, 10, 10, StepFactor: 0.99), SeriesBehavior.Converges, SeriesBehavior.Converges },
        { new TriangularCycles(0.01, 0.1, 10, 10, HeightFactor: 0.5), SeriesBehavior.Diverges, SeriesBehavior.Diverges },
        { new SineCycles(0, 0.1, 1), SeriesBehavior.Converges, SeriesBehavior.Converges },
        { new SineCycles(0, 0.1, 7), SeriesBehavior.Diverges, SeriesBehavior.Diverges },
        { new Warmup(0.1, 10).Then(new InverseTimeDecay(1)), SeriesBehavior.Diverges, SeriesBehavior.Converges },
        { new Warmup(0.1, 10).Then(new InverseSqrtDecay(1)), SeriesBehavior.Diverges, SeriesBehavior.Diverges },
        { new InverseTimeDecay(1).For(100), SeriesBehavior.Diverges, SeriesBehavior.Diverges },
        { new InverseTimeDecay(1).Scale(0), SeriesBehavior.Converges, SeriesBehavior.Converges },
        { new InverseTimeDecay(1).Stretch(100).Scale(3).Shift(7), SeriesBehavior.Diverges, SeriesBehavior.Converges },
        { new InverseTimeDecay(1).Clamp(0.01, 1), SeriesBehavior.Diverges, SeriesBehavior.Diverges },
        { new InverseTimeDecay(1).Clamp(0, 1), SeriesBehavior.Diverges, SeriesBehavior.Converges },
        { new InverseTimeDecay(1).Max(new InverseSqrtDecay(1)), SeriesBehavior.Diverges, SeriesBehavior.Diverges },
        { new InverseTimeDecay(1, Power: 2).Min(new InverseSqrtDecay(1)), SeriesBehavior.Converges, SeriesBehavior.Converges },
        { new InverseTimeDecay(1).Plus(new Constant(0.01)), SeriesBehavior.Diverges, SeriesBehavior.Diverges },
        { new InverseSqrtDecay(1) * new InverseSqrtDecay(1).AsFactor(), SeriesBehavior.Diverges, SeriesBehavior.Converges },
        { new InverseTimeDecay(1) * new ExponentialDecay(1, 0.999).AsFactor(), SeriesBehavior.Converges, SeriesBehavior.Converges },
        { new CosineDecay(0.1, 20).Loop(), SeriesBehavior.Diverges, SeriesBehavior.Diverges },
        { new CosineDecay(0.1, 20).Loop() * new InverseTimeDecay(1).AsFactor(), SeriesBehavior.Diverges, SeriesBehavior.Converges },
        { new InverseTimeDecay(1).Staircase(10), SeriesBehavior.Diverges, SeriesBehavior.Converges },
        { new InverseTimeDecay(1).WithNoise(0.5), SeriesBehavior.Diverges, SeriesBehavior.Converges },
        { new CosineDecay(0.1, 20).Continue(), SeriesBehavior.Unknown, SeriesBehavior.Unknown },
        { new CosineDecay(0.1, 20).Continue().Scale(0), SeriesBehavior.Converges, SeriesBehavior.Converges },
        { new CosineDecay(0.1, 20).Continue().Clamp(0.01, 1), SeriesBehavior.Diverges, SeriesBehavior.Diverges },
        { new CosineDecay(0.1, 20).Loop().Min(new CosineDecay(0.1, 30).Loop()), SeriesBehavior.Unknown, SeriesBehavior.Unknown },
        { new CosineDecay(0.1, 20).Loop().Staircase(20), SeriesBehavior.Unknown, SeriesBehavior.Unknown },
        { new Untold(), SeriesBehavior.Unknown, SeriesBehavior.Unknown },
    };

    [Theory, MemberData(nameof(Known))]
    public void Schedules_are_decided_by_their_tails(Schedule schedule, SeriesBehavior rates, SeriesBehavior squares)
    {
        var conditions = RobbinsMonro.Of(schedule);
        Assert.Equal((rates, squares), (conditions.Rates, conditions.Squares));
    }

    [Fact]
    public void Nothing_is_claimed_of_a_schedule_that_tells_nothing()
    {
        var conditions = RobbinsMonro.Of(new Untold());
        Assert.Null(conditions.Holds);
        Assert.Equal("Whether Σ η converges cannot be decided: the schedule does not say how its rate behaves in the long run.", conditions.RatesReason);
    }

    [Fact]
    public void One_condition_that_fails_is_enough()
    {
        Assert.False(new RobbinsMonro(SeriesBehavior.Converges, "", SeriesBehavior.Unknown, "").Holds);
        Assert.False(new RobbinsMonro(SeriesBehavior.Unknown, "", SeriesBehavior.Diverges, "").Holds);
        Assert.Null(new RobbinsMonro(SeriesBehavior.Diverges, "", SeriesBehavior.Unknown, "").Holds);
        Assert.Null(new RobbinsMonro(SeriesBehavior.Unknown, "", SeriesBehavior.Converges, "").Holds);
    }

    [Theory]
    [InlineData(0, 0.9, 0, 0, "Σ η converges: the rate is exactly 0 from some step on, so only finitely many terms count.")]
    [InlineData(1, 0.9, 0, 0, "Σ η converges: the rate falls geometrically, and a geometric series has a sum.")]
    [InlineData(1, 1.1, 0, 0, "Σ η diverges: the rate grows geometrically.")]
    [InlineData(1, 1, 0, 0, "Σ η diverges: the rate stays at a level above 0, so every step adds at least a fixed amount.")]
    [InlineData(1, 1, 0.5, 0, "Σ η diverges: the rate behaves like t^-0.5: its exponent p = 0.5 is below 1.")]
    [InlineData(1, 1, 2, 1, "Σ η converges: the rate behaves like t^-2 · (ln t)^-1: its exponent p = 2 is above 1.")]
    [InlineData(1, 1, 1, 1, "Σ η diverges: the rate behaves like t^-1 · (ln t)^-1: p = 1 is the border, and there q = 1 is not above 1.")]
    [InlineData(1, 1, 1, 2, "Σ η converges: the rate behaves like t^-1 · (ln t)^-2: p = 1 is the border, and there q = 2 is above 1.")]
    public void The_reason_is_a_sentence(double coefficient, double ratio, double p, double q, string expected) =>
        Assert.Equal(expected, RobbinsMonro.Of(new SmoothTail(coefficient, ratio, p, q)).RatesReason);

    [Fact]
    public void The_reason_for_squares_speaks_of_squares() => Assert.Equal(
        "Σ η² diverges: the rate behaves like t^-0.5: 2p = 1 is the border, and there 2q = 0 is not above 1.",
        RobbinsMonro.Of(new InverseSqrtDecay(1)).SquaresReason);

    [Fact]
    public void A_swinging_rate_is_named_as_one() => Assert.Equal(
        "Σ η² diverges: the rate swings and keeps coming back to an envelope that stays at a level above 0, so every step adds at least a fixed amount.",
        RobbinsMonro.Of(new CosineRestarts(0.1, 20)).SquaresReason);

    sealed record Untold : Schedule
    {
        protected override double Rate(double t) => 1 / (1 + t);
    }
}
