using Anneal.Advice;
using static System.FormattableString;

namespace Anneal.Cli;

/// <summary>The published setups beside the advice, as Markdown: what stands in <c>.github/ADVICE.md</c>.</summary>
internal static class AdviceSetups
{
    public static string Markdown()
    {
        string[] names = [.. PublishedSetup.All.SelectMany(s => s.Parts).Select(p => p.Name).Distinct()];
        return string.Join('\n',
        [
            $"| setup | {string.Join(" | ", names)} |",
            $"|{string.Concat(Enumerable.Repeat(" --- |", names.Length + 1))}",
            .. PublishedSetup.All.Select(s => $"| [{s.Recipe}]({s.Link}){(s.InTables ? "" : " †")} | {string.Join(" | ", names.Select(n => Cell(s.Parts.FirstOrDefault(p => p.Name == n))))} |"),
            "",
            .. Counts("of all", PublishedSetup.All),
            .. Counts("† no row of ours is from this recipe or its authors", [.. PublishedSetup.All.Where(s => !s.InTables)]),
            "",
        ]);

        IEnumerable<string> Counts(string which, IReadOnlyList<PublishedSetup> setups)
        {
            var parts = setups.SelectMany(s => s.Parts).ToList();
            yield return Invariant($"- {which}: {setups.Count} setups, {parts.Count} parts: {Count(Agreement.Agrees)} agree, {Count(Agreement.Listed)} are listed beside the advice, {Count(Agreement.Differs)} differ, {Count(Agreement.Unanswered)} had no answer. ")
                + "Of " + string.Join(", ", names.Select(n => Invariant($"{n} {parts.Count(p => p.Name == n && p.Agreement == Agreement.Agrees)} of {parts.Count(p => p.Name == n)}"))) + " agree.";

            int Count(Agreement agreement) => parts.Count(p => p.Agreement == agreement);
        }
    }

    /// <summary>What they set; where it differs, what we would have said.</summary>
    static string Cell(PublishedPart? part) => part is null ? "" : part.Agreement switch
    {
        Agreement.Agrees => part.Published,
        Agreement.Listed => $"{part.Published} (listed; {part.Ours})",
        Agreement.Differs => $"**{part.Published}** ({part.Ours})",
        _ => $"**{part.Published}** (?)",
    };
}
