using System.Text.Json;

namespace Anneal.Tests;

/// <summary>
/// Muon and its relatives, and other rules of 2024 and later, as the real implementations walked: tests/golden/optimizers-new.json, to the tolerance of
/// <see cref="GoldenRuleTests"/>. Of the implementations that were recorded these are not imported: SPlus, FOCUS, Muown and Prodigy-Plus, which are neither one
/// of the rules here nor an option of one, and MARS' own AdamW, whose vectors have a decay of their own.
/// </summary>
public class NewestRuleTests
{
    static readonly JsonElement file = GoldenRuleTests.Golden("optimizers-new.json");

    static IEnumerable<JsonElement> Records => file.GetProperty("records").EnumerateArray();

    internal static bool InBFloat16(JsonElement record) => record.GetProperty("params").TryGetProperty("ns_dtype", out var type) && type.GetString() == "bfloat16";

    static string? Failure(JsonElement record, double? share = null) => GoldenRuleTests.Failure(record, file.GetProperty("problems"), share);

    public static TheoryData<string> Implementations => [.. Records.Select(GoldenRuleTests.Implementation).Distinct()];

    [Theory, MemberData(nameof(Implementations))]
    public void The_imported_rule_walks_the_recorded_path(string implementation)
    {
        var failures = Records.Where(r => GoldenRuleTests.Implementation(r) == implementation && !InBFloat16(r))
            .Select(r => Failure(r)).Where(f => f is not null).ToList();
        Assert.True(failures.Count == 0, string.Join("\n", failures));
    }

    /// <summary>How far a record in bfloat16 may be away, of rate times steps: its singular values end between 0.7 and 1.2, and 8 bits move them by that much.</summary>
    internal static double Share(JsonElement record) => record.GetProperty("params").TryGetProperty("scale", out var radius) ? 0.1 * radius.GetDouble() : 0.1;

    [Fact]
    public void What_was_published_in_bfloat16_stays_near()
    {
        var records = Records.Where(InBFloat16).ToList();
        Assert.Equal(12, records.Count);
        var failures = records.Select(r => Failure(r, Share(r))).Where(f => f is not null).ToList();
        Assert.True(failures.Count == 0, string.Join("\n", failures));
    }
}
