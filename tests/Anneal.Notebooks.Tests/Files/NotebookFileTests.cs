namespace Anneal.Notebooks.Tests;

public class NotebookFileTests
{
    [Fact]
    public void The_kernel_name_of_a_cell_decides_its_language() =>
        Assert.Equal(["markdown", "csharp", "fsharp", "raw"], Sample.Read("polyglot.ipynb").Cells.Select(c => c.Language));

    [Fact]
    public void Cells_without_a_language_take_the_kernel_of_the_notebook() =>
        Assert.Equal(["markdown", "fsharp", "csharp"], Sample.Read("without-ids.ipynb").Cells.Select(c => c.Language));

    [Fact]
    public void The_language_id_of_Visual_Studio_Code_is_understood() =>
        Assert.Equal("fsharp", Sample.Read("windows-tabs.ipynb").Cells[1].Language);

    [Theory]
    [InlineData("polyglot.ipynb", "csharp"), InlineData("without-ids.ipynb", "fsharp"), InlineData("windows-tabs.ipynb", "csharp")]
    [InlineData("one-line.ipynb", "csharp"), InlineData("windows.dib", "fsharp"), InlineData("without-meta.dib", "csharp")]
    public void The_notebook_has_a_language(string name, string language) => Assert.Equal(language, Sample.Read(name).Language);

    [Fact]
    public void Source_is_one_text_with_plain_line_ends()
    {
        Assert.Equal("var x = 1;\nx + 1", Sample.Read("polyglot.ipynb").Cells[1].Source);
        Assert.Equal("let y = 2\ny", Sample.Read("without-ids.ipynb").Cells[1].Source);
        Assert.Equal("printfn \"hello\"\n3", Sample.Read("windows-tabs.ipynb").Cells[1].Source);
        Assert.Equal("\"é😀</b>\"", Sample.Read("one-line.ipynb").Cells[1].Source);
    }

    [Fact]
    public void Kinds_tags_and_ids_are_read()
    {
        var cells = Sample.Read("polyglot.ipynb").Cells;
        Assert.Equal([CellKind.Markdown, CellKind.Code, CellKind.Code, CellKind.Raw], cells.Select(c => c.Kind));
        Assert.Equal(["exercise", "hide-input"], cells[1].Tags);
        Assert.Equal(["title", "a-1", "a_2", "r"], cells.Select(c => c.Id));
    }

    [Fact]
    public void Cells_without_ids_are_numbered() =>
        Assert.Equal(["cell-1", "cell-2", "cell-3"], Sample.Read("without-ids.ipynb").Cells.Select(c => c.Id));

    [Fact]
    public void Attachments_come_with_their_cell()
    {
        var (name, attachment) = Assert.Single(Sample.Read("windows-tabs.ipynb").Cells[0].Attachments);
        Assert.Equal(("dot.png", "image/png"), (name, attachment.MimeType));
        Assert.StartsWith("iVBORw0KGgo", attachment.Content);
    }

    [Fact]
    public void A_notebook_may_be_empty() => Assert.All(["no-cells.ipynb", "empty.dib"], name => Assert.Empty(Sample.Read(name).Cells));

    [Fact]
    public void A_dib_is_split_at_language_switches_only() => Assert.Equal(
        [
            (CellKind.Markdown, "markdown", "# Title\n\nWith a formula $x^2$."),
            (CellKind.Code, "csharp", "#!import \"boot.dib\"\nvar x = 1;\n\nx"),
            (CellKind.Code, "fsharp", "let y = 2\n#!share --from csharp x\ny + x"),
        ],
        Sample.Read("meta.dib").Cells.Select(c => (c.Kind, c.Language, c.Source)));

    [Fact]
    public void A_dib_may_begin_without_a_switch_and_use_aliases() => Assert.Equal(
        [("csharp", "// before any switch, the default language\n1 + 1"), ("fsharp", "3"), ("markdown", "text")],
        Sample.Read("without-meta.dib").Cells.Select(c => (c.Language, c.Source)));

    [Theory]
    [InlineData("{\n  \"cells\": [,]\n}", "line 2, column 13: This is not valid JSON: ")]
    [InlineData("{\"é\": x}", "line 1, column 7: This is not valid JSON: ")]
    [InlineData("", "The file is empty.")]
    [InlineData("[]", "A notebook is a JSON object")]
    [InlineData("""{"cells": []}""", "There is no number \"nbformat\"")]
    [InlineData("""{"cells": [], "nbformat": 3}""", "It is in notebook format 3; only format 4 is understood.")]
    [InlineData("""{"nbformat": 4}""", "There is no list \"cells\"")]
    [InlineData("""{"nbformat": 4, "cells": [7]}""", "Cell 1 is not a JSON object.")]
    [InlineData("""{"nbformat": 4, "cells": [{"cell_type": "heading", "source": ""}]}""", "Cell 1 has the cell_type \"heading\"")]
    [InlineData("""{"nbformat": 4, "cells": [{"cell_type": "code"}]}""", "Cell 1 has no \"source\"")]
    [InlineData("""{"nbformat": 4, "cells": [{"cell_type": "code", "source": ["a", 1]}]}""", "Cell 1 has no \"source\"")]
    [InlineData("""{"nbformat": 4, "cells": [{"cell_type": "raw", "source": "", "id": "x"}, {"cell_type": "raw", "source": "", "id": "x"}]}""",
        "Cells 1 and 2 have the same id \"x\".")]
    public void A_malformed_notebook_is_refused_with_place_and_reason(string text, string message) =>
        Assert.Contains(message, Assert.Throws<NotebookException>(() => Sample.Parse(".ipynb", text)).Message);

    [Fact]
    public void A_malformed_meta_block_is_refused_with_its_line() => Assert.Contains("line 3, column 5: The #!meta block is not valid JSON",
        Assert.Throws<NotebookException>(() => Sample.Parse(".dib", "#!meta\n{\n    kernelInfo: 1 }\n#!csharp\n1")).Message);

    [Fact]
    public void Text_that_is_not_UTF8_is_refused()
    {
        var path = Sample.Scratch(".dib");
        File.WriteAllBytes(path, [0x31, 0xff]);
        Assert.Contains("not UTF-8", Assert.Throws<NotebookException>(() => NotebookFile.Read(path)).Message);
    }

    [Fact]
    public void A_file_that_is_no_notebook_is_refused()
    {
        Assert.Contains("no such file", Assert.Throws<NotebookException>(() => NotebookFile.Read("nowhere.ipynb")).Message);
        Assert.Contains("folder", Assert.Throws<NotebookException>(() => NotebookFile.Read(AppContext.BaseDirectory)).Message);
        var path = Sample.Scratch(".txt");
        File.WriteAllText(path, "");
        Assert.Contains(".ipynb or .dib", Assert.Throws<NotebookException>(() => NotebookFile.Read(path)).Message);
    }
}
