namespace Anneal.Notebooks.Tests;

[Collection(InProcess.Name)]
public sealed class CellSessionTests : IDisposable
{
    readonly Session _session = new();

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("csharp", "1 + 1", "2")]
    [InlineData("csharp", "int.Parse(\"2\");", "")]
    [InlineData("csharp", "string s = null;\ns", "<null>")]
    [InlineData("csharp", "Console.Out.Flush()", "")]
    [InlineData("csharp", "await Task.FromResult(5)", "5")]
    [InlineData("csharp", "display(1);\ndisplay(2)", "1\n2")]
    [InlineData("csharp", "3.Display();", "3")]
    [InlineData("csharp", "\"*x*\".DisplayAs(\"text/markdown\");", "*x*")]
    [InlineData("csharp", "HTML(\"<b>x</b>\")", "<b>x</b>")]
    [InlineData("fsharp", "1 + 1", "2")]
    [InlineData("fsharp", "let x = 1", "")]
    [InlineData("fsharp", "()", "")]
    [InlineData("fsharp", "(None: int option)", "None")]
    [InlineData("fsharp", "display 1 |> ignore\n(2).Display()", "1\n2")]
    [InlineData("fsharp", "\"*x*\".DisplayAs(\"text/markdown\") |> ignore", "*x*")]
    [InlineData("fsharp", "HTML \"<b>x</b>\"", "<b>x</b>")]
    public void A_cell_shows_what_it_displays_and_its_last_value(string language, string source, string shown) =>
        Assert.Equal(shown, _session.Shows((language, source)));

    [Fact]
    public void A_later_cell_sees_what_earlier_cells_declared_and_opened() =>
        Assert.Equal("3.5", _session.Shows(
            ("csharp", "using System.Globalization;\nrecord P(double X);\nvar p = new P(3.5);"), ("csharp", "p.X.ToString(CultureInfo.InvariantCulture)")));

    [Fact]
    public void A_value_assigned_before_an_exception_is_kept()
    {
        var run = _session.Run(("csharp", "var kept = 1;\nkept = 2;"), ("csharp", "kept = 3; throw new InvalidOperationException(\"no\");"));
        Assert.Equal("no", run.Cells[1].Failure!.Message);
    }

    [Theory]
    [InlineData("42", "x + 1", "43")]
    [InlineData("new double[] { 1, 2 }", "Array.sum x", "3")]
    [InlineData("new double[2, 3]", "Array2D.length2 x", "3")]
    [InlineData("(1, \"a\")", "fst (x.ToTuple())", "1")]
    [InlineData("new List<int> { 1, 2 }", "x.Count", "2")]
    [InlineData("new Dictionary<string, int[]> { [\"a\"] = new[] { 7 } }", "x.[\"a\"].[0]", "7")]
    [InlineData("(Func<int, int>)(n => n + 1)", "x.Invoke 1", "2")]
    public void Values_go_from_csharp_to_fsharp(string value, string use, string shown) =>
        Assert.Equal(shown, _session.Shows(("csharp", $"var x = {value};"), ("fsharp", $"#!share --from csharp x\n{use}")));

    [Theory]
    [InlineData("42", "x + 1", "43")]
    [InlineData("[| 1.0; 2.0 |]", "x.Sum()", "3")]
    [InlineData("Array2D.zeroCreate<float> 2 3", "x.GetLength(1)", "3")]
    [InlineData("[ 1; 2 ]", "x.Count()", "2")]
    [InlineData("Some 5", "x.Value", "5")]
    [InlineData("Map [ \"a\", 1 ]", "x[\"a\"]", "1")]
    [InlineData("(fun n -> n + 1)", "x.Invoke(1)", "2")]
    [InlineData("struct (1, [| [| 2 |] |])", "x.Item2[0][0]", "2")]
    public void Values_go_from_fsharp_to_csharp(string value, string use, string shown) =>
        Assert.Equal(shown, _session.Shows(("fsharp", $"let x = {value}"), ("csharp", $"#!share --from fsharp x --as x\n{use}")));

    [Fact]
    public void A_shared_object_is_the_same_object() =>
        Assert.Equal("9", _session.Shows(("csharp", "var x = new int[1];"), ("fsharp", "#!share --from csharp x --as y\ny.[0] <- 9"), ("csharp", "x[0]")));

    [Theory]
    [InlineData("42", "x.GetType().Name", "Double")]
    [InlineData("\"a\"", "x", "a")]
    [InlineData("new[] { 1, 2 }", "x.GetType().Name", "JsonDocument")]
    public void Set_without_byref_copies_as_the_original_kernel_does(string value, string use, string shown) =>
        Assert.Equal(shown, _session.Shows(("csharp", $"var y = {value};"), ("fsharp", $"#!set --name x --value @csharp:y\n{use}")));

    [Fact]
    public void A_value_that_is_not_there_is_named_with_a_suggestion()
    {
        var failure = _session.Fails(("csharp", "var schedule = 1;"), ("fsharp", "let a = 1\n#!share --from csharp schedul"));
        Assert.Equal(2, failure.Line);
        Assert.Equal("csharp has no value schedul at this point. Did you mean schedule?", failure.Message);
    }

    [Fact]
    public void A_type_declared_in_a_cell_is_refused_by_the_other_language_and_not_turned_into_null()
    {
        Assert.Equal("value not shared", _session.Fails(("csharp", "record P(int X);\nvar p = new P(1);"), ("fsharp", "#!share --from csharp p\np.X")).Name);
        Assert.Equal("value not shared", _session.Fails(("fsharp", "type R = { X: int }\nlet r = { X = 1 }"), ("csharp", "#!share --from fsharp r\nr.X")).Name);
    }

    [Fact]
    public void Updating_a_display_replaces_it_where_it_stands()
    {
        var run = _session.Run(("csharp", "var d = display(\"first\");\ndisplay(\"between\");"), ("csharp", "d.Update(\"second\");"));
        Assert.Equal(["second", "between"], run.Cells[0].Outputs.OfType<Display>().Select(d => d.Data["text/plain"]));
        Assert.Empty(run.Cells[1].Outputs);
    }

    [Fact]
    public void Time_shows_how_long_the_cell_took() =>
        Assert.Matches(@"^1\nWall time: \d+(\.\d+)?ms$", _session.Shows(("csharp", "#!time\n1")));

    [Fact]
    public void Text_cells_inside_a_code_cell_are_shown_as_what_they_are()
    {
        var data = _session.Run(("csharp", "#!markdown\n*a*\n#!html\n<b>b</b>")).Cells[0].Outputs.Cast<Display>().Select(d => d.Data.Single());
        Assert.Equal([new("text/markdown", "*a*"), new("text/html", "<b>b</b>")], data);
    }

    [Theory]
    [InlineData("csharp", "var a = 1;\nint b = \"x\";", 2, "int b = \"x\";", "CS0029")]
    [InlineData("fsharp", "let a = 1\nlet b: int = \"x\"", 2, "let b: int = \"x\"", "expected to have type 'int' but here has type 'string' (FS0001)")]
    [InlineData("csharp", "#!fsharp\nlet a = 1\nnowhere", 3, "nowhere", "(FS0039)")]
    public void A_compile_error_names_its_line(string language, string source, int line, string text, string message)
    {
        var failure = _session.Fails((language, source));
        Assert.Equal(("compile error", line, text), (failure.Name, failure.Line, failure.SourceLine));
        Assert.Contains(message, failure.Message);
    }

    [Theory]
    [InlineData("csharp", "int F(int n) => 10 / n;\n\nvar z = F(0);", 1, "F in cell 1, line 1|cell 1, line 3")]
    [InlineData("csharp", "await Task.Yield();\nthrow new DivideByZeroException();", 2, "cell 1, line 2")]
    [InlineData("fsharp", "let f n =\n    if n = 0 then raise (DivideByZeroException()) else n\n\nlet z = f 0", 2, "f in cell 1, line 2|cell 1, line 4")]
    public void An_exception_names_its_line_and_has_no_frames_of_the_engine(string language, string source, int line, string trace)
    {
        var failure = _session.Fails((language, source));
        Assert.Equal(("DivideByZeroException", line), (failure.Name, failure.Line));
        Assert.Equal(trace.Split('|'), failure.Trace);
    }

    [Fact]
    public void An_exception_in_a_formatter_is_the_cells_failure() =>
        Assert.Equal("InvalidOperationException", _session.Fails(("csharp", """
            using System.IO;
            class TypeFormatterSourceAttribute : Attribute { public TypeFormatterSourceAttribute(Type t) => FormatterSourceType = t; public Type FormatterSourceType { get; } }
            public class Source { public IEnumerable<object> CreateTypeFormatters() => new object[] { new Throwing() }; }
            public class Throwing { public string MimeType => "text/html"; public bool Format(object x, TextWriter w) => throw new InvalidOperationException("cannot"); }
            [TypeFormatterSource(typeof(Source))] class Shown { }
            new Shown()
            """)).Name);

    [Fact]
    public void An_imported_file_declares_for_the_notebook_in_each_of_its_languages()
    {
        _session.File("set-up.dib", "#!csharp\nusing System.IO;\nvar a = 1;\n#!fsharp\nopen System.IO\nlet b = 2\n");
        Assert.Equal("3", _session.Shows(("csharp", "#!import \"set-up.dib\""), ("fsharp", "#!share --from csharp a\na + b")));
    }

    [Theory]
    [InlineData("lib.cs", "var a = 5;")]
    [InlineData("lib.ipynb", """{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [{"id": "x", "cell_type": "code", "metadata": {"polyglot_notebook": {"kernelName": "csharp"}}, "execution_count": null, "outputs": [], "source": "var a = 5;"}]}""")]
    public void Code_files_and_notebooks_can_be_imported(string name, string text)
    {
        _session.File(name, text);
        Assert.Equal("5", _session.Shows(("csharp", $"#!import {name}\na")));
    }

    [Fact]
    public void An_fsx_file_can_be_imported()
    {
        _session.File("lib.fsx", "let a = 5");
        Assert.Equal("5", _session.Shows(("fsharp", "#!import \"lib.fsx\"\na")));
    }

    [Fact]
    public void A_set_up_in_both_languages_starts_only_the_one_that_the_notebook_is_in()
    {
        using var session = new Session { Pool = new() };
        session.File("set-up.dib", $"""
            #!csharp

            // Only for .NET Interactive.
            throw new System.Exception("not here");

            #!csharp

            #r "{typeof(Notebook).Assembly.Location}"
            using System.IO;

            #!fsharp

            #r "{typeof(Notebook).Assembly.Location}"
            open System.IO
            """);
        Assert.Equal("a.txt", session.Shows(("csharp", "#!import \"set-up.dib\""), ("fsharp", "Path.GetFileName \"x/a.txt\"")));
        Assert.Null(session.Pool.Started(CellLanguages.CSharp));
        Assert.Equal("b.txt", session.Shows(("csharp", "#!import \"set-up.dib\""), ("csharp", "Path.GetFileName(\"x/b.txt\")")));
    }

    [Fact]
    public void An_error_in_an_imported_file_names_that_file_and_its_line()
    {
        _session.File("bad.dib", "#!csharp\nvar a = 1;\n\nthrow new InvalidOperationException(\"not built\");");
        var failure = _session.Fails(("csharp", "\n#!import \"bad.dib\""));
        Assert.Equal(("bad.dib", 4, "throw new InvalidOperationException(\"not built\");", "not built"), (failure.File, failure.Line, failure.SourceLine, failure.Message));

        _session.File("worse.dib", "#!csharp\n\n#!imprt x");
        failure = _session.Fails(("csharp", "#!import \"worse.dib\""));
        Assert.Equal(("worse.dib", 3, "unknown directive"), (failure.File, failure.Line, failure.Name));

        _session.File("loaded.csx", "int x = 1;\nint y = \"\";");
        failure = _session.Fails(("csharp", "#load \"loaded.csx\""));
        Assert.Equal(("loaded.csx", 2, "int y = \"\";"), (failure.File, failure.Line, failure.SourceLine));
    }

    [Theory]
    [InlineData("#!import \"nowhere.dib\"", "there is no file nowhere.dib")]
    [InlineData("#!import circle.dib", "circle.dib imports itself")]
    [InlineData("#!import \"broken.ipynb\"", "broken.ipynb")]
    [InlineData("#!import \"data.csv\"", ".csv is none of them")]
    [InlineData("#r \"nowhere.dll\"", "there is no file nowhere.dll")]
    [InlineData("#r \"data.csv\"", "data.csv is not a .NET library")]
    [InlineData("#r \"nuget: Markdig, 99.1.0\"", "Markdig is available in version")]
    [InlineData("#r \"nuget: Markdgi\"", "Did you mean Markdig?")]
    [InlineData("#!pwsh\n1", "Cells in 'pwsh' are not run here")]
    public void What_is_not_there_is_named(string source, string message)
    {
        _session.File("circle.dib", "#!import \"circle.dib\"");
        _session.File("broken.ipynb", "{");
        _session.File("data.csv", "a,b");
        Assert.Contains(message, _session.Fails(("csharp", source)).Message);
    }

    [Fact]
    public void A_cell_in_a_language_that_is_not_run_here_is_refused_by_name() =>
        Assert.Equal("Cells in 'sql' are not run here; use csharp, fsharp, markdown or html. Read the data from a file, or by a package of the data base.", _session.Fails(("sql", "select 1")).Message);

    [Fact]
    public void A_package_the_runner_was_built_with_can_be_used_in_both_languages()
    {
        Assert.Equal("Markdown", _session.Shows(("csharp", "#i \"nuget:https://example.org/index.json\"\n#r \"nuget: Markdig\"\ntypeof(Markdig.Markdown).Name")));
        Assert.Equal("Markdown", _session.Shows(("fsharp", "#r \"nuget: Markdig, *\"\ntypeof<Markdig.Markdown>.Name")));
    }
}
