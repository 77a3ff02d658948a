using System.Text.RegularExpressions;
using Anneal.Notebooks;

namespace Anneal.Cli;

/// <summary>Notebooks use only what every host has: plain C# and F# cells, three directives, and nothing that one host alone knows.</summary>
internal static partial class SubsetLint
{
    static readonly (Regex Pattern, string Message)[] refused =
    [
        (NuGet(), "Nothing is downloaded while a notebook runs. What lessons need comes with boot.dib."),
        (Reference(), "Libraries are loaded by boot.dib alone. Add the project to notebooks/Libraries.csproj instead."),
        (SetByValue(), "#!set without --byref hands over a copy as JSON text. Write #!set --byref --name y --value @csharp:x, or #!share --from csharp x."),
        (Directive(), "This directive is not in every host. Notebooks use #!import, #!share and #!set --byref."),
        (HostName(), "This belongs to one host. Use display(x), x.Display(), DisplayAs(\"text/markdown\") and HTML(\"…\"), which every host has."),
        (OtherMime(), "DisplayAs is used for \"text/markdown\" alone; other hosts do not know other forms."),
        (Update(), "A displayed value cannot be updated in every host. Display the final value."),
        (Network(), "Notebooks work without a network. Put the data into the folder data/."),
        (Input(), "Notebooks run without a reader: there is nobody to type an input."),
    ];

    public static IEnumerable<Finding> Look(NotebookText text)
    {
        foreach (var (i, cell) in text.Notebook.Cells.Index().Where(c => c.Item.Kind == CellKind.Code))
        {
            if (cell.Language is not ("csharp" or "fsharp"))
                yield return new("subset", i + 1, null, $"Cells are in C# or F#, not in {cell.Language}.");
            foreach (var (line, code) in CodeText.WithoutComments(cell.Source).Split('\n').Index())
                if (!(line == 0 && code.Trim() == $"#!{cell.Language}") && refused.FirstOrDefault(r => r.Pattern.IsMatch(code)) is { Pattern: not null } found)
                    yield return new("subset", i + 1, line + 1, $"{code.Trim()}\n    {found.Message}");
        }
    }

    [GeneratedRegex(@"^\s*#[ri]\s+""nuget:")]
    private static partial Regex NuGet();

    [GeneratedRegex(@"^\s*#(r|i|load|I)\b")]
    private static partial Regex Reference();

    [GeneratedRegex(@"^\s*#!set\b(?!.*--byref)")]
    private static partial Regex SetByValue();

    [GeneratedRegex(@"^\s*#!(?!(import|share|set)\b)")]
    private static partial Regex Directive();

    [GeneratedRegex(@"Microsoft\.DotNet\.Interactive|\b(Formatter|LaTeXString|PocketView|KernelInvocationContext)\b|\bKernel\.")]
    private static partial Regex HostName();

    [GeneratedRegex(@"DisplayAs\s*\(\s*""(?!text/markdown"")")]
    private static partial Regex OtherMime();

    [GeneratedRegex(@"(?i:display)\s*\(.*\)\s*\.Update\s*\(")]
    private static partial Regex Update();

    [GeneratedRegex(@"\b(HttpClient|WebClient|WebRequest|TcpClient)\b")]
    private static partial Regex Network();

    [GeneratedRegex(@"\bConsole\.Read(Line|Key)?\b|\b(GetInput|GetInputAsync|GetPassword)\b|\bstdin\b")]
    private static partial Regex Input();
}
