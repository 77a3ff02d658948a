namespace Anneal.Cli.Tests;

/// <summary>The second set-up file: ML.NET in cells of both languages.</summary>
public sealed class MlNetNotebookTests : IDisposable
{
    readonly CommandLine command = new();

    public MlNetNotebookTests()
    {
        foreach (string file in new[] { "boot.dib", "mlnet.dib" })
            command.Notebook(file, File.ReadAllText(Path.Combine(Repository.Root, "notebooks", file))
                .Replace("../artifacts/lib", Path.Combine(Repository.Root, "artifacts", "lib").Replace('\\', '/')));
    }

    public void Dispose() => command.Dispose();

    [Fact]
    public async Task Cells_of_both_languages_train_by_MLNET_and_by_a_schedule()
    {
        command.Notebook("a.dib", """
            #!csharp
            #!import "boot.dib"
            #!csharp
            #!import "mlnet.dib"
            #!csharp
            var ml = new MLContext(seed: 1);
            var years = ml.Data.LoadDataSet("longley");
            var pipeline = ml.Transforms.Concatenate("Features", "gnp", "year").Append(ml.Transforms.NormalizeMeanVariance("Features", fixZero: false))
                .Append(ml.Regression.Trainers.Scheduled(new Sgd(), new CosineDecay(0.1, 1_600), epochs: 100, labelColumnName: "employed"));
            $"C# has {ml.Regression.Evaluate(pipeline.Fit(years).Transform(years), "employed").RSquared > 0.9}"
            #!fsharp
            let ml = MLContext(seed = Nullable 1)
            let years = ml.Data.LoadDataSet("longley")
            let features = ml.Transforms.Concatenate("Features", "gnp", "year").Fit(years).Transform(years)
            let trainer = ml.Regression.Trainers.LeastSquares(labelColumnName = "employed")
            let metrics = ml.Regression.Evaluate(trainer.Fit(features).Transform(features), labelColumnName = "employed")
            $"F# has {metrics.RSquared > 0.9}"
            """);
        var (exit, output, error) = await command.RunAsync("render", "a.dib", "--out", "site");
        Assert.True(exit == 0, output + error);
        Assert.Contains("C# has True", command.Page("a"));
        Assert.Contains("F# has True", command.Page("a"));
    }
}
