using System.Net;
using System.Text.RegularExpressions;
using Anneal.Notebooks;

namespace Anneal.Cli;

/// <summary>What the checks of exercises said when the notebook ran.</summary>
internal static partial class ExerciseProgress
{
    const string Solved = "solved", NotYet = "not-yet";

    /// <summary>Findings about checks that ran and did not say what they must: "not solved yet" to stubs, solved to solutions.</summary>
    /// <param name="run">The run.</param>
    /// <param name="solutions">Whether stubs had been replaced by solutions.</param>
    public static IEnumerable<Finding> Look(NotebookRun run, bool solutions)
    {
        foreach (var (i, cell) in run.Cells.TakeWhile(c => c.Failure is null).Index().Where(c => c.Item.Cell.Tags.Contains(ExerciseCells.CheckTag)))
        {
            var said = cell.Outputs.OfType<Display>()
                .Select(d => d.Data.TryGetValue("text/html", out string? html) ? Mark().Match(html) : Match.Empty)
                .LastOrDefault(m => m.Success);
            if (said is not null && i > 0 && said.Value.Contains("data-program=", StringComparison.Ordinal) && !run.Cells[i - 1].Cell.Tags.Contains(ExerciseCells.CodingTag))
                yield return new("exercises", i, null, $"The check runs a program, so the stub needs the tag \"{ExerciseCells.CodingTag}\" beside \"{ExerciseCells.StubTag}\".");
            if (said is null)
                yield return new("exercises", i + 1, null, "The check shows no verdict. Its last line must be the exercise's Check(…).");
            else if (said.Groups["progress"].Value is var progress && progress != (solutions ? Solved : NotYet))
                yield return new("exercises", i + 1, null, solutions
                    ? $"The solution does not pass its check: {Text(said)}"
                    : $"The stub must be \"not solved yet\" in every part (Answer.NotYet), but the check says: {Text(said)}");
        }
    }

    static string Text(Match said) => string.Join(" ", Paragraph().Matches(said.Groups["rest"].Value).Select(p => WebUtility.HtmlDecode(p.Groups["text"].Value)));

    [GeneratedRegex(@"data-progress=""(?<progress>[\w-]+)""(?<rest>.*)", RegexOptions.Singleline)]
    private static partial Regex Mark();

    [GeneratedRegex(@"<p>(?<text>.*?)</p>", RegexOptions.Singleline)]
    private static partial Regex Paragraph();
}
