using System.Reflection;

namespace Anneal.Tests;

public class LaneTests
{
    [Fact]
    public void Every_formula_on_lanes_is_inlined_by_order()
    {
        // Left to the compiler's judgement, a formula stays a call in some hosts, and a step takes ten times as long.
        string[] shapes = [typeof(IUpdate<>).Name, typeof(IUpdate1<>).Name, typeof(IUpdate2<>).Name, typeof(IUpdate3<>).Name, typeof(IUpdate4<>).Name, typeof(ITerm<>).Name];
        var formulas = typeof(Rule).Assembly.GetTypes().Where(t => t.IsValueType && t.GetInterfaces().Any(i => shapes.Contains(i.Name))).ToList();
        Assert.True(formulas.Count > 50);
        Assert.All(formulas.SelectMany(t => t.GetMethods().Where(m => m.Name is "Apply" or "Of")), m =>
            Assert.True(m.MethodImplementationFlags.HasFlag(MethodImplAttributes.AggressiveInlining), $"{m.DeclaringType}.{m.Name}"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-0.3)]
    public void A_size_takes_the_sign_of_a_number_that_has_one(double size)
    {
        foreach (var (x, signed) in ((double, double)[])[(3, size), (-1e-300, -size), (0.0, 0.0), (-0.0, -0.0), (double.NaN, double.NaN), (double.NegativeInfinity, -size)])
        {
            Assert.Equal(BitConverter.DoubleToInt64Bits(signed), BitConverter.DoubleToInt64Bits(First(Wide<double>.Signed(Wide<double>.Of(size), Wide<double>.Of(x)))));
            Assert.Equal(BitConverter.DoubleToInt64Bits(signed), BitConverter.DoubleToInt64Bits(First(Scalar<double>.Signed(Scalar<double>.Of(size), Scalar<double>.Of(x)))));
        }
    }

    [Fact]
    public void A_cube_root_agrees_with_the_framework_over_the_whole_range()
    {
        foreach (double x in new[] { 5e-324, 1e-320, 1e-310, 2.2250738585072014e-308 })
            Assert.Equal(1, First(Lane.Cbrt(Wide<double>.Of(x))) / Math.Cbrt(x), 1e-15);
        for (double e = -44.5; e <= 38; e += 0.17)
        {
            float x = (float)Math.Pow(10, e), root = (float)Scalar<float>.Sum(Lane.Cbrt(Scalar<float>.Of(x)));
            Assert.Equal(1, root / Math.Cbrt(x), 5e-7);
        }
        for (double e = -300; e <= 307; e += 0.37)
        {
            double x = Math.Pow(10, e), root = First(Lane.Cbrt(Wide<double>.Of(x)));
            // Three multiplications, two additions and a quotient of half a unit each.
            Assert.Equal(1, root / Math.Cbrt(x), 1e-15);
            Assert.Equal(root, First(Lane.Cbrt(Scalar<double>.Of(x))));
        }
        Assert.All([0, double.PositiveInfinity, double.NaN], x => Assert.Equal(x, First(Lane.Cbrt(Wide<double>.Of(x)))));
    }

    static unsafe double First<L>(L lane) where L : struct, ILane<L>
    {
        double* lanes = stackalloc double[L.Count];
        L.Store(lane, lanes, 0);
        return L.Get(lanes, 0);
    }

    [Fact]
    public void The_arc_tangent_is_that_of_the_library_to_two_units_of_the_last_place()
    {
        double[] special = [0, -0.0, 1, -1, 1e-320, 1e-8, 0.41421356237309503, 0.41421356237309510, 2.414213562373095, 1e8, double.MaxValue, double.PositiveInfinity, double.NegativeInfinity, double.NaN];
        var random = new SeededRandom(1);
        foreach (double x in special.Concat(Enumerable.Range(0, 20_000).Select(i => random.Normal() * Math.Pow(10, i % 13 - 6))))
        {
            double expected = Math.Atan(x);
            Assert.True(Of(x) is var got && (got.Equals(expected) || Math.Abs(got - expected) <= 2 * Math.BitIncrement(Math.Abs(expected)) - 2 * Math.Abs(expected)), $"{x}: {Of(x):R}, not {expected:R}");
        }
        Assert.Equal([0, Math.PI / 2, -Math.PI / 2, Math.PI / 4], new[] { (0.0, 0.0), (2, 0), (-3, 0), (5, 5) }.Select(p => At(p.Item1, p.Item2)));

        static double Of(double x)
        {
            double one = Scalar<double>.Sum(Lane.Atan(Scalar<double>.Of(x))), many = Wide<double>.Sum(Lane.Atan(Wide<double>.Of(x))) / Wide<double>.Count;
            Assert.Equal(one, many);
            return one;
        }

        static double At(double y, double x) => Scalar<double>.Sum(Lane.Atan2(Scalar<double>.Of(y), Scalar<double>.Of(x)));
    }
}
