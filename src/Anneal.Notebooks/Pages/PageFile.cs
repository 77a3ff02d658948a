using System.Text;

namespace Anneal.Notebooks;

/// <summary>Pages on disk: a page carries a mark, and a file without it is neither overwritten nor deleted.</summary>
public static class PageFile
{
    /// <summary>Stands near the top of every page, and of a script that lies beside pages.</summary>
    public const string Mark = """<meta name="generator" content="Anneal">""";

    /// <summary>Pages have their mark within so many bytes.</summary>
    const int Searched = 4096;

    /// <summary>Whether a page may be written to a path: nothing is there, or a page that was written before.</summary>
    public static bool MayWrite(string path) => !Path.Exists(path) || IsOwn(path);

    /// <summary>Why a file is left alone, and what to do.</summary>
    public static string Refusal(string path) =>
        $"{path} is not a page that anneal wrote, so it was left as it is. Move it away, or choose another place for the page.";

    /// <summary>Writes a page.</summary>
    /// <exception cref="IOException">Something else than a page is there, or the disk is full.</exception>
    public static void Write(string path, string html)
    {
        // What is no file at all is refused, by its kind, where it would be written.
        if (File.Exists(path) && !MayWrite(path))
            throw new IOException(Refusal(path));
        SafeFile.Write(path, html);
    }

    /// <summary>Deletes a page; any other file stays.</summary>
    /// <returns>Whether there is no file now.</returns>
    public static bool Delete(string path)
    {
        if (!Path.Exists(path))
            return true;
        if (!IsOwn(path))
            return false;
        File.Delete(path);
        return true;
    }

    static bool IsOwn(string path)
    {
        if (!File.Exists(path) || UnixFile.Status(path) is { IsRegular: false })
            return false;
        using var file = File.OpenRead(path);
        byte[] start = new byte[Searched];
        return start.AsSpan(0, file.ReadAtLeast(start, Searched, throwOnEndOfStream: false)).IndexOf(Encoding.UTF8.GetBytes(Mark)) >= 0;
    }
}
