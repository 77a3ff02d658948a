using System.Runtime.CompilerServices;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers;

namespace Anneal.ML;

/// <summary>The members of ML.NET 5.0 that a trainer needs and that are not public, each by its exact signature.</summary>
/// <remarks>
/// ML.NET has no public way to build its own linear models from weights, and its base class of trainers cannot be derived from outside. A missing
/// member, after a change of version, is a MissingMethodException at the first call; the tests call each.
/// </remarks>
static class Internals
{
    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    public static extern LinearRegressionModelParameters Regression(IHostEnvironment env, in VBuffer<float> weights, float bias);

    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    public static extern LinearBinaryModelParameters Binary(IHostEnvironment env, in VBuffer<float> weights, float bias, ModelStatisticsBase? stats);

    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    public static extern MaximumEntropyModelParameters Multiclass(
        IHostEnvironment env, VBuffer<float>[] weights, float[] bias, int numClasses, int numFeatures, string[]? labelNames, ModelStatisticsBase? stats);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_Owner")]
    static extern TrainCatalogBase Owner(TrainCatalogBase.CatalogInstantiatorBase trainers);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_Environment")]
    static extern IHostEnvironment Environment(TrainCatalogBase catalog);

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "CheckAlive")]
    static extern void CheckAlive([UnsafeAccessorType("Microsoft.ML.Runtime.Contracts, Microsoft.ML.Core")] object? contracts, IHostEnvironment env);

    /// <summary>The environment a catalogue of trainers belongs to.</summary>
    public static IHostEnvironment Environment(TrainCatalogBase.CatalogInstantiatorBase trainers) => Environment(Owner(trainers));

    /// <summary>Throws OperationCanceledException after the context was told to cancel, which ML.NET leaves to its own, such as AutoML with a time limit.</summary>
    public static void CheckAlive(IHostEnvironment env) => CheckAlive(null, env);
}

/// <summary>The constructors of ML.NET's generic transformers; an accessor of a generic type's member must be as generic as the type.</summary>
static class Internals<TModel> where TModel : class
{
    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    public static extern RegressionPredictionTransformer<TModel> Regression(IHostEnvironment env, TModel model, DataViewSchema inputSchema, string featureColumn);

    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    public static extern BinaryPredictionTransformer<TModel> Binary(
        IHostEnvironment env, TModel model, DataViewSchema inputSchema, string featureColumn, float threshold, string thresholdColumn);

    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    public static extern MulticlassPredictionTransformer<TModel> Multiclass(
        IHostEnvironment env, TModel model, DataViewSchema inputSchema, string featureColumn, string labelColumn, string scoreColumn, string predictedLabel);
}
