using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers;

namespace Anneal.Experiments;

/// <summary>A logistic regression trained by any rule of Anneal along any schedule, as an ML.NET estimator.</summary>
/// <remarks>
/// As <see cref="ScheduledRegressionTrainer"/>, with the loss <c>log(1 + exp(−s·(wᵀx + b)))</c>, s = ±1. The model is not calibrated: its Score is the
/// logit, and <c>mlContext.BinaryClassification.EvaluateNonCalibrated</c> evaluates it.
/// </remarks>
public sealed class ScheduledBinaryTrainer : IEstimator<BinaryPredictionTransformer<LinearBinaryModelParameters>>
{
    readonly IHost host;
    readonly Rule rule;
    readonly Schedule schedule;
    readonly int epochs;
    readonly string labelColumn, featureColumn;
    readonly ScheduledOptions options;
    readonly AveragedPerceptronTrainer likeness;

    internal ScheduledBinaryTrainer(
        BinaryClassificationCatalog.BinaryClassificationTrainers trainers, Rule rule, Schedule schedule, int epochs, string labelColumn, string featureColumn, ScheduledOptions options)
    {
        host = Internals.Environment(trainers).Register("Scheduled");
        (this.rule, this.schedule, this.epochs, this.labelColumn, this.featureColumn, this.options) = (rule, schedule, epochs, labelColumn, featureColumn, options);
        likeness = trainers.AveragedPerceptron(labelColumn, featureColumn);
    }

    /// <inheritdoc cref="ScheduledRegressionTrainer.Fit"/>
    public BinaryPredictionTransformer<LinearBinaryModelParameters> Fit(IDataView input)
    {
        var rows = DenseRows.Read(input, labelColumn, featureColumn, classes: true);
        float[] w = OnlineRun.Fit(rows, LossKind.Logistic, rule, schedule, epochs, options, host);
        var weights = new VBuffer<float>(w.Length - 1, w[..^1]);
        var model = Internals.Binary(host, in weights, w[^1], null);
        return Internals<LinearBinaryModelParameters>.Binary(host, model, input.Schema, featureColumn, 0, "Score");
    }

    /// <inheritdoc cref="ScheduledRegressionTrainer.GetOutputSchema"/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => likeness.GetOutputSchema(inputSchema);
}
