using Anneal;
using Anneal.ML;
using Microsoft.ML;
using Microsoft.ML.Data;

// y = 2·x₁ − 3·x₂ + 1, learnt by a trainer that follows a schedule, saved and loaded by ML.NET itself.
var random = new Random(1);
var rows = Enumerable.Range(0, 500).Select(_ =>
{
    float[] x = [random.NextSingle() - 0.5f, random.NextSingle() - 0.5f];
    return new Row { Features = x, Label = 2 * x[0] - 3 * x[1] + 1 };
}).ToList();
var ml = new MLContext(seed: 1);
var data = ml.Data.LoadFromEnumerable(rows);
var trainer = ml.Regression.Trainers.Scheduled(new AdamW(Decay: 0), new CosineDecay(Peak: 0.1, Steps: 2_500), epochs: 5);
ml.Model.Save(trainer.Fit(data), data.Schema, "model.zip");
double r2 = ml.Regression.Evaluate(ml.Model.Load("model.zip", out _).Transform(data)).RSquared;
if (r2 < 0.999)
    throw new InvalidOperationException($"R² is {r2}.");
Console.WriteLine($"R² {r2:0.0000}: the package works with ML.NET");

sealed class Row
{
    [VectorType(2)]
    public float[] Features { get; init; } = [];

    public float Label { get; init; }
}
