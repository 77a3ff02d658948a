namespace Anneal.Cli;

/// <summary>Writes files so that whoever looks finds the old one or the new one, and never half of it.</summary>
internal static class AtomicFile
{
    public static void Write(string path, string text) => Write(path, System.Text.Encoding.UTF8.GetBytes(text));

    public static void Write(string path, byte[] bytes)
    {
        if (Directory.Exists(path))
            throw new IOException($"{path} is a folder, not a file.");
        if (!Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path))))
            throw new DirectoryNotFoundException($"There is no folder to write {path} into.");
        string half = $"{path}.{Environment.ProcessId}.part";
        try
        {
            File.WriteAllBytes(half, bytes);
            File.Move(half, path, overwrite: true);
        }
        finally
        {
            File.Delete(half);
        }
    }
}
