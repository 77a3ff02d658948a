using System.Text;

namespace Anneal.Experiments;

/// <summary>One's own files as text: text, source code and CSV, one after another.</summary>
public static class TextFiles
{
    /// <summary>Reads files and folders; of a folder all files in it and below it that have one of <paramref name="endings"/>, in the order of their paths.</summary>
    /// <param name="paths">Files and folders.</param>
    /// <param name="endings">Endings with their dot; of a folder everything that is UTF-8 text unless given.</param>
    /// <exception cref="DataException">There is no such file, it is no UTF-8 text, or nothing is left.</exception>
    public static string Read(IEnumerable<string> paths, params IReadOnlyCollection<string> endings)
    {
        ArgumentNullException.ThrowIfNull(paths);
        var text = new StringBuilder();
        foreach (string path in paths)
        {
            if (Directory.Exists(path))
            {
                foreach (string file in Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
                    if (endings.Count > 0 ? endings.Contains(Path.GetExtension(file)) : Text(file) is not null)
                        text.Append(Whole(file)).Append('\n');
            }
            else
                text.Append(Whole(path)).Append('\n');
        }
        return text.Length > 1 ? text.ToString() : throw new DataException($"There is no text in {string.Join(", ", paths)}{(endings.Count > 0 ? $" (looked for {string.Join(", ", endings)})" : "")}.");
    }

    static string Whole(string path) => !File.Exists(path) ? throw new DataException($"{path}: there is no such file.")
        : Path.GetExtension(path).ToLowerInvariant() is ".pdf" or ".docx" or ".zip" or ".png" or ".jpg" or ".jpeg"
            ? throw new DataException($"{path}: {Path.GetExtension(path)} files are not read here; turn them into text first.")
        : Text(path) ?? throw new DataException($"{path}: this is no UTF-8 text; convert it first.");

    static string? Text(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        try
        {
            string text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes).TrimStart('\uFEFF').Replace("\r\n", "\n", StringComparison.Ordinal);
            return text.Contains('\0', StringComparison.Ordinal) ? null : text;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
