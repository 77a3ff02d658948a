using System.Security.Cryptography;
using System.Text;

namespace Anneal.Notebooks;

/// <summary>The results of a run, kept in a file.</summary>
/// <param name="Run">The notebook and its results.</param>
/// <param name="Ran">When they were computed, in universal time.</param>
public sealed record RunFile(NotebookRun Run, DateTime Ran)
{
    /// <summary>Begins the file; another layout gets another number.</summary>
    static ReadOnlySpan<byte> Mark => "anneal run 1\n"u8;

    static int HeadLength => Mark.Length + SHA256.HashSizeInBytes;

    /// <summary>Writes results, in the place of earlier ones.</summary>
    /// <param name="path">The file; its folder is made where it is missing.</param>
    /// <param name="key">A text that changes with whatever the results depend on.</param>
    /// <param name="run">The results.</param>
    /// <exception cref="IOException">They could not be written.</exception>
    /// <exception cref="UnauthorizedAccessException">They may not be written there.</exception>
    public static void Write(string path, string key, NotebookRun run)
    {
        using var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(key);
            writer.Write(DateTime.UtcNow.Ticks);
            writer.Write(run.Cells.Sum(cell => cell.Elapsed.Ticks));
            MessageFormat.WriteRun(writer, run);
        }
        byte[] content = bytes.ToArray();
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        SafeFile.Write(path, [.. Mark, .. SHA256.HashData(content), .. content]);
    }

    /// <summary>The results in a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="key">What results depend on now.</param>
    /// <param name="notebook">The notebook as it is now: its texts may be others, its code cells are those that ran.</param>
    /// <returns>Null where there is no such file, where it is damaged, and where its results are those of something else.</returns>
    public static RunFile? Read(string path, string key, Notebook notebook) => Read<RunFile>(path, from =>
    {
        if (from.ReadString() != key)
            return null;
        var ran = new DateTime(from.ReadInt64(), DateTimeKind.Utc);
        from.ReadInt64(); // how long the cells took
        return Of(MessageFormat.ReadRun(from), notebook) is { } run ? new(run, ran) : null;
    });

    /// <summary>How long the cells took whose results are in a file, whatever those depended on; null where no file says it.</summary>
    public static TimeSpan? Elapsed(string path) => Read(path, from =>
    {
        from.ReadString();
        from.ReadInt64();
        return (TimeSpan?)new TimeSpan(from.ReadInt64());
    });

    static T? Read<T>(string path, Func<BinaryReader, T?> read)
    {
        try
        {
            byte[] bytes = File.ReadAllBytes(path);
            if (bytes.Length < HeadLength || !bytes.AsSpan().StartsWith(Mark) || !SHA256.HashData(bytes.AsSpan(HeadLength)).AsSpan().SequenceEqual(bytes.AsSpan(Mark.Length, SHA256.HashSizeInBytes)))
                return default;
            using var from = new BinaryReader(new MemoryStream(bytes, HeadLength, bytes.Length - HeadLength), Encoding.UTF8);
            return read(from);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return default; // no file, or one that this class did not write: the notebook runs
        }
    }

    /// <summary>The results as those of a notebook with the same code cells; null where it has others.</summary>
    static NotebookRun? Of(NotebookRun run, Notebook notebook) =>
        run.Cells.Count == notebook.Cells.Count && run.Cells.Zip(notebook.Cells).All(both => IsSame(both.First.Cell, both.Second))
            ? new(notebook, [.. run.Cells.Zip(notebook.Cells, (cell, now) => cell with { Cell = now })]) : null;

    static bool IsSame(Cell ran, Cell now) => (ran.Kind == CellKind.Code) == (now.Kind == CellKind.Code)
        && (now.Kind != CellKind.Code || (ran.Language == now.Language && ran.Source == now.Source));
}
