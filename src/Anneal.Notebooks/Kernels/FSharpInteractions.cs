using FSharp.Compiler.Tokenization;
using Microsoft.FSharp.Collections;

namespace Anneal.Notebooks;

/// <summary>The pieces of an F# text that <c>;;</c> separates.</summary>
internal static class FSharpInteractions
{
    /// <summary>Each piece with what stands before it made blank, so that lines and columns are those of the text; pieces of comments alone are left out.</summary>
    public static IEnumerable<string> Of(string code) => code.Contains(";;", StringComparison.Ordinal) ? Split(code) : [code];

    static IEnumerable<string> Split(string code)
    {
        int start = 0;
        foreach (var (end, hasCode) in Ends(code))
        {
            if (hasCode)
                yield return string.Concat(code[..start].Select(c => c == '\n' ? '\n' : ' ')) + code[start..end];
            start = end;
        }
    }

    /// <summary>Where pieces end, after their <c>;;</c>, and whether they have code; a <c>;;</c> in a string or a comment ends nothing.</summary>
    static IEnumerable<(int End, bool HasCode)> Ends(string code)
    {
        FSharpSourceTokenizer tokenizer = new(ListModule.Empty<string>(), null, null, null);
        var state = FSharpTokenizerLexState.Initial;
        int start = 0;
        bool hasCode = false;
        foreach (string line in code.Split('\n'))
        {
            var scanner = tokenizer.CreateLineTokenizer(line);
            while (true)
            {
                (var token, state) = scanner.ScanToken(state);
                if (token is null)
                    break;
                if (token.Value.TokenName == "SEMICOLON_SEMICOLON")
                {
                    yield return (start + token.Value.RightColumn + 1, hasCode);
                    hasCode = false;
                }
                else if (token.Value.CharClass is not (FSharpTokenCharKind.WhiteSpace or FSharpTokenCharKind.Comment or FSharpTokenCharKind.LineComment))
                    hasCode = true;
            }
            start += line.Length + 1;
        }
        yield return (code.Length, hasCode);
    }
}
