using System.Text.Json.Nodes;

namespace Anneal.Cli.Tests;

public sealed class LintsTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("anneal-lint-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    IReadOnlyList<Finding> Look(SampleLesson lesson, string name = "01-sample.ipynb") => Lints.Look(NotebookText.Read(lesson.Write(folder, name)));

    Finding Only(SampleLesson lesson) => Assert.Single(Look(lesson));

    [Fact]
    public void The_sample_keeps_every_rule() => Assert.Empty(Look(new()));

    [Fact]
    public void A_code_cell_must_say_its_language()
    {
        var found = Only(new SampleLesson().Changed(l => l["claim"]["metadata"]!.AsObject().Remove("polyglot_notebook")));
        Assert.Equal(("language", 3), (found.Rule, found.Cell));
    }

    [Theory]
    [InlineData("dotnet_interactive", "language")]
    [InlineData("vscode", "languageId")]
    public void Other_editors_say_the_language_in_their_own_way(string group, string name) => Assert.Empty(Look(new SampleLesson()
        .Changed(l => l["claim"]["metadata"] = new JsonObject { [group] = new JsonObject { [name] = "csharp" } })));

    [Fact]
    public void A_cell_needs_an_id()
    {
        var found = Only(new SampleLesson().Changed(l => l["claim"].Remove("id")));
        Assert.Equal(("ids", 3), (found.Rule, found.Cell));
    }

    [Fact]
    public void Outputs_are_not_committed()
    {
        var found = Only(new SampleLesson().Changed(l => l["claim"]["outputs"] = new JsonArray(
            new JsonObject { ["output_type"] = "stream", ["name"] = "stdout", ["text"] = "x" })));
        Assert.Equal(("outputs", 3), (found.Rule, found.Cell));
    }

    [Fact]
    public void Execution_counts_are_not_committed()
    {
        var found = Only(new SampleLesson().Changed(l => l["claim"]["execution_count"] = 4));
        Assert.Equal(("outputs", 3), (found.Rule, found.Cell));
    }

    [Theory]
    [InlineData("#!import \"other.dib\"")]
    [InlineData("#!import \"boot.dib\"\nvar x = 1;")]
    public void The_first_cell_imports_the_boot_file_and_nothing_else(string source)
    {
        var found = Only(new SampleLesson().With("boot", source));
        Assert.Equal(("boot", 1), (found.Rule, found.Cell));
    }

    [Theory]
    [InlineData("#r \"nuget: Plotly.NET, 6.0.0\"", "downloaded")]
    [InlineData("#r \"../x.dll\"", "Libraries.csproj")]
    [InlineData("#load \"x.csx\"", "Libraries.csproj")]
    [InlineData("#!time", "not in every host")]
    [InlineData("#!pwsh", "not in every host")]
    [InlineData("#!set --name y --value @csharp:x", "--byref")]
    [InlineData("using Microsoft.DotNet.Interactive.Formatting;", "one host")]
    [InlineData("Formatter.Register<int>(x => \"\");", "one host")]
    [InlineData("new LaTeXString(\"x\")", "one host")]
    [InlineData("Kernel.Root.ToString()", "one host")]
    [InlineData("\"<b>x</b>\".DisplayAs(\"text/html\");", "text/markdown")]
    [InlineData("display(1).Update(2);", "final value")]
    [InlineData("var c = new System.Net.Http.HttpClient();", "network")]
    [InlineData("var name = Console.ReadLine();", "nobody")]
    public void Only_the_common_subset_is_used(string line, string reason)
    {
        var found = Only(new SampleLesson().With("claim", $"Check.Close(\"the answer\", 1.0 / 2, 0.5, 0);\n{line}"));
        Assert.Equal(("subset", 3, 2), (found.Rule, found.Cell, found.Line));
        Assert.Contains(reason, found.Message);
    }

    [Theory]
    [InlineData("#!share --from fsharp x")]
    [InlineData("#!set --byref --name y --value @fsharp:x")]
    [InlineData("\"*x*\".DisplayAs(\"text/markdown\");")]
    [InlineData("display(1);")]
    [InlineData("// Formatter and #r \"nuget: X\" are not used here")]
    public void The_subset_itself_is_allowed(string line) =>
        Assert.Empty(Look(new SampleLesson().With("claim", $"Check.Close(\"the answer\", 1.0 / 2, 0.5, 0);\n{line}")));

    [Fact]
    public void Other_languages_are_refused()
    {
        var found = Only(new SampleLesson().Changed(l => l["text-1"].ReplaceWith(new JsonObject
        {
            ["cell_type"] = "code",
            ["id"] = "text-1",
            ["metadata"] = new JsonObject { ["polyglot_notebook"] = new JsonObject { ["kernelName"] = "pwsh" } },
            ["execution_count"] = null,
            ["outputs"] = new JsonArray(),
            ["source"] = "ls",
        })));
        Assert.Equal(("subset", 4), (found.Rule, found.Cell));
    }

    [Theory]
    [InlineData("stub-2")]
    [InlineData("check-2")]
    [InlineData("solution-2")]
    public void An_exercise_without_one_of_its_three_cells_is_found(string missing)
    {
        var found = Look(new SampleLesson().Without(missing));
        Assert.All(found, f => Assert.Equal("exercises", f.Rule));
        Assert.Equal(2, found.Count(f => f.Cell is not null));
        Assert.Contains(found, f => f.Cell is null && f.Message.Contains("at least 6 exercises; this one has 5"));
    }

    [Theory]
    [InlineData("<details>\n\n```fsharp\nlet x2 = 2.0\n```\n\n</details>", "it has 0")]
    [InlineData("```csharp\ndouble x2 = 2;\n```", "it has 0")]
    [InlineData("<details>\n\n```csharp\ndouble x2 = 2;\n```\n\nor\n\n```csharp\ndouble x2 = 1 + 1;\n```\n\n</details>", "it has 2")]
    public void A_solution_has_exactly_one_block_in_the_language_of_the_stub(string solution, string count)
    {
        var lesson = new SampleLesson().With("solution-2", solution);
        var found = Only(lesson);
        Assert.Equal(("exercises", lesson.Number("solution-2")), (found.Rule, found.Cell));
        Assert.EndsWith(count + ".", found.Message);
    }

    [Fact]
    public void A_notebook_that_is_no_lesson_needs_no_exercises()
    {
        var lesson = new SampleLesson();
        for (int i = 1; i <= 6; i++)
            lesson.Without($"stub-{i}").Without($"check-{i}").Without($"solution-{i}");
        Assert.Single(Look(lesson));
        Assert.Empty(Look(lesson, "overview.ipynb"));
    }

    [Theory]
    [InlineData("0.25")]
    [InlineData("7 %")]
    [InlineData("$7\\,\\text{or}\\,0.25$")]
    [InlineData("1,500 steps")]
    [InlineData("$10{,}000$")]
    [InlineData("3e-4")]
    [InlineData("$3 \\cdot 10^{-4}$")]
    [InlineData("3 · 10^-4")]
    [InlineData("| a | 0.25 |")]
    public void A_number_that_no_code_mentions_is_found(string prose)
    {
        var found = Only(new SampleLesson().With("title", $"# A sample\n\n{prose}"));
        Assert.Equal(("numbers", 2, 3), (found.Rule, found.Cell, found.Line));
    }

    [Theory]
    [InlineData("0.5")]
    [InlineData("50 %")]
    [InlineData("0.50")]
    [InlineData("12 apples in 3 baskets")]
    [InlineData("lecture 002, §8.45, (2017), lesson 07")]
    [InlineData("`CosineDecay(0.77)`")]
    [InlineData("[a link](https://example.org/1706.02677)")]
    [InlineData("```csharp\nvar x = 0.77;\n```")]
    [InlineData("0.77 metres <!-- given: 0.77 -->")]
    public void A_number_that_is_checked_given_or_no_statement_is_not(string prose) =>
        Assert.Empty(Look(new SampleLesson().With("title", $"# A sample\n\n{prose}")));

    [Fact]
    public void A_number_may_be_written_in_another_way_in_the_code() => Assert.Empty(Look(new SampleLesson()
        .With("title", "# A sample\n\nFrom 12,500 down to $3 \\cdot 10^{-4}$, which is 4.65 % less.")
        .With("claim", "Check.That(\"x\", 12_500 * 0.0465 > 3e-4);")));

    [Fact]
    public void A_check_in_a_later_section_comes_too_late()
    {
        var lesson = new SampleLesson().With("title", "# A sample\n\n0.125").With("stub-1", "double x1 = Answer.NotYet, y = 0.125;");
        Assert.Equal("numbers", Only(lesson).Rule);
    }

    [Fact]
    public void A_comment_is_no_check() =>
        Assert.Equal("numbers", Only(new SampleLesson().With("title", "# A sample\n\n0.125").With("claim", "var x = 1; // 0.125")).Rule);

    [Fact]
    public void Numbers_in_a_solution_are_checked_by_its_own_code()
    {
        const string good = "<details>\n\nIt is 0.125.\n\n```csharp\ndouble x1 = 1;\nCheck.Close(\"x\", 0.125, 0.125, 0);\n```\n\n</details>";
        Assert.Empty(Look(new SampleLesson().With("solution-1", good)));
        Assert.Equal("numbers", Only(new SampleLesson().With("solution-1", good.Replace("is 0.125", "is 0.375"))).Rule);
    }

    [Fact]
    public void Sources_may_quote_any_number() =>
        Assert.Empty(Look(new SampleLesson().With("text-6", "## Sources\n\nVolume 2026, page 1234, arXiv 1706.02677.")));
}
