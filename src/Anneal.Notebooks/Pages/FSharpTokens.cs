using FSharp.Compiler.Tokenization;
using Microsoft.FSharp.Collections;

namespace Anneal.Notebooks;

/// <summary>What each piece of F# is, from the compiler's own tokenizer.</summary>
static class FSharpTokens
{
    public static IEnumerable<Token> Of(string code)
    {
        FSharpSourceTokenizer tokenizer = new(ListModule.Empty<string>(), null, null, null);
        var state = FSharpTokenizerLexState.Initial;
        int start = 0;
        foreach (var line in code.Split('\n'))
        {
            if (Highlighter.IsDirective(line))
                yield return new(start, start + line.Length, 'd');
            else
            {
                var scanner = tokenizer.CreateLineTokenizer(line);
                while (true)
                {
                    var (token, next) = scanner.ScanToken(state);
                    state = next;
                    if (token is null)
                        break;
                    if (Kind(token.Value) is { } kind)
                        yield return new(start + token.Value.LeftColumn, Math.Min(start + token.Value.RightColumn + 1, start + line.Length), kind);
                }
            }
            start += line.Length + 1;
        }
    }

    static char? Kind(FSharpTokenInfo token) => token.ColorClass switch
    {
        FSharpTokenColorKind.Keyword => 'k',
        FSharpTokenColorKind.UpperIdentifier => 't',
        FSharpTokenColorKind.String => 's',
        FSharpTokenColorKind.Number => 'n',
        FSharpTokenColorKind.Comment or FSharpTokenColorKind.InactiveCode => 'c',
        FSharpTokenColorKind.PreprocessorKeyword => 'd',
        _ => null,
    };
}
