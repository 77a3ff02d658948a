namespace Anneal.Notebooks.Tests;

/// <summary>What notebooks that were written for the original kernel use.</summary>
[Collection(InProcess.Name)]
public sealed class ForeignNotebookTests : IDisposable
{
    readonly Session _session = new();

    public void Dispose()
    {
        Microsoft.DotNet.Interactive.Formatting.Formatter.ResetToDefault();
        _session.Dispose();
    }

    string Html(params (string Language, string Source)[] cells) =>
        string.Join('\n', _session.Run(cells).Cells[^1].Outputs.OfType<Display>().Select(d => d.Data.GetValueOrDefault("text/html") ?? ""));

    const string Usings = "using System.IO;\nusing Microsoft.DotNet.Interactive.Formatting;\n";

    [Fact]
    public void A_registered_formatter_shows_values_of_its_type_alone_in_tables_and_as_derived_types()
    {
        var types = ("csharp", Usings + "public class Point { public int X; }\npublic class Special : Point { }\nFormatter.Register<Point>(p => $\"<b>{p.X}</b>\", \"text/html\");");
        Assert.Equal("<b>3</b>", Html(types, ("csharp", "new Point { X = 3 }")));
        Assert.Equal("<b>4</b>", Html(types, ("csharp", "new Special { X = 4 }")));
        Assert.Contains("<td><b>5</b></td>", Html(types, ("csharp", "new Dictionary<string, Point> { [\"a\"] = new() { X = 5 } }")));
    }

    [Fact]
    public void Formatters_are_registered_in_every_way_and_forgotten()
    {
        // Types of their own, because tests of formatters run beside these in the same process.
        var types = ("csharp", Usings + "public record A(int N);\npublic record B(double X);\npublic class Bag<T> { public int Count => 2; }");
        Assert.Equal("3!", _session.Shows(types, ("csharp", "Formatter.Register<A>((a, writer) => writer.Write($\"{a.N}!\"));"), ("csharp", "new A(3)")));
        Assert.Equal("0.50", _session.Shows(types, ("csharp", "Formatter.Set<B>(b => b.X.ToString(\"0.00\"));"), ("csharp", "new B(0.5)")));
        Assert.Equal("bag", _session.Shows(types, ("csharp", "Formatter.Register(typeof(Bag<>), (x, writer) => writer.Write(\"bag\"), \"text/plain\");"), ("csharp", "new Bag<int>()")));
        Assert.Equal("Bag<int> { Count = 2 }", _session.Shows(types, ("csharp", "Formatter.ResetToDefault();"), ("csharp", "new Bag<int>()")));
    }

    [Fact]
    public void Formatters_are_registered_from_FSharp() => Assert.Equal("<i>7</i>", Html(
        ("fsharp", "open Microsoft.DotNet.Interactive.Formatting\ntype Box = { N: int }\nFormatter.Register<Box>((fun (b: Box) -> $\"<i>{b.N}</i>\"), \"text/html\")"),
        ("fsharp", "{ N = 7 }")));

    [Fact]
    public void The_preferred_forms_of_a_type_are_the_ones_shown()
    {
        var run = _session.Run(("csharp", Usings + "public record C(int N);\nFormatter.SetPreferredMimeTypesFor(typeof(C), \"text/plain\");"), ("csharp", "new C(1)"));
        Assert.Equal(["text/plain"], run.Cells[^1].Outputs.OfType<Display>().Single().Data.Keys);
    }

    [Fact]
    public void A_value_is_shared_from_where_values_are_kept()
    {
        Assert.Equal("a,b\n#!not a directive", _session.Shows(("csharp", "#!value --name table\na,b\n#!not a directive"), ("csharp", "#!share --from value table\ntable")));
        _session.File("data.csv", "x;y");
        Assert.Equal("x;y", _session.Shows(("value", "#!value --name file --from-file data.csv"), ("fsharp", "#!share --from value file --as text\ntext")));
        Assert.Contains("Did you mean table?", _session.Fails(("csharp", "#!value --name table\n1"), ("csharp", "#!share --from value tabel")).Message);
        Assert.Contains("without a network", _session.Fails(("csharp", "#!value --name x --from-url https://example.org")).Message);
    }

    [Fact]
    public void As_many_items_are_shown_as_a_cell_asks_for() => Assert.Equal("[ 0, 1, 2 ... (7 more) ]",
        _session.Shows(("csharp", "using Microsoft.DotNet.Interactive.Formatting;\nFormatter.ListExpansionLimit = 3;\nFormatter.RecursionLimit = 2;\nEnumerable.Range(0, 10)")));

    [Fact]
    public void A_sequence_is_displayed_as_a_table()
    {
        Assert.Contains("<th scope=\"col\">Name</th>", Html(("csharp", "new[] { new { Name = \"a\", N = 1 } }.DisplayTable();")));
        Assert.Equal("<table class=\"value\"><thead><tr><th scope=\"col\">value</th></tr></thead><tbody><tr><td>pear</td></tr></tbody></table>", Html(("csharp", "new[] { \"pear\" }.DisplayTable();")));
        Assert.Contains("<tr><td>a</td></tr><tr><td>b</td></tr>", Html(("csharp", "\"ab\".DisplayTable();")));
        Assert.Equal("[ 1, 2 ]", _session.Shows(("csharp", "new[] { 1, 2 }.DisplayTable(\"text/plain\");")));
    }

    [Theory]
    [InlineData("csharp", "using static Microsoft.DotNet.Interactive.Formatting.PocketViewTags;", "PocketViewTags is the original kernel's")]
    [InlineData("csharp", "CSS(\"p { color: red }\")", "CSS is the original kernel's")]
    [InlineData("csharp", "Javascript(\"alert(1)\")", "Javascript is the original kernel's")]
    [InlineData("csharp", "new LaTeXString(\"x\")", "DisplayAs(\"text/latex\")")]
    [InlineData("fsharp", "open Html", "Html is the original kernel's")]
    [InlineData("csharp", "#!mermaid\ngraph TD", "draw with Plotly.NET")]
    [InlineData("csharp", "#!connect mssql", "Read the data from a file")]
    [InlineData("csharp", "#!whos", "display(…)")]
    public void What_is_not_here_is_refused_by_name(string language, string source, string words) =>
        Assert.Contains(words, _session.Fails((language, source)).Message);

    [Fact]
    public void A_lower_version_of_a_package_that_is_carried_along_is_accepted_with_a_note()
    {
        var run = _session.Run(("csharp", "#r \"nuget: Markdig, 0.18.0\"\ntypeof(Markdig.Markdown).Name"));
        Assert.Null(run.Cells[0].Failure);
        Assert.Matches(@"^Markdig \d+\.\d+\.\d+ is used; 0\.18\.0 was asked for\.\n$", run.Cells[0].Outputs.OfType<StreamText>().Single().Text);
    }
}
