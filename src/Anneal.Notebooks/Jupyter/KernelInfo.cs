using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Anneal.Notebooks;

/// <summary>What a kernel says of itself, and how it writes outputs, in the protocol's words.</summary>
internal static class KernelInfo
{
    static string Version => typeof(KernelInfo).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>The content of a kernel_info_reply.</summary>
    /// <param name="language">csharp or fsharp.</param>
    public static JsonObject Content(string language)
    {
        bool isCSharp = language == CellLanguages.CSharp;
        return new()
        {
            ["status"] = "ok",
            ["protocol_version"] = JupyterMessage.Protocol,
            ["implementation"] = "anneal",
            ["implementation_version"] = Version,
            ["language_info"] = new JsonObject
            {
                ["name"] = isCSharp ? "C#" : "F#",
                ["version"] = isCSharp ? "14.0" : "10.0",
                ["mimetype"] = isCSharp ? "text/x-csharp" : "text/x-fsharp",
                ["file_extension"] = isCSharp ? ".cs" : ".fs",
                ["pygments_lexer"] = isCSharp ? "csharp" : "fsharp",
                ["codemirror_mode"] = isCSharp ? "text/x-csharp" : "text/x-fsharp",
            },
            ["banner"] = $"Anneal {Version} on {RuntimeInformation.FrameworkDescription}: {Languages.Title(language)} cells; a first line #!csharp or #!fsharp chooses the language of a cell.",
            ["debugger"] = false,
            ["help_links"] = new JsonArray(),
        };
    }

    /// <summary>The content of display_data, execute_result and update_display_data.</summary>
    public static JsonObject Data(Display display, string? id = null)
    {
        var data = new JsonObject();
        foreach (var (mime, text) in display.Data)
            data[mime] = mime.EndsWith("json", StringComparison.Ordinal) ? Json(text) : text;
        return new()
        {
            ["data"] = data,
            ["metadata"] = new JsonObject(),
            ["transient"] = id is null ? new JsonObject() : new JsonObject { ["display_id"] = id },
        };
    }

    /// <summary>Where the failure is, what it is, and how it came to that.</summary>
    public static IEnumerable<string> Traceback(Failure failure)
    {
        string file = failure.File is { } name ? $"{name}, " : "";
        if (failure.Line is { } line)
            yield return $"{file}line {line}:{(failure.SourceLine is { } source ? $"\n    {source}" : "")}";
        yield return $"{failure.Name}: {failure.Message}";
        foreach (string frame in failure.Trace)
            yield return $"   at {frame}";
    }

    static JsonNode? Json(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return text; // shown as it is: its author sees what is wrong
        }
    }
}
