using System.Diagnostics;
using System.Globalization;
using Anneal.Experiments;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace Anneal.Benchmarks;

/// <summary>Wall time to a given validation error: ML.NET's OnlineGradientDescent beside a scheduled trainer on the same rows.</summary>
/// <remarks>
/// Each gets the fewest passes, and among nine rates one, with which its error on rows it has not seen is at most 1 % above that of exact least squares; then that
/// fit is timed, reading and all. Choosing passes and rate is not timed. Rows are cached by ML.NET, centred and scaled. Medians of 15, in turns.
/// </remarks>
static class TimeToError
{
    const double Slack = 1.01;

    static readonly int[] passes = [1, 2, 3, 5, 8, 12, 20, 30, 50, 80, 120, 200];
    static readonly float[] rates = [0.0001f, 0.0003f, 0.001f, 0.003f, 0.01f, 0.03f, 0.1f, 0.3f, 1f];

    public static void Print()
    {
        Console.WriteLine("data | trainer | passes | rate | validation RMSE | least squares | ms");
        var cars = Scaling.Standardized(DataSets.Cars()).Apply(DataSets.Cars());
        Race("cars (313 rows)", cars);
        var draws = new SeededRandom(1);
        double[][] rows = [.. Enumerable.Range(0, 50_000).Select(_ => Enumerable.Range(0, 10).Select(_ => draws.Normal()).ToArray())];
        foreach (double[] x in rows)
            for (int j = 1; j < 10; j++)
                x[j] = 0.9 * x[0] + 0.44 * x[j]; // columns alike: condition number about 43
        Race("made up (40,000 rows)", new("made up", rows, [.. rows.Select(x => x.Select((v, j) => v * (j % 3 - 1)).Sum() + draws.Normal())]));
    }

    static void Race(string name, Samples samples)
    {
        var ml = new MLContext(1);
        var (train, test) = samples.Split(0.2, seed: 1);
        IDataView learnt = ml.Data.Cache(View(ml, train)), unseen = View(ml, test);
        double exact = Error(ml.Regression.Trainers.LeastSquares());
        (string Trainer, Func<int, float, IEstimator<ITransformer>> Make)[] trainers =
        [
            ("OnlineGradientDescent", (n, rate) => ml.Regression.Trainers.OnlineGradientDescent(new OnlineGradientDescentTrainer.Options { LearningRate = rate, NumberOfIterations = n, L2Regularization = 0 })),
            ("Scheduled, SGD, linear to zero", (n, rate) => ml.Regression.Trainers.Scheduled(new Sgd(), new LinearDecay(rate, n * train.Count), n)),
        ];
        var chosen = trainers.Select(t => (t.Trainer, t.Make, Best: Fewest(t.Make))).ToList();
        var times = chosen.Select(_ => new List<double>()).ToList();
        for (int round = 0; round < 15; round++)
            foreach (var (i, (_, make, best)) in chosen.Index())
            {
                if (best is not { } found)
                    continue;
                long start = Stopwatch.GetTimestamp();
                make(found.Passes, found.Rate).Fit(learnt);
                times[i].Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
        foreach (var (i, (trainer, _, best)) in chosen.Index())
            Console.WriteLine(best is { } found
                ? string.Create(CultureInfo.InvariantCulture, $"{name} | {trainer} | {found.Passes} | {found.Rate} | {found.Error:F4} | {exact:F4} | {times[i].Order().ElementAt(7):F2}")
                : $"{name} | {trainer} | did not get there in {passes[^1]} passes");

        (int Passes, float Rate, double Error)? Fewest(Func<int, float, IEstimator<ITransformer>> make)
        {
            foreach (int n in passes)
            {
                var (rate, error) = rates.Select(rate => (rate, Error(make(n, rate)))).MinBy(pair => pair.Item2);
                if (error <= Slack * exact)
                    return (n, rate, error);
            }
            return null;
        }

        double Error(IEstimator<ITransformer> trainer)
        {
            try
            {
                return ml.Regression.Evaluate(trainer.Fit(learnt).Transform(unseen)).RootMeanSquaredError;
            }
            catch (InvalidOperationException)
            {
                // The run has blown up.
                return double.PositiveInfinity;
            }
        }
    }

    static IDataView View(MLContext ml, Samples samples)
    {
        var shape = SchemaDefinition.Create(typeof(Row));
        shape["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, samples.Inputs);
        return ml.Data.LoadFromEnumerable(samples.Rows().Select((x, i) => new Row { Label = (float)samples.Label(i), Features = [.. x.Select(v => (float)v)] }).ToList(), shape);
    }

    sealed class Row
    {
        public float Label { get; set; }

        public float[] Features { get; set; } = [];
    }
}
