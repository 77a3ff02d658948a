using CsCheck;

namespace Anneal.Tests;

public class PieceTests
{
    public static TheoryData<Schedule> Schedules => [.. Gallery.Schedules];

    [Theory, MemberData(nameof(Schedules))]
    public void The_pieces_of_every_shape_are_the_shape(Schedule schedule)
    {
        foreach (var (from, to) in new[] { (0, 1), (0, 100), (0.5, 19.5), (7.25, 800), (99, 101), (500, 2000) })
            AssertPieces(schedule, from, to);
    }

    public static TheoryData<Schedule> Rare => new(new Schedule[]
    {
        new CosinePowerDecay(0.01, 100, 2, Floor: 0.1),
        new PolynomialCycles(0.1, 30, Power: 2),
        new PolynomialCycles(0.01, 30, Power: 2, Floor: 0.1),
        new Interpolated([5, 10, 70], [0.02, 0.04, 0.01], Easing.Cosine),
        new OneCycle(0.1, 99, 29, 0.004, 0.001, FallSteps: 20),
        new TriangularCycles(0.01, 0.1, 10, 20, StepFactor: 1.1),
        new TriangularCycles(0.01, 0.1, 10, 20, StepFactor: 0.9),
        new TriangularCycles(0.01, 0.1, 10, 20, HeightFactor: 0.5, StepFactor: 0.99),
        new TriangularCycles(0.1, 0.01, 10, 20),
        new SineCycles(0.01, 0.1, 30),
        new HardRestarts(0.01, 100, 2.5, Floor: 0.1),
        new WarmupStableDecay(0.1, 100, 0, 100),
        new CosineWave(0.01, 100, 2.25, Floor: 0.1),
    });

    [Theory, MemberData(nameof(Rare))]
    public void Pieces_of_a_shape_run_one_way_and_are_the_shape(Schedule schedule)
    {
        foreach (var (from, to) in new[] { (0, 1), (0, 100), (0.5, 19.5), (33.25, 300) })
        {
            AssertPieces(schedule, from, to);
            Assert.All(schedule.Pieces(from, to), piece => Assert.True(piece.Trend <= Trend.Falling, $"{piece} is {piece.Trend}"));
        }
    }

    [Fact]
    public void The_pieces_of_a_composition_are_the_composition() =>
        Gen.Select(Samples.Combined, Gen.Double[0, 300], Gen.Double[0.1, 500]).Sample((schedule, from, length) =>
            AssertPieces(schedule, from, from + length), iter: 200);

    [Fact]
    public void Joints_lie_exactly_where_the_parts_end() =>
        Gen.Select(Gen.Double[0.1, 50], Gen.Double[0.1, 50], Gen.Double[0.1, 50]).Sample((a, b, c) =>
        {
            var whole = new Warmup(1, a).Then(new LinearDecay(1, b, 0.5)).Then(new CosineDecay(0.5, c));
            Assert.Equal([a, a + b, whole.Steps, 500], whole.Pieces(0, 500).Select(piece => piece.To));
            Assert.Equal([a, a + b, whole.Steps - 0.01], whole.Pieces(a / 3, whole.Steps - 0.01).Select(piece => piece.To));
        });

    [Fact]
    public void A_reversed_piece_tells_what_is_played_backwards_and_from_where()
    {
        Segment warmup = new Warmup(1, 10), decay = new CosineDecay(1, 30);
        Assert.Equal([(decay, 30.0), (warmup, 40.0)], warmup.Then(decay).Reverse().Pieces(0, 40).Select(piece => ((Segment)piece.Source, piece.Start)));
        foreach (var piece in warmup.Then(decay).Reverse().Pieces(0, 40))
            Assert.Equal(piece.Source.At(piece.Start - piece.To), piece.Curve.At(piece.To), 1e-15);
    }

    [Fact]
    public void An_empty_range_has_no_pieces() => Assert.Empty(new Constant(0.1).Pieces(5, 5));

    [Fact]
    public void A_range_that_runs_backwards_is_refused()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new Constant(0.1).Pieces(5, 4));
        Assert.StartsWith("to must not be below from (5).", error.Message);
    }

    [Fact]
    public void A_piece_names_the_simple_schedule_it_comes_from()
    {
        var decay = new CosineDecay(0.1, 80);
        var last = new Warmup(0.1, 20).Then(decay).Stretch(10).Pieces(0, 1000).Last();
        Assert.Equal((200.0, 1000.0, 200.0), (last.From, last.To, last.Start));
        Assert.Same(decay, last.Source);
    }

    /// <summary>Without gaps; equal to the schedule inside; running the way they say.</summary>
    static void AssertPieces(Schedule schedule, double from, double to)
    {
        double end = from;
        foreach (var piece in schedule.Pieces(from, to))
        {
            Assert.Equal(end, piece.From);
            Assert.True(piece.To > piece.From, $"{piece} of {schedule} is empty");
            end = piece.To;
            double last = double.NaN;
            double[] steps = [.. Enumerable.Range(1, 40).Select(i => piece.From + (piece.To - piece.From) * i / 41)];
            foreach (double t in steps.Where(t => t > piece.From && t < piece.To))
            {
                double rate = schedule.At(t), curve = piece.Curve.At(t), rounding = 1e-11 * (Math.Abs(rate) + Math.Abs(piece.Curve.Base));
                // Close to a joint, the two may put a step on different sides of it by a rounding of the step.
                if (Math.Min(t - piece.From, piece.To - t) > 1e-9)
                    Assert.True(Math.Abs(rate - curve) <= rounding + 1e-13, $"at {t:R} of {piece}: {curve:R} instead of {rate:R}");
                Assert.True(piece.Trend switch
                {
                    Trend.Flat => double.IsNaN(last) || Math.Abs(curve - last) <= rounding,
                    Trend.Rising => double.IsNaN(last) || curve >= last - rounding,
                    Trend.Falling => double.IsNaN(last) || curve <= last + rounding,
                    _ => true,
                }, $"{piece} is not {piece.Trend} at {t:R}");
                last = curve;
            }
        }
        Assert.Equal(to, end);
    }
}
