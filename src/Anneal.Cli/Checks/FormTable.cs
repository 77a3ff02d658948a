using System.Globalization;

namespace Anneal.Cli;

/// <summary>The lessons measured against the form, one line each.</summary>
internal static class FormTable
{
    static readonly string[] heads = ["lesson", "words", "charts", "screens", "coding", "predict", "other", "long lines", "long sentences", "reading", "minutes", "to change later"];

    /// <summary>A line for the heads, one for the limits, one per lesson; nothing without lessons of a course.</summary>
    public static IEnumerable<string> Of(IReadOnlyList<CheckResult> results)
    {
        string[][] rows = [.. results.Where(r => r.Form is not null).Select(r => Row(r, r.Form!))];
        if (rows.Length == 0)
            return [];
        string[] limits =
        [
            "at most / at least", Number(LessonForm.MostWords), Number(LessonForm.MostCharts), Number(LessonForm.MostScreens), $"≥ {LessonForm.FewestCoding}", $"≥ {LessonForm.FewestPredictions}", "",
            "0", "0", Number(LessonForm.MostMinutes), "", "0",
        ];
        string[][] all = [heads, limits, .. rows];
        int[] widths = [.. heads.Select((_, i) => all.Max(row => row[i].Length))];
        return all.Select(row => string.Join("  ", row.Select((cell, i) => i == 0 ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i]))).TrimEnd());
    }

    static string[] Row(CheckResult result, LessonForm form) =>
    [
        Path.GetFileNameWithoutExtension(result.File), Number(form.Words), Number(form.Charts), Number(form.Screens), Number(form.Coding), Number(form.Predictions), Number(form.Others),
        Number(form.LongLines), Number(form.LongSentences), Number(form.Reading), Number(form.Minutes), Number(result.Findings.Count(f => f.IsForLater)),
    ];

    static string Number(double value) => value.ToString("0", CultureInfo.InvariantCulture);
}
