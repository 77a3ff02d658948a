using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers;

namespace Anneal.ML;

/// <summary>A linear regression trained by any rule of Anneal along any schedule, as an ML.NET estimator.</summary>
/// <remarks>
/// <code>w ← rule(w, ∇ of ½(wᵀx + b − y)², schedule(updates made))     one update per row, or per batch</code>
/// What comes out is ML.NET's own <see cref="RegressionPredictionTransformer{TModel}"/> of its own <see cref="LinearRegressionModelParameters"/>: it evaluates,
/// saves and loads like theirs, and a saved .zip needs nothing of this library. The rows are read once, by several cursors where there are many, and stay in memory in single precision.
/// The gradient is that of half the square: ML.NET's OnlineGradientDescent takes the whole square's, twice as long. Made by
/// <see cref="ScheduledTrainers.Scheduled(RegressionCatalog.RegressionTrainers, Rule, Schedule, int, string, string, ScheduledOptions)"/>.
/// </remarks>
public sealed class ScheduledRegressionTrainer : IEstimator<RegressionPredictionTransformer<LinearRegressionModelParameters>>
{
    readonly ScheduledRun run;
    readonly RowLossKind loss;
    readonly OnlineGradientDescentTrainer likeness;

    internal ScheduledRegressionTrainer(RegressionCatalog.RegressionTrainers trainers, ScheduledRun run, RowLossKind loss) =>
        (this.run, this.loss, likeness) = (run, loss, trainers.OnlineGradientDescent(run.LabelColumn, run.FeatureColumn));

    /// <summary>Trains on the data.</summary>
    /// <exception cref="DataException">A column is missing or of another type, there are no rows, a number is not finite, or all labels are the same.</exception>
    /// <exception cref="InvalidOperationException">The run has blown up: a loss or a weight is not finite.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public RegressionPredictionTransformer<LinearRegressionModelParameters> Fit(IDataView input)
    {
        float[] w = run.Fit(input, LabelKind.Number, rows => new LinearRows(rows, loss))[0];
        return Transformer(run.Host, w, input.Schema, run.FeatureColumn);
    }

    /// <summary>The columns after training, with the checks and in the words of ML.NET's own linear trainer.</summary>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => likeness.GetOutputSchema(inputSchema);

    internal static RegressionPredictionTransformer<LinearRegressionModelParameters> Transformer(IHost host, float[] w, DataViewSchema schema, string featureColumn)
    {
        var weights = new VBuffer<float>(w.Length - 1, w[..^1]);
        return Internals<LinearRegressionModelParameters>.Regression(host, Internals.Regression(host, in weights, w[^1]), schema, featureColumn);
    }
}
