using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace Anneal.Experiments;

/// <summary>ML.NET's own linear regressions, to stand beside a scheduled one in the same pipeline.</summary>
public static class Baselines
{
    /// <summary>OnlineGradientDescent, Sdca, LbfgsPoisson with ML.NET's default settings, on one thread so that a run can be repeated, and exact least squares.</summary>
    /// <remarks>LbfgsPoisson predicts exp(wᵀx + b) and is for labels above 0.</remarks>
    public static IReadOnlyList<(string Name, IEstimator<ITransformer> Trainer)> Regression(MLContext ml, string labelColumnName = "Label", string featureColumnName = "Features")
    {
        var trainers = ml.Regression.Trainers;
        return
        [
            ("OnlineGradientDescent", trainers.OnlineGradientDescent(labelColumnName, featureColumnName)),
            ("Sdca", trainers.Sdca(new SdcaRegressionTrainer.Options { LabelColumnName = labelColumnName, FeatureColumnName = featureColumnName, NumberOfThreads = 1 })),
            ("LbfgsPoisson", trainers.LbfgsPoissonRegression(new LbfgsPoissonRegressionTrainer.Options
                { LabelColumnName = labelColumnName, FeatureColumnName = featureColumnName, NumberOfThreads = 1 })),
            ("LeastSquares", trainers.LeastSquares(0, labelColumnName, featureColumnName)),
        ];
    }

    /// <summary>Cross-validates a pipeline, from raw data to trained model: nothing is learnt from the rows it is tested with.</summary>
    /// <param name="ml">ML.NET's context.</param>
    /// <param name="data">The rows.</param>
    /// <param name="pipeline">Every step that learns anything, scaling too, then a trainer.</param>
    /// <param name="folds">How many, from 2 to as many as there are rows.</param>
    /// <param name="labelColumnName">The label.</param>
    /// <param name="seed">The same seed gives the same folds.</param>
    /// <returns>One set of metrics for each fold.</returns>
    /// <exception cref="DataException">There are fewer rows than folds, or a fold cannot be learnt from or tested with.</exception>
    public static IReadOnlyList<RegressionMetrics> CrossValidate(
        MLContext ml, IDataView data, IEstimator<ITransformer> pipeline, int folds = 5, string labelColumnName = "Label", int seed = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 2);
        long rows = Count(data);
        if (rows < folds)
            throw new DataException($"{rows} rows cannot be divided into {folds} folds.");
        try
        {
            return [.. ml.Regression.CrossValidate(data, pipeline, folds, labelColumnName, seed: seed).Select(fold => fold.Metrics)];
        }
        catch (AggregateException e) when (e.InnerExceptions is [DataException inner])
        {
            throw new DataException(inner.Message, e);
        }
    }

    static long Count(IDataView data)
    {
        if (data.GetRowCount() is long known)
            return known;
        long rows = 0;
        using var cursor = data.GetRowCursor([]);
        while (cursor.MoveNext())
            rows++;
        return rows;
    }
}
