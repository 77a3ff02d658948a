using System.IO.Compression;
using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using Microsoft.ML.Transforms;

namespace Anneal.ML.Tests;

public class ScheduledTrainerTests
{
    static readonly string[] features = ["cylinders", "displacement", "horsepower", "weight", "acceleration"];
    readonly MLContext ml = new(seed: 1);

    IDataView Cars()
    {
        var cars = ml.Data.LoadDataSet("cars");
        return ml.Data.FilterRowsByMissingValues(cars, "mpg", "horsepower");
    }

    IEstimator<ITransformer> Pipeline(IEstimator<ITransformer> trainer) => ml.Transforms.Concatenate("Features", features)
        .Append(ml.Transforms.NormalizeMeanVariance("Features", fixZero: false)).Append(trainer);

    ScheduledRegressionTrainer Cosine(ScheduledOptions? options = null) =>
        ml.Regression.Trainers.Scheduled(new Sgd(), new CosineDecay(0.02, 392 * 10), epochs: 10, "mpg", options: options);

    [Fact]
    public void Every_data_set_is_read_by_MLNETs_text_loader_as_by_ours()
    {
        foreach (string name in DataSets.Names)
        {
            var view = ml.Data.LoadDataSet(name);
            var table = DataSets.Table(name);
            Assert.Equal(table.Columns, view.Schema.Select(c => c.Name));
            foreach (var column in view.Schema.Where(c => c.Type == NumberDataViewType.Single))
                Assert.Equal(table.Texts(column.Name).Select(t => t.Length == 0 ? float.NaN : float.Parse(t)), view.GetColumn<float>(column));
            foreach (var column in view.Schema.Where(c => c.Type == TextDataViewType.Instance))
                Assert.Equal(table.Texts(column.Name), view.GetColumn<string>(column));
        }
    }

    [Fact]
    public void In_a_pipeline_it_comes_near_to_least_squares()
    {
        var data = Cars();
        double scheduled = R2(Cosine()), exact = R2(ml.Regression.Trainers.LeastSquares(0, "mpg"));
        // The R² of least squares by scikit-learn, 0.70769, in single precision.
        Assert.Equal(0.7076926, exact, 1e-5);
        Assert.InRange(scheduled, 0.69, exact);

        double R2(IEstimator<ITransformer> trainer) => ml.Regression.Evaluate(Pipeline(trainer).Fit(data).Transform(data), "mpg").RSquared;
    }

    // Reference: the library's own problem in double precision, with the same rule, schedule and order of rows.
    [Theory, InlineData(1), InlineData(10)]
    public void It_takes_the_path_that_the_rule_takes_on_the_linear_model(int batch)
    {
        var scaled = Scaling.Standardized(DataSets.Cars()).Apply(DataSets.Cars());
        var view = ml.Data.LoadFromEnumerable(scaled.Rows().Select((x, i) => new Row { Label = (float)scaled.Label(i), Features = [.. x.Select(v => (float)v)] }));
        var schedule = new Warmup(0.02, 50).Then(new CosineDecay(0.02, 342));
        int perPass = (392 + batch - 1) / batch;
        foreach (var rule in new Rule[] { new Sgd(), new Momentum(), new AdamW(), new ScheduleFreeSgd(), new ExponentialMovingAverage(new Sgd(), 0.99) })
        {
            var model = ml.Regression.Trainers.Scheduled(rule, schedule, epochs: 2, options: new() { Seed = 5, BatchSize = batch }).Fit(view).Model;
            var expected = new LinearModel().On(scaled).Train(rule, schedule, new Shuffled(batch, 5), steps: 2 * perPass).Weights;
            // 784 updates in single precision: each rounds weights up to 24 by 2⁻²⁴ of themselves, and the errors hardly add up.
            Assert.Equal(expected, [.. model.Weights, model.Bias], (a, b) => Math.Abs(a - b) < 2e-3);
        }
    }

    [Fact]
    public void The_schedule_is_asked_at_every_update_and_the_reports_say_so()
    {
        var points = new List<TracePoint>();
        var schedule = new CosineDecay(0.02, 3_920);
        Pipeline(Cosine(new() { Progress = new Direct(points.Add), Every = 49 })).Fit(Cars());
        Assert.Equal(Enumerable.Range(0, 80).Select(i => 49L * i), points.Select(p => p.Step));
        Assert.All(points, p => Assert.Equal(schedule.At(p.Step), p.Rate));
        Assert.All(points.Skip(1), p => Assert.Equal(p.Rate * p.GradientNorm, p.UpdateNorm, 1e-5 * (1 + p.WeightNorm)));
    }

    // A line written for length 1 is the line of as many steps as there are updates: 2 passes of 392 rows, or of ⌈392/50⌉ batches.
    [Theory, InlineData(1, 784), InlineData(50, 16)]
    public void A_stretched_schedule_ends_with_the_run(int batch, int updates)
    {
        var points = new List<TracePoint>();
        Assert.Equal(Weights(new LinearDecay(0.02, updates), new() { BatchSize = batch }),
            Weights(new LinearDecay(0.02, 1), new() { BatchSize = batch, Stretched = true, Progress = new Direct(points.Add) }),
            (a, b) => Math.Abs(a - b) < 1e-4); // t/784 is rounded before it is multiplied
        Assert.Equal(updates, points.Count);
        Assert.Equal(0.02 / updates, points[^1].Rate, 1e-12);

        float[] Weights(Schedule schedule, ScheduledOptions options)
        {
            var chain = (TransformerChain<ITransformer>)Pipeline(ml.Regression.Trainers.Scheduled(new Sgd(), schedule, 2, "mpg", options: options)).Fit(Cars());
            return [.. ((RegressionPredictionTransformer<LinearRegressionModelParameters>)chain.LastTransformer).Model.Weights];
        }
    }

    [Fact]
    public void It_repeats_to_the_bit_and_the_seed_decides()
    {
        float[] first = Weights(new()), again = Weights(new()), other = Weights(new() { Seed = 2 });
        Assert.Equal(first, again);
        Assert.NotEqual(first, other);

        float[] Weights(ScheduledOptions options) => [.. ((RegressionPredictionTransformer<LinearRegressionModelParameters>)
            ((TransformerChain<ITransformer>)Pipeline(Cosine(options)).Fit(Cars())).LastTransformer).Model.Weights];
    }

    // With the intercept: one vector of weights, two, three.
    [Theory, InlineData(5, false), InlineData(5, true), InlineData(10, false), InlineData(10, true), InlineData(20, false)]
    public void The_short_way_of_plain_SGD_has_the_bits_of_the_rule(int features, bool absolute)
    {
        var data = Drawn(1_000, features);
        // A wrapper that never clips takes the common way; so does a run that reports.
        float[] plain = Weights(new Sgd(), null);
        Assert.Equal(plain, Weights(new ClipByValue(new Sgd(), 1e30), null));
        Assert.Equal(plain, Weights(new Sgd(), new Direct(_ => { })));

        float[] Weights(Rule rule, IProgress<TracePoint>? progress)
        {
            var trainer = ml.Regression.Trainers.Scheduled(rule, new CosineDecay(0.02, 1_000), 3, options: new() { Absolute = absolute, Progress = progress });
            var model = trainer.Fit(data).Model;
            return [.. model.Weights, model.Bias];
        }
    }

    // The view computes its rows, so that ML.NET divides it among several cursors, batch by batch.
    [Fact]
    public void Many_rows_read_by_several_cursors_are_in_the_order_of_one()
    {
        var drawn = Drawn(10_007, 3);
        var data = ml.Transforms.NormalizeMeanVariance("Features", fixZero: false).Fit(drawn).Transform(drawn);
        var rows = DenseRows.Read(data, "Label", "Features", LabelKind.Number);
        Assert.Equal(10_007, rows.Count);
        Assert.Equal(data.GetColumn<float>("Label"), rows.Y.Take(rows.Count));
        Assert.Equal(data.GetColumn<float[]>("Features").SelectMany(x => x.Append(1)),
            Enumerable.Range(0, rows.Count).SelectMany(i => rows.X.Skip(i * rows.Stride).Take(4)));
    }

    [Fact]
    public void A_fault_in_any_of_several_cursors_is_told_as_it_is()
    {
        var drawn = Drawn(10_000, 3);
        var data = ml.Transforms.CustomMapping<DrawnRow, CheckedLabel>((row, label) =>
            label.Checked = row.Number == 6_000 ? throw new InvalidTimeZoneException("row 6000") : row.Label, null).Fit(drawn).Transform(drawn);
        var trainer = ml.Regression.Trainers.Scheduled(new Sgd(), new Constant(0.01), labelColumnName: nameof(CheckedLabel.Checked));
        var fault = Assert.ThrowsAny<Exception>(() => trainer.Fit(data));
        Assert.Contains("row 6000", fault.ToString());
        Assert.IsNotType<AggregateException>(fault);
    }

    IDataView Drawn(int rows, int width)
    {
        var draws = new SeededRandom(3);
        var shape = SchemaDefinition.Create(typeof(DrawnRow));
        shape["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, width);
        return ml.Data.LoadFromEnumerable(Enumerable.Range(0, rows).Select(i => new DrawnRow
        {
            Number = i,
            Label = (float)draws.Normal(),
            Features = [.. Enumerable.Range(0, width).Select(_ => (float)draws.Normal())],
        }).ToList(), shape);
    }

    sealed class CheckedLabel
    {
        public float Checked { get; set; }
    }

    sealed class DrawnRow
    {
        public float Number { get; set; }

        public float Label { get; set; }

        public float[] Features { get; set; } = [];
    }

    [Fact]
    public void Cross_validation_works_and_the_baselines_stand_beside()
    {
        foreach (var (name, trainer) in Baselines.Regression(ml, "mpg").Append(("Scheduled", Cosine())))
        {
            double r2 = Baselines.CrossValidate(ml, Cars(), Pipeline(trainer), folds: 5, "mpg").Average(m => m.RSquared);
            // One pass at its default rate leaves OnlineGradientDescent behind.
            Assert.True(r2 > (name == "OnlineGradientDescent" ? 0.3 : 0.6), $"{name}: {r2}");
        }
    }

    [Fact]
    public void A_saved_model_names_nothing_of_this_library_and_plain_MLNET_loads_it()
    {
        var data = Cars();
        var model = Pipeline(Cosine()).Fit(data);
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}.zip");
        ml.Model.Save(model, data.Schema, path);
        try
        {
            using (var zip = ZipFile.OpenRead(path))
                foreach (var entry in zip.Entries)
                {
                    using var bytes = new MemoryStream();
                    entry.Open().CopyTo(bytes);
                    Assert.DoesNotContain("Anneal", entry.FullName + Encoding.Latin1.GetString(bytes.ToArray()) + Encoding.Unicode.GetString(bytes.ToArray()));
                }
            float[] expected = [.. model.Transform(data).GetColumn<float>("Score")];
            var plain = new MLContext();
            Assert.Equal(expected, plain.Model.Load(path, out _).Transform(data).GetColumn<float>("Score"));
            Assert.True(LoadsAlone(path));
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>Loads the file in a context of its own that has ML.NET, as a program without this library would, and knows no Anneal.</summary>
    static bool LoadsAlone(string path)
    {
        var alone = new Alone();
        var core = alone.LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, "Microsoft.ML.Data.dll"));
        dynamic context = Activator.CreateInstance(core.GetType("Microsoft.ML.MLContext")!, [null])!;
        object catalog = ((object)context).GetType().GetProperty("Model")!.GetValue((object)context)!;
        var load = catalog.GetType().GetMethods().Single(m => m.Name == "Load" && m.GetParameters() is [{ ParameterType.Name: "String" }, _]);
        object transformer = load.Invoke(catalog, [path, null])!;
        return transformer.GetType().Name.StartsWith("TransformerChain") && !alone.Assemblies.Any(a => a.FullName!.StartsWith("Anneal"));
    }

    sealed class Alone() : AssemblyLoadContext("plain ML.NET")
    {
        protected override Assembly? Load(AssemblyName name)
        {
            if (name.Name!.StartsWith("Anneal"))
                throw new FileNotFoundException($"{name} was asked for.");
            string path = Path.Combine(AppContext.BaseDirectory, name.Name + ".dll");
            return name.Name.StartsWith("Microsoft.ML") && File.Exists(path) ? LoadFromAssemblyPath(path) : null;
        }
    }

    [Fact]
    public void Progress_is_told_through_MLNETs_log()
    {
        var lines = new List<string>();
        ml.Log += (_, e) =>
        {
            if (e.Source.Contains("Scheduled"))
                lines.Add(e.Message);
        };
        Pipeline(Cosine()).Fit(Cars());
        Assert.Contains(lines, line => line.Contains("Pass 10 of 10: mean loss"));
        Assert.Contains(lines, line => line.Contains("Kind=Trace") || line.Contains("mean loss"));
    }

    [Fact]
    public void It_can_be_cancelled_as_MLNET_cancels_its_own_trainers_and_by_a_token()
    {
        var data = Cars();
        Endless endless = new(ml);
        Assert.ThrowsAny<OperationCanceledException>(() => endless.Fit(data,
            () => typeof(MLContext).GetMethod("CancelExecution", BindingFlags.Instance | BindingFlags.NonPublic)!.Invoke(ml, [])));
        var fresh = new MLContext(1);
        using var source = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => new Endless(fresh, source.Token).Fit(data, source.Cancel));
    }

    /// <summary>Far more passes than a test has time for, unless the training is stopped from within its reports.</summary>
    sealed class Endless(MLContext ml, CancellationToken token = default)
    {
        public void Fit(IDataView data, Action stop) => ml.Transforms.Concatenate("Features", features)
            .Append(ml.Transforms.NormalizeMeanVariance("Features"))
            .Append(ml.Regression.Trainers.Scheduled(new Sgd(), new Constant(1e-3), epochs: 100_000_000, "mpg",
                options: new() { Cancellation = token, Progress = new Direct(p => Stop(p, stop)), Every = 1_000 }))
            .Fit(data);

        static void Stop(TracePoint point, Action stop)
        {
            if (point.Step == 2_000)
                stop();
        }
    }

    [Fact]
    public void A_binary_classifier_learns_and_is_evaluated_by_MLNET()
    {
        var samples = Scaling.Standardized(DataSets.Penguins()).Apply(DataSets.Penguins());
        var view = ml.Data.LoadFromEnumerable(samples.Rows().Select((x, i) => new Case { Label = samples.Label(i) == 2, Features = [.. x.Select(v => (float)v)] })
            .ToList(), Shape(4, typeof(Case)));
        var model = ml.BinaryClassification.Trainers.Scheduled(new AdamW(), new CosineDecay(0.05, 342 * 3), epochs: 3).Fit(view);
        Assert.True(ml.BinaryClassification.EvaluateNonCalibrated(model.Transform(view)).Accuracy > 0.98);
    }

    // Reference: the library's own problem in double precision, with the same rule, schedule and order of rows.
    [Theory, InlineData(1), InlineData(10)]
    public void A_multiclass_classifier_takes_the_path_of_the_softmax_model(int batch)
    {
        var samples = Scaling.Standardized(DataSets.Penguins()).Apply(DataSets.Penguins());
        var view = Species(samples);
        foreach (var rule in new Rule[] { new Sgd(), new AdamW(), new ExponentialMovingAverage(new Sgd(), 0.99) })
        {
            var schedule = new CosineDecay(0.05, 100);
            var model = ml.MulticlassClassification.Trainers.Scheduled(rule, schedule, epochs: 2, options: new() { Seed = 5, BatchSize = batch }).Fit(view).Model;
            var problem = new SoftmaxModel().On(samples);
            double[] expected = problem.Train(rule, schedule, new Shuffled(batch, 5), steps: 2 * ((342 + batch - 1) / batch)).Weights;
            VBuffer<float>[] weights = [];
            model.GetWeights(ref weights, out int classes);
            double[] got = [.. weights.SelectMany(w => w.DenseValues()), .. model.GetBiases()];
            Assert.Equal(3, classes);
            // Weights up to 3 after 684 updates in single precision.
            Assert.Equal(expected, got, (a, b) => Math.Abs(a - b) < 1e-4);
        }
    }

    [Fact]
    public void A_multiclass_model_gives_probabilities_and_is_saved_and_loaded_by_plain_MLNET()
    {
        var data = ml.Data.FilterRowsByMissingValues(ml.Data.LoadDataSet("penguins"), "beak_length");
        string[] measured = ["beak_length", "beak_depth", "flipper_length", "body_mass"];
        var model = ml.Transforms.Conversion.MapValueToKey("Label", "species").Append(ml.Transforms.Concatenate("Features", measured))
            .Append(ml.Transforms.NormalizeMeanVariance("Features", fixZero: false))
            .Append(ml.MulticlassClassification.Trainers.Scheduled(new AdamW(), new CosineDecay(0.05, 342 * 3), epochs: 3))
            .Append(ml.Transforms.Conversion.MapKeyToValue("Guess", "PredictedLabel")).Fit(data);
        var scored = model.Transform(data);
        var metrics = ml.MulticlassClassification.Evaluate(scored);
        Assert.True(metrics is { MicroAccuracy: > 0.98, LogLoss: < 0.1 }, $"{metrics.MicroAccuracy} {metrics.LogLoss}");
        Assert.Equal(metrics.MicroAccuracy,
            scored.GetColumn<string>("species").Zip(scored.GetColumn<string>("Guess")).Count(pair => pair.First == pair.Second) / 342.0, 1e-12);
        Assert.All(scored.GetColumn<float[]>("Score"), p => Assert.Equal(1, p.Sum(), 1e-5));
        using var file = new MemoryStream();
        ml.Model.Save(model, data.Schema, file);
        Assert.DoesNotContain("Anneal", Encoding.Latin1.GetString(file.ToArray()));
        Assert.Equal(scored.GetColumn<float[]>("Score"), new MLContext().Model.Load(file, out _).Transform(data).GetColumn<float[]>("Score"));
    }

    [Fact]
    public void A_label_that_is_no_key_or_a_missing_one_is_refused()
    {
        var trainer = ml.MulticlassClassification.Trainers.Scheduled(new Sgd(), new Constant(0.1));
        Assert.StartsWith("The label 'Label' must be a key, as MapValueToKey makes it", Assert.Throws<DataException>(() => trainer.Fit(Rows([1, 2]))).Message);
        var data = ml.Data.LoadDataSet("penguins");
        var shape = ml.Transforms.Conversion.MapValueToKey("Label", "sex").Append(ml.Transforms.Concatenate("Features", "body_mass")).Fit(data).Transform(data);
        Assert.StartsWith("Row 3, ", Assert.Throws<DataException>(() => trainer.Fit(shape)).Message);
        Assert.Throws<ArgumentException>(() => ml.MulticlassClassification.Trainers.Scheduled(new Sgd(), new Constant(0.1), options: new() { Absolute = true }));
    }

    [Fact]
    public void Bad_data_is_refused_with_place_and_reason()
    {
        var raw = ml.Data.LoadDataSet("cars");
        Refused("Row 10, 'mpg': the label is NaN.", () => Pipeline(Cosine()).Fit(raw));
        Refused("Row 32, 'Features' slot 2 (horsepower): the feature is NaN.", () => Pipeline(Cosine()).Fit(ml.Data.FilterRowsByMissingValues(raw, "mpg")));
        Refused("There is no column 'price' in the data; there are name, mpg,", () => ml.Transforms.Concatenate("Features", features)
            .Append(ml.Transforms.CopyColumns("b", "mpg")).Fit(raw).Transform(raw) is var view
            ? ml.Regression.Trainers.Scheduled(new Sgd(), new Constant(0.1), 1, "price").Fit(view) : null);
        Refused("All 3 labels in 'Label' are the same (4); there is nothing to learn from them.",
            () => ml.Regression.Trainers.Scheduled(new Sgd(), new Constant(0.1)).Fit(Rows([4, 4, 4])));
        Refused("The label 'Features' must be Single", () => ml.Regression.Trainers.Scheduled(new Sgd(), new Constant(0.1), 1, "Features").Fit(Rows([1, 2])));
        Refused("3 rows cannot be divided into 4 folds.",
            () => Baselines.CrossValidate(ml, Rows([1, 2, 3]), ml.Regression.Trainers.Scheduled(new Sgd(), new Constant(0.1)), folds: 4));
        Assert.Contains("has blown up", Assert.Throws<InvalidOperationException>(() =>
            ml.Transforms.Concatenate("Features", features).Append(Cosine()).Fit(Cars())).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => ml.Regression.Trainers.Scheduled(new Sgd(), new Constant(0.1), epochs: 0));

        static void Refused(string message, Func<object?> action) => Assert.StartsWith(message, Assert.Throws<DataException>(action).Message);
    }

    [Fact]
    public void A_pipeline_is_told_beforehand_what_does_not_fit()
    {
        var shape = Pipeline(Cosine());
        var wrong = ml.Regression.Trainers.Scheduled(new Sgd(), new Constant(0.1), 1, "mpg", "name");
        var error = Assert.ThrowsAny<Exception>(() => ml.Transforms.Concatenate("Features", features).Append(wrong).Fit(Cars()));
        Assert.Contains("name", error.Message);
        Assert.NotNull(shape);
    }

    IDataView Rows(float[] labels) => ml.Data.LoadFromEnumerable(labels.Select((y, i) => new Row { Label = y, Features = [i, 1, 2, 3, 4] }));

    IDataView Species(Samples samples)
    {
        var rows = samples.Rows().Select((x, i) => new Kind { Label = $"{samples.Label(i)}", Features = [.. x.Select(v => (float)v)] }).ToList();
        var view = ml.Data.LoadFromEnumerable(rows, Shape(4, typeof(Kind)));
        return ml.Transforms.Conversion.MapValueToKey("Label", keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue).Fit(view).Transform(view);
    }

    static SchemaDefinition Shape(int width, Type type)
    {
        var shape = SchemaDefinition.Create(type);
        shape["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, width);
        return shape;
    }

    sealed class Row
    {
        public float Label { get; set; }

        [VectorType(5)]
        public float[] Features { get; set; } = [];
    }

    sealed class Case
    {
        public bool Label { get; set; }

        public float[] Features { get; set; } = [];
    }

    sealed class Kind
    {
        public string Label { get; set; } = "";

        public float[] Features { get; set; } = [];
    }

    /// <summary>Reports at once, on the thread that trains.</summary>
    sealed class Direct(Action<TracePoint> report) : IProgress<TracePoint>
    {
        public void Report(TracePoint value) => report(value);
    }
}
