using System.Text.Json.Nodes;

namespace Anneal.Notebooks.Tests;

public class RoundTripTests
{
    public static TheoryData<string> Samples => [.. Sample.Names];
    public static TheoryData<string> Ipynb => [.. Sample.Names.Where(n => n.EndsWith(".ipynb"))];

    static readonly Output[] Outputs =
    [
        new StreamText(IsError: false, "first\nsecond\n"),
        new Display(new Dictionary<string, string> { ["text/plain"] = "é", ["application/vnd.plotly.v1+json"] = """{"b":1.50,"a":[]}""" }),
        new Display(new Dictionary<string, string> { ["text/html"] = "<b>2</b>", ["image/png"] = "iVBORw0K" }, IsResult: true),
        new Failure("DivideByZeroException", "Attempted to divide by zero.", 2, "1 / zero", ["at line 2"]),
    ];

    [Theory, MemberData(nameof(Samples))]
    public void Saving_what_was_read_changes_no_byte(string name)
    {
        var path = Sample.Scratch(System.IO.Path.GetExtension(name));
        NotebookFile.Read(Sample.Path(name)).Save(path);
        Assert.Equal(File.ReadAllBytes(Sample.Path(name)), File.ReadAllBytes(path));
    }

    [Theory, InlineData("polyglot.ipynb"), InlineData("without-ids.ipynb"), InlineData("windows-tabs.ipynb"), InlineData("no-cells.ipynb")]
    public void A_run_without_outputs_changes_no_byte_of_a_notebook_without_outputs(string name) =>
        Assert.Equal(File.ReadAllBytes(Sample.Path(name)), Saved(Sample.Path(name), []));

    [Theory, MemberData(nameof(Ipynb))]
    public void Outputs_that_come_and_go_leave_no_trace(string name)
    {
        var filled = Sample.Scratch(".ipynb");
        File.WriteAllBytes(filled, Saved(Sample.Path(name), Outputs));
        Assert.Equal(Saved(Sample.Path(name), []), Saved(filled, []));
    }

    [Theory, MemberData(nameof(Ipynb))]
    public void All_members_but_the_outputs_stay_in_their_order(string name)
    {
        var before = JsonNode.Parse(File.ReadAllText(Sample.Path(name)))!;
        var after = JsonNode.Parse(Saved(Sample.Path(name), Outputs).AsSpan().TrimStart("\uFEFF"u8))!;
        foreach (var cell in before["cells"]!.AsArray().Concat(after["cells"]!.AsArray()).Select(c => c!.AsObject()))
        {
            cell.Remove("outputs");
            cell.Remove("execution_count");
        }
        Assert.Equal(before.ToJsonString(), after.ToJsonString());
    }

    [Fact]
    public void Outputs_are_written_as_Jupyter_writes_them()
    {
        var text = System.Text.Encoding.UTF8.GetString(Saved(Sample.Path("polyglot.ipynb"), Outputs));
        Assert.Contains("""
               "execution_count": 1,
               "id": "a-1",
            """, text);
        Assert.Contains("""
               "outputs": [
                {
                 "name": "stdout",
                 "output_type": "stream",
                 "text": [
                  "first\n",
                  "second\n"
                 ]
                },
                {
                 "data": {
                  "application/vnd.plotly.v1+json": {
                   "b": 1.50,
                   "a": []
                  },
                  "text/plain": [
                   "é"
                  ]
                 },
                 "metadata": {},
                 "output_type": "display_data"
                },
                {
                 "data": {
                  "image/png": "iVBORw0K",
                  "text/html": [
                   "<b>2</b>"
                  ]
                 },
                 "execution_count": 1,
                 "metadata": {},
                 "output_type": "execute_result"
                },
                {
                 "ename": "DivideByZeroException",
                 "evalue": "Attempted to divide by zero.",
                 "output_type": "error",
                 "traceback": [
                  "line 2: 1 / zero",
                  "Attempted to divide by zero.",
                  "at line 2"
                 ]
                }
               ],
            """, text);
    }

    [Fact]
    public void A_cell_that_was_not_reached_has_no_outputs_and_no_count()
    {
        var file = NotebookFile.Read(Sample.Path("with-outputs.ipynb"));
        var path = Sample.Scratch(".ipynb");
        file.Save(path, new(file.Notebook, [new(file.Notebook.Cells[0], Outputs, TimeSpan.Zero)]));
        var second = JsonNode.Parse(File.ReadAllText(path))!["cells"]![1]!;
        Assert.Equal("[]", second["outputs"]!.ToJsonString());
        Assert.Null(second["execution_count"]);
    }

    [Fact]
    public void A_dib_becomes_an_ipynb_with_the_same_cells()
    {
        var file = NotebookFile.Read(Sample.Path("meta.dib"));
        var path = Sample.Scratch(".ipynb");
        file.Save(path, Run(file.Notebook, Outputs));
        var read = NotebookFile.Read(path).Notebook;
        Assert.Equal(file.Notebook.Cells.Select(c => (c.Id, c.Kind, c.Language, c.Source)), read.Cells.Select(c => (c.Id, c.Kind, c.Language, c.Source)));
        Assert.Equal(file.Notebook.Language, read.Language);
    }

    [Fact]
    public void An_ipynb_is_not_saved_as_a_dib() => Assert.Contains("Save it as .ipynb",
        Assert.Throws<NotebookException>(() => NotebookFile.Read(Sample.Path("polyglot.ipynb")).Save(Sample.Scratch(".dib"))).Message);

    static byte[] Saved(string source, Output[] outputs)
    {
        var file = NotebookFile.Read(source);
        var path = Sample.Scratch(".ipynb");
        file.Save(path, Run(file.Notebook, outputs));
        return File.ReadAllBytes(path);
    }

    static NotebookRun Run(Notebook notebook, Output[] outputs) =>
        new(notebook, [.. notebook.Cells.Select(c => new CellRun(c, c.Kind == CellKind.Code ? outputs : [], TimeSpan.Zero))]);
}
