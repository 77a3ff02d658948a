using System.Text.RegularExpressions;
using Anneal.Notebooks;

namespace Anneal.Cli;

/// <summary>Tells notebooks that compute the same again from those that ask the clock, chance, the network or files elsewhere.</summary>
/// <remarks>
/// It looks at the text, so it errs on one side: what merely looks like the clock, the network, a process or a file elsewhere is run again.
/// A stopwatch is no clock here: how long something took on the last run is what a reader of that run's page should see. A file or folder of its own,
/// new and under a drawn name among the temporary files, is no chance and no file elsewhere; a drawn name for anything else is chance, and a temporary file of a fixed name may be
/// what somebody left there.
/// </remarks>
internal static partial class Repeatable
{
    /// <summary>Whether nothing that a notebook and the files it imports say depends on more than a <see cref="RunKey"/> covers.</summary>
    public static bool Is(Notebook notebook)
    {
        string folder = Path.GetDirectoryName(notebook.Path)!;
        var seen = new HashSet<string>();
        var texts = new Stack<string>(notebook.Cells.Where(cell => cell.Kind == CellKind.Code).Select(cell => cell.Source));
        while (texts.TryPop(out string? text))
        {
            if (Elsewhere().IsMatch(text))
                return false;
            foreach (Match import in Import().Matches(text))
            {
                string path = Path.GetFullPath(import.Groups["path"].Value, folder);
                if (Path.GetExtension(path).Equals(".ipynb", StringComparison.OrdinalIgnoreCase))
                    return false;
                if (seen.Add(path) && File.Exists(path))
                    texts.Push(File.ReadAllText(path));
            }
        }
        return true;
    }

    // Libraries below artifacts/lib are covered; any other way up, into artifacts or from the root of the disk is not.
    [GeneratedRegex("""
        \.\.[/\\](?!artifacts/lib\b) | "\.\." | "(?:\./)?(?:\.git|artifacts)(?:"|[/\\](?!lib\b)) | \bGetParent\b | "(?:/|~|[A-Za-z]:)[\w/\\] | \#[ri]\s+"nuget:
        | \b(?:DateTime|DateTimeOffset)\.(?:Now|UtcNow|Today)\b | \bTimeProvider\b | \bRandom\.Shared\b | \bRandom\s*\(\s*\) | \bRandom\s+\w+\s*=\s*new\s*\(\s*\) | \bRandomNumberGenerator\b
        | (?<!\bGetTempPath\b[^\r\n]*)\b(?:Guid\.(?:NewGuid|CreateVersion7)|GetRandomFileName)\b | \bGetTempPath\b(?![^\r\n]*\b(?:Guid\.NewGuid|Guid\.CreateVersion7|GetRandomFileName)\b)
        | \bEnvironment\.(?!NewLine\b|ProcessorCount\b) | \bProcess\.(?:Start|GetProcess) | \bProcessStartInfo\b
        | \b(?:HttpClient|WebClient|WebRequest|TcpClient|Socket|UdpClient|Dns)\b | \bGetFolderPath\b | \bDriveInfo\b
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Elsewhere();

    [GeneratedRegex("""^[ \t]*\#(?:!import|load)\s+"?(?<path>[^"\r\n]+?)"?[ \t\r]*$""", RegexOptions.Multiline)]
    private static partial Regex Import();
}
