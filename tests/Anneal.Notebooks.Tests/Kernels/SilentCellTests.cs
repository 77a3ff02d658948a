namespace Anneal.Notebooks.Tests;

/// <summary>A cell that cannot be read must fail: one that passes without having run lets a broken claim pass with it.</summary>
[Collection(InProcess.Name)]
public sealed class SilentCellTests : IDisposable
{
    readonly Session _session = new();

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("]", 1)]
    [InlineData("let a = 1 }", 1)]
    [InlineData("let a = (1))", 1)]
    [InlineData("let a = 1\n#endif", 2)]
    [InlineData("#if NOWHERE\nlet a = 1", 1)]
    [InlineData("#if NOWHERE\nlet a = 1\n#else", 3)]
    [InlineData("let a = \"abc", 1)]
    [InlineData("\"abc", 1)]
    [InlineData("\"\"\"abc", 1)]
    [InlineData("@\"abc", 1)]
    [InlineData("$\"{1", 1)]
    [InlineData("'a", 1)]
    [InlineData("(* open", 1)]
    [InlineData("let f x =\nx + 1", 2)]
    [InlineData("1 : int", 1)]
    [InlineData("let a = 1\na : int", 2)]
    [InlineData("let = 3", 1)]
    [InlineData("match 1 with", 1)]
    [InlineData("1 +", 1)]
    [InlineData("if true then", 1)]
    [InlineData("type T = { A : int", 1)]
    [InlineData("#nonsense", 1)]
    [InlineData("let a = 1\n;;\nlet b = }", 3)]
    [InlineData("1;; 2 +", 1)]
    [InlineData("let a = 1;;\n)", 2)]
    [InlineData("then", 1)]
    [InlineData("|] 3", 1)]
    public void Fsharp_that_cannot_be_read_is_a_compile_error_with_its_line(string source, int line)
    {
        var failure = _session.Fails(("fsharp", source));
        Assert.Equal(("compile error", line), (failure.Name, failure.Line));
        Assert.DoesNotContain("parse error", failure.Message);
    }

    [Theory]
    [InlineData("let a = 20;;\na + 22", "42")]
    [InlineData("let a = 20;; a + 23;;", "43")]
    [InlineData("let a = \";;\" // ;;\n(* ;; *)\na.Length", "2")]
    [InlineData("40 + 4;;\n\n// the end;;\n", "44")]
    public void All_interactions_of_a_cell_run_and_the_last_value_is_shown(string source, string shown) =>
        Assert.Equal(shown, _session.Shows(("fsharp", source)));

    [Fact]
    public void An_error_after_two_semicolons_has_the_line_of_the_cell() =>
        Assert.Equal(("compile error", 4), (_session.Fails(("fsharp", "let a = 1;;\n\nlet b = 2;; let c = 3\nlet d: int = \"x\"")) is var f ? f.Name : "", f.Line));

    /// <summary>A piece of syntax put anywhere into a cell: either the cell fails, or it runs to its end.</summary>
    [Theory]
    [InlineData("fsharp", "display \"begins\" |> ignore\nlet f x =\n    x + 1\nlet a = [ f 1; 2 ]\ndisplay (\"end\" + string a.Length) |> ignore")]
    [InlineData("csharp", "display(\"begins\");\nint F(int x)\n{\n    return x + 1;\n}\nvar a = new[] { F(1), 2 };\ndisplay(\"end\" + a.Length);")]
    public void A_stray_piece_of_syntax_never_makes_a_cell_pass_without_running(string language, string source)
    {
        string[] strays = ["}", "{", ")", "(", "]", "[", "\"", "\"\"\"", "(*", "*)", "/*", "'", "\n#endif\n", "\n#if NOWHERE\n", "\n#else\n", "=", "->", ":", ";;", "\nlet\n", "|", "then", "\\", "@", "$\"", "`"];
        var random = new Random(13);
        foreach (string stray in strays)
            for (int i = 0; i < 3; i++)
            {
                string broken = source.Insert(random.Next(source.Length + 1), stray);
                var cell = _session.Run((language, broken)).Cells[0];
                Assert.True(cell.Failure is not null || cell.Outputs.Count == 2, broken);
            }
    }

    [Theory]
    [InlineData("var x = 4;\nreturn x;", "4")]
    [InlineData("return 5;", "5")]
    [InlineData("var x = 4;\nif (x > 3) return x + 38;\nx", "42")]
    [InlineData("var x = 4;\nif (x > 4) { return 1; } else { return \"two\"; }", "two")]
    [InlineData("foreach (var n in new[] { 1, 2, 3 }) if (n == 2) return n * 10;\nreturn -1;", "20")]
    [InlineData("try { return int.Parse(\"x\"); } catch (FormatException) { return 7; }", "7")]
    [InlineData("switch (3) { case 3: return \"three\"; default: return \"other\"; }", "three")]
    [InlineData("await Task.Yield();\nreturn 8;", "8")]
    [InlineData("int F() { return 3; }\nF();", "")]
    [InlineData("Func<int> f = () => { return 3; };\nf();", "")]
    [InlineData("class C { public int P { get { return 1; } } }", "")]
    [InlineData("return;", "")]
    public void What_a_csharp_cell_returns_is_shown(string source, string shown) => Assert.Equal(shown, _session.Shows(("csharp", source)));

    [Fact]
    public void An_imported_notebook_brings_its_text_along()
    {
        _session.File("part.ipynb", """
            {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [
             {"id": "a", "cell_type": "markdown", "metadata": {}, "source": "*before* ![x](attachment:x.svg)", "attachments": {"x.svg": {"image/svg+xml": "<svg/>"}}},
             {"id": "b", "cell_type": "code", "metadata": {}, "execution_count": null, "outputs": [], "source": "display(\"run\");"},
             {"id": "c", "cell_type": "raw", "metadata": {}, "source": "left out"},
             {"id": "d", "cell_type": "markdown", "metadata": {}, "source": "after"}]}
            """);
        var outputs = _session.Run(("csharp", "#!import \"part.ipynb\"\ndisplay(\"own\");")).Cells[0].Outputs;
        Assert.Equal(["*before* ![x](data:image/svg+xml;base64,PHN2Zy8+)", "run", "after", "own"],
            outputs.Select(o => ((Display)o).Data.Values.Single()));
    }
}
