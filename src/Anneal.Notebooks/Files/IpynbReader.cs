using System.Text.Json;

namespace Anneal.Notebooks;

/// <summary>Reads notebook format 4 in all its minor versions.</summary>
static class IpynbReader
{
    public static Notebook Read(string path, ReadOnlyMemory<byte> json)
    {
        Utf8.Require(path, json.Span);
        try
        {
            using var document = JsonDocument.Parse(json, JsonText.Outer);
            return Read(path, document.RootElement);
        }
        catch (JsonException e)
        {
            throw JsonFault.At(path, json.Span, e);
        }
        catch (InvalidOperationException e) // how the reader says that an escape such as \ud83d stands without its other half
        {
            throw JsonFault.HalfCharacter(path, json.Span, e);
        }
    }

    static Notebook Read(string path, JsonElement root)
    {
        RequireFormat4(path, root);
        if (root.Member("cells") is not { ValueKind: JsonValueKind.Array } list)
            throw new NotebookException(path, "There is no list \"cells\" in it. A notebook without cells has \"cells\": [].");
        var language = DefaultLanguage(root);
        List<Cell> cells = [];
        HashSet<string> ids = [];
        foreach (var (i, element) in list.EnumerateArray().Index())
        {
            var cell = ReadCell(path, i + 1, element, language);
            if (!ids.Add(cell.Id))
                throw new NotebookException(path, $"Cells {cells.FindIndex(c => c.Id == cell.Id) + 1} and {i + 1} have the same id \"{cell.Id}\". Change one of them.");
            cells.Add(cell);
        }
        return new(Path.GetFileNameWithoutExtension(path), Path.GetFullPath(path), language, cells);
    }

    static void RequireFormat4(string path, JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
            throw new NotebookException(path, "A notebook is a JSON object with \"cells\" and \"nbformat\"; this is something else.");
        if (root.Member("nbformat") is not { ValueKind: JsonValueKind.Number } format)
            throw new NotebookException(path, "There is no number \"nbformat\" in it, so this is not a notebook. Notebooks here have \"nbformat\": 4.");
        if (format.GetDouble() != 4)
            throw new NotebookException(path, $"It is in notebook format {format.GetRawText()}; only format 4 is understood. " +
                "Open it in Jupyter or VS Code and save it, or run: jupyter nbconvert --to notebook --inplace FILE");
    }

    /// <summary>What code cells without a language of their own are in; C# where the notebook does not say.</summary>
    static string DefaultLanguage(JsonElement root) => Languages.Resolve(
        root.Text("metadata", "polyglot_notebook", "kernelInfo", "defaultKernelName")
        ?? root.Text("metadata", "polyglot_notebook", "defaultKernelName")
        ?? root.Text("metadata", "kernelInfo", "defaultKernelName")
        ?? root.Text("metadata", "kernelspec", "language")
        ?? (root.Text("metadata", "language_info", "name") is { } name and not "polyglot-notebook" ? name : null)
        ?? root.Text("metadata", "kernelspec", "name")
        ?? "csharp");

    static Cell ReadCell(string path, int number, JsonElement cell, string language)
    {
        if (cell.ValueKind != JsonValueKind.Object)
            throw new NotebookException(path, $"Cell {number} is not a JSON object.");
        var kind = cell.Text("cell_type") switch
        {
            "code" => CellKind.Code,
            "markdown" => CellKind.Markdown,
            "raw" => CellKind.Raw,
            var other => throw new NotebookException(path, $"Cell {number} has the cell_type \"{other}\"; it must be code, markdown or raw."),
        };
        if (cell.Member("source")?.Lines() is not { } source)
            throw new NotebookException(path, $"Cell {number} has no \"source\"; it must be a string or a list of strings.");
        return new(cell.Text("id") ?? $"cell-{number}", kind, Language(cell, kind, language), source.ReplaceLineEndings("\n"), Tags(cell))
        {
            Attachments = Attachments(cell),
        };
    }

    static string Language(JsonElement cell, CellKind kind, string language) => kind switch
    {
        CellKind.Markdown => "markdown",
        CellKind.Raw => "raw",
        _ => Languages.Resolve(OwnLanguage(cell) ?? language),
    };

    /// <summary>The language that a cell's metadata name, in the words of whichever editor wrote them; null where they name none.</summary>
    /// <param name="cell">The cell, or anything else with such "metadata".</param>
    public static string? OwnLanguage(JsonElement cell) =>
        new[] { cell.Text("metadata", "polyglot_notebook", "kernelName"), cell.Text("metadata", "dotnet_interactive", "language"), cell.Text("metadata", "vscode", "languageId") }
            .FirstOrDefault(name => name is not (null or "" or "polyglot-notebook" or "dotnet-interactive"));

    static string[] Tags(JsonElement cell) => cell.Member("metadata", "tags") is { ValueKind: JsonValueKind.Array } tags
        ? [.. tags.EnumerateArray().Where(t => t.ValueKind == JsonValueKind.String).Select(t => t.GetString()!)]
        : [];

    static Dictionary<string, Attachment> Attachments(JsonElement cell)
    {
        Dictionary<string, Attachment> attachments = [];
        if (cell.Member("attachments") is { ValueKind: JsonValueKind.Object } files)
            foreach (var file in files.EnumerateObject().Where(f => f.Value.ValueKind == JsonValueKind.Object))
                foreach (var form in file.Value.EnumerateObject().Take(1))
                    if (form.Value.Lines() is { } content)
                        attachments[file.Name] = new(form.Name, content);
        return attachments;
    }
}
