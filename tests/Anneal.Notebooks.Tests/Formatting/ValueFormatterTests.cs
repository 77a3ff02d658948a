using System.Collections;
using System.Globalization;
using Microsoft.FSharp.Collections;
using Microsoft.FSharp.Core;

namespace Anneal.Notebooks.Tests;

public class ValueFormatterTests
{
    sealed record Point(double X, string Name);

    sealed class Node
    {
        public Node? Next { get; set; }
        public int Number => 1;
        public int Throws => throw new InvalidOperationException("no number");
    }

    sealed class Named
    {
        public int Hidden => 1;
        public override string ToString() => "its own words";
    }

    public static TheoryData<object?, string> Texts => new()
    {
        { null, "<null>" },
        { 42, "42" },
        { 0.1, "0.1" },
        { 1e-9f, "1E-09" },
        { 12.50m, "12.50" },
        { true, "True" },
        { "a \"b\"\n<c>", "a \"b\"\n<c>" },
        { 'c', "c" },
        { DayOfWeek.Friday, "Friday" },
        { new DateTime(2026, 11, 22), "2026-11-22 00:00:00Z" },
        { new DateTime(2026, 11, 22, 18, 30, 5, DateTimeKind.Utc), "2026-11-22 18:30:05Z" },
        { TimeSpan.FromSeconds(90.5), "00:01:30.5000000" },
        { new DateOnly(2026, 1, 2), "2026-01-02" },
        { Guid.Empty, "00000000-0000-0000-0000-000000000000" },
        { typeof(Dictionary<string, List<int?>>), "System.Collections.Generic.Dictionary<System.String,System.Collections.Generic.List<System.Nullable<System.Int32>>>" },
        { typeof(Dictionary<int[], string>.KeyCollection), "System.Collections.Generic.Dictionary<System.Int32[],System.String>+KeyCollection" },
        { (1, "a", 2.5), "(1, a, 2.5)" },
        { Tuple.Create(1, "a"), "(1, a)" },
        { new Point(1.5, "p"), "Point { X = 1.5, Name = p }" },
        { new { A = 1, B = new[] { 1, 2 } }, "{ A = 1, B = [ 1, 2 ] }" },
        { new[] { 1, 2, 3 }, "[ 1, 2, 3 ]" },
        { new[] { "a", null }, "[ a, <null> ]" },
        { Array.Empty<int>(), "[ ]" },
        { Enumerable.Range(1, 30), "[ 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20 ... (10 more) ]" },
        { new Dictionary<string, int> { ["a"] = 1, ["b"] = 2 }, "{ a: 1, b: 2 }" },
        { new double[,] { { 1, 2 }, { 3, 4 } }, "[1, 2]\n[3, 4]" },
        { new Named(), "its own words" },
        { new InvalidOperationException("bad", new ArgumentException("worse")), "InvalidOperationException: bad\nArgumentException: worse" },
        { (Func<int, string>)(n => n.ToString(CultureInfo.InvariantCulture)), "Func<int, string>" },
        { Task.FromResult(5), "Completed 5" },
        { ListModule.OfSeq([1, 2]), "[ 1, 2 ]" },
        { FSharpOption<int>.Some(3), "Some(3)" },
        { FSharpResult<int, string>.NewError("e"), "Error \"e\"" },
        { FSharpOption<FSharpOption<int>>.Some(FSharpOption<int>.Some(1)), "Some(Some(1))" },
    };

    [Theory, MemberData(nameof(Texts), DisableDiscoveryEnumeration = true)]
    public void Text_says_the_value(object? value, string text) => Assert.Equal(text, Plain(value));

    [Fact]
    public void A_single_value_needs_no_html() => Assert.All<object>([1, "a", true, DateTime.Now, new[] { 1, 2 }, new List<string> { "a" }], v => Assert.Null(Html(v)));

    [Fact]
    public void A_sequence_of_records_is_a_table_with_a_column_per_member() => Assert.Equal(
        "<table class=\"value\"><thead><tr><th scope=\"col\">X</th><th scope=\"col\">Name</th></tr></thead>"
        + "<tbody><tr><td class=\"number\">1</td><td>a</td></tr><tr><td class=\"number\">2</td><td>b</td></tr></tbody></table>",
        Html(new List<Point> { new(1, "a"), new(2, "b") }));

    [Theory]
    [InlineData(1.5e-9, "<td class=\"number\" title=\"1.5E-09\">1.5·10⁻⁹</td>")]
    [InlineData(-2.5e20, "<td class=\"number\" title=\"-2.5E+20\">−2.5·10²⁰</td>")]
    [InlineData(1.0 / 3, "<td class=\"number\" title=\"0.3333333333333333\">0.3333333</td>")]
    [InlineData(12500.0, "<td class=\"number\">12500</td>")]
    [InlineData(1e-9f, "<td class=\"number\" title=\"1E-09\">10⁻⁹</td>")]
    public void Powers_of_ten_in_a_table_are_written_as_people_write_them(object number, string cell) => Assert.Contains(cell, Html(new[] { (number, 1) }));

    [Fact]
    public void A_sequence_of_tuples_is_a_table_with_a_column_per_item() =>
        Assert.Contains("<th scope=\"col\">Item2</th>", Html(new[] { (1, "a"), (2, "b") }));

    [Fact]
    public void Twenty_rows_are_shown_and_all_are_counted()
    {
        string html = Html(Enumerable.Range(0, 100_000).Select(i => (i, i)))!;
        Assert.Equal(21, html.Split("<tr>").Length - 1);
        Assert.EndsWith("<p class=\"note\">The first 20 of 100,000 rows.</p>", html);
    }

    [Fact]
    public void A_record_is_a_line_and_its_members_below_it() => Assert.Equal(
        "<details open><summary><code>Point { X = 1.5, Name = p }</code></summary>"
        + "<table class=\"value\"><tbody><tr><td>X</td><td class=\"number\">1.5</td></tr><tr><td>Name</td><td>p</td></tr></tbody></table></details>",
        Html(new Point(1.5, "p")));

    [Fact]
    public void What_lies_inside_is_laid_out_in_the_same_way_and_closed()
    {
        string html = Html(new { Head = new Point(1, "a"), Pair = (1, "b") })!;
        Assert.Contains("<td>Head</td><td><details><summary><code>Point { X = 1, Name = a }</code></summary>", html);
        Assert.Contains("<td>Pair</td><td><details><summary><code>(1, b)</code></summary><table class=\"value\"><tbody><tr><td>Item1</td>", html);
    }

    [Fact]
    public void A_case_of_FSharp_names_what_it_holds() =>
        Assert.Contains("<summary><code>Some(3)</code></summary><table class=\"value\"><tbody><tr><td>Value</td><td class=\"number\">3</td>", Html(FSharpOption<int>.Some(3)));

    [Fact]
    public void Values_of_different_kinds_are_rows() => Assert.Contains("<tr><td class=\"number\">1</td><td>a</td></tr>", Html(new object[] { 1, "a" }));

    [Fact]
    public void A_dictionary_is_a_table_of_keys_and_values() =>
        Assert.Contains("<tr><td>a</td><td>[ 1, 2 ]</td></tr>", Html(new Dictionary<string, int[]> { ["a"] = [1, 2] }));

    [Fact]
    public void Text_from_values_is_never_html() => Assert.All<object>(
        [new[] { "<script>" }, new Dictionary<string, string> { ["<script>"] = "<script>" }, new Point(0, "<script>"), new { X = "<script>" },
            new[] { new Point(0, "<script>") }, new[] { (1, "<script>") }, new Exception[] { new("<script>") }],
        value => Assert.DoesNotContain("<script>", Html(value)));

    [Fact]
    public void An_endless_sequence_is_cut()
    {
        Assert.EndsWith("20 ... (more) ]", Plain(Endless()));
        Assert.Contains("there are more, and they were not counted", Html(Endless().Select(i => (i, i))));
    }

    [Fact]
    public void A_sequence_that_fails_half_way_shows_what_came_before()
    {
        Assert.Equal("[ 1, … InvalidOperationException: half-way ]", Plain(Failing()));
        Assert.Contains("ended after 1 rows with an error: InvalidOperationException: half-way", Html(Failing()));
    }

    [Fact]
    public void A_cycle_is_named_and_a_failing_member_is_noted()
    {
        var node = new Node();
        node.Next = node;
        Assert.Equal("Node { Next = (cycle), Number = 1, Throws = (InvalidOperationException: no number) }", Plain(node));
        var list = new ArrayList();
        list.Add(list);
        Assert.Equal("[ (cycle) ]", Plain(list));
        Assert.InRange(Html(node)!.Length, 10, 5_000);
    }

    [Fact]
    public void Depth_and_width_are_bounded()
    {
        var deep = new Node();
        for (int i = 0; i < 100_000; i++)
            deep = new Node { Next = deep };
        Assert.InRange(Plain(deep).Length, 10, 1_000);
        object wide = Enumerable.Range(0, 100).Select(_ => Enumerable.Range(0, 100).Select(_ => Enumerable.Range(0, 100).ToArray()).ToArray()).ToArray();
        Assert.InRange(Plain(wide).Length, 10, 20_000);
        Assert.InRange(Html(wide)!.Length, 10, 100_000);
    }

    [Fact]
    public void Fsharps_None_is_told_from_null_by_its_declared_type() =>
        Assert.Equal("None", ValueFormatter.Forms(null, [], typeof(FSharpOption<int>)).Single()["text/plain"]);

    [Fact]
    public void Wanted_forms_are_the_only_ones()
    {
        Assert.Equal("<b>", ValueFormatter.Forms("<b>", ["text/html"]).Single()["text/html"]);
        Assert.Equal("{\"A\":1}", ValueFormatter.Forms(new { A = 1 }, ["application/json"]).Single()["application/json"]);
        Assert.Equal("AQI=", ValueFormatter.Forms(new byte[] { 1, 2 }, ["image/png"]).Single()["image/png"]);
        Assert.Equal("[ 1 ]", ValueFormatter.Forms(new[] { 1 }, ["text/plain"]).Single()["text/plain"]);
    }

    [Fact]
    public void A_type_that_says_how_it_is_shown_is_shown_so_alone_and_inside_others()
    {
        Assert.Equal("<i>x</i>", Html(new Shown("x")));
        Assert.Equal("text x", Plain(new Shown("x")));
        Assert.Contains("<td><i>x</i></td>", Html(new { A = new Shown("x") }));
        Assert.Equal(["<i>x</i>", "<i>y</i>"], ValueFormatter.Forms(new[] { new Shown("x"), new Shown("y") }, []).Select(f => f["text/html"]));
    }

    [Fact]
    public void A_chart_gives_a_page_its_figures_and_not_a_whole_copy_of_plotly()
    {
        var forms = ValueFormatter.Forms(new ShownChart(), []).Single();
        Assert.Equal("{}", forms["application/vnd.plotly.v1+json"]);
        Assert.DoesNotContain("text/html", forms.Keys);
    }

    static IEnumerable<int> Endless()
    {
        for (int i = 1; ; i++)
            yield return i;
    }

    static IEnumerable<int> Failing()
    {
        yield return 1;
        throw new InvalidOperationException("half-way");
    }

    static string Plain(object? value) => ValueFormatter.Forms(value, []).Single()["text/plain"];

    static string? Html(object? value) => ValueFormatter.Forms(value, []).Single().GetValueOrDefault("text/html");

    /// <summary>A library's own attribute, as hosts find it: by name.</summary>
    [AttributeUsage(AttributeTargets.Class)]
    sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
    {
        public Type FormatterSourceType => formatterSourceType;
    }

    [TypeFormatterSource(typeof(ShownSource))]
    sealed record Shown(string Text);

    sealed class ShownSource
    {
        public IEnumerable<object> CreateTypeFormatters() =>
            [new Formatter("text/html", x => $"<i>{((Shown)x).Text}</i>"), new Formatter("text/plain", x => $"text {((Shown)x).Text}")];
    }

    [TypeFormatterSource(typeof(ChartSource))]
    sealed class ShownChart;

    sealed class ChartSource
    {
        public IEnumerable<object> CreateTypeFormatters() =>
            [new Formatter("application/vnd.plotly.v1+json", _ => "{}"), new Formatter("text/html", _ => throw new InvalidOperationException("not asked for"))];
    }

    sealed class Formatter(string mimeType, Func<object, string> write)
    {
        public string MimeType => mimeType;

        public bool Format(object value, TextWriter writer)
        {
            writer.Write(write(value));
            return true;
        }
    }
}
