using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Anneal.Notebooks;

/// <summary>Turns compilers' faults and exceptions into what the reader of a notebook needs: where, what, and their own frames only.</summary>
internal static partial class FailureReport
{
    /// <summary>At most so many faults are listed; later ones are mostly consequences of the first.</summary>
    const int FaultsShown = 5;

    /// <summary>Faults that the compiler found before anything ran.</summary>
    public static Failure Of(IReadOnlyList<Fault> faults, Sources sources)
    {
        var first = faults[0];
        var text = sources.Find(first.File);
        var more = faults.Skip(1).Take(FaultsShown - 1).Select(f => $"line {f.Line}: {f.Message}");
        if (faults.Count > FaultsShown)
            more = more.Append($"and {faults.Count - FaultsShown} more");
        return new("compile error", string.Join('\n', more.Prepend(first.Message)), first.Line, text?.Line(first.Line), []) { File = text?.Label };
    }

    /// <summary>An exception that code threw while it ran.</summary>
    public static Failure Of(Exception thrown, Sources sources)
    {
        var exception = Unwrap(thrown);
        var frames = new StackTrace(exception, fNeedFileInfo: true).GetFrames()
            .Select(frame => (frame, text: sources.Find(frame.GetFileName()), method: frame.GetMethod()))
            .ToList();
        var place = frames.FirstOrDefault(x => x.text is not null && x.frame.GetFileLineNumber() > 0);
        int? line = place.text is null ? null : place.frame.GetFileLineNumber();
        string[] trace = [.. frames.Where(x => x.method is not null && IsReaders(x.method, x.text)).Take(FramesShown).Select(x => Frame(x.frame, x.method!, x.text))];
        return new(exception.GetType().Name, Message(exception), line, line is { } n ? place.text!.Line(n) : null, trace) { File = place.text?.Label };
    }

    /// <summary>A request that cannot be met.</summary>
    public static Failure Of(CellException exception, SourceText text) =>
        new(exception.Name, exception.Message, exception.Line, exception.Line is { } line ? text.Line(line) : null, []) { File = text.Label };

    /// <summary>More of a message, and more frames, than anybody reads.</summary>
    const int MessageShown = 20_000, FramesShown = 100;

    static string Message(Exception exception)
    {
        string message;
        try
        {
            message = WholeMessage(exception) ?? "";
        }
        catch (Exception)
        {
            return "It has no message: the exception failed to give one.";
        }
        return message.Length <= MessageShown ? message : $"{message[..MessageShown]}… (cut here: the message has {message.Length:N0} characters)";
    }

    static string? WholeMessage(Exception exception) => exception switch
    {
        OutOfMemoryException => "The cell ran out of memory. anneal render --memory sets the limit.",
        { InnerException: { } inner } => $"{exception.Message}\n{inner.GetType().Name}: {inner.Message}",
        _ => exception.Message,
    };

    static Exception Unwrap(Exception exception) => exception switch
    {
        TargetInvocationException { InnerException: { } inner } => Unwrap(inner),
        TypeInitializationException { InnerException: { } inner } => Unwrap(inner),
        AggregateException { InnerExceptions: [var only] } => Unwrap(only),
        _ => exception,
    };

    static bool IsReaders(MethodBase method, SourceText? text)
    {
        if (text is not null)
            return true;
        string assembly = method.DeclaringType?.Assembly.GetName().Name ?? "";
        return !method.IsDefined(typeof(StackTraceHiddenAttribute))
            && assembly is not ("Anneal.Notebooks" or "System.Private.CoreLib" or "FSharp.Core" or "")
            && !assembly.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal)
            && !assembly.StartsWith("FSharp.Compiler", StringComparison.Ordinal)
            && !assembly.StartsWith("FSI-ASSEMBLY", StringComparison.Ordinal)
            && !assembly.StartsWith("ℛ", StringComparison.Ordinal);
    }

    static string Frame(StackFrame frame, MethodBase method, SourceText? text)
    {
        if (text is null)
            return $"{(method.DeclaringType is { } type ? TypeName.Short(type) + "." : "")}{method.Name}";
        string place = text.Label is { } label ? $"{label}, line {frame.GetFileLineNumber()}" : $"{text.FileName.Replace('-', ' ')}, line {frame.GetFileLineNumber()}";
        return FunctionName(method) is { } function ? $"{function} in {place}" : place;
    }

    /// <summary>The name a reader gave the function, or null for a cell's own top level.</summary>
    static string? FunctionName(MethodBase method)
    {
        string type = method.DeclaringType?.Name ?? "", name = method.Name;
        if (Generated().Match(name) is { Success: true } local)
            return local.Groups["local"].Value;
        if (name == "MoveNext")
            return Generated().Match(type) is { Success: true } machine ? machine.Groups["local"].Value : Machine().Match(type) is { Success: true, Groups: var g } && g[1].Value != "Initialize" ? g[1].Value : null;
        return name.StartsWith('<') || name is "main@" or ".cctor" or "Invoke" ? null : name;
    }

    /// <summary>A local function Foo is compiled as &lt;Outer&gt;g__Foo|0_1.</summary>
    [GeneratedRegex(@"g__(?<local>\w+)\|")]
    private static partial Regex Generated();

    /// <summary>An async method Foo becomes a class &lt;Foo&gt;d__3.</summary>
    [GeneratedRegex(@"^<+(\w+)>")]
    private static partial Regex Machine();
}
