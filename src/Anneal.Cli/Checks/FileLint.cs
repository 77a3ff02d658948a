using System.Text.Json;
using Anneal.Notebooks;

namespace Anneal.Cli;

/// <summary>What an .ipynb file must say in every cell: an id, a language for code, and nothing that a run left behind.</summary>
internal static class FileLint
{
    public static IEnumerable<Finding> Look(NotebookText text)
    {
        if (text.Json is null)
            yield break;
        foreach (var (i, cell) in text.Json.Index())
        {
            if (Member(cell, "id") is not { ValueKind: JsonValueKind.String })
                yield return new("ids", i + 1, null, "The cell has no id, so nothing can refer to it. Add one: \"id\": \"a-short-name\".");
            if (text.Notebook.Cells[i].Kind != CellKind.Code)
                continue;
            if (!SaysLanguage(cell))
                yield return new("language", i + 1, null,
                    "The cell does not say its language. Add \"polyglot_notebook\": {\"kernelName\": \"csharp\"} to its metadata, or choose the language in the editor.");
            if (Member(cell, "outputs") is { ValueKind: JsonValueKind.Array } outputs && outputs.GetArrayLength() > 0)
                yield return new("outputs", i + 1, null, "Outputs are not committed: the runner makes them. Clear all outputs and save.");
            if (Member(cell, "execution_count") is { ValueKind: JsonValueKind.Number })
                yield return new("outputs", i + 1, null, "Execution counts are not committed. Clear all outputs and save.");
        }
    }

    static bool SaysLanguage(JsonElement cell) => Member(cell, "metadata") is { } metadata
        && (Text(metadata, "polyglot_notebook", "kernelName") || Text(metadata, "dotnet_interactive", "language") || Text(metadata, "vscode", "languageId"));

    static bool Text(JsonElement metadata, string group, string name) =>
        Member(metadata, group) is { } found && Member(found, name) is { ValueKind: JsonValueKind.String };

    static JsonElement? Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : null;
}
