using System.Text.Json;

namespace Anneal.Notebooks.Tests;

/// <summary>One way to get something onto a page that does not belong there.</summary>
/// <param name="Kind">What it tries.</param>
/// <param name="Html">How.</param>
sealed record Vector(string Kind, string Html);

/// <summary>The ways that have been tried, as data: tests/vectors/html.json.</summary>
static class Vectors
{
    public static IReadOnlyList<Vector> Html { get; } = JsonSerializer.Deserialize<List<Vector>>(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "vectors", "html.json")), JsonSerializerOptions.Web)!;
}
