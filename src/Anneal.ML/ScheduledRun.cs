using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace Anneal.ML;

/// <summary>What the scheduled trainers have in common: rule, schedule and columns, checked when they are made, and the run itself.</summary>
sealed class ScheduledRun
{
    readonly Rule rule;
    readonly Schedule schedule;
    readonly int epochs;
    readonly ScheduledOptions options;

    public ScheduledRun(TrainCatalogBase.CatalogInstantiatorBase trainers, Rule rule, Schedule schedule, int epochs, string labelColumn, string featureColumn, ScheduledOptions options)
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentNullException.ThrowIfNull(schedule);
        if (epochs <= 0)
            throw new ArgumentOutOfRangeException(nameof(epochs), epochs, "epochs must be above 0.");
        (this.rule, this.schedule, this.epochs, this.options) = (rule, schedule, epochs, options);
        (LabelColumn, FeatureColumn, Host) = (labelColumn, featureColumn, Internals.Environment(trainers).Register("Scheduled"));
    }

    public IHost Host { get; }

    public string LabelColumn { get; }

    public string FeatureColumn { get; }

    /// <summary>Reads the rows, trains, and returns the weights: for each output those of the features, then the intercept.</summary>
    public float[][] Fit(IDataView input, LabelKind labels, Func<DenseRows, RowLoss> loss)
    {
        var rows = DenseRows.Read(input, LabelColumn, FeatureColumn, labels);
        long updates = (rows.Count + options.BatchSize - 1L) / options.BatchSize * epochs;
        float[] w = OnlineRun.Fit(loss(rows), rule, options.Stretched ? schedule.Stretch(updates) : schedule, epochs, options, Host);
        return [.. Enumerable.Range(0, Math.Max(1, rows.Classes)).Select(c => w[(c * rows.Width)..((c + 1) * rows.Width)])];
    }
}
