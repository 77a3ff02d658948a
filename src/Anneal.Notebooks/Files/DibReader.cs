using System.Text.Json;

namespace Anneal.Notebooks;

/// <summary>Reads a .dib: plain text in which a line <c>#!language</c> begins a cell and <c>#!meta</c> holds JSON about the notebook.</summary>
static class DibReader
{
    public static Notebook Read(string path, ReadOnlySpan<byte> bytes)
    {
        var lines = Utf8.Decode(path, bytes).ReplaceLineEndings("\n").Split('\n');
        var blocks = Blocks(lines).ToList();
        var meta = blocks.Where(b => b.Language == "meta").Select(b => Meta(path, lines, b)).FirstOrDefault();
        var language = Languages.Resolve(meta ?? "csharp");
        var cells = blocks.Where(b => b.Language != "meta").Select(b => (b.Language, Source: Source(lines, b)))
            .Where(b => b.Source.Length > 0)
            .Select((b, i) => ToCell($"cell-{i + 1}", b.Language ?? language, b.Source));
        return new(Path.GetFileNameWithoutExtension(path), Path.GetFullPath(path), language, [.. cells]);
    }

    /// <param name="Language">Null before the first switch.</param>
    /// <param name="First">Index of the line after the switch.</param>
    /// <param name="End">Index after the last line.</param>
    readonly record struct Block(string? Language, int First, int End);

    static IEnumerable<Block> Blocks(string[] lines)
    {
        string? language = null;
        int first = 0;
        for (int i = 0; i < lines.Length; i++)
        {
            if (Switch(lines[i]) is not { } next)
                continue;
            yield return new(language, first, i);
            (language, first) = (next, i + 1);
        }
        yield return new(language, first, lines.Length);
    }

    /// <summary>The language a line switches to, or null: other directives, such as <c>#!import</c>, belong to the cell.</summary>
    static string? Switch(string line)
    {
        if (!line.StartsWith("#!", StringComparison.Ordinal))
            return null;
        var name = line[2..].TrimEnd();
        return name == "meta" ? name : Languages.IsKnown(name) ? Languages.Resolve(name) : null;
    }

    /// <summary>Blank lines around a cell only set it off from its neighbours.</summary>
    static string Source(string[] lines, Block block)
    {
        var (first, end) = (block.First, block.End);
        while (first < end && string.IsNullOrWhiteSpace(lines[first]))
            first++;
        while (end > first && string.IsNullOrWhiteSpace(lines[end - 1]))
            end--;
        return string.Join('\n', lines[first..end]);
    }

    static Cell ToCell(string id, string language, string source) => new(id, language switch
    {
        "markdown" => CellKind.Markdown,
        "raw" => CellKind.Raw,
        _ => CellKind.Code,
    }, language, source, []);

    /// <summary>The default language that a <c>#!meta</c> block names, if any.</summary>
    static string? Meta(string path, string[] lines, Block block)
    {
        var json = string.Join('\n', lines[block.First..block.End]);
        try
        {
            using var meta = JsonDocument.Parse(json);
            return meta.RootElement.Text("kernelInfo", "defaultKernelName");
        }
        catch (JsonException e)
        {
            throw new NotebookException(path, block.First + (e.LineNumber ?? 0) + 1, (e.BytePositionInLine ?? 0) + 1,
                $"The #!meta block is not valid JSON: {JsonFault.Reason(e)}", e);
        }
    }
}
