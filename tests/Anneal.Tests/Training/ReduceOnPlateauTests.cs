namespace Anneal.Tests.Schedules;

public class ReduceOnPlateauTests
{
    static double[] Factors(ReduceOnPlateau plateau, params double[] metrics) => [.. plateau.Rates(new Constant(1), metrics)];

    [Fact]
    public void PyTorch_cuts_when_bad_reports_exceed_the_patience_and_Keras_when_they_reach_it()
    {
        Assert.Equal([1, 1, 1, 0.5, 0.5], Factors(new ReduceOnPlateau(0.5, Patience: 2), 1, 1, 1, 1, 1));
        Assert.Equal([1, 1, 0.5, 0.5, 0.25], Factors(new ReduceOnPlateau(0.5, Patience: 2, Counting: PlateauCounting.Keras), 1, 1, 1, 1, 1));
    }

    [Fact]
    public void A_cooldown_of_n_without_patience_cuts_every_n_plus_1_reports_in_PyTorch_and_every_n_in_Keras()
    {
        Assert.Equal([1, 0.5, 0.5, 0.5, 0.25, 0.25, 0.25, 0.125], Factors(new ReduceOnPlateau(0.5, Patience: 0, Cooldown: 2), 1, 1, 1, 1, 1, 1, 1, 1));
        Assert.Equal([1, 0.5, 0.5, 0.25, 0.25, 0.125], Factors(new ReduceOnPlateau(0.5, Patience: 0, Cooldown: 2, Counting: PlateauCounting.Keras), 1, 1, 1, 1, 1, 1));
    }

    [Fact]
    public void A_better_report_starts_the_count_again() => Assert.Equal([1, 1, 1, 1, 0.5], Factors(new ReduceOnPlateau(0.5, Patience: 1), 5, 5, 4, 4, 4));

    [Fact]
    public void Better_may_be_higher() => Assert.Equal([1, 1, 1, 0.5], Factors(new ReduceOnPlateau(0.5, Patience: 0, PlateauMode.Max), 1, 2, 3, 3));

    [Fact]
    public void A_report_must_be_better_by_the_thresholds()
    {
        Assert.Equal([1, 0.5, 0.5], Factors(new ReduceOnPlateau(0.5, Patience: 0, RelativeThreshold: 0.1), 10, 9.5, 8.9));
        Assert.Equal([1, 0.5, 0.5], Factors(new ReduceOnPlateau(0.5, Patience: 0, RelativeThreshold: 0, AbsoluteThreshold: 1), 10, 9.5, 8.9));
    }

    [Fact]
    public void Below_zero_a_relative_threshold_loosens_in_PyTorch_and_tightens_otherwise()
    {
        Assert.Equal([1, 1], Factors(new ReduceOnPlateau(0.5, Patience: 0, RelativeThreshold: 0.1), -10, -9.5));
        Assert.Equal([1, 0.5], Factors(new ReduceOnPlateau(0.5, Patience: 1, RelativeThreshold: 0.1, Counting: PlateauCounting.Keras), -10, -10.5));
    }

    [Fact]
    public void What_is_not_a_number_is_never_better() => Assert.Equal([0.5, 0.25, 0.25], Factors(new ReduceOnPlateau(0.5, Patience: 0), double.NaN, double.NaN, 1));

    [Fact]
    public void The_factor_has_a_floor() => Assert.Equal([1, 0.5, 0.3, 0.3], Factors(new ReduceOnPlateau(0.5, Patience: 0, Floor: 0.3), 1, 1, 1, 1));

    [Fact]
    public void A_cut_too_small_is_left_out() => Assert.Equal([1, 0.5, 0.5], Factors(new ReduceOnPlateau(0.5, Patience: 0, Epsilon: 0.3), 1, 1, 1));

    [Fact]
    public void A_run_resumes_from_the_state_alone()
    {
        var plateau = new ReduceOnPlateau(0.5, Patience: 1, Cooldown: 1);
        double[] metrics = [3, 2, 2, 2, 1, 1, 1, 1, 1, 1];
        var state = plateau.Start;
        foreach (double metric in metrics)
        {
            var (next, factor) = plateau.Next(state, metric);
            Assert.Equal((next, factor), plateau.Next(state with { }, metric));
            Assert.Equal(next.Factor, factor);
            state = next;
        }
        Assert.Equal(Factors(plateau, metrics)[^1], state.Factor);
    }

    [Fact]
    public void It_composes_with_a_warm_up() =>
        Assert.Equal([0.25, 0.5, 0.375, 0.5], new ReduceOnPlateau(0.5, Patience: 1).Rates(new Warmup(1, 4), [1, 1, 1, 0.5]));

    [Theory]
    [InlineData(0, 1, 0)]
    [InlineData(1, 1, 0)]
    [InlineData(0.5, -1, 0)]
    [InlineData(0.5, 1, -1)]
    public void A_plateau_that_is_none_is_refused(double factor, int patience, int cooldown) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ReduceOnPlateau(factor, patience, Cooldown: cooldown));
}
