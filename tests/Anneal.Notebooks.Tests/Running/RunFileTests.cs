namespace Anneal.Notebooks.Tests;

public sealed class RunFileTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("anneal-test-").FullName;

    string File => Path.Combine(folder, "runs", "a.run");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    static Notebook Notebook(string text = "# A", string code = "1 + 1", string language = "csharp") => new("a", "/n/a.dib", "csharp",
        [new("t", CellKind.Markdown, "markdown", text, []), new("c", CellKind.Code, language, code, ["exercise"])]);

    static NotebookRun Run(Notebook notebook) => new(notebook,
    [
        new(notebook.Cells[0], [], TimeSpan.Zero),
        new(notebook.Cells[1], [new StreamText(false, "said"), new Display(new Dictionary<string, string> { ["text/plain"] = "2" }, IsResult: true)], TimeSpan.FromSeconds(3)),
    ]);

    [Fact]
    public void Results_come_back_whole_with_their_day_and_their_time()
    {
        RunFile.Write(File, "key", Run(Notebook()));
        var read = RunFile.Read(File, "key", Notebook());
        Assert.NotNull(read);
        Assert.InRange(DateTime.UtcNow - read.Ran, TimeSpan.Zero, TimeSpan.FromMinutes(5));
        Assert.Equal(TimeSpan.FromSeconds(3), read.Run.Cells[1].Elapsed);
        Assert.Equal(new StreamText(false, "said"), read.Run.Cells[1].Outputs[0]);
        Assert.Equal("2", Assert.IsType<Display>(read.Run.Cells[1].Outputs[1]).Data["text/plain"]);
        Assert.Equal(TimeSpan.FromSeconds(3), RunFile.Elapsed(File));
    }

    [Fact]
    public void A_text_may_change_and_is_shown_as_it_is_now_but_code_may_not()
    {
        RunFile.Write(File, "key", Run(Notebook()));
        var now = Notebook(text: "# Another title");
        Assert.Same(now, RunFile.Read(File, "key", now)!.Run.Notebook);
        Assert.Equal("# Another title", RunFile.Read(File, "key", now)!.Run.Cells[0].Cell.Source);
        Assert.Null(RunFile.Read(File, "key", Notebook(code: "1 + 2")));
        Assert.Null(RunFile.Read(File, "key", Notebook(language: "fsharp")));
        Assert.Null(RunFile.Read(File, "key", now with { Cells = [.. now.Cells, now.Cells[0]] }));
    }

    [Fact]
    public void Another_key_finds_nothing_and_later_results_take_the_place_of_earlier_ones()
    {
        RunFile.Write(File, "key", Run(Notebook()));
        Assert.Null(RunFile.Read(File, "another", Notebook()));
        RunFile.Write(File, "another", Run(Notebook()));
        Assert.Null(RunFile.Read(File, "key", Notebook()));
        Assert.NotNull(RunFile.Read(File, "another", Notebook()));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(File)!));
    }

    [Fact]
    public void A_damaged_file_has_no_results_wherever_the_damage_is()
    {
        RunFile.Write(File, "key", Run(Notebook()));
        byte[] whole = System.IO.File.ReadAllBytes(File);
        for (int i = 0; i < whole.Length; i++)
        {
            byte[] damaged = [.. whole];
            damaged[i] ^= 1;
            System.IO.File.WriteAllBytes(File, damaged);
            Assert.Null(RunFile.Read(File, "key", Notebook()));
            System.IO.File.WriteAllBytes(File, whole[..i]);
            Assert.Null(RunFile.Read(File, "key", Notebook()));
            Assert.Null(RunFile.Elapsed(File));
        }
        System.IO.File.Delete(File);
        Assert.Null(RunFile.Read(File, "key", Notebook()));
        RunFile.Write(File, "key", Run(Notebook()));
        Assert.Equal(whole.Length, new FileInfo(File).Length);
        Assert.NotNull(RunFile.Read(File, "key", Notebook()));
    }
}
