using System.Globalization;

namespace Anneal.Cli;

/// <summary>Says on a console what checking notebooks found.</summary>
internal static class CheckSummary
{
    /// <summary>Every finding, the lessons measured, then one line that counts.</summary>
    /// <param name="results">What was found.</param>
    /// <param name="tried">What was done with that many exercises, such as "run with 3 exercises solved".</param>
    /// <param name="form">Whether also what may be changed later is shown.</param>
    /// <param name="elapsed">The time it took.</param>
    /// <returns>The exit code.</returns>
    public static int Write(IReadOnlyList<CheckResult> results, Func<string, string> tried, bool form, TimeSpan elapsed)
    {
        foreach (var result in results)
            foreach (var finding in result.Findings.Where(f => form || !f.IsForLater))
                Console.Error.WriteLine(finding.In(FailureText.Shown(result.File)));
        foreach (string line in FormTable.Of(results))
            Console.WriteLine(line);
        int findings = results.Sum(r => r.Count);
        string exercises = Count(results.Sum(r => r.Exercises), "exercise");
        string seconds = elapsed.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
        Console.WriteLine($"{Count(results.Count, "notebook")} {tried(exercises)} in {seconds} seconds: {Verdict(findings)}.");
        return findings == 0 ? 0 : 1;
    }

    /// <summary>So many findings, in words.</summary>
    public static string Verdict(int findings) => findings == 0 ? "nothing to change" : Count(findings, "finding");

    static string Count(int n, string what) => n == 1 ? $"1 {what}" : $"{n} {what}s";
}
