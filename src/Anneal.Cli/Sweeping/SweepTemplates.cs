namespace Anneal.Cli;

/// <summary>Files to begin a sweep with, which the command carries in itself.</summary>
internal static class SweepTemplates
{
    static readonly Dictionary<string, string> files = new()
    {
        ["example"] = "example.json",
        ["transformer"] = "transformer.json",
        ["slurm"] = "slurm.sh",
        ["kubernetes"] = "kubernetes.yaml",
    };

    /// <summary>What there is.</summary>
    public static string[] Names => [.. files.Keys];

    /// <summary>The text of one.</summary>
    public static string Text(string name)
    {
        using var stream = typeof(SweepTemplates).Assembly.GetManifestResourceStream($"sweep/{files[name]}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
