namespace Anneal.Tests;

public class SideBySideTests
{
    [Theory]
    [InlineData(new long[] { 1_000_000, 1_000_000, 1_000_000, 1_000_000 }, 2, "0 2 | 1 3")]
    [InlineData(new long[] { 500_000, 0, 1_000_000, 500_000 }, 2, "2 | 0 3")]
    [InlineData(new long[] { 1_000_000, 1_040_000 }, 2, "1 | 0")]
    public void The_largest_goes_first_to_the_thread_that_has_least(long[] work, int threads, string expected) =>
        Assert.Equal(expected, string.Join(" | ", SideBySide.Parts(work, threads)!.Select(p => string.Join(" ", p))));

    [Theory]
    [InlineData(new long[] { 1_000_000 }, 2)]
    [InlineData(new long[] { 1_000_000, 1_000_000, 1_000_000 }, 2)]
    [InlineData(new long[] { 1_000_000, 1_120_000 }, 2)]
    [InlineData(new long[] { 199_000, 199_000 }, 2)]
    [InlineData(new long[] { 1_000_000, 1_000_000 }, 3)]
    [InlineData(new long[] { 3_000_000, 3_000_000, 2_000_000, 2_000_000, 2_000_000 }, 2)] // 3 + 2 + 2 and 3 + 2, though 3 + 3 and 2 + 2 + 2 would do
    [InlineData(new long[] { 0, 0 }, 2)]
    public void What_would_leave_threads_idle_or_is_small_is_done_by_all_together(long[] work, int threads) => Assert.Null(SideBySide.Parts(work, threads));

    public static TheoryData<Rule> OfMatrices => [new Muon(), new NorMuon(), new AdaMuon(), new Scion(), new Dion2(), new Muon(Cautious: true, DualNorm: true)];

    /// <summary>Two matrices as large as each other on two threads of their own, and all on three together; a vector between them.</summary>
    [Theory, MemberData(nameof(OfMatrices))]
    public void A_rule_has_the_same_bits_whether_matrices_are_done_one_by_each_thread_or_by_all(Rule rule)
    {
        foreach (var precision in new[] { Precision.Single, Precision.SingleWithBFloat16State })
        {
            float[] one = Walked(rule, precision, 1), two = Walked(rule, precision, 2), three = Walked(rule, precision, 3);
            Assert.All(one, w => Assert.True(float.IsFinite(w)));
            Assert.True(one.AsSpan().SequenceEqual(two));
            Assert.True(one.AsSpan().SequenceEqual(three));
        }
    }

    static float[] Walked(Rule rule, Precision precision, int threads)
    {
        var shape = Layout.Of(("a", [96, 128]), ("between", [9]), ("b", [128, 96]));
        var state = rule.Start(shape, precision);
        float[] weights = [.. Enumerable.Range(0, shape.Count).Select(i => MathF.Sin(i))];
        for (int t = 0; t < 4; t++)
            rule.Step(state, weights, [.. Enumerable.Range(0, shape.Count).Select(i => MathF.Cos(i * 0.37f + t))], new StepOptions(0.01) { Threads = threads, Seed = 3 });
        return weights;
    }

    [Fact]
    public void What_a_matrix_throws_on_another_thread_reaches_the_caller()
    {
        var shape = Layout.Of(("a", [100, 100]), ("b", [100, 100]));
        foreach (int bad in new[] { 0, 1 })
        {
            var thrown = Assert.Throws<InvalidOperationException>(() => new Throwing(bad).Step(new Throwing(bad).Start(shape), new double[shape.Count], new double[shape.Count], new StepOptions(0.1) { Threads = 2 }));
            Assert.Equal($"matrix {bad}", thrown.Message);
        }
    }

    sealed record Throwing(int Bad) : Rule
    {
        protected internal override IReadOnlyList<Slot> Slots(Layout layout) => [];

        protected internal override void Update<L>(in Pass<L> pass) => Assert.True(SideBySide.Run<L, Failing<L>>(pass, new(Bad)));

        readonly struct Failing<L>(int bad) : IMatrixStep<L> where L : struct, ILane<L>
        {
            public void Do(in Pass<L> one)
            {
                if (one.Shape.Name == (bad == 0 ? "a" : "b"))
                    throw new InvalidOperationException($"matrix {bad}");
            }
        }
    }
}
