using System.Text.Json;
using Anneal.Runs;

namespace Anneal.Cli;

/// <summary>A run's own configuration given to <c>schedule --import</c>.</summary>
internal static class RunImport
{
    /// <summary>The run; null when the file is a single scheduler, <c>{"framework": …, "scheduler": …, "params": …}</c>, or no file.</summary>
    public static RunConfiguration? Read(string file, string? framework, string? given) =>
        File.Exists(file) && !IsOneScheduler(Input.Text(file)) ? RunSource.Read(file, framework, given) : null;

    /// <summary>The rates at steps, by the framework's own rule.</summary>
    public static void WriteRates(RunConfiguration run, double[] steps, RateFormat format) =>
        new RateTable(steps, [("rate", [.. steps.Select(run.RateAt)])]).Write(format, RunTranslation.Of(run));

    /// <summary>What it became here, as JSON; where no schedule of this library is the same, its plan in words.</summary>
    public static void WriteWhatItBecame(string file, RunConfiguration run)
    {
        if (RunTranslation.Of(run) is { } schedule)
            Console.Out.WriteLine(ScheduleJson.Write(schedule, indented: true));
        else
            foreach (string line in PlanTable.Lines(file, run).Append("written    as no schedule of this library alone; ask for its rates with --at"))
                Console.Out.WriteLine(line);
    }

    static bool IsOneScheduler(string text)
    {
        if (!text.TrimStart().StartsWith('{'))
            return false;
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = Rates.MaxNesting });
            return document.RootElement.TryGetProperty("framework", out _) && document.RootElement.TryGetProperty("scheduler", out _);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
