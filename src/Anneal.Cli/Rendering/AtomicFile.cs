using Anneal.Notebooks;

namespace Anneal.Cli;

/// <summary>Writes files so that whoever looks finds the old one or the new one, and never half of it.</summary>
internal static class AtomicFile
{
    public static void Write(string path, string text) => Write(path, System.Text.Encoding.UTF8.GetBytes(text));

    public static void Write(string path, byte[] bytes) => SafeFile.Write(path, bytes);
}
