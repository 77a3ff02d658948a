using System.Text.RegularExpressions;
using FSharp.Compiler.CodeAnalysis;
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
    readonly List<string> _references = [];

    public FSharpKernel()
    {
        _session = Shell.FsiEvaluationSession.Create(Shell.FsiEvaluationSession.GetDefaultConfiguration(),
            [.. Arguments, $"-r:{typeof(CellFunctions).Assembly.Location}"], TextReader.Null, TextWriter.Null, TextWriter.Null, null, null);
        Run($"open System\nopen type {typeof(CellFunctions).FullName}", "start.fsx");
    }

    public override string Language => CellLanguages.FSharp;

    /// <summary>Runs every interaction of a cell; the value is that of the last.</summary>
    /// <remarks>The session reads up to the first <c>;;</c> and drops the rest, so the rest is handed to it piece by piece.</remarks>
    public override Evaluation Run(string code, string fileName)
    {
        TakeReferences();
        var evaluation = new Evaluation();
        foreach (string interaction in FSharpInteractions.Of(code))
        {
            evaluation = RunOne(interaction, fileName);
            if (evaluation is not { Faults: null, Exception: null })
                break;
        }
        return evaluation;
    }

    Evaluation RunOne(string code, string fileName)
    {
        var (outcome, diagnostics) = _session.EvalInteractionNonThrowing(code, fileName, null);
        // Text that is no interaction at all, such as a stray bracket, is an error among the diagnostics of an outcome that claims success.
        Fault[] faults = [.. diagnostics.Where(IsError).Where(d => d.ErrorNumber != ParseError || diagnostics.Length == 1).Select(ToFault)];
        return outcome switch
        {
            FSharpChoice<FSharpOption<Shell.FsiValue>?, Exception>.Choice2Of2 { Item: var thrown } when faults.Length == 0 => new(Exception: thrown),
            _ when faults.Length > 0 => new(Faults: faults),
            FSharpChoice<FSharpOption<Shell.FsiValue>?, Exception>.Choice1Of2 { Item.Value: { } value } when value.ReflectionType != typeof(Unit) =>
                new(new TypedValue(value.ReflectionValue, value.ReflectionType)),
            _ => new(),
        };
    }

    /// <summary>Errors, and the warning for a directive that does not exist, of which the session then does nothing.</summary>
    static bool IsError(FSharpDiagnostic diagnostic) => diagnostic.Severity.IsError || diagnostic.ErrorNumber == UnknownDirective;

    /// <summary>"Parse error" follows the error that says which.</summary>
    const int ParseError = 192;

    const int UnknownDirective = 3353;

    /// <summary>The code as it would be compiled next, for questions about it.</summary>
    public (FSharpParseFileResults Parsed, FSharpCheckFileResults Checked) Draft(string code)
    {
        TakeReferences();
        var (parsed, found, _) = _session.ParseAndCheckInteraction(code, null);
        return (parsed, found);
    }

    public override void Reference(string path) => _references.Add($"#r @\"{path}\"");

    /// <remarks>One interaction for all of them: each costs the session as much as a cell.</remarks>
    void TakeReferences()
    {
        if (_references.Count == 0)
            return;
        RunOne(string.Join('\n', _references), "reference.fsx");
        _references.Clear();
    }

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
        TakeReferences();
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
