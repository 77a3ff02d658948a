namespace Anneal.Notebooks.Tests;

/// <summary>Runs cells in this process, without a child: quick, for what needs no process of its own.</summary>
public sealed class Session : IDisposable
{
    /// <summary>One for all tests, since a compiler takes long to start: names that one test declares are known to the next, so none may be a name that notebooks use.</summary>
    static readonly KernelPool Kernels = new();

    /// <summary>The interpreters that cells run in.</summary>
    internal KernelPool Pool { get; init; } = Kernels;

    public string Folder { get; } = Directory.CreateTempSubdirectory("anneal-cells-").FullName;

    public string File(string name, string text)
    {
        string path = Path.Combine(Folder, name);
        System.IO.File.WriteAllText(path, text.ReplaceLineEndings("\n"));
        return path;
    }

    /// <summary>Runs cells in order, as a child does, up to the first that fails.</summary>
    public NotebookRun Run(params (string Language, string Source)[] cells)
    {
        var notebook = new Notebook("test", Path.Combine(Folder, "test.ipynb"), "csharp",
            [.. cells.Select((c, i) => new Cell($"c{i}", CellKind.Code, c.Language, c.Source.ReplaceLineEndings("\n"), []))]);
        var record = new RunRecord(notebook, new RunSettings());
        var output = new CellOutput(message =>
        {
            if (message is OutputAdded added)
                record.Add(added.Output, added.Id);
            else if (message is OutputReplaced replaced)
                record.Replace(replaced.Output, replaced.Id);
        }, textLimit: 1000);
        CellOutput.Current = output;
        var session = new CellSession(notebook, output, Pool, new Sources(Folder));
        for (int i = 0; i < cells.Length && !record.HasFailed; i++)
        {
            record.Begin(i);
            var failure = session.Run(i);
            output.EndCell();
            if (failure is not null)
                output.Add(failure);
            record.End(TimeSpan.Zero);
        }
        return record.ToRun();
    }

    /// <summary>The text of what the last cell showed, one line per output.</summary>
    public string Shows(params (string Language, string Source)[] cells)
    {
        var run = Run(cells);
        Assert.Null(run.Cells.Select(c => c.Failure).FirstOrDefault(f => f is not null));
        return string.Join('\n', run.Cells[^1].Outputs.OfType<Display>().Select(d => d.Data.GetValueOrDefault("text/plain") ?? d.Data.Values.First()));
    }

    /// <summary>Why the last cell fails.</summary>
    public Failure Fails(params (string Language, string Source)[] cells)
    {
        var run = Run(cells);
        Assert.All(run.Cells.SkipLast(1), c => Assert.Null(c.Failure));
        return Assert.IsType<Failure>(run.Cells[^1].Failure);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}

/// <summary>Cells put their output into one place per process, so tests that run them in this one take turns.</summary>
[CollectionDefinition(Name)]
public sealed class InProcess
{
    public const string Name = "cells in this process";
}
