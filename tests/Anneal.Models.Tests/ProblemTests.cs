namespace Anneal.Models.Tests;

public class ProblemTests
{
    /// <summary>So many samples with five features, drawn by the seed; labels are numbers, or classes.</summary>
    internal static Samples Drawn(int count, int classes, ulong seed = 1)
    {
        var draws = new SeededRandom(seed);
        double[][] rows = [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, 5).Select(_ => draws.Normal()).ToArray())];
        return new("drawn", rows, [.. rows.Select(x => classes > 0 ? (double)draws.Below(classes) : x.Sum() + draws.Normal())], classes);
    }

    public static TheoryData<Model, int> Models => new()
    {
        { new LinearModel(), 0 },
        { new LinearModel(Ridge: 0.3, Intercept: false), 0 },
        { new AbsoluteModel(Ridge: 0.1), 0 },
        { new LogisticModel(Ridge: 0.2), 2 },
        { new SoftmaxModel(Ridge: 0.2), 3 },
        { new SoftmaxModel(Intercept: false), 6 },
        { new Perceptron(4), 3 },
        { new Perceptron([7, 3], Activation.Tanh, Ridge: 0.05), 4 },
        { new Perceptron([6, 5], Activation.Relu), 2 },
        { new Perceptron([3, 9], Activation.Identity), 0 },
        { new Perceptron([13], Activation.Relu), 0 },
    };

    // The central difference errs by h²/6 · f''', at most 1e-11 here, and by the rounding of f over h, 1e-9; with h/30 by 3e-8. The smaller step is for the
    // few places where |z − y| or max(z, 0) has its kink between the two points. Weights and batches are drawn by fixed seeds, so none lies closer.
    [Theory, MemberData(nameof(Models))]
    public void The_gradient_is_what_finite_differences_say(Model model, int classes)
    {
        var problem = model.On(Drawn(70, classes));
        var draws = new SeededRandom(11);
        for (int n = 0; n < 20; n++)
        {
            double[] weights = [.. Enumerable.Range(0, problem.Dimension).Select(_ => 3 * draws.Uniform() - 1.5)], gradient = new double[problem.Dimension];
            int[] batch = [.. Enumerable.Range(0, 1 + draws.Below(100)).Select(_ => draws.Below(70))];
            problem.Loss(weights, batch, gradient);
            for (int j = 0; j < weights.Length; j++)
                if (Error(j, 1e-6) >= 2e-7 && Error(j, 1e-6 / 30) >= 2e-7)
                    Assert.Fail($"number {j} at {string.Join(", ", weights)}: {gradient[j]}, but the difference errs by {Error(j, 1e-6)}");

            double Error(int j, double h)
            {
                double[] point = [.. weights], unused = new double[problem.Dimension];
                point[j] = weights[j] + h;
                double above = problem.Loss(point, batch, unused), right = point[j];
                point[j] = weights[j] - h;
                return Math.Abs((above - problem.Loss(point, batch, unused)) / (right - point[j]) - gradient[j]);
            }
        }
    }

    [Fact]
    public void The_linear_models_agree_with_the_librarys_objectives()
    {
        var (numbers, two, many) = (Drawn(50, 0), Drawn(50, 2), Drawn(50, 3));
        Agree(new LinearModel(Intercept: false).On(numbers), new LeastSquares(numbers.Rows(), numbers.Labels()), scale: 1 / 50.0);
        Agree(new AbsoluteModel(Intercept: false).On(numbers), new AbsoluteLoss(numbers.Rows(), numbers.Labels()));
        Agree(new LogisticModel(Ridge: 0.4, Intercept: false).On(two), new LogisticRegression(two.Rows(), [.. two.Labels().Select(y => (int)y)], ridge: 0.4));
        Agree(new SoftmaxModel(Ridge: 0.4, Intercept: false).On(many), new SoftmaxRegression(many.Rows(), [.. many.Labels().Select(y => (int)y)], 3, ridge: 0.4));
    }

    static void Agree(Problem problem, Objective objective, double scale = 1)
    {
        var draws = new SeededRandom(9);
        double[] weights = [.. Enumerable.Range(0, problem.Dimension).Select(_ => draws.Normal())];
        Assert.Equal(objective.Value(weights) * scale, problem.Loss(weights), 1e-12);
        Assert.Equal(objective.Gradient(weights).Select(g => g * scale), problem.Gradient(weights), (a, b) => Math.Abs(a - b) < 1e-12);
    }

    // Reference: the formulas of the forward pass written out with arrays, one sample at a time.
    [Theory, InlineData(Activation.Tanh), InlineData(Activation.Relu), InlineData(Activation.Identity)]
    public void Scores_are_what_the_lectures_formula_gives(Activation activation)
    {
        var samples = Drawn(130, 3);
        var problem = new Perceptron([6, 5], activation).On(samples);
        double[] weights = problem.Start(seed: 4);
        var draws = new SeededRandom(2);
        foreach (var bias in problem.Layout.Tensors.Where(t => t.Name[0] == 'b'))
            for (int i = 0; i < bias.Count; i++)
                weights[bias.Offset + i] = draws.Normal();
        double φ(double z) => activation switch { Activation.Tanh => Math.Tanh(z), Activation.Relu => Math.Max(z, 0), _ => z };
        double[] Tensor(string name) => problem.Layout.Tensors.First(t => t.Name == name) is var t ? weights[t.Offset..(t.Offset + t.Count)] : [];
        double[] Layer(int l, double[] h) => [.. Tensor($"b{l}").Select((b, o) => b + h.Select((x, i) => Tensor($"w{l}")[o * h.Length + i] * x).Sum())];
        double[][] expected = [.. samples.Rows().Select(x => Layer(3, [.. Layer(2, [.. Layer(1, x).Select(φ)]).Select(φ)]))];
        Assert.Equal(expected.SelectMany(z => z), problem.Scores(weights).SelectMany(z => z), (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void Without_a_non_linearity_a_network_is_one_affine_map()
    {
        var samples = Drawn(40, 3);
        var problem = new Perceptron([8, 6], Activation.Identity).On(samples);
        double[] weights = problem.Start(seed: 1);
        var (matrix, offset) = problem.AsAffineMap(weights);
        Assert.Equal((3, 5), (matrix.Length, matrix[0].Length));
        var affine = samples.Rows().Select(x => matrix.Select((row, c) => row.Zip(x, (a, b) => a * b).Sum() + offset[c]).ToArray());
        Assert.Equal(affine.SelectMany(z => z), problem.Scores(weights).SelectMany(z => z), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Throws<InvalidOperationException>(() => new Perceptron(8).On(samples).AsAffineMap(new Perceptron(8).On(samples).Start()));
    }

    [Fact]
    public void A_batch_of_every_sample_is_the_whole_and_a_sample_that_comes_twice_counts_twice()
    {
        var problem = new Perceptron(4).On(Drawn(90, 3));
        double[] weights = problem.Start(seed: 7), whole = new double[problem.Dimension], batch = new double[problem.Dimension];
        double loss = problem.Loss(weights, whole);
        Assert.Equal(loss, problem.Loss(weights, [.. Enumerable.Range(0, 90)], batch));
        Assert.Equal(whole, batch);
        double one = problem.Loss(weights, [3], batch), other = problem.Loss(weights, [5], batch);
        Assert.Equal((2 * one + other) / 3, problem.Loss(weights, [3, 5, 3], batch), 1e-14);
    }

    [Fact]
    public void The_same_seeds_give_the_same_bits_and_other_seeds_do_not()
    {
        var problem = new Perceptron(6).On(Drawn(100, 3));
        double[] Run(ulong batches, ulong start) =>
            problem.Train(new Adam(), new Constant(0.01), new Shuffled(16, batches), steps: 50, start: problem.Start(start)).Weights;
        Assert.Equal(Run(1, 2), Run(1, 2));
        Assert.NotEqual(Run(1, 2), Run(3, 2));
        Assert.NotEqual(Run(1, 2), Run(1, 3));
    }

    [Fact]
    public void Recording_leaves_the_path_alone_and_notes_batch_loss_norms_and_whole_loss()
    {
        var problem = new SoftmaxModel().On(Drawn(60, 3));
        var recorded = problem.Train(new Sgd(), new CosineDecay(0.5, 20), new WithReplacement(8, 3), steps: 20, every: 6);
        Assert.Equal(problem.Train(new Sgd(), new CosineDecay(0.5, 20), new WithReplacement(8, 3), steps: 20).Weights, recorded.Weights);
        Assert.Equal([0, 6, 12, 18, 19], recorded.Trace.Points.Select(p => p.Step));
        Assert.Equal(Math.Log(3), recorded.Trace.Points[0].Loss, 1e-12);
        Assert.All(recorded.Trace.Points, p => Assert.Equal(p.Rate * p.GradientNorm, p.UpdateNorm, 1e-12));
        Assert.Equal(problem.Loss(recorded.Weights), recorded.Loss);
        Assert.Equal(recorded.Loss, recorded.Trace.Points[^1].Metric);
    }

    [Fact]
    public void A_run_that_blows_up_ends_and_says_where()
    {
        var fit = new LinearModel().On(Drawn(30, 0)).Train(new Sgd(), new Constant(1e6), new FullBatch(), steps: 1_000, every: 1);
        Assert.Matches("^the (loss|gradient) is .+ at step", fit.Trace.Stopped);
        Assert.All(fit.Weights, w => Assert.True(double.IsFinite(w)));
        Assert.True(fit.Trace.Points.Count < 100);
    }

    [Fact]
    public void A_rule_that_searches_along_a_line_works_here_too()
    {
        var problem = new LinearModel().On(Drawn(60, 0));
        var fit = problem.Train(new Lbfgs(), new Constant(1), new FullBatch(), steps: 30);
        // The rule stops where the loss changes by less than 1e-9; the gradient is then about the root of that.
        Assert.All(problem.Gradient(fit.Weights), g => Assert.Equal(0, g, 1e-4));
    }

    [Fact]
    public void A_step_allocates_nothing()
    {
        var problem = new Perceptron(8).On(Drawn(200, 3));
        double[] weights = problem.Start(1), gradient = new double[problem.Dimension];
        int[] batch = [.. Enumerable.Range(0, 100)];
        Assert.Equal(0, Allocated(() => problem.Loss(weights, batch, gradient)));
        long ten = Allocated(() => problem.Train(new Adam(), new Constant(0.01), new Shuffled(16, 1), steps: 10));
        Assert.Equal(ten, Allocated(() => problem.Train(new Adam(), new Constant(0.01), new Shuffled(16, 1), steps: 1_000)));

        // The least of several: a collection that other tests set off counts a thread's unused room as taken.
        static long Allocated(Action action) => Enumerable.Range(0, 6).Min(_ =>
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            action();
            return GC.GetAllocatedBytesForCurrentThread() - before;
        });
    }

    [Fact]
    public void Digits_are_learnt()
    {
        var (train, test) = DataSets.Digits().Split(testShare: 0.25, seed: 1);
        var scaling = Scaling.Divided(train, by: 16);
        var problem = new Perceptron(32).On(scaling.Apply(train));
        var fit = problem.Train(new Adam(), new CosineDecay(0.01, 400), new Shuffled(32, 1), steps: 400, start: problem.Start(1));
        // Logistic regression reaches 0.95 to 0.97 on these digits; a chance guess 0.1.
        Assert.True(new Perceptron(32).On(scaling.Apply(test)).Accuracy(fit.Weights) > 0.94);
    }

    [Fact]
    public void The_vectors_tanh_is_the_platforms()
    {
        double[] points = [0, -0.0, 1e-300, 1e-9, 0.0299999, 0.03, 0.0300001, 0.5, 1, 5, 18, 20, 400, 1e300, double.PositiveInfinity];
        foreach (double x in points.Concat(points.Select(p => -p)))
        {
            double tanh = System.Runtime.Intrinsics.Vector256.GetElement(Activations.Tanh(System.Runtime.Intrinsics.Vector256.Create(x)), 0);
            // 1 − 2/(e + 1) cancels most just above 0.03: the rounding of its two parts over tanh(0.03).
            Assert.Equal(Math.Tanh(x), tanh, Math.Abs(Math.Tanh(x)) * 1e-14);
            Assert.Equal(double.IsNegative(x), double.IsNegative(tanh));
        }
    }

    [Fact]
    public void What_does_not_fit_together_is_refused_with_the_reason()
    {
        var (numbers, three) = (Drawn(10, 0), Drawn(10, 3));
        Assert.Contains("needs classes for labels", Assert.Throws<DataException>(() => new SoftmaxModel().On(numbers)).Message);
        Assert.Contains("tells 2 classes apart; 'y' has 3", Assert.Throws<DataException>(() => new LogisticModel().On(three)).Message);
        Assert.Contains("needs numbers for labels", Assert.Throws<DataException>(() => new LinearModel().On(three)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new LinearModel(Ridge: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Perceptron([4, 0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Shuffled(0, 1));
        var problem = new LinearModel().On(numbers);
        Assert.Contains("There must be 6 weights; there are 5.", Assert.Throws<ArgumentException>(() => problem.Loss(new double[5])).Message);
        Assert.Throws<ArgumentException>(() => problem.Loss(new double[6], [], new double[6]));
        Assert.Throws<InvalidOperationException>(() => problem.Accuracy(new double[6]));
    }
}
