using Microsoft.ML;

namespace Anneal.ML;

/// <summary>Anneal's rules and schedules among ML.NET's trainers: <c>mlContext.Regression.Trainers.Scheduled(new AdamW(), schedule, epochs: 10)</c>.</summary>
public static class ScheduledTrainers
{
    /// <summary>A linear regression that follows a rule and a schedule.</summary>
    /// <param name="trainers">ML.NET's catalogue.</param>
    /// <param name="rule">Any rule that needs one gradient per update.</param>
    /// <param name="schedule">Asked at every update, by the number of updates already made; passes · ⌈rows/batch⌉ in all.</param>
    /// <param name="epochs">Passes over the data.</param>
    /// <param name="labelColumnName">The label, a single-precision number.</param>
    /// <param name="featureColumnName">The features, a vector of single-precision numbers.</param>
    /// <param name="options">Batches, order, loss, reports, cancellation.</param>
    public static ScheduledRegressionTrainer Scheduled(
        this RegressionCatalog.RegressionTrainers trainers, Rule rule, Schedule schedule, int epochs = 1,
        string labelColumnName = "Label", string featureColumnName = "Features", ScheduledOptions? options = null)
    {
        options ??= new();
        return new(trainers, new(trainers, rule, schedule, epochs, labelColumnName, featureColumnName, options), options.Absolute ? RowLossKind.Absolute : RowLossKind.Squared);
    }

    /// <summary>A logistic regression that follows a rule and a schedule.</summary>
    /// <param name="trainers">ML.NET's catalogue.</param>
    /// <param name="rule">Any rule that needs one gradient per update.</param>
    /// <param name="schedule">Asked at every update, by the number of updates already made; passes · ⌈rows/batch⌉ in all.</param>
    /// <param name="epochs">Passes over the data.</param>
    /// <param name="labelColumnName">The label, a Boolean.</param>
    /// <param name="featureColumnName">The features, a vector of single-precision numbers.</param>
    /// <param name="options">Batches, order, reports, cancellation.</param>
    public static ScheduledBinaryTrainer Scheduled(
        this BinaryClassificationCatalog.BinaryClassificationTrainers trainers, Rule rule, Schedule schedule, int epochs = 1,
        string labelColumnName = "Label", string featureColumnName = "Features", ScheduledOptions? options = null) =>
        new(trainers, new(trainers, rule, schedule, epochs, labelColumnName, featureColumnName, ForClasses(options)));

    /// <summary>A softmax regression that follows a rule and a schedule.</summary>
    /// <param name="trainers">ML.NET's catalogue.</param>
    /// <param name="rule">Any rule that needs one gradient per update.</param>
    /// <param name="schedule">Asked at every update, by the number of updates already made; passes · ⌈rows/batch⌉ in all.</param>
    /// <param name="epochs">Passes over the data.</param>
    /// <param name="labelColumnName">The label, a key.</param>
    /// <param name="featureColumnName">The features, a vector of single-precision numbers.</param>
    /// <param name="options">Batches, order, reports, cancellation.</param>
    public static ScheduledMulticlassTrainer Scheduled(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers trainers, Rule rule, Schedule schedule, int epochs = 1,
        string labelColumnName = "Label", string featureColumnName = "Features", ScheduledOptions? options = null) =>
        new(trainers, new(trainers, rule, schedule, epochs, labelColumnName, featureColumnName, ForClasses(options)));

    static ScheduledOptions ForClasses(ScheduledOptions? options) => options is { Absolute: true }
        ? throw new ArgumentException("Absolute is for a regression; classes have the logistic loss or softmax's.", nameof(options))
        : options ?? new();
}
