using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Anneal.Notebooks;

namespace Anneal.Cli.Tests;

public sealed class MarkdownTextTests : IDisposable
{
    readonly CommandLine _command = new();

    public void Dispose() => _command.Dispose();

    static readonly string[] Names =
    [
        "price $\\frac{$", "![i](/x.png)", "[a](javascript:alert(1))", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "a | b", "`code`", "**bold**", "~~gone~~", "# heading",
        "- item", "1. item", "two\nlines\n\n| a | b |", "www.example.org", "https://example.org", "$$x$$", "\\(x\\)", "&lt;b&gt;", "a@b.org", ":smile:", "[^1]", "{.red}", "***", "> quote",
        "a\u0007\u001b[31mred", "\u202Eevil", "```", "=1+1", "\"quoted\"", "'", "=== x",
    ];

    public static TheoryData<string> EveryName => [.. Names];

    static string Shown(string markdown)
    {
        var cell = new Cell("a", CellKind.Markdown, "markdown", markdown, []);
        return Page.Render(new NotebookRun(new Notebook("n", "n.ipynb", "fsharp", [cell]), [new CellRun(cell, [], TimeSpan.Zero)]), new PageSettings());
    }

    [Theory, MemberData(nameof(EveryName))]
    public void A_name_is_shown_as_it_stands(string name)
    {
        string html = Shown($"| method | x |\n| --- | --- |\n| {MarkdownText.Escape(name)} | 1 |\n\n- {MarkdownText.Escape(name)}: rest\n");
        foreach (string element in new[] { "td", "li" })
        {
            string inside = Regex.Match(html, $"<{element}(?:\\s[^>]*)?>(.*?)</{element}>", RegexOptions.Singleline).Groups[1].Value;
            Assert.DoesNotContain("<", inside);
            Assert.Equal(MarkdownText.OneLine(name).Trim() + (element == "li" ? ": rest" : ""), WebUtility.HtmlDecode(inside).Trim());
        }
    }

    [Theory, InlineData("a"), InlineData("`a"), InlineData("a`"), InlineData("a``b`c"), InlineData("$x$"), InlineData("<b>"), InlineData("a\nb")]
    public void Code_is_shown_as_it_stands(string text) => Assert.Equal(
        MarkdownText.OneLine(text), WebUtility.HtmlDecode(Regex.Match(Shown(MarkdownText.Code(text)), "<code>(.*?)</code>").Groups[1].Value));

    [Fact]
    public async Task A_sweep_whose_methods_have_such_names_ends_with_its_page_and_table()
    {
        string methods = string.Join(",", Names.Select(n => $$"""{"name": {{JsonSerializer.Serialize(n)}}, "rule": {"type": "sgd"}, "schedule": {"type": "constant", "value": 1} }"""));
        File.WriteAllText(Path.Combine(_command.Folder, "sweep.json"), $$"""
            {"data": "diabetes", "preparation": "standardized", "model": {"type": "absolute"}, "batches": {"type": "withReplacement", "size": 1}, "steps": 4,
             "rates": [0.1, 0.2, 0.4], "tuningSeeds": 1, "evaluationSeeds": 10, "widenings": 0, "methods": [{{methods}}]}
            """);
        var (exit, output, error) = await _command.RunAsync("sweep", "sweep.json", "--out", "out");
        Assert.True(exit == 0, error);
        Assert.DoesNotContain('\u001b', output);
        Assert.True(File.Exists(Path.Combine(_command.Folder, "out", "summary.html")));
        string page = File.ReadAllText(Path.Combine(_command.Folder, "out", "summary.html"));
        Assert.DoesNotContain("<script>alert", page);
        Assert.DoesNotContain("src=\"/x.png\"", page);
    }
}
