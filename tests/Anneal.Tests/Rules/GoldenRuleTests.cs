using System.Text.Json;

namespace Anneal.Tests;

/// <summary>
/// Trajectories of the real implementations, run again by the imported rules: tests/golden/optimizers.json, and further options and defaults
/// in tests/golden/optimizer-options.json, which tells where it comes from.
/// The tolerance is 1e-12 + 1000 · rounding_sensitivity, relative to max(1, |value|): how far two correct programs may drift apart.
/// </summary>
public class GoldenRuleTests
{
    static readonly JsonElement File = Golden("optimizers.json"), Options = Golden("optimizer-options.json");

    /// <summary>Published in lower precision than the 64 bits of everything else: what their rounding gives is not to be met.</summary>
    static bool IsException(JsonElement record) =>
        record.GetProperty("params").TryGetProperty("ns_dtype", out var muon) && muon.GetString() == "bfloat16"
        || record.GetProperty("params").TryGetProperty("eig_dtype", out var soap) && soap.GetString() == "float32";

    public static TheoryData<string> Implementations => [.. File.GetProperty("records").EnumerateArray().Select(Implementation).Distinct()];

    [Theory, MemberData(nameof(Implementations))]
    public void The_imported_rule_walks_the_recorded_path(string implementation)
    {
        var failures = File.GetProperty("records").EnumerateArray().Where(r => Implementation(r) == implementation && !IsException(r))
            .Select(Failure).Where(f => f is not null).ToList();
        Assert.True(failures.Count == 0, string.Join("\n", failures));
    }

    public static TheoryData<string> OptionImplementations => [.. Options.GetProperty("records").EnumerateArray().Select(Implementation).Distinct()];

    [Theory, MemberData(nameof(OptionImplementations))]
    public void With_other_options_and_defaults_too(string implementation)
    {
        var failures = Options.GetProperty("records").EnumerateArray().Where(r => Implementation(r) == implementation)
            .Select(Failure).Where(f => f is not null).ToList();
        Assert.True(failures.Count == 0, string.Join("\n", failures));
    }

    [Fact]
    public void Exceptions_are_at_most_two_in_a_hundred()
    {
        var records = File.GetProperty("records").EnumerateArray().ToList();
        Assert.InRange(records.Count(IsException), 0, records.Count / 50);
    }

    static JsonElement Golden(string file) => JsonDocument.Parse(System.IO.File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "golden", file))).RootElement;

    static string Implementation(JsonElement record) => $"{record.GetProperty("framework").GetString()} {record.GetProperty("optimizer").GetString()}";

    static string? Failure(JsonElement record)
    {
        string about = $"{record.GetProperty("problem").GetString()} {record.GetProperty("params").GetRawText()}";
        try
        {
            var problem = TrainingProblem.Golden(File.GetProperty("problems").GetProperty(record.GetProperty("problem").GetString()!));
            var steps = record.GetProperty("checkpoints").EnumerateObject().Select(c => long.Parse(c.Name)).ToList();
            var imported = OptimizerImport.Read(record);
            double[] start = [.. record.GetProperty("start").EnumerateArray().Select(x => x.GetDouble())];
            var run = TrainingRun.Of(imported, problem, start, steps);
            foreach (var (series, values) in run)
            {
                if (!record.TryGetProperty(series, out var expected))
                    continue;
                foreach (var checkpoint in expected.EnumerateObject())
                {
                    double allowed = 1e-12 + 1000 * record.GetProperty("rounding_sensitivity").GetProperty(checkpoint.Name).GetDouble();
                    double[] wanted = [.. checkpoint.Value.EnumerateArray().Select(x => x.GetDouble())];
                    double[] got = values[long.Parse(checkpoint.Name)];
                    for (int i = 0; i < wanted.Length; i++)
                        if (!(Math.Abs(got[i] - wanted[i]) <= allowed * Math.Max(1, Math.Abs(wanted[i]))))
                            return $"{series} {checkpoint.Name} [{i}]: {got[i]:R}, expected {wanted[i]:R}, allowed {allowed:R}; {about}";
                }
            }
            var missing = record.EnumerateObject().Where(m => m.Name.StartsWith("checkpoints") && !run.ContainsKey(m.Name)).Select(m => m.Name).ToList();
            return missing.Count == 0 ? null : $"{string.Join(", ", missing)} not answered; {about}";
        }
        catch (Exception e) when (e is FormatException or ArgumentException or InvalidOperationException)
        {
            return $"{e.Message}; {about}";
        }
    }
}
