using System.Text.Json;

namespace Anneal.Mutation;

/// <summary>What was recorded so far, a line each, so that a test that ends its process costs itself and nothing else.</summary>
sealed class RecordingJournal(string file)
{
    sealed record Line(string Name, double Seconds, int[]? Reached, string? Failure);

    readonly HashSet<string> known = [.. Lines(file).Select(line => line.Name)];

    public bool Knows(string test) => known.Contains(test);

    /// <summary>The mistakes that static members reach are the same in every process.</summary>
    public void Initial(int[] numbers) => Add(new("", 0, numbers, null));

    public void Begin(string test) => Add(new(test, 0, null, null));

    public void Pass(TestCoverage test) => Add(new(test.Name, test.Seconds, test.Reached, null));

    public void Fail(string test, string message) => Add(new(test, 0, null, message));

    /// <summary>The test that was begun last, if it has no end.</summary>
    public static string? Unfinished(string file) => Lines(file).LastOrDefault() is { Name: not "", Reached: null, Failure: null } line ? line.Name : null;

    public static Coverage Read(string file)
    {
        Line[] last = [.. Lines(file).GroupBy(line => line.Name).Select(lines => lines.Last())];
        return new(
            last.Single(line => line.Name == "").Reached!,
            [.. last.Where(line => line is { Name: not "", Reached: not null }).Select(line => new TestCoverage(line.Name, line.Seconds, line.Reached!)).OrderBy(test => test.Seconds)],
            [.. last.Where(line => line.Reached is null).Select(line => $"{line.Name}: {line.Failure ?? "it ended the process, or took too long"}")]);
    }

    static IEnumerable<Line> Lines(string file) => File.Exists(file) ? File.ReadLines(file).Select(line => JsonSerializer.Deserialize<Line>(line)!) : [];

    void Add(Line line) => File.AppendAllText(file, JsonSerializer.Serialize(line) + "\n");
}
