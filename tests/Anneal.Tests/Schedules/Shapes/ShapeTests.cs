using CsCheck;

namespace Anneal.Tests.Schedules;

/// <summary>Boundaries, bounds and digits of the shapes.</summary>
public class ShapeTests
{
    static readonly Gen<(double Peak, double Floor, double Steps, double Part)> numbers =
        Gen.Select(Gen.Double[0, 1], Gen.Double[0, 1], Gen.Double[1, 1e6], Gen.Double[0, 1]);

    static IEnumerable<Segment> Ways(double from, double to, double steps) =>
    [
        new LinearDecay(from, steps, to), new CosineDecay(from, steps, to), new PolynomialDecay(from, steps, 2.5, to), new CosinePowerDecay(from, steps, 1.5, to),
        new Warmup(to, steps, from), new CosineWarmup(to, steps, from), new LogarithmicWarmup(to, steps, from), .. Enum.GetValues<Easing>().Select(shape => new Cooldown(from, steps, to, shape)),
    ];

    public static TheoryData<Schedule> Gallery => [.. Anneal.Gallery.Schedules.Where(schedule => schedule is not (Strict or TorchSimulation))];

    /// <summary>A step far beyond every run is accepted, so it is answered.</summary>
    [Theory, MemberData(nameof(Gallery))]
    public void Every_shape_has_a_rate_at_the_largest_step_there_is(Schedule schedule) =>
        Assert.All([1e300, double.MaxValue / 3, double.MaxValue], t => Assert.InRange(schedule.At(t), 0, 0.2));

    [Fact]
    public void Every_way_from_one_rate_to_another_is_exact_at_both_ends_and_never_beyond_them() => numbers.Sample(x =>
        Ways(x.Peak, x.Floor, x.Steps).All(way =>
        {
            double rate = way.At(x.Part * x.Steps);
            return way.At(0) == x.Peak && way.At(x.Steps) == x.Floor && rate >= Math.Min(x.Peak, x.Floor) && rate <= Math.Max(x.Peak, x.Floor);
        }));

    [Fact]
    public void Every_way_goes_one_way() => Gen.Select(numbers, Gen.Double[0, 1]).Sample((x, other) =>
        Ways(x.Peak, x.Floor, x.Steps).All(way =>
        {
            double early = way.At(Math.Min(x.Part, other) * x.Steps), late = way.At(Math.Max(x.Part, other) * x.Steps);
            return (late - early) * Math.Sign(x.Floor - x.Peak) >= -1e-15;
        }));

    [Fact]
    public void Ways_that_are_steep_nowhere_do_not_jump() => numbers.Sample(x =>
        Ways(x.Peak, x.Floor, x.Steps).Where(way => way is not (Cooldown { Shape: Easing.OneMinusSqrt } or LogarithmicWarmup)).All(way =>
        {
            double t = x.Part * x.Steps;
            return Math.Abs(way.At(t + 1e-6 * x.Steps) - way.At(t)) <= 4e-6;
        }));

    [Fact]
    public void One_step_before_the_end_of_a_long_run_all_digits_are_right()
    {
        const double T = 1e6;
        double x = Math.PI / 2 / T;
        Assert.Equal(x * x * (1 - x * x / 3), new CosineDecay(1, T).At(T - 1), 1e-15 * x * x);
        Assert.Equal(1 / T, new LinearDecay(1, T).At(T - 1));
        Assert.Equal(1 / T, new Warmup(1, T).At(1));
        Assert.Equal(Math.Pow(T, -1.5), new PolynomialDecay(1, T, 1.5).At(T - 1), 1e-15 * Math.Pow(T, -1.5));
        Assert.Equal(1 / T / (1 + Math.Sqrt(1 - 1 / T)), new Cooldown(1, T).At(T - 1), 1e-15 / T);
        Assert.Equal(2 / T / (1 + 1 / T), new Cooldown(1, T, Shape: Easing.Rex).At(T - 1), 1e-15 / T);
        Assert.Equal(Math.Log(2) / T * (1 + Math.Log(2) / (2 * T) * (1 + Math.Log(2) / (3 * T))), new Cooldown(1, T, Shape: Easing.Exponential).At(T - 1), 1e-15 / T);
    }

    [Fact]
    public void The_lectures_cosine_exercise() => Assert.All([(0, 0.002), (1250, 0.00172175144), (2500, 0.00105), (3750, 0.00037824856), (5000, 0.0001)],
        row => Assert.Equal(row.Item2, new CosineDecay(Peak: 0.002, Steps: 5_000, Floor: 0.0001).At(row.Item1), 1e-11));

    [Fact]
    public void The_lectures_step_decay() => Assert.All([(0, 0.001), (999, 0.001), (1000, 0.0001), (1999, 0.0001), (2000, 0.00001)],
        row => Assert.Equal(row.Item2, new StepDecay(Peak: 0.001, Factor: 0.1, Every: 1_000).At(row.Item1), 1e-18));

    [Fact]
    public void Three_counts_of_a_warm_up()
    {
        Assert.Equal([0, 0.25, 0.5, 0.75, 1, 1], Rates(new Warmup(1, 4), 6));
        Assert.Equal([0.25, 0.5, 0.75, 1, 1, 1], Rates(new OneBasedWarmup(1, 4), 6));
        Assert.Equal([0.2, 0.4, 0.6, 0.8, 1, 1], Rates(new Warmup(1, 4, Start: 1.0 / 5), 6), (a, b) => Math.Abs(a - b) < 1e-15);
    }

    static double[] Rates(Schedule schedule, int count) => [.. Enumerable.Range(0, count).Select(t => schedule.At(t))];

    [Fact]
    public void An_exponential_warm_up_multiplies_by_the_same_factor() =>
        Assert.Equal([0.001, 0.01, 0.1, 1, 1], Rates(new ExponentialWarmup(Peak: 1, Steps: 3, Start: 0.001), 5), (a, b) => Math.Abs(a - b) < 1e-15);

    /// <summary>DeepSpeed's warm-up of 5: log(i + 1) / log 5 at index i.</summary>
    [Fact]
    public void A_logarithmic_warm_up_is_steep_at_first() =>
        Assert.Equal([0, 0.43067655807339306, 0.6826061944859854, 0.8613531161467861, 1, 1], Rates(new LogarithmicWarmup(Peak: 1, Steps: 4), 6), (a, b) => Math.Abs(a - b) < 1e-15);

    /// <summary>Megatron's exponential cooldown over four updates: 2 · ½^(t/4) − 1.</summary>
    [Fact]
    public void An_exponential_cooldown_reaches_its_end() =>
        Assert.Equal([1, 0.681792830507429, 0.41421356237309515, 0.18920711500272103, 0, 0], Rates(new Cooldown(1, 4, Shape: Easing.Exponential), 6), (a, b) => Math.Abs(a - b) < 1e-15);

    /// <summary>Equation 3 of the paper for d_model 512 and 4,000 warm-up steps, at step_num 1, 2,000, 4,000 and 16,000; its highest rate is 6.99e-4.</summary>
    [Fact]
    public void Noam_is_the_papers_equation()
    {
        var noam = new Noam(ModelSize: 512, WarmupSteps: 4000);
        Assert.Equal([1.746928107421711e-07, 0.00034938562148434216, 0.0006987712429686843, 0.00034938562148434216], [noam.At(0), noam.At(1999), noam.At(3999), noam.At(15_999)], (a, b) => Math.Abs(a - b) < 1e-18);
        Assert.Equal(2 * noam.At(123), new Noam(512, 4000, Factor: 2).At(123), 1e-18);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Noam(512, 0.5));
    }

    [Fact]
    public void Inverse_time_and_inverse_root()
    {
        Assert.Equal([1, 1 / 2.0, 1 / 3.0, 1 / 4.0], Rates(new InverseTimeDecay(1), 4));
        Assert.Equal(0.5, new InverseTimeDecay(1, Decay: 3, Power: 0.5).At(1));
        Assert.Equal([1, 0.5], [new InverseSqrtDecay(1, 10).At(0), new InverseSqrtDecay(1, 10).At(30)]);
    }

    [Fact]
    public void Steps_and_exponentials_meet_at_the_stairs()
    {
        var stairs = new StepDecay(1, 0.5, 10);
        var curve = new ExponentialDecay(1, 0.5, 10);
        Assert.All(Enumerable.Range(0, 100), t => Assert.Equal(stairs.At(t), curve.Staircase(10).At(t)));
        Assert.Equal([1, 1, 0.5], [stairs.At(0), stairs.At(Math.BitDecrement(10)), stairs.At(10)]);
    }

    [Fact]
    public void Milestones_count_as_often_as_they_are_named() =>
        Assert.Equal([1, 1, 0.25, 0.25, 0.125], Rates(new MultiStep(1, [2, 2, 4], 0.5), 5));

    [Fact]
    public void Lists_are_compared_by_what_is_in_them()
    {
        Assert.Equal(new MultiStep(1, [2, 4]), new MultiStep(1, [2, 4]));
        Assert.NotEqual(new MultiStep(1, [2, 4]), new MultiStep(1, [2, 5]));
        Assert.NotEqual(new MultiStep(1, [2, 4]), new MultiStep(1, [2]));
    }

    [Fact]
    public void A_boundary_belongs_to_the_new_value_or_to_the_old()
    {
        Assert.Equal([1, 1, 2, 2], Rates(new PiecewiseConstant([2], [1, 2]), 4));
        Assert.Equal([1, 1, 1, 2], Rates(new PiecewiseConstant([2], [1, 2], BoundaryChange.After), 4));
        Assert.Equal([1, 2], Rates(new PiecewiseConstant([0], [1, 2], BoundaryChange.After), 2));
        Assert.Equal(2, new PiecewiseConstant([2], [1, 2], BoundaryChange.After).At(Math.BitIncrement(2)));
    }

    [Fact]
    public void Interpolation_passes_through_its_knots() => Assert.All(Enum.GetValues<Easing>(), shape =>
    {
        var path = new Interpolated([5, 10, 30], [1, 3, 2], shape);
        Assert.Equal([1, 1, 3, 2, 2], [path.At(0), path.At(5), path.At(10), path.At(30), path.At(99)]);
        Assert.InRange(path.At(7), 1, 3);
    });

    [Fact]
    public void A_tanh_is_a_logistic_curve()
    {
        var tanh = new TanhDecay(Peak: 1, Steps: 9);
        Assert.Equal((1 - Math.Tanh(-6)) / 2, tanh.At(0), 1e-15);
        Assert.Equal(0.5, tanh.At(6), 1e-15);
        Assert.Equal((1 - Math.Tanh(3)) / 2, tanh.End, 1e-15);
    }

    [Fact]
    public void What_is_not_a_number_is_refused() => Assert.All([double.NaN, double.PositiveInfinity, -1e-300], bad =>
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Constant(bad));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Constant(1).At(bad));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CosineDecay(1, bad));
    });
}
