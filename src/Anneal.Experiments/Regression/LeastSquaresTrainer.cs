using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers;

namespace Anneal.Experiments;

/// <summary>Exact least squares as an ML.NET estimator: <see cref="AffineMap.LeastSquares"/> in 64-bit arithmetic, rounded to ML.NET's single precision at the end.</summary>
/// <remarks>ML.NET's own Ols trainer is in another package, for which Intel's MKL is needed; this one takes its place.</remarks>
public sealed class LeastSquaresTrainer : IEstimator<RegressionPredictionTransformer<LinearRegressionModelParameters>>
{
    readonly IHost host;
    readonly string labelColumn, featureColumn;
    readonly double ridge;
    readonly OnlineGradientDescentTrainer likeness;

    internal LeastSquaresTrainer(RegressionCatalog.RegressionTrainers trainers, double ridge, string labelColumn, string featureColumn)
    {
        host = Internals.Environment(trainers).Register("LeastSquares");
        (this.ridge, this.labelColumn, this.featureColumn) = (Model.Ridged(ridge), labelColumn, featureColumn);
        likeness = trainers.OnlineGradientDescent(labelColumn, featureColumn);
    }

    /// <summary>Solves on the data.</summary>
    /// <exception cref="DataException">A column is missing or of another type, a number is not finite, or there is no one solution.</exception>
    public RegressionPredictionTransformer<LinearRegressionModelParameters> Fit(IDataView input)
    {
        var rows = DenseRows.Read(input, labelColumn, featureColumn, LabelKind.Number);
        (int width, int stride) = (rows.Width, rows.Stride);
        double[][] x = [.. Enumerable.Range(0, rows.Count).Select(i => rows.X[(i * stride)..(i * stride + width - 1)].Select(v => (double)v).ToArray())];
        double[] y = [.. rows.Y.Take(rows.Count).Select(v => (double)v)];
        float[] w = [.. AffineMap.LeastSquares(new(featureColumn, x, y), ridge).Weights.Select(v => (float)v)];
        return ScheduledRegressionTrainer.Transformer(host, w, input.Schema, featureColumn);
    }

    /// <inheritdoc cref="ScheduledRegressionTrainer.GetOutputSchema"/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => likeness.GetOutputSchema(inputSchema);
}

/// <summary>Least squares beside the trainers of ML.NET's catalogue.</summary>
public static class LeastSquaresTrainers
{
    /// <summary>Exact least squares, what a schedule can at best come near to on the data it learns from.</summary>
    /// <param name="trainers">ML.NET's catalogue.</param>
    /// <param name="ridge">Strength of the pull towards 0, see <see cref="LinearModel"/>.</param>
    /// <param name="labelColumnName">The label, a single-precision number.</param>
    /// <param name="featureColumnName">The features, a vector of single-precision numbers.</param>
    public static LeastSquaresTrainer LeastSquares(
        this RegressionCatalog.RegressionTrainers trainers, double ridge = 0, string labelColumnName = "Label", string featureColumnName = "Features") =>
        new(trainers, ridge, labelColumnName, featureColumnName);
}
