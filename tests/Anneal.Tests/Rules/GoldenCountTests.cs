using System.Text.Json;

namespace Anneal.Tests;

/// <summary>How many recorded numbers are compared: a record, a series or a checkpoint that is passed over makes a count wrong.</summary>
public class GoldenCountTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("optimizers.json", 478, 475, 17_823)]
    [InlineData("optimizer-options.json", 346, 346, 8_778)]
    [InlineData("optimizers-new.json", 248, 240, 21_846)]
    public void Every_number_of_every_trajectory_is_compared(string file, int records, int exact, int numbers)
    {
        var golden = GoldenRuleTests.Golden(file);
        var problems = (golden.TryGetProperty("problems", out _) ? golden : GoldenRuleTests.Golden("optimizers.json")).GetProperty("problems");
        int met = 0, near = 0, compared = 0;
        foreach (var record in golden.GetProperty("records").EnumerateArray())
        {
            double? share = file switch
            {
                "optimizers.json" => GoldenRuleTests.Exception(record)?.Share,
                "optimizers-new.json" => NewestRuleTests.Share(record),
                _ => null,
            };
            var (failure, count) = GoldenRuleTests.Compare(record, problems, share);
            Assert.Null(failure);
            (met, near, compared) = share is null ? (met + 1, near, compared + count) : (met, near + 1, compared + count);
        }
        output.WriteLine($"{file}: {met} of {met + near} records to the full tolerance, {near} as near as their format lets them; {compared:N0} numbers");
        Assert.Equal((records, exact, numbers), (met + near, met, compared));
        Assert.Equal(numbers, golden.GetProperty("records").EnumerateArray().Sum(Recorded));
    }

    /// <summary>The numbers of all series of a record.</summary>
    static int Recorded(JsonElement record) => record.EnumerateObject().Where(m => m.Name.StartsWith("checkpoints", StringComparison.Ordinal))
        .Sum(series => series.Value.EnumerateObject().Sum(checkpoint => checkpoint.Value.GetArrayLength()));

    /// <summary>The lists beside the records; NewtonSchulzTests compares all but the last, StochasticRoundingTests that.</summary>
    [Fact]
    public void The_recorded_functions_are_all_there()
    {
        var golden = GoldenRuleTests.Golden("optimizers-new.json");
        Assert.Equal(["functions 84", "coefficients 6", "variance_reduction 3", "stochastic_rounding 19"],
            golden.EnumerateObject().Where(m => m.Value.ValueKind == JsonValueKind.Array && m.Name != "records").Select(m => $"{m.Name} {m.Value.GetArrayLength()}"));
    }

    /// <summary>tests/golden/README.md says for each implementation how many records are met in full, and how far the others may be away.</summary>
    [Fact]
    public void The_table_of_the_newest_optimizers_is_that_of_the_file()
    {
        string[] table = [.. GoldenRuleTests.Golden("optimizers-new.json").GetProperty("records").EnumerateArray().GroupBy(GoldenRuleTests.Implementation).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => (g.Key, Count: g.Count(), Met: g.Count(r => NewestRuleTests.Share(r) is null), Apart: g.Max(NewestRuleTests.Share)))
            .Select(row => $"| {row.Key} | {row.Count} | {row.Met} | {row.Apart switch { null => "", < 1e-5 => "1e-6", < 1e-3 => "1e-4", double share => $"{share}" }} |")];
        string[] lines = [.. File.ReadAllLines(Path.Combine(Sources.Root, "tests", "golden", "README.md")).SkipWhile(l => !l.StartsWith("## The newest optimizers", StringComparison.Ordinal))
            .SkipWhile(l => !l.StartsWith("| --- ", StringComparison.Ordinal)).Skip(1).TakeWhile(l => l.StartsWith('|'))];
        Assert.Equal(table, lines);
    }
}
