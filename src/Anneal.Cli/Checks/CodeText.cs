using System.Text;

namespace Anneal.Cli;

/// <summary>The text of C# and F# cells, as far as lints need to understand it.</summary>
internal static class CodeText
{
    /// <summary>The code with comments blanked out; strings and line numbers stay.</summary>
    public static string WithoutComments(string code)
    {
        var text = new StringBuilder(code.Length);
        for (int i = 0; i < code.Length;)
        {
            int end = At(code, i, "//") ? EndOfLine(code, i)
                : At(code, i, "/*") ? After(code, i + 2, "*/")
                : At(code, i, "(*") && !At(code, i, "(*)") ? After(code, i + 2, "*)")
                : i;
            if (end > i)
            {
                text.Append('\n', code.AsSpan(i, end - i).Count('\n'));
                i = end;
                continue;
            }
            end = At(code, i, "\"\"\"") ? After(code, i + 3, "\"\"\"")
                : code[i] == '"' ? EndOfString(code, i)
                : At(code, i, "'\"'") ? i + 3
                : i + 1;
            text.Append(code, i, end - i);
            i = end;
        }
        return text.ToString();
    }

    static bool At(string code, int i, string sign) => string.CompareOrdinal(code, i, sign, 0, sign.Length) == 0;

    static int EndOfLine(string code, int i) => code.IndexOf('\n', i) is var end and >= 0 ? end : code.Length;

    static int After(string code, int i, string sign) =>
        code.IndexOf(sign, i, StringComparison.Ordinal) is var end and >= 0 ? end + sign.Length : code.Length;

    static int EndOfString(string code, int i)
    {
        bool verbatim = i > 0 && code[i - 1] == '@';
        for (int j = i + 1; j < code.Length; j++)
            if (code[j] == '\\' && !verbatim)
                j++;
            else if (code[j] is '"' or '\n')
                return j + 1;
        return code.Length;
    }
}
