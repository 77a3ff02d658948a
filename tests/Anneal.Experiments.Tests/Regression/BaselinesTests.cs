using Microsoft.ML;

namespace Anneal.Experiments.Tests;

public class BaselinesTests
{
    readonly MLContext ml = new(seed: 1);

    // Least squares minimises the squared error on the rows it is fitted to, so no other line has a larger R² there.
    [Fact]
    public void None_of_them_fits_its_own_rows_better_than_least_squares()
    {
        var cars = ml.Data.FilterRowsByMissingValues(ml.Data.LoadDataSet("cars"), "mpg", "horsepower");
        var features = ml.Transforms.Concatenate("Features", "cylinders", "displacement", "horsepower", "weight", "acceleration").Append(ml.Transforms.NormalizeMeanVariance("Features", fixZero: false));
        var r2 = Baselines.Regression(ml, "mpg").ToDictionary(b => b.Name, b => ml.Regression.Evaluate(features.Append(b.Trainer).Fit(cars).Transform(cars), "mpg").RSquared);
        // LbfgsPoisson fits exp(wᵀx + b), which is no line.
        Assert.All(["OnlineGradientDescent", "Sdca"], name => Assert.InRange(r2[name], 0, r2["LeastSquares"]));
        Assert.InRange(r2["LbfgsPoisson"], 0.6, 1);
    }

    [Fact]
    public void More_folds_than_rows_are_refused()
    {
        var cars = ml.Data.TakeRows(ml.Data.LoadDataSet("cars"), 3);
        Assert.Equal("3 rows cannot be divided into 4 folds.",
            Assert.Throws<DataException>(() => Baselines.CrossValidate(ml, cars, ml.Transforms.CopyColumns("x", "mpg").Append(Baselines.Regression(ml, "mpg")[0].Trainer), folds: 4)).Message);
    }
}
