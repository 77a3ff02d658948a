using FSharp.Compiler.EditorServices;
using FSharp.Compiler.Symbols;
using FSharp.Compiler.Tokenization;
using Microsoft.FSharp.Collections;
using Microsoft.FSharp.Core;

namespace Anneal.Notebooks;

/// <summary>Answers questions about F# that is being written, from what the compiler knows of it.</summary>
internal static class FSharpAssistant
{
    public static CodeAssistant.Completions Complete(FSharpKernel kernel, string code, int position)
    {
        var (line, column, text) = Place(code, position);
        var partial = QuickParse.GetPartialLongNameEx(text, column - 1);
        int start = position - partial.PartialIdent.Length;
        var (parsed, found) = kernel.Draft(code);
        var list = found.GetDeclarationListInfo(FSharpOption<FSharp.Compiler.CodeAnalysis.FSharpParseFileResults>.Some(parsed), line, text, partial, null, null, null);
        string[] words = [.. list.Items.Select(item => item.NameInCode)
            .Where(name => name.StartsWith(partial.PartialIdent, StringComparison.OrdinalIgnoreCase))
            .Distinct().Order(StringComparer.OrdinalIgnoreCase)];
        return new(words, start, position);
    }

    /// <summary>Signature and documentation of the name at the cursor.</summary>
    public static IReadOnlyList<string> Describe(FSharpKernel kernel, string code, int position)
    {
        var (line, column, text) = Place(code, position);
        if (QuickParse.GetCompleteIdentifierIsland(true, text, column) is not { Value: var (name, end, _) })
            return [];
        var (_, found) = kernel.Draft(code);
        var tip = found.GetToolTip(line, end, text, ListModule.OfSeq(name.Split('.')), FSharpTokenTag.Identifier, null);
        foreach (var element in tip.Item.OfType<ToolTipElement.Group>())
            if (element.elements is { IsEmpty: false } overloads)
            {
                string more = overloads.Length == 1 ? "" : $"\n(and {overloads.Length - 1} more {(overloads.Length == 2 ? "overload" : "overloads")})";
                string signature = string.Concat(overloads.Head.MainDescription.Select(part => part.Text)).Trim();
                return Documentation(overloads.Head.XmlDoc) is { } documentation ? [signature + more, documentation] : [signature + more];
            }
        return [];
    }

    public static CodeAssistant.Completeness Check(FSharpKernel kernel, string code)
    {
        var errors = kernel.Draft(code).Parsed.Diagnostics.Where(d => d.Severity.IsError).ToList();
        if (errors.Count == 0)
            return CodeAssistant.Completeness.Complete;
        // What is missing is missed at the end; what is wrong is wrong before it.
        var (line, column, _) = Place(code, code.TrimEnd().Length);
        return errors.All(e => (e.EndLine, e.EndColumn).CompareTo((line, column)) >= 0 || e.Message.Contains("Unmatched", StringComparison.Ordinal))
            ? CodeAssistant.Completeness.Incomplete
            : CodeAssistant.Completeness.Invalid;
    }

    static string? Documentation(FSharpXmlDoc documentation) => documentation switch
    {
        FSharpXmlDoc.FromXmlFile file => XmlDocumentation.Find(file.xmlSig, file.dllName),
        FSharpXmlDoc.FromXmlText text => XmlDocumentation.ToText(string.Join('\n', text.Item.UnprocessedLines)),
        _ => null,
    };

    /// <summary>Line from 1, column from 0, and the line's text.</summary>
    static (int Line, int Column, string Text) Place(string code, int position)
    {
        int line = code.AsSpan(0, position).Count('\n'), start = position == 0 ? 0 : code.LastIndexOf('\n', position - 1) + 1;
        return (line + 1, position - start, code.Split('\n')[line]);
    }
}
