using System.Text.RegularExpressions;

namespace Anneal.Cli.Tests;

/// <summary>A clone with a notebook whose page differs with every run, as it shows a reading of a stopwatch.</summary>
public sealed partial class KeptRunsTests : IDisposable
{
    const string Code = "#!csharp\n#!import \"boot.dib\"\n#!csharp\n$\"{boot} {System.IO.File.ReadAllText(\"results/r.txt\")} run {System.Diagnostics.Stopwatch.GetTimestamp()}\"\n";

    readonly CommandLine command = new();

    public KeptRunsTests()
    {
        foreach (string folder in (string[])["notebooks/results", "data", "artifacts/lib"])
            Directory.CreateDirectory(Path.Combine(command.Folder, folder));
        command.Notebook("Workbook.sln", "").Notebook("notebooks/boot.dib", "#!csharp\nvar boot = \"booted\";\n").Notebook("notebooks/results/r.txt", "read")
            .Notebook("data/d.csv", "1").Notebook("artifacts/lib/Anneal.dll", "1").Notebook("notebooks/a.dib", $"#!markdown\n# First title\n{Code}");
    }

    public void Dispose() => command.Dispose();

    string Kept => Path.Combine(command.Folder, "artifacts/runs/notebooks+a.dib.run");

    [GeneratedRegex("run ([0-9]+)")]
    private static partial Regex Reading();

    /// <summary>What the notebook's stopwatch read, and whether the command says that this was earlier.</summary>
    async Task<(string Reading, bool Earlier)> RenderAsync(params string[] options)
    {
        var (exit, output, error) = await command.RunAsync(["render", .. options]);
        Assert.True(exit == 0 || options.Contains("--check"), error);
        bool earlier = output.Contains("a: page written from the results of 20", StringComparison.Ordinal);
        Assert.Equal(earlier, output.Contains("; 1 from the results of an earlier run, as nothing they depend on has changed; times on their pages were measured then (--fresh runs them).", StringComparison.Ordinal));
        return (Reading().Match(Page).Groups[1].Value, earlier);
    }

    string Page => File.ReadAllText(Path.Combine(command.Folder, "artifacts/site/a.html"));

    [Fact]
    public async Task An_unchanged_notebook_is_not_run_again_unless_that_is_asked_for()
    {
        var first = await RenderAsync();
        Assert.False(first.Earlier);
        Assert.Equal((first.Reading, true), await RenderAsync());

        command.Notebook("notebooks/a.dib", $"#!markdown\n# Second title\n{Code}");
        Assert.Equal((first.Reading, true), await RenderAsync());
        Assert.Contains("Second title", Page);
        Assert.DoesNotContain("First title", Page);

        var fresh = await RenderAsync("--fresh");
        Assert.False(fresh.Earlier);
        Assert.NotEqual(first.Reading, fresh.Reading);
        Assert.Equal((fresh.Reading, true), await RenderAsync());

        var check = await RenderAsync("--check");
        Assert.False(check.Earlier);
        Assert.NotEqual(fresh.Reading, check.Reading);
    }

    [Theory]
    [InlineData("notebooks/boot.dib", "#!csharp\nvar boot = \"changed\";\n")]
    [InlineData("notebooks/results/r.txt", "changed")]
    [InlineData("artifacts/lib/Anneal.dll", "2")]
    public async Task What_it_loads_makes_it_run_again(string file, string content)
    {
        var first = await RenderAsync();
        command.Notebook(file, content);
        var second = await RenderAsync();
        Assert.False(second.Earlier);
        Assert.NotEqual(first.Reading, second.Reading);
        Assert.Equal((second.Reading, true), await RenderAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_damaged_file_is_made_anew(bool cut)
    {
        var first = await RenderAsync();
        byte[] kept = File.ReadAllBytes(Kept);
        if (cut)
            File.WriteAllBytes(Kept, kept[..(kept.Length / 2)]);
        else
        {
            kept[^1] ^= 1;
            File.WriteAllBytes(Kept, kept);
        }
        var second = await RenderAsync();
        Assert.False(second.Earlier);
        Assert.NotEqual(first.Reading, second.Reading);
        Assert.Equal((second.Reading, true), await RenderAsync());
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_leaves_the_notebook_to_run()
    {
        using var locked = new FileStream(Path.Combine(command.Folder, "data/d.csv"), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        Assert.False((await RenderAsync()).Earlier);
        Assert.False(File.Exists(Kept));
    }

    [Fact]
    public async Task A_notebook_that_fails_or_asks_the_clock_leaves_nothing_behind()
    {
        command.Notebook("notebooks/a.dib", "#!csharp\nDateTime.Now.Year\n");
        await command.RunAsync("render");
        command.Notebook("notebooks/a.dib", "#!csharp\nthrow new Exception();\n");
        await command.RunAsync("render", "--keep-going");
        Assert.False(File.Exists(Kept));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Results_are_not_kept_when_a_file_was_written_while_they_were_computed(bool fresh)
    {
        // It reads its set-up and changes it afterwards, as somebody else may at any time.
        command.Notebook("notebooks/a.dib", $"{Code}#!csharp\nSystem.IO.File.WriteAllText(\"boot.dib\", \"#!csharp\\nvar boot = \\\"changed\\\";\");\n");
        await RenderAsync(fresh ? ["--fresh"] : []);
        Assert.Contains("booted read run", Page);
        Assert.False((await RenderAsync()).Earlier);
        Assert.Contains("changed read run", Page);
    }
}
