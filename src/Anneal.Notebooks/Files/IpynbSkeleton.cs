using System.Text.Json;

namespace Anneal.Notebooks;

/// <summary>A notebook in nbformat 4.5 with no outputs, with the metadata by which Polyglot Notebooks knows its languages.</summary>
static class IpynbSkeleton
{
    public static void Write(Utf8JsonWriter json, Notebook notebook)
    {
        json.WriteStartObject();
        json.WriteStartArray("cells");
        foreach (var cell in notebook.Cells)
            WriteCell(json, cell);
        json.WriteEndArray();
        WriteMetadata(json, notebook);
        json.WriteNumber("nbformat", 4);
        json.WriteNumber("nbformat_minor", 5);
        json.WriteEndObject();
    }

    static void WriteCell(Utf8JsonWriter json, Cell cell)
    {
        json.WriteStartObject();
        json.WriteString("cell_type", cell.Kind.ToString().ToLowerInvariant());
        if (cell.Kind == CellKind.Code)
            json.WriteNull("execution_count");
        json.WriteString("id", cell.Id);
        json.WriteStartObject("metadata");
        if (cell.Kind == CellKind.Code)
        {
            WriteObject(json, "dotnet_interactive", () => json.WriteString("language", cell.Language));
            WriteObject(json, "polyglot_notebook", () => json.WriteString("kernelName", cell.Language));
        }
        json.WriteEndObject();
        if (cell.Kind == CellKind.Code)
        {
            json.WriteStartArray("outputs");
            json.WriteEndArray();
        }
        IpynbOutputs.WriteLines(json, "source", cell.Source);
        json.WriteEndObject();
    }

    static void WriteMetadata(Utf8JsonWriter json, Notebook notebook)
    {
        var title = Languages.Title(notebook.Language);
        WriteObject(json, "metadata", () =>
        {
            WriteObject(json, "kernelspec", () =>
            {
                json.WriteString("display_name", $".NET ({title})");
                json.WriteString("language", title);
                json.WriteString("name", $".net-{notebook.Language}");
            });
            WriteObject(json, "language_info", () => json.WriteString("name", "polyglot-notebook"));
            WriteObject(json, "polyglot_notebook", () => WriteObject(json, "kernelInfo", () =>
            {
                json.WriteString("defaultKernelName", notebook.Language);
                json.WriteStartArray("items");
                foreach (var language in notebook.Cells.Where(c => c.Kind == CellKind.Code).Select(c => c.Language).Prepend(notebook.Language).Distinct())
                {
                    json.WriteStartObject();
                    json.WriteStartArray("aliases");
                    json.WriteEndArray();
                    json.WriteString("name", language);
                    json.WriteEndObject();
                }
                json.WriteEndArray();
            }));
        });
    }

    static void WriteObject(Utf8JsonWriter json, string member, Action members)
    {
        json.WriteStartObject(member);
        members();
        json.WriteEndObject();
    }
}
