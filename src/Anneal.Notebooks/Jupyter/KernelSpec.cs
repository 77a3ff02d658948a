using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Anneal.Notebooks;

/// <summary>Tells Jupyter front ends of a kernel: a folder with a kernel.json that says how to start it.</summary>
public static class KernelSpec
{
    static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The folder that Jupyter looks for the user's kernels in.</summary>
    public static string UserFolder
    {
        get
        {
            string? data = Environment.GetEnvironmentVariable("JUPYTER_DATA_DIR");
            string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
            if (string.IsNullOrEmpty(data))
                data = OperatingSystem.IsWindows() ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData), "jupyter")
                    : OperatingSystem.IsMacOS() ? Path.Combine(home, "Library", "Jupyter")
                    : Path.Combine(Environment.GetEnvironmentVariable("XDG_DATA_HOME") is { Length: > 0 } shared ? shared : Path.Combine(home, ".local", "share"), "jupyter");
            return Path.Combine(data, "kernels");
        }
    }

    /// <summary>The folder that Jupyter looks for the kernels of an environment in.</summary>
    public static string FolderUnder(string prefix) => Path.Combine(Path.GetFullPath(prefix), "share", "jupyter", "kernels");

    /// <summary>Writes the kernels anneal, whose cells are C#, and anneal-fsharp, whose cells are F#, where they do not say otherwise.</summary>
    /// <param name="folder">The folder of all kernels.</param>
    /// <param name="command">How to start the kernel; the connection file and the language are added.</param>
    /// <returns>The folders written.</returns>
    public static IReadOnlyList<string> Install(string folder, IReadOnlyList<string> command) =>
    [
        Write(Path.Combine(folder, "anneal"), command, "C#", CellLanguages.CSharp),
        Write(Path.Combine(folder, "anneal-fsharp"), command, "F#", CellLanguages.FSharp),
    ];

    static string Write(string folder, IReadOnlyList<string> command, string title, string language)
    {
        Directory.CreateDirectory(folder);
        var spec = new JsonObject
        {
            ["argv"] = new JsonArray([.. command, "{connection_file}", "--language", language]),
            ["display_name"] = $"Anneal ({title})",
            ["language"] = title,
            ["interrupt_mode"] = "message",
        };
        File.WriteAllText(Path.Combine(folder, "kernel.json"), spec.ToJsonString(Indented) + "\n", new UTF8Encoding(false));
        File.WriteAllText(Path.Combine(folder, "logo-svg.svg"), Asset.Text("page/icon.svg"), new UTF8Encoding(false));
        return folder;
    }
}
