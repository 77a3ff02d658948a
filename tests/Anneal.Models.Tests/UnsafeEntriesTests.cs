using System.Reflection;

namespace Anneal.Models.Tests;

/// <summary>The public ways to the evaluators, which read weights, samples and batches by address: each checks lengths and numbers first.</summary>
public class UnsafeEntriesTests
{
    static readonly string[] Entries = ["Accuracy", "AsAffineMap", "Gradient", "Loss", "Predict", "RootMeanSquare", "Scores", "Start", "Train"];

    [Fact]
    public void Every_public_method_of_a_problem_is_on_the_list() => Assert.Equal(Entries, typeof(Problem).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        .Where(m => !m.IsSpecialName).Select(m => m.Name).Distinct().Order());

    [Fact]
    public void No_public_signature_has_a_pointer() => Assert.DoesNotContain(typeof(Problem).Assembly.GetExportedTypes(),
        t => t.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static).Any(m => m.GetParameters().Any(p => p.ParameterType.IsPointer)));

    public static TheoryData<Model, int> Models => ProblemTests.Models;

    [Theory, MemberData(nameof(Models))]
    public void A_batch_with_a_number_of_no_sample_is_refused_and_the_gradient_stays(Model model, int classes)
    {
        var problem = model.On(ProblemTests.Drawn(10, classes));
        double[] weights = problem.Start(), gradient = [.. Enumerable.Repeat(7.0, problem.Dimension)];
        foreach (int bad in new[] { -1, 10, 11, int.MinValue, int.MaxValue, 1 << 30 })
            foreach (int[] batch in (int[][])[[bad], [0, 9, bad], [bad, 0], [.. Enumerable.Repeat(3, 200), bad]])
            {
                var refused = Assert.Throws<ArgumentOutOfRangeException>(() => problem.Loss(weights, batch, gradient));
                Assert.Contains($"Samples are numbered from 0 to 9; number {Array.IndexOf(batch, bad)} of the batch is none of them.", refused.Message);
            }
        Assert.All(gradient, g => Assert.Equal(7, g));
        Assert.Throws<ArgumentException>(() => problem.Loss(weights, ReadOnlySpan<int>.Empty, gradient));
        problem.Loss(weights, [0, 9], gradient);
    }

    [Theory, MemberData(nameof(Models))]
    public void Weights_and_gradients_of_another_length_are_refused(Model model, int classes)
    {
        var problem = model.On(ProblemTests.Drawn(10, classes));
        int n = problem.Dimension;
        double[] right = new double[n];
        foreach (int length in new[] { 0, n - 1, n + 1, 10 * n })
        {
            double[] wrong = new double[length];
            Action[] acts =
            [
                () => problem.Loss(wrong), () => problem.Loss(wrong.AsSpan()), () => problem.Loss(wrong, right), () => problem.Loss(right, wrong), () => problem.Loss(wrong, [0], right),
                () => problem.Loss(right, [0], wrong), () => problem.Gradient(wrong), () => problem.Scores(wrong), () => problem.Predict(wrong), () => problem.AsAffineMap(wrong),
                () => problem.Train(new Sgd(), new Constant(0.1), new FullBatch(), 1, start: wrong),
                () => _ = classes > 0 ? problem.Accuracy(wrong) : problem.RootMeanSquare(wrong),
            ];
            Assert.All(acts, act => Assert.ThrowsAny<ArgumentException>(act));
        }
    }

    /// <summary>Batches of somebody else, which draw what is no sample.</summary>
    sealed record Wild : Batches
    {
        public override BatchStream Over(int samples) => new Stream();

        public override Batches WithSeed(ulong seed) => this;

        sealed class Stream : BatchStream
        {
            public override ReadOnlySpan<int> Next() => new[] { 0, -5 };
        }
    }

    [Fact]
    public void A_stream_of_batches_is_not_believed_either() => Assert.ThrowsAny<ArgumentException>(
        () => new LinearModel().On(ProblemTests.Drawn(10, 0)).Train(new Sgd(), new Constant(0.1), new Wild(), 3));

    [Fact]
    public void Layers_too_large_for_their_working_room_are_refused() => Assert.ThrowsAny<ArgumentException>(
        () => new Perceptron([30_000, 30_000]).On(ProblemTests.Drawn(10, 3)));
}
