using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace Anneal.ML;

/// <summary>A logistic regression trained by any rule of Anneal along any schedule, as an ML.NET estimator.</summary>
/// <remarks>
/// As <see cref="ScheduledRegressionTrainer"/>, with the loss <c>log(1 + exp(−s·(wᵀx + b)))</c>, s = ±1. The model is not calibrated: its Score is the
/// logit, and <c>mlContext.BinaryClassification.EvaluateNonCalibrated</c> evaluates it.
/// </remarks>
public sealed class ScheduledBinaryTrainer : IEstimator<BinaryPredictionTransformer<LinearBinaryModelParameters>>
{
    readonly ScheduledRun run;
    readonly AveragedPerceptronTrainer likeness;

    internal ScheduledBinaryTrainer(BinaryClassificationCatalog.BinaryClassificationTrainers trainers, ScheduledRun run) =>
        (this.run, likeness) = (run, trainers.AveragedPerceptron(run.LabelColumn, run.FeatureColumn));

    /// <inheritdoc cref="ScheduledRegressionTrainer.Fit"/>
    public BinaryPredictionTransformer<LinearBinaryModelParameters> Fit(IDataView input)
    {
        float[] w = run.Fit(input, LabelKind.Side, rows => new LinearRows(rows, RowLossKind.Logistic))[0];
        var weights = new VBuffer<float>(w.Length - 1, w[..^1]);
        var model = Internals.Binary(run.Host, in weights, w[^1], null);
        return Internals<LinearBinaryModelParameters>.Binary(run.Host, model, input.Schema, run.FeatureColumn, 0, "Score");
    }

    /// <inheritdoc cref="ScheduledRegressionTrainer.GetOutputSchema"/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => likeness.GetOutputSchema(inputSchema);
}
