namespace Anneal.Models.Tests;

public class SamplesTests
{
    static readonly Samples samples = ProblemTests.Drawn(25, 0);

    [Fact]
    public void A_split_parts_the_samples_and_the_seed_decides_how()
    {
        var (train, test) = samples.Split(testShare: 0.2, seed: 1);
        Assert.Equal((20, 5), (train.Count, test.Count));
        Assert.Equal(samples.Labels().Order(), train.Labels().Concat(test.Labels()).Order());
        Assert.Equal(test.Labels(), samples.Split(0.2, 1).Test.Labels());
        Assert.NotEqual(test.Labels(), samples.Split(0.2, 2).Test.Labels());
        Assert.All(Enumerable.Range(0, 5), i => Assert.Contains(test.Row(i), samples.Rows()));
    }

    [Fact]
    public void Every_sample_is_tested_with_once_over_the_folds()
    {
        var folds = samples.Folds(4, seed: 1);
        Assert.Equal([7, 6, 6, 6], folds.Select(f => f.Test.Count));
        Assert.Equal(samples.Labels().Order(), folds.SelectMany(f => f.Test.Labels()).Order());
        Assert.All(folds, f => Assert.Empty(f.Train.Labels().Intersect(f.Test.Labels())));
        Refused.With("drawn: 25 samples cannot be divided into 26 folds.", () => samples.Folds(26, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => samples.Folds(1, 1));
    }

    [Fact]
    public void Scaling_has_mean_0_and_deviation_1_and_can_be_undone()
    {
        var scaling = Scaling.Standardized(samples);
        var scaled = scaling.Apply(samples);
        for (int j = 0; j < samples.Inputs; j++)
        {
            double[] column = [.. scaled.Rows().Select(row => row[j])];
            Assert.Equal(0, column.Average(), 1e-14);
            Assert.Equal(1, column.Average(x => x * x), 1e-14);
        }
        Assert.Equal(samples.Rows().SelectMany(x => x), scaling.Undo(scaled).Rows().SelectMany(x => x), (a, b) => Math.Abs(a - b) < 1e-14);
        Assert.Equal(samples.Labels(), scaled.Labels());
        Samples still = new("still", [[1, 2], [1, 3]], [0, 1]);
        Assert.Equal([[0, -1], [0, 1]], Scaling.Standardized(still).Apply(still).Rows());
    }

    [Fact]
    public void A_model_of_scaled_features_can_be_told_in_raw_ones()
    {
        var scaling = Scaling.Standardized(samples);
        double[] v = [1, -2, 3, 0.5, 0.1];
        var (raw, intercept) = scaling.RawCoefficients(v, 0.7);
        var scaled = scaling.Apply(samples);
        for (int i = 0; i < samples.Count; i++)
            Assert.Equal(scaled.Row(i).Zip(v, (z, c) => z * c).Sum() + 0.7, samples.Row(i).Zip(raw, (x, c) => x * c).Sum() + intercept, 1e-13);
    }

    [Fact]
    public void Bad_samples_are_refused_with_place_and_reason()
    {
        Refused.With("s, row 1, x0: NaN is not finite.", () => _ = new Samples("s", [[1], [double.NaN]], [1, 2]));
        Refused.With("s, row 0, y: Infinity is not finite.", () => _ = new Samples("s", [[1], [2]], [double.PositiveInfinity, 2]));
        Refused.With("s, row 1, y: 2 is no class from 0 to 1.", () => _ = new Samples("s", [[1], [2]], [1, 2], classes: 2));
        Refused.With("s, row 1: there are 2 features; the first row has 1.", () => _ = new Samples("s", [[1], [2, 3]], [1, 2]));
        Refused.With("s: there are 1 labels for 2 rows.", () => _ = new Samples("s", [[1], [2]], [1]));
    }
}
