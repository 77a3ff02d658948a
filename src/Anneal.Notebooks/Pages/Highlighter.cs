using System.Text;

namespace Anneal.Notebooks;

/// <summary>Code as HTML, each token in a span whose class says what it is: k keyword, t type, m method, s string, n number, c comment, d directive.</summary>
static class Highlighter
{
    public static string ToHtml(string language, string code) => Languages.Resolve(language) switch
    {
        "csharp" => ToHtml(code, CSharpTokens.Of(code)),
        "fsharp" => ToHtml(code, FSharpTokens.Of(code)),
        _ => Html.Escape(code),
    };

    /// <summary>True for a line that talks to the notebook, not to the compiler, such as <c>#!import "boot.dib"</c>.</summary>
    public static bool IsDirective(ReadOnlySpan<char> line)
    {
        line = line.TrimStart();
        return line.StartsWith("#!") || line.StartsWith("#r ") || line.StartsWith("#i ") || line.StartsWith("#load ");
    }

    static string ToHtml(string code, IEnumerable<Token> tokens)
    {
        StringBuilder html = new();
        int written = 0;
        foreach (var token in tokens)
        {
            html.Append(Html.Escape(code[written..token.Start]));
            html.Append($"""<span class="{token.Kind}">{Html.Escape(code[token.Start..token.End])}</span>""");
            written = token.End;
        }
        return html.Append(Html.Escape(code[written..])).ToString();
    }
}

/// <summary>A stretch of code and the class it is shown in.</summary>
readonly record struct Token(int Start, int End, char Kind);
