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
    public void A_lesson_has_at_least_five_exercises()
    {
        var lesson = new SampleLesson();
        for (int i = 5; i <= 6; i++)
            lesson.Without($"stub-{i}").Without($"check-{i}").Without($"solution-{i}");
        Assert.Contains("at least 5 exercises; this one has 4", Only(lesson).Message);
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
        .With("claim", "Check.That(\"x\", y < 12_500 * 0.0465 + 3e-4);")));

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

    [Theory]
    [InlineData("let x = 1.0", "fsharp")]
    [InlineData("#!csharp\nlet x = 1.0", "subset")]
    public void An_fsharp_cell_begins_with_its_language(string source, string rule)
    {
        var found = Look(new SampleLesson().Changed(l => l["claim"]["metadata"]!["polyglot_notebook"]!["kernelName"] = "fsharp").With("claim", source + "\nCheck.Close(\"the answer\", x / 2.0, 0.5, 0.0)"));
        Assert.Contains(found, f => (f.Rule, f.Cell) == (rule, 3));
    }

    [Fact]
    public void The_language_line_of_an_fsharp_cell_is_in_the_subset() => Assert.Empty(Look(new SampleLesson()
        .Changed(l => l["claim"]["metadata"]!["polyglot_notebook"]!["kernelName"] = "fsharp").With("claim", "#!fsharp\nlet x = 1.0\nCheck.Close(\"the answer\", x / 2.0, 0.5, 0.0)")));

    [Fact]
    public void A_line_of_code_fits_the_page()
    {
        string line = $"var x = {string.Join(" + ", Enumerable.Repeat("1", 22))};";
        var found = Only(new SampleLesson().With("claim", $"Check.Close(\"the answer\", 1.0 / 2, 0.5, 0);\n{line}"));
        Assert.Equal(("lines", 3, 2), (found.Rule, found.Cell, found.Line));
        string caption = $"LineChart.plain(\"t\")\n|> ChartView.caption \"{string.Join(' ', Enumerable.Repeat("word", 20))}\"";
        Assert.Contains(Look(new SampleLesson().With("claim", $"Check.Close(\"the answer\", 1.0 / 2, 0.5, 0);\n{caption}")), f => (f.Rule, f.Line) == ("lines", 3));
        Assert.Contains(Look(new SampleLesson().With("text-6", $"## Sources\n\n```csharp\n{line}\n```")), f => (f.Rule, f.Line) == ("lines", 4));
    }

    [Theory]
    [InlineData("Check.That(\"x\", true);")]
    [InlineData("Check.That(\"x\", 2 > 1);")]
    [InlineData("Check.Close(\"x\", 0.25, 0.25, 1e-3);")]
    [InlineData("Check.Equal(\"x, (y)\", 3, 3);")]
    [InlineData("Check.AtMost(\"x\", 3e-1, 4.0);")]
    public void A_check_that_compares_constants_is_refused(string check)
    {
        var found = Only(new SampleLesson().With("claim", $"Check.Close(\"the answer\", 1.0 / 2, 0.5, 0);\n{check}"));
        Assert.Equal(("checks", 3, 2), (found.Rule, found.Cell, found.Line));
    }

    [Theory]
    [InlineData("Check.That(\"x\", y > 1);")]
    [InlineData("Check.Close(\"x\", f(1, 2), 0.25, 1e-3);")]
    [InlineData("Check.Equal(\"x\", y, 3);")]
    [InlineData("Check.AtMost(\"x\", Math.Sqrt(2), 1.5);")]
    [InlineData("Check.Throws<ArgumentException>(\"x\", () => f());")]
    public void A_check_that_computes_is_not(string check) => Assert.Empty(Look(new SampleLesson().With("claim", $"Check.Close(\"the answer\", 1.0 / 2, 0.5, 0);\n{check}")));

    const string Thirty = "one two three four five six seven eight nine ten one two three four five six seven eight nine ten one two three four five six seven eight nine ten";

    [Theory]
    [InlineData(Thirty + " more.", 3)]
    [InlineData("Short.\n\n- " + Thirty + "\n  and $x + y$.", 5)]
    [InlineData("Short. " + Thirty + " more. Short.", 3)]
    public void A_sentence_of_more_than_thirty_words_is_found(string prose, int line)
    {
        var found = Only(new SampleLesson().With("title", "# A sample\n\n" + prose));
        Assert.Equal(("sentences", 2, line), (found.Rule, found.Cell, found.Line));
    }

    [Theory]
    [InlineData(Thirty + ".")]
    [InlineData(Thirty + ": $a + b + c$.\n")]
    [InlineData("| " + Thirty + " | " + Thirty + " |")]
    [InlineData("- " + Thirty + "\n- " + Thirty)]
    [InlineData("```csharp\n// " + Thirty + " more\n```")]
    [InlineData("Short, e.g. this. " + Thirty + "? Short!")]
    [InlineData("It ends with $x$. " + Thirty + ".")]
    public void Shorter_ones_lists_tables_and_code_are_not(string prose) =>
        Assert.DoesNotContain(Look(new SampleLesson().With("title", "# A sample\n\n" + prose)), f => f.Rule == "sentences" && !f.Message.Contains("has 31 words"));

    [Theory]
    [InlineData("LineChart.plain \"t\" \"x\" \"y\" [ \"a\" ] [ points ]", "does not say what to see")]
    [InlineData("LineChart.plain \"t\" \"x\" \"y\" [ \"a\" ] [ points ]\n|> ChartView.caption \"It ends at 0.77.\"", "0.77 is stated in a caption")]
    [InlineData("LineChart.plain \"t\" \"x\" \"y\" [ \"a\" ] [ points ]\n|> ChartView.caption (\n    \"It begins, and it \" +\n    \"ends at 0.77.\")", "0.77 is stated in a caption")]
    public void Captions_are_claims(string code, string says)
    {
        var found = Look(new SampleLesson().Changed(l => l["claim"]["metadata"]!["polyglot_notebook"]!["kernelName"] = "fsharp").With("claim", "#!fsharp\nCheck.Close(\"the answer\", x / 2.0, 0.5, 0.0)\n" + code));
        Assert.Contains(says, Assert.Single(found).Message);
    }

    [Fact]
    public void A_caption_whose_numbers_are_computed_is_fine() => Assert.Empty(Look(new SampleLesson()
        .Changed(l => l["claim"]["metadata"]!["polyglot_notebook"]!["kernelName"] = "fsharp")
        .With("claim", "#!fsharp\nCheck.Close(\"the answer\", x / 2.0, 0.5, 0.0)\nLineChart.plain \"t\" \"x\" \"y\" [ \"a\" ] [ points ]\n|> ChartView.caption \"It ends at 0.5.\"")));

    [Theory]
    [InlineData("double x1 = new Adam().Beta1 + 1 - 0.9;", "Adam")]
    [InlineData("var s = CosineDecay.Default; double x1 = 1;", "CosineDecay")]
    [InlineData("double x1 = rule.Path(a, b, c, 1).Last()[0];", "Path")]
    [InlineData("double x1 = new Anneal.Rules.Adam().Beta1;", "Adam")]
    public void A_solution_to_a_coding_exercise_does_not_call_the_library(string code, string name)
    {
        var lesson = new SampleLesson().Changed(l => l["stub-1"]["metadata"]!["tags"] = new JsonArray("exercise", "coding"))
            .With("solution-1", $"<details>\n\n```csharp\n{code}\n```\n\n</details>");
        var found = Look(lesson).Single(f => f.Rule == "coding");
        Assert.Equal(lesson.Number("solution-1"), found.Cell);
        Assert.Contains($"The solution uses {name}", found.Message);
    }

    [Fact]
    public void Members_that_are_called_like_something_of_the_library_are_fine() => Assert.DoesNotContain(Look(new SampleLesson()
        .Changed(l => l["stub-1"]["metadata"]!["tags"] = new JsonArray("exercise", "coding"))
        .With("solution-1", "<details>\n\n```csharp\ndouble x1 = Math.Min(1, Math.Max(0, new[] { 1.0 }.Sum()));\n```\n\n</details>")), f => f.Rule == "coding");

    static readonly Course course = Course.In(Path.Combine(Repository.Root, "notebooks"))!;

    IReadOnlyList<Finding> LookInCourse(SampleLesson lesson, string name = "02-sample.ipynb") => Lints.Look(NotebookText.Read(lesson.Write(folder, name), course));

    [Theory]
    [InlineData("See lesson 98.", "There is no lesson 98")]
    [InlineData("[there](03-nothing.ipynb)", "There is no 03-nothing.ipynb")]
    [InlineData("[there](#nowhere)", "There is no heading #nowhere")]
    [InlineData("[there](01-other.ipynb#nowhere)", "There is no heading #nowhere in 01-other.ipynb")]
    public void A_link_leads_somewhere(string prose, string says)
    {
        new SampleLesson().Write(folder, "01-other.ipynb");
        Assert.Contains(says, Assert.Single(LookInCourse(new SampleLesson().With("title", "# A sample\n\n" + prose))).Message);
    }

    [Fact]
    public void Links_that_do_are_fine()
    {
        new SampleLesson().Write(folder, "01-other.ipynb");
        Assert.Empty(LookInCourse(new SampleLesson().With("title", "# A sample\n\nLessons 01 and 03, [a](01-other.ipynb), [b](01-other.ipynb#question-2), [c](#question-1), [d](https://example.org/x#y).")));
    }

    [Fact]
    public void A_word_that_lessons_do_not_use_is_found() =>
        Assert.Contains("say predict", Assert.Single(LookInCourse(new SampleLesson().With("title", "# A sample\n\nWe foretell it; `foretell` is code.")), f => f.Rule == "words").Message);

    [Fact]
    public void A_lesson_in_the_old_form_is_told_and_not_held_to_it()
    {
        var old = course with { Registers = course.Registers with { OldForm = ["02-sample"] } };
        var spoilt = new SampleLesson().With("title", $"# A sample\n\n{Thirty} more.");
        Assert.True(Assert.Single(Lints.Look(NotebookText.Read(spoilt.Write(folder, "02-sample.ipynb"), old))).IsForLater);
        Assert.False(Assert.Single(Lints.Look(NotebookText.Read(spoilt.Write(folder, "02-sample.ipynb"), course))).IsForLater);
    }

    [Fact]
    public void A_sign_is_named_before_a_formula_uses_it()
    {
        var signs = course with { Registers = course.Registers with { Notation = [new("\\eta", "rate", "", null, "02-sample"), new("m", "memory", "", null, "05-later")] } };
        Assert.Empty(Of("# A sample\n\nThe rate $\\eta$, then $1 - \\eta x$ and $\\max$."));
        Assert.Contains("before a sentence has said", Assert.Single(Of("# A sample\n\nTake $1 - \\eta x$.")).Message);
        Assert.Contains("05-later introduces it", Assert.Single(Of("# A sample\n\nTake $m_t$.")).Message);

        IReadOnlyList<Finding> Of(string title) => Lints.Look(NotebookText.Read(new SampleLesson().With("title", title).Write(folder, "02-sample.ipynb"), signs));
    }

    [Fact]
    public void A_lesson_is_measured()
    {
        var lesson = new SampleLesson().With("title", "# A sample\n\nFour words and $x$.").Changed(l => l["stub-1"]["metadata"]!["tags"] = new JsonArray("exercise", "coding"))
            .Changed(l => l["stub-2"]["metadata"]!["tags"] = new JsonArray("exercise", "predict"));
        var form = LessonForm.Of(NotebookText.Read(lesson.Write(folder)), null);
        Assert.Equal((4, 0, 1, 1, 4), (form.Words, form.Charts, form.Coding, form.Predictions, form.Others));
        Assert.Equal(4 / 180.0 + 5 + 5 * 2, form.Minutes, 1e-12);
        Assert.Contains(form.Findings(45), f => f.Message.Contains("45 minutes, and 15 come out"));
        Assert.Contains(form.Findings(null), f => f.Message.Contains("1 exercises ask for a program"));
    }
}
