using System.Text.RegularExpressions;
using FSharp.Compiler.Diagnostics;
using FSharp.Compiler.Interactive;
using Microsoft.FSharp.Core;

namespace Anneal.Notebooks;

/// <summary>Runs F# cells with the compiler's interactive session.</summary>
internal sealed partial class FSharpKernel : Kernel
{
    // Without --usesdkrefs- bound values do not match F#'s own types (dotnet/fsharp#10496).
    static readonly string[] Arguments =
        ["fsi.exe", "--noninteractive", "--nologo", "--gui-", "--quiet", "--usesdkrefs-", "--langversion:latest", "--optimize+", "--debug:portable"];

    readonly Shell.FsiEvaluationSession _session;

    public FSharpKernel()
    {
        _session = Shell.FsiEvaluationSession.Create(Shell.FsiEvaluationSession.GetDefaultConfiguration(),
            [.. Arguments, $"-r:{typeof(CellFunctions).Assembly.Location}"], TextReader.Null, TextWriter.Null, TextWriter.Null, null, null);
        Run($"open System\nopen type {typeof(CellFunctions).FullName}", "start.fsx");
    }

    public override string Language => CellLanguages.FSharp;

    public override Evaluation Run(string code, string fileName)
    {
        var (outcome, diagnostics) = _session.EvalInteractionNonThrowing(code, fileName, null);
        if (outcome is FSharpChoice<FSharpOption<Shell.FsiValue>?, Exception>.Choice1Of2 { Item: var found })
            return found is { Value: var value } && value.ReflectionType != typeof(Unit)
                ? new(new TypedValue(value.ReflectionValue, value.ReflectionType))
                : new();
        Fault[] faults = [.. diagnostics.Where(d => d.Severity.IsError).Select(ToFault)];
        return faults.Length > 0
            ? new(Faults: faults)
            : new(Exception: ((FSharpChoice<FSharpOption<Shell.FsiValue>?, Exception>.Choice2Of2)outcome).Item);
    }

    public override void Reference(string path) => Run($"#r @\"{path}\"", "reference.fsx");

    public override IEnumerable<string> Names => _session.GetBoundValues().Select(v => v.Name);

    /// <remarks>
    /// The session's own list of bound values lacks functions, which are compiled as methods, and keeps a value that a function of the
    /// same name has since hidden; evaluating the name gives what a cell would get.
    /// </remarks>
    public override TypedValue? Find(string name) => Identifier().IsMatch(name) ? Run(name, "share.fsx").Value : null;

    public override void Set(string name, TypedValue value)
    {
        if (value.Value is null)
            throw new CellException("value not shared", $"{name} is null, and F# knows no type to give it.");
        try
        {
            _session.AddBoundValue(name, value.Value);
        }
        catch (Exception e) when (e is not CellException)
        {
            throw new CellException("value not shared", $"F# cannot take {name} over, a {TypeName.CSharp(value.Type)}: {e.Message}");
        }
    }

    [GeneratedRegex(@"^[\w']+$")]
    private static partial Regex Identifier();

    /// <remarks>F#'s messages are laid out for a wide console; here they become one line.</remarks>
    static Fault ToFault(FSharpDiagnostic diagnostic) => new(diagnostic.FileName, diagnostic.StartLine,
        $"{string.Join(' ', diagnostic.Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))} ({diagnostic.ErrorNumberText})");
}
