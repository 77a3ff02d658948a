using System.Globalization;

namespace Anneal.Mutation;

/// <summary>Scores per file and folder, and the mistakes that nobody noticed.</summary>
static class Report
{
    /// <summary>Prints it; whether every folder reaches the target.</summary>
    public static bool Print(IReadOnlyList<Result> results, IReadOnlyList<string> folders, string source, double target)
    {
        foreach (var result in results.Where(result => !result.IsKilled).OrderBy(result => result.Mutation.Number))
            Console.WriteLine($"{result.Outcome}: {result.Mutation}");
        Console.WriteLine();
        bool reached = true;
        foreach (string folder in folders)
        {
            Result[] own = [.. results.Where(result => Library.IsIn(result.Mutation.File, source, folder))];
            foreach (var file in own.GroupBy(result => result.Mutation.File).OrderBy(group => group.Key))
                Line([.. file], file.Key);
            Line(own, folder);
            reached &= own.Length == 0 || (double)own.Count(result => result.IsKilled) / own.Length >= target;
        }
        return reached;
    }

    static void Line(Result[] results, string name)
    {
        int killed = results.Count(result => result.IsKilled), unreached = results.Count(result => result.Outcome == "unreached");
        var (low, high) = Wilson(killed, results.Length);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{(double)killed / results.Length,7:0.0%} ({low:0.0%} to {high:0.0%}) {killed,5} of {results.Length,5}, {unreached} unreached  {name}"));
    }

    /// <summary>Wilson's 95 % interval for a proportion.</summary>
    static (double Low, double High) Wilson(int killed, int tried)
    {
        const double z = 1.959964;
        double p = (double)killed / tried, middle = p + z * z / (2 * tried), half = z * Math.Sqrt(p * (1 - p) / tried + z * z / (4.0 * tried * tried)), whole = 1 + z * z / tried;
        return ((middle - half) / whole, (middle + half) / whole);
    }
}
