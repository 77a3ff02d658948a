using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace Anneal.ML;

/// <summary>A softmax regression trained by any rule of Anneal along any schedule, as an ML.NET estimator.</summary>
/// <remarks>
/// As <see cref="ScheduledRegressionTrainer"/>, with the loss <c>log Σ exp(z_c) − z_label</c>, z = W·x + b. The label is a key, as MapValueToKey makes it. The model is
/// that of ML.NET's LbfgsMaximumEntropy: its Score holds a probability for each class, and <c>mlContext.MulticlassClassification.Evaluate</c> evaluates it.
/// A rule sees the weights as one matrix, a row for each class with the intercept at its end.
/// </remarks>
public sealed class ScheduledMulticlassTrainer : IEstimator<MulticlassPredictionTransformer<MaximumEntropyModelParameters>>
{
    readonly ScheduledRun run;
    readonly LbfgsMaximumEntropyMulticlassTrainer likeness;

    internal ScheduledMulticlassTrainer(MulticlassClassificationCatalog.MulticlassClassificationTrainers trainers, ScheduledRun run) =>
        (this.run, likeness) = (run, trainers.LbfgsMaximumEntropy(run.LabelColumn, run.FeatureColumn));

    /// <inheritdoc cref="ScheduledRegressionTrainer.Fit"/>
    public MulticlassPredictionTransformer<MaximumEntropyModelParameters> Fit(IDataView input)
    {
        float[][] w = run.Fit(input, LabelKind.Key, rows => new SoftmaxRows(rows));
        int features = w[0].Length - 1;
        var model = Internals.Multiclass(run.Host, [.. w.Select(row => new VBuffer<float>(features, row[..features]))], [.. w.Select(row => row[features])], w.Length, features, null, null);
        return Internals<MaximumEntropyModelParameters>.Multiclass(run.Host, model, input.Schema, run.FeatureColumn, run.LabelColumn, "Score", "PredictedLabel");
    }

    /// <inheritdoc cref="ScheduledRegressionTrainer.GetOutputSchema"/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => likeness.GetOutputSchema(inputSchema);
}
