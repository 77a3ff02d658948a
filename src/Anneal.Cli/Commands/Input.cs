using System.Text;

namespace Anneal.Cli;

/// <summary>What commands read from standard input and from files that are named: never more than memory takes, and never forever.</summary>
internal static class Input
{
    /// <summary>The longest text or line that is read.</summary>
    public const int MostBytes = 64 << 20;

    const string Through = "Give what is to be read through a pipe, or with < FILE.";

    /// <summary>Standard input.</summary>
    /// <exception cref="UsageException">There is none.</exception>
    public static Stream Standard() => IsClosed() ? throw new UsageException($"Standard input is closed. {Through}") : Console.OpenStandardInput();

    /// <summary>The text of a file, or of standard input where the name is <c>-</c>.</summary>
    /// <param name="file">Its name.</param>
    /// <param name="instead">What to do where there is no such file, as a sentence.</param>
    /// <exception cref="UsageException">There is no such file, it may not be read, it is too long, or standard input is closed or empty.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static string Text(string file, string? instead = null)
    {
        NamedFile.RequireReadable(file, instead);
        using var stream = file == "-" ? Standard() : Open(file);
        string name = file == "-" ? "Standard input" : file;
        using var bytes = new MemoryStream();
        byte[] buffer = new byte[1 << 16];
        while (stream.Read(buffer) is > 0 and var read)
        {
            if (bytes.Length + read > MostBytes)
                throw new UsageException($"{name} has more than {MostBytes >> 20} MB, so it is not what is read here. {(file == "-" ? Through : "Look at its name.")}");
            bytes.Write(buffer, 0, read);
        }
        if (file == "-" && bytes.Length == 0)
            throw new UsageException($"Standard input is empty. {Through}{(instead is null ? "" : $" {instead}")}");
        bytes.Position = 0;
        return new StreamReader(bytes, Encoding.UTF8).ReadToEnd();
    }

    /// <summary>What a file is called in a message.</summary>
    public static string Name(string file) => file == "-" ? "standard input" : file;

    /// <summary>Where relative paths in a file begin: in its folder, or in the working directory where it is standard input.</summary>
    public static string Folder(string file) => file == "-" ? Environment.CurrentDirectory : Path.GetDirectoryName(Path.GetFullPath(file))!;

    static FileStream Open(string file)
    {
        try
        {
            return File.OpenRead(file);
        }
        catch (UnauthorizedAccessException)
        {
            throw NamedFile.Closed(file);
        }
    }

    /// <summary>Whether the program was started without standard input.</summary>
    /// <remarks>The runtime's own files then take its number, first of all a pipe that it writes to itself: reading it would wait forever.</remarks>
    static bool IsClosed()
    {
        const string files = "/proc/self/fd";
        if (!OperatingSystem.IsLinux() || !Directory.Exists(files))
            return false;
        string? input = new FileInfo($"{files}/0").LinkTarget;
        return input is null || input.StartsWith("anon_inode:", StringComparison.Ordinal)
            || (input.StartsWith("pipe:", StringComparison.Ordinal) && new DirectoryInfo(files).EnumerateFiles().Any(file => file.LinkTarget == input && IsWritten(file.Name)));
    }

    /// <summary>Whether one of this program's open files is open for writing.</summary>
    static bool IsWritten(string number)
    {
        try
        {
            string flags = File.ReadLines($"/proc/self/fdinfo/{number}").FirstOrDefault(line => line.StartsWith("flags:", StringComparison.Ordinal)) ?? "0";
            return flags[^1] is '1' or '2';
        }
        catch (IOException)
        {
            return false;
        }
    }
}
