using System.Text;
using System.Text.Json;

namespace Anneal.Notebooks;

/// <summary>Puts outputs into the text of a notebook, leaving every other byte as it is.</summary>
static class IpynbWriter
{
    /// <summary>The same file with the outputs and execution counts of its code cells replaced.</summary>
    public static byte[] WithOutputs(byte[] ipynb, NotebookRun run)
    {
        var text = Utf8.WithoutMark(ipynb).Span;
        int mark = ipynb.Length - text.Length;
        var layout = JsonLayout.Of(text);
        using MemoryStream result = new();
        int copied = 0, count = 0;
        var runs = run.Cells.ToDictionary(c => c.Cell.Id);
        foreach (var (place, cell) in CellPlace.Find(text).Zip(run.Notebook.Cells))
        {
            if (cell.Kind != CellKind.Code)
                continue;
            var ran = runs.GetValueOrDefault(cell.Id);
            int? number = ran is { Outputs.Count: > 0 } || ran?.Elapsed > TimeSpan.Zero ? ++count : null;
            foreach (var edit in Edits(place, ran?.Outputs ?? [], number, layout).OrderBy(e => e.Start))
            {
                result.Write(ipynb.AsSpan(copied, mark + edit.Start - copied));
                result.Write(Encoding.UTF8.GetBytes(edit.Text));
                copied = mark + edit.End;
            }
        }
        result.Write(ipynb.AsSpan(copied));
        return result.ToArray();
    }

    /// <summary>A notebook that was not read from an .ipynb, as one that the usual hosts open.</summary>
    public static byte[] Create(Notebook notebook)
    {
        using MemoryStream result = new();
        using (Utf8JsonWriter json = new(result, JsonLayout.Usual.Options))
            IpynbSkeleton.Write(json, notebook);
        result.WriteByte((byte)'\n');
        return result.ToArray();
    }

    readonly record struct Edit(int Start, int End, string Text);

    static IEnumerable<Edit> Edits(CellPlace cell, IReadOnlyList<Output> outputs, int? number, JsonLayout layout)
    {
        var list = layout.Nested(cell.Indent, json => IpynbOutputs.Write(json, outputs, number));
        var count = number?.ToString() ?? "null";
        if (cell.ExecutionCount is { } counted)
            yield return new(counted.Start.Value, counted.End.Value, count);
        if (cell.Outputs is { } listed)
            yield return new(listed.Start.Value, listed.End.Value, list);
        string missing = (cell.ExecutionCount is null ? layout.Member(cell.Indent, "execution_count", count) : "")
            + (cell.Outputs is null ? layout.Member(cell.Indent, "outputs", list) : "");
        if (missing.Length > 0)
            yield return new(cell.LastMemberEnd, cell.LastMemberEnd, missing);
    }
}
