namespace Anneal.Tests;

/// <summary>The laws every objective keeps.</summary>
public class ObjectiveTests
{
    public static TheoryData<Objective> Objectives => [.. Gallery.Objectives];

    /// <summary>Points around the start, from a generator with a fixed seed.</summary>
    static IEnumerable<double[]> Points(Objective f)
    {
        var random = new Random(20260101);
        return Enumerable.Range(0, 20).Select(_ => f.Start.Select(x => x + 2 * random.NextDouble() - 1).ToArray());
    }

    static double[] Moved(double[] x, int i, double by)
    {
        double[] moved = [.. x];
        moved[i] += by;
        return moved;
    }

    /// <summary>
    /// The slope of <paramref name="f"/> along coordinate i by central differences, and how far off it may be. With
    /// D(h) = slope + c·h² + …, D(2h) − D(h) is 3c·h², so its third is the error of D(h); on top come the roundings of the
    /// two values (64 of them each, on numbers as large as the values or 1), divided by 2h.
    /// </summary>
    static (double Slope, double Tolerance) Difference(Func<double[], double> f, double[] x, int i)
    {
        const double h = 1.0 / 8192;
        double near = (f(Moved(x, i, h)) - f(Moved(x, i, -h))) / (2 * h);
        double far = (f(Moved(x, i, 2 * h)) - f(Moved(x, i, -2 * h))) / (4 * h);
        double size = Math.Max(1, Math.Max(Math.Abs(f(Moved(x, i, 2 * h))), Math.Abs(f(Moved(x, i, -2 * h)))));
        return (near, Math.Abs(far - near) / 2 + 64 * Math.Pow(2, -52) * size / h);
    }

    [Theory, MemberData(nameof(Objectives))]
    public void The_gradient_is_the_slope_of_the_value(Objective f)
    {
        foreach (var x in Points(f))
            for (int i = 0; i < f.Dimension; i++)
            {
                var (slope, tolerance) = Difference(f.Value, x, i);
                Assert.Equal(slope, f.Gradient(x)[i], tolerance);
            }
    }

    [Theory, MemberData(nameof(Objectives))]
    public void The_Hessian_is_the_slope_of_the_gradient(Objective f)
    {
        foreach (var x in Points(f))
            for (int i = 0; i < f.Dimension; i++)
                for (int j = 0; j < f.Dimension; j++)
                {
                    var (slope, tolerance) = Difference(p => f.Gradient(p)[i], x, j);
                    Assert.Equal(slope, f.Hessian(x)[i, j], tolerance);
                    Assert.Equal(f.Hessian(x)[i, j], f.Hessian(x)[j, i]);
                }
    }

    [Theory, MemberData(nameof(Objectives))]
    public void At_a_minimiser_the_gradient_vanishes_and_the_value_is_the_minimum(Objective f)
    {
        foreach (var x in f.Minimizers)
        {
            // A minimiser is known to a rounding of each of its numbers; the gradient there is at most curvature times that.
            var h = f.Hessian(x);
            double curvature = Enumerable.Range(0, f.Dimension).SelectMany(i => Enumerable.Range(0, f.Dimension).Select(j => Math.Abs(h[i, j]))).Sum();
            double off = 64 * Math.Pow(2, -52) * Math.Max(1, x.Max(Math.Abs));
            // On a corner there is no gradient; there the dual tells that nothing lies below.
            if (f is AbsoluteLoss corner)
                Assert.Equal(corner.LowerBound!.Value, f.Value(x), off);
            else
                Assert.All(f.Gradient(x), g => Assert.Equal(0, g, curvature * off + off));
            Assert.Equal(f.Minimum!.Value, f.Value(x), off * Math.Max(1, Math.Abs(f.Minimum.Value)));
        }
    }

    [Theory, MemberData(nameof(Objectives))]
    public void No_value_lies_below_the_minimum(Objective f)
    {
        if (f.Minimum is { } minimum)
            Assert.All(Points(f), x => Assert.InRange(f.Value(x), minimum - 1e-12 * Math.Max(1, Math.Abs(minimum)), double.MaxValue));
    }

    [Theory, MemberData(nameof(Objectives))]
    public void Arrays_and_spans_are_answered_alike(Objective f)
    {
        double[] x = f.Start, gradient = new double[f.Dimension];
        Array.Fill(gradient, double.NaN);
        f.Gradient(x, gradient);
        Assert.Equal(f.Gradient(x), gradient);
        Assert.Equal(f.Value(x), f.Value(x.AsSpan()));
    }

    [Theory, MemberData(nameof(Objectives))]
    public void A_point_of_another_length_is_refused(Objective f)
    {
        double[] longer = new double[f.Dimension + 1];
        string message = $"x must have {f.Dimension} numbers for {f.Name}; it has {f.Dimension + 1}.";
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => f.Value(longer)).Message);
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => f.Gradient(longer)).Message);
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => f.Hessian(longer)).Message);
        Assert.Contains("gradient must have", Assert.Throws<ArgumentException>(() => f.Gradient(f.Start, longer)).Message);
    }

    [Theory, MemberData(nameof(Objectives))]
    public void A_function_of_two_numbers_shows_its_start_and_its_minimisers(Objective f)
    {
        Assert.Equal(f.Dimension, f.Start.Length);
        Assert.NotSame(f.Start, f.Start);
        if (f.PlotRange is not { } w)
            return;
        Assert.All([f.Start, .. f.Minimizers], p =>
        {
            Assert.InRange(p[0], w.Left, w.Right);
            Assert.InRange(p[1], w.Bottom, w.Top);
        });
    }

    [Fact]
    public void Every_objective_is_on_show() => Assert.Empty(typeof(Objective).Assembly.GetTypes()
        .Where(t => t.IsSubclassOf(typeof(Objective)) && !t.IsAbstract)
        .Except(Gallery.Objectives.Select(f => f.GetType())));
}
