namespace Anneal.Cli.Tests;

public sealed class RenderCommandTests : IDisposable
{
    readonly CommandLine _command = new();

    public void Dispose() => _command.Dispose();

    [Fact]
    public async Task Both_languages_make_a_page_and_the_index_lists_it()
    {
        _command.Notebook("boot.dib", "#!csharp\n1").Notebook("mlnet.dib", "#!csharp\n1").Notebook("two.dib", "#!markdown\n# Two languages\n\n#!csharp\nvar x = 20;\n#!fsharp\n#!share --from csharp x\nx + 1001\n");
        var (exit, output, error) = await _command.RenderAsync();
        Assert.True(exit == 0, error);
        Assert.Matches(@"^1 page written to site in \d+\.\d seconds\.$", output.TrimEnd().Split('\n')[^1]);
        Assert.Contains("1021", _command.Page("two"));
        Assert.Contains("<a href=\"two.html\">Two languages</a>", _command.Page("index"));
        Assert.Equal(["index.html", "two.html"], Directory.GetFiles(_command.Site).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task The_index_leads_to_pages_whatever_their_names()
    {
        string[] names = ["a b", "50% of #2", "c+d&e", "f(1)", "[g]", .. OperatingSystem.IsWindows() ? Array.Empty<string>() : ["why?", "\"h\" <i>"]];
        foreach (string name in names)
            _command.Notebook($"{name}.dib", "#!markdown\n# Page\n");
        var (exit, _, error) = await _command.RenderAsync();
        Assert.True(exit == 0, error);
        // A browser takes what follows # and ? for something else than the file's name.
        var linked = System.Text.RegularExpressions.Regex.Matches(_command.Page("index"), "<li><a href=\"([^\"#?]*)[.]html\">Page</a>")
            .Select(link => Uri.UnescapeDataString(System.Net.WebUtility.HtmlDecode(link.Groups[1].Value)));
        Assert.Equal(names.Order(), linked.Order());
        Assert.All(names, name => Assert.True(_command.HasPage(name), name));
    }

    [Fact]
    public async Task A_failure_names_notebook_cell_line_cause_and_what_was_left_out_and_takes_the_old_page_away()
    {
        _command.Notebook("bad.dib", "#!csharp\nvar steps = 0;\n#!csharp\n\nthrow new ArgumentOutOfRangeException(\"Steps\", steps, \"Steps must be above 0.\");\n#!csharp\n1\n#!csharp\n2\n");
        Directory.CreateDirectory(_command.Site);
        File.WriteAllText(Path.Combine(_command.Site, "bad.html"), "<meta name=\"generator\" content=\"Anneal\">of an earlier run");
        var (exit, output, error) = await _command.RenderAsync();
        string path = Path.Combine(_command.Folder, "bad.dib");
        Assert.Equal(1, exit);
        Assert.Equal(string.Join('\n',
            $"{path}, cell 2 of 4 (csharp), line 1:",
            "    throw new ArgumentOutOfRangeException(\"Steps\", steps, \"Steps must be above 0.\");",
            "    Steps must be above 0. (Parameter 'Steps')  Actual value was 0.",
            $"Cells 3 to 4 were not run and no page was written. To run only this notebook: anneal render {path}",
            "The page of an earlier run, bad.html, was removed."), error.Trim().ReplaceLineEndings("\n"));
        Assert.EndsWith("not written: bad.", output.TrimEnd());
        Assert.False(_command.HasPage("bad"));
    }

    [Fact]
    public async Task Malformed_files_fail_alone_and_an_empty_notebook_has_a_page()
    {
        _command.Notebook("broken.ipynb", "{\"cells\": [\n  nonsense").Notebook("empty.ipynb", """{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []}""")
            .Notebook("twice.ipynb", """{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [{"id": "a", "cell_type": "markdown", "metadata": {}, "source": ""}, {"id": "a", "cell_type": "markdown", "metadata": {}, "source": ""}]}""");
        var (exit, output, error) = await _command.RenderAsync();
        Assert.Equal(1, exit);
        Assert.Contains("broken.ipynb, line 2, column", error);
        Assert.Contains("Cells 1 and 2 have the same id \"a\". Change one of them.", error);
        Assert.Contains("1 of 3 pages written", output);
        Assert.True(_command.HasPage("empty"));
    }

    [Fact]
    public async Task An_error_in_an_imported_file_is_told_with_that_files_name_and_line()
    {
        _command.Notebook("boot.dib", "#!csharp\nvar a = 1;\nthrow new System.IO.FileNotFoundException(\"nothing was built\");").Notebook("uses.dib", "#!csharp\n#!import \"boot.dib\"\n");
        var (exit, _, error) = await _command.RenderAsync();
        Assert.Equal(1, exit);
        Assert.Contains("uses.dib, cell 1 of 1 (csharp), in boot.dib, line 3:\n    throw new System.IO.FileNotFoundException(\"nothing was built\");\n    FileNotFoundException: nothing was built", error.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Save_writes_outputs_into_the_notebook_and_solutions_can_be_left_out()
    {
        const string Cells = """
            {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [
             {"id": "a", "cell_type": "code", "metadata": {"polyglot_notebook": {"kernelName": "csharp"}}, "execution_count": null, "outputs": [], "source": "40 + 2"},
             {"id": "b", "cell_type": "markdown", "metadata": {"tags": ["solution"]}, "source": "the secret solution"}]}
            """;
        _command.Notebook("saved.ipynb", Cells).Notebook("plain.dib", "#!csharp\n1\n");
        var (exit, _, error) = await _command.RenderAsync("--save", "--without-solutions");
        Assert.True(exit == 0, error);
        Assert.Contains("--save leaves plain.dib as it is", error);
        Assert.Contains("\"42\"", File.ReadAllText(Path.Combine(_command.Folder, "saved.ipynb")));
        Assert.DoesNotContain("the secret solution", _command.Page("saved"));
        await _command.RenderAsync();
        Assert.Contains("the secret solution", _command.Page("saved"));
    }

    [Fact]
    public async Task A_notebook_that_broke_after_its_page_was_written_does_not_stop_the_index()
    {
        _command.Notebook("good.dib", "#!markdown\n# Good\n").Notebook("later.ipynb", """{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []}""");
        await _command.RenderAsync();
        _command.Notebook("later.ipynb", "{");
        var (exit, _, error) = await _command.RunAsync("render", "good.dib", "--out", "site");
        Assert.Equal((0, ""), (exit, error));
        Assert.Contains("<a href=\"later.html\">later</a>", _command.Page("index"));
    }

    [Fact]
    public async Task A_page_that_cannot_be_written_fails_alone_and_a_folder_that_cannot_be_made_is_told_without_a_stack_trace()
    {
        _command.Notebook("good.dib", "#!markdown\n# Good\n").Notebook("taken.dib", "#!markdown\n# Taken\n").Notebook("file", "");
        Directory.CreateDirectory(Path.Combine(_command.Site, "taken.html"));
        var (exit, output, error) = await _command.RenderAsync();
        Assert.Equal(1, exit);
        Assert.Contains("taken.dib: ", error);
        Assert.DoesNotContain("   at ", error);
        Assert.StartsWith("1 of 2 pages written", output.TrimEnd().Split('\n')[^1]);
        Assert.True(_command.HasPage("good"));

        (exit, _, error) = await _command.RunAsync("render", "good.dib", "--out", "file/site");
        Assert.Equal(2, exit);
        Assert.Matches(@"^[^\n]*file[^\n]*$", error.TrimEnd());
    }

    [Theory]
    [InlineData("There is no file or folder nowhere.ipynb. Look at its name", "nowhere.ipynb")]
    [InlineData("notes.txt is not a notebook", "notes.txt")]
    [InlineData("The folder bare has no notebooks", "bare")]
    [InlineData("The current folder is in no clone of the workbook")]
    [InlineData("would both write a.html", "a.dib", "bare/../deep/a.dib")]
    [InlineData("--timeout must be a number above 0", "a.dib", "--timeout", "0")]
    [InlineData("--jobs must be a number above 0", "a.dib", "--jobs", "-1")]
    [InlineData("--memory", "a.dib", "--memory", "much")]
    [InlineData("--colour", "a.dib", "--colour")]
    public async Task What_cannot_be_done_as_asked_is_refused_with_exit_code_2(string message, params string[] arguments)
    {
        Directory.CreateDirectory(Path.Combine(_command.Folder, "bare"));
        Directory.CreateDirectory(Path.Combine(_command.Folder, "deep"));
        _command.Notebook("a.dib", "1").Notebook("deep/a.dib", "1").Notebook("notes.txt", "");
        var (exit, _, error) = await _command.RunAsync(["render", .. arguments]);
        Assert.Equal(2, exit);
        Assert.Contains(message, error);
    }
}
