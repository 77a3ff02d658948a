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

    /// <summary>
    /// Records not met to the tolerance, each with its reason: computed in fewer bits than the 64 of everything else, so that their rounding cannot be met.
    /// The share is how far they may be away, of rate times steps; Muon's worst is 0.015, SOAP's 5e-7 and 0.62 (step 2).
    /// </summary>
    static readonly (string Optimizer, string Problem, string Setting, double Share, string Reason)[] exceptions =
    [
        ("Muon", "mat", "\"ns_dtype\":\"bfloat16\"", 0.02, "the product with the scale of a tall matrix is in bfloat16 too"),
        ("SOAP", "sqseq", "\"eig_dtype\":\"float32\"", 1e-6, "eigenvectors in 32 bits"),
        ("SOAP", "mat", "\"eig_dtype\":\"float32\"", 0.8, "eigenvectors in 32 bits of a product of low rank: which axes span its null space is up to rounding"),
    ];

    internal static (string Optimizer, string Problem, string Setting, double Share, string Reason)? Exception(JsonElement record)
    {
        foreach (var exception in exceptions)
            if (record.GetProperty("optimizer").GetString() == exception.Optimizer && record.GetProperty("problem").GetString() == exception.Problem
                && record.GetProperty("params").GetRawText().Contains(exception.Setting, StringComparison.Ordinal))
                return exception;
        return null;
    }

    static bool IsException(JsonElement record) => Exception(record) is not null;

    public static TheoryData<string> Implementations => [.. File.GetProperty("records").EnumerateArray().Select(Implementation).Distinct()];

    [Theory, MemberData(nameof(Implementations))]
    public void The_imported_rule_walks_the_recorded_path(string implementation)
    {
        var failures = File.GetProperty("records").EnumerateArray().Where(r => Implementation(r) == implementation && !IsException(r))
            .Select(r => Failure(r, File.GetProperty("problems"), null)).Where(f => f is not null).ToList();
        Assert.True(failures.Count == 0, string.Join("\n", failures));
    }

    public static TheoryData<string> OptionImplementations => [.. Options.GetProperty("records").EnumerateArray().Select(Implementation).Distinct()];

    [Theory, MemberData(nameof(OptionImplementations))]
    public void With_other_options_and_defaults_too(string implementation)
    {
        var failures = Options.GetProperty("records").EnumerateArray().Where(r => Implementation(r) == implementation)
            .Select(r => Failure(r, File.GetProperty("problems"), null)).Where(f => f is not null).ToList();
        Assert.True(failures.Count == 0, string.Join("\n", failures));
    }

    [Fact]
    public void Exceptions_are_at_most_two_in_a_hundred()
    {
        var records = File.GetProperty("records").EnumerateArray().ToList();
        Assert.Equal(exceptions.Length, records.Count(IsException));
        Assert.InRange(exceptions.Length, 0, records.Count / 50);
    }

    [Fact]
    public void Exceptions_stay_as_near_as_their_format_lets_them()
    {
        var failures = File.GetProperty("records").EnumerateArray().Where(IsException)
            .Select(r => Failure(r, File.GetProperty("problems"), Exception(r)!.Value.Share)).Where(f => f is not null).ToList();
        Assert.True(failures.Count == 0, string.Join("\n", failures));
    }

    internal static JsonElement Golden(string file) => JsonDocument.Parse(System.IO.File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "golden", file))).RootElement;

    internal static string Implementation(JsonElement record) => $"{record.GetProperty("framework").GetString()} {record.GetProperty("optimizer").GetString()}";

    static double Rate(JsonElement record) =>
        record.GetProperty("params").TryGetProperty("lr", out var rate) ? rate.GetDouble() : record.GetProperty("params").GetProperty("learning_rate").GetDouble();

    internal static string? Failure(JsonElement record, JsonElement problems, double? share) => Compare(record, problems, share).Failure;

    /// <summary>
    /// Where a record and its rule part, or null, and how many numbers were compared. Where rounding is not the program's own, a number may be a share of rate times steps away, but no more than
    /// <paramref name="most"/>.
    /// </summary>
    internal static (string? Failure, int Compared) Compare(JsonElement record, JsonElement problems, double? share, double most = double.PositiveInfinity)
    {
        int compared = 0;
        string about = $"{record.GetProperty("problem").GetString()} {record.GetProperty("params").GetRawText()}";
        try
        {
            var problem = TrainingProblem.Golden(problems.GetProperty(record.GetProperty("problem").GetString()!));
            var steps = record.GetProperty("checkpoints").EnumerateObject().Select(c => long.Parse(c.Name)).ToList();
            var imported = OptimizerImport.Read(record);
            double[] start = [.. record.GetProperty("start").EnumerateArray().Select(x => x.GetDouble())];
            var state = record.TryGetProperty("initial_state", out var initial) ? TrainingRun.InitialState(initial) : null;
            var run = TrainingRun.Of(imported, problem, start, steps, initialState: state);
            foreach (var (series, values) in run)
            {
                if (!record.TryGetProperty(series, out var expected))
                    continue;
                foreach (var checkpoint in expected.EnumerateObject())
                {
                    double allowed = 1e-12 + 1000 * record.GetProperty("rounding_sensitivity").GetProperty(checkpoint.Name).GetDouble();
                    if (share is double part)
                        allowed = Math.Min(most, part * Rate(record) * long.Parse(checkpoint.Name));
                    double[] wanted = [.. checkpoint.Value.EnumerateArray().Select(x => x.GetDouble())];
                    double[] got = values[long.Parse(checkpoint.Name)];
                    for (int i = 0; i < wanted.Length; i++, compared++)
                        if (!(Math.Abs(got[i] - wanted[i]) <= allowed * Math.Max(1, Math.Abs(wanted[i]))))
                            return ($"{series} {checkpoint.Name} [{i}]: {got[i]:R}, expected {wanted[i]:R}, allowed {allowed:R}; {about}", compared);
                }
            }
            var missing = record.EnumerateObject().Where(m => m.Name.StartsWith("checkpoints") && !run.ContainsKey(m.Name)).Select(m => m.Name).ToList();
            return (missing.Count == 0 ? null : $"{string.Join(", ", missing)} not answered; {about}", compared);
        }
        catch (Exception e) when (e is FormatException or ArgumentException or InvalidOperationException)
        {
            return ($"{e.Message}; {about}", compared);
        }
    }
}
