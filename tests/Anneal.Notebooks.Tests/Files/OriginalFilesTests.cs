using Microsoft.DotNet.Interactive.Documents;
using Microsoft.DotNet.Interactive.Documents.Jupyter;
using Original = Microsoft.DotNet.Interactive.Documents.Jupyter.Notebook;

namespace Anneal.Notebooks.Tests;

/// <summary>Our reader and writer against those of .NET Interactive, each reading what the other has written.</summary>
public class OriginalFilesTests
{
    static readonly string lessons = Lessons();

    /// <summary>The samples and every lesson.</summary>
    public static TheoryData<string> Files => [.. Sample.Names.Select(Sample.Path), .. Directory.GetFiles(lessons, "*.ipynb"), .. Directory.GetFiles(lessons, "*.dib")];

    public static TheoryData<string> Ipynb => [.. Files.Select(f => f.Data).Where(f => f.EndsWith(".ipynb", StringComparison.Ordinal))];

    [Theory, MemberData(nameof(Files))]
    public void Both_read_the_same_cells(string path) => Same(Read(path), NotebookFile.Read(path).Notebook);

    [Theory, MemberData(nameof(Files))]
    public void What_the_original_writes_as_ipynb_is_read_here(string path)
    {
        var document = Read(path);
        // Its writer refuses outputs that are JSON.
        foreach (var element in document.Elements)
            element.Outputs.Clear();
        string written = Sample.Scratch(".ipynb");
        File.WriteAllText(written, document.ToJupyterJson());
        Same(document, NotebookFile.Read(written).Notebook);
    }

    [Theory, MemberData(nameof(Files))]
    public void What_the_original_writes_as_dib_is_read_here(string path)
    {
        var document = Read(path);
        foreach (var element in document.Elements)
            element.KernelName ??= "csharp";
        string written = Sample.Scratch(".dib");
        File.WriteAllText(written, document.ToCodeSubmissionContent());
        Same(Read(written), NotebookFile.Read(written).Notebook);
    }

    [Theory, MemberData(nameof(Ipynb))]
    public void What_is_written_here_is_read_by_the_original(string path)
    {
        var file = NotebookFile.Read(path);
        Output[] outputs =
        [
            new StreamText(IsError: false, "first\nsecond\n"), new StreamText(IsError: true, "a warning"),
            new Display(new Dictionary<string, string> { ["text/plain"] = "é", ["text/html"] = "<b>é</b>" }),
            new Display(new Dictionary<string, string> { ["text/plain"] = "3" }, IsResult: true),
            new Failure("DivideByZeroException", "Attempted to divide by zero.", 2, "1 / zero", ["at line 2"]),
        ];
        string written = Sample.Scratch(".ipynb");
        file.Save(written, new NotebookRun(file.Notebook, [.. file.Notebook.Cells.Select(c => new CellRun(c, c.Kind == CellKind.Code ? outputs : [], TimeSpan.Zero))]));
        var document = Read(written);
        Same(document, file.Notebook);
        foreach (var (element, _) in document.Elements.Zip(file.Notebook.Cells).Where(pair => pair.Second.Kind == CellKind.Code))
        {
            Assert.Equal(["first\nsecond\n", "a warning"], element.Outputs.OfType<TextElement>().Select(o => o.Text));
            Assert.Equal("<b>é</b>", Text(Assert.Single(element.Outputs.OfType<DisplayElement>()).Data["text/html"]));
            Assert.Equal("3", Text(Assert.Single(element.Outputs.OfType<ReturnValueElement>()).Data["text/plain"]));
            Assert.Equal(("DivideByZeroException", "Attempted to divide by zero."), Assert.Single(element.Outputs.OfType<ErrorElement>()) is var e ? (e.ErrorName, e.ErrorValue) : default);
        }
    }

    static string Text(object data) => data is string text ? text : string.Concat(((System.Collections.IEnumerable)data).Cast<object>());

    /// <summary>The same texts and kinds in the same order; and the same language wherever the original knows one; it leaves the ids of VS Code to that editor.</summary>
    static void Same(InteractiveDocument document, Notebook notebook)
    {
        var theirs = document.Elements.Where(e => e.Contents.Length > 0).ToList();
        var ours = notebook.Cells.Where(c => c.Source.Length > 0).ToList();
        Assert.Equal(theirs.Select(e => e.Contents.ReplaceLineEndings("\n")), ours.Select(c => c.Source));
        Assert.Equal(theirs.Select(e => e.KernelName == "markdown"), ours.Select(c => c.Kind == CellKind.Markdown));
        Assert.All(theirs.Zip(ours).Where(pair => pair.First.KernelName is not null && pair.First.Metadata?.ContainsKey("vscode") != true), pair => Assert.Equal(pair.First.KernelName, pair.Second.Language));
    }

    static InteractiveDocument Read(string path)
    {
        KernelInfoCollection kernels = [new("csharp", "csharp", ["c#", "C#"]), new("fsharp", "fsharp", ["f#", "F#"]), new("markdown", "markdown", ["md"])];
        kernels.DefaultKernelName = "csharp";
        string text = File.ReadAllText(path);
        return path.EndsWith(".dib", StringComparison.Ordinal) ? CodeSubmission.Parse(text, kernels) : Original.Parse(text, kernels);
    }

    static string Lessons()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "Workbook.sln")))
            folder = folder.Parent;
        return System.IO.Path.Combine(folder!.FullName, "notebooks");
    }
}
