using System.Threading.Channels;

namespace Anneal.Experiments;

/// <summary>The finished trials of a sweep on disk: one line each, appended and forced out of the write cache, never changed.</summary>
/// <remarks>
/// A process may be killed at any moment: at worst the last line is torn, and it is cut off when the journal is opened again. Several threads may add;
/// one thread writes what has come in since its last write, so nobody waits for the disk. One process at a time holds a journal.
/// </remarks>
public sealed class Journal : IDisposable
{
    const string FileName = "trials.jsonl", SweepName = "sweep.json", LockName = ".held";

    readonly Stream file;
    readonly IDisposable? held;
    readonly Dictionary<string, TrialResult> finished;
    readonly Channel<JournalLine> waiting = Channel.CreateUnbounded<JournalLine>(new() { SingleReader = true });
    readonly Task writing;
    long whole;

    Journal(string folder, IDisposable? held, Stream file, Dictionary<string, TrialResult> finished, long whole)
    {
        (Folder, this.held, this.file, this.finished, this.whole) = (folder, held, file, finished, whole);
        writing = Task.Run(WriteAsync);
    }

    /// <summary>The folder it lies in.</summary>
    public string Folder { get; }

    /// <summary>Cancelled when a write has failed; <see cref="Close"/> then says why.</summary>
    public CancellationToken Failed => failure.Token;

    readonly CancellationTokenSource failure = new();

    /// <summary>The result of a trial that has been added or was found in the file.</summary>
    public TrialResult? this[string key]
    {
        get
        {
            lock (finished)
                return finished.GetValueOrDefault(key);
        }
    }

    /// <summary>Opens the journal of a sweep; a folder that has none gets one.</summary>
    /// <exception cref="SweepException">The folder belongs to another sweep, is held by another process, or cannot be written, or a line inside the file is damaged.</exception>
    public static Journal Open(string folder, SweepSpec sweep)
    {
        string description = SweepJson.Write(sweep), about = Path.Combine(folder, SweepName), path = Path.Combine(folder, FileName);
        FileStream? file = null, held = null;
        try
        {
            Directory.CreateDirectory(folder);
            held = new FileStream(Path.Combine(folder, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
            if (!File.Exists(about))
                Replace(about, description + "\n");
            else if (!IsDescription(File.ReadAllText(about).TrimEnd(), description))
                throw new SweepException($"{folder} holds another sweep ({SweepName} differs). Choose another folder, or remove that one if it is no longer needed.");
            var (finished, whole) = Read(file, path);
            file.SetLength(whole);
            file.Position = whole;
            return new(folder, held, file, finished, whole);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            file?.Dispose();
            held?.Dispose();
            throw new SweepException(Held(e) ? $"{folder} is held by another process that runs this sweep. Wait for it, or give this one its own folder and a --shard."
                : $"{folder} cannot be written: {e.Message}", e);
        }
        catch
        {
            file?.Dispose();
            held?.Dispose();
            throw;
        }
    }

    /// <summary>A journal on any stream that can be read, written and sought: what disks do can then be tried without one.</summary>
    internal static Journal On(Stream stream)
    {
        var (finished, whole) = Read(stream, "stream");
        return new("", null, stream, finished, whole);
    }

    /// <summary>The finished trials in a folder, without holding it.</summary>
    /// <exception cref="SweepException">The folder holds no sweep, or a damaged one.</exception>
    public static (SweepSpec Sweep, IReadOnlyDictionary<string, TrialResult> Finished) Look(string folder)
    {
        string about = Path.Combine(folder, SweepName), path = Path.Combine(folder, FileName);
        try
        {
            if (!File.Exists(about) || !File.Exists(path))
                throw new SweepException($"{folder} holds no sweep: there is no {SweepName} with a {FileName} in it.");
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            return (SweepJson.ReadSweep(File.ReadAllText(about)), Read(file, path).Finished);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SweepException($"{folder} cannot be read: {e.Message}", e);
        }
        catch (SweepFormatException e)
        {
            throw new SweepException($"{about}: {e.Message}", e);
        }
    }

    /// <summary>Adds a finished trial. It is on the disk once <see cref="Close"/> has returned, and usually a moment later.</summary>
    public void Add(string key, TrialResult result)
    {
        lock (finished)
            if (!finished.TryAdd(key, result))
                return;
        waiting.Writer.TryWrite(new(key, result));
    }

    /// <summary>Waits until all that was added is on the disk.</summary>
    /// <exception cref="SweepException">A write failed: the disk is full, for instance. What had been written before is kept.</exception>
    public void Close()
    {
        waiting.Writer.TryComplete();
        try
        {
            writing.GetAwaiter().GetResult();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SweepException($"A result could not be written to {Path.Combine(Folder, FileName)}: {e.Message} "
                + "What was written before is kept. Make room and run the same command again: it goes on from there.", e);
        }
    }

    /// <summary>Lets go of the file; what has not been written is lost, so <see cref="Close"/> first.</summary>
    public void Dispose()
    {
        waiting.Writer.TryComplete();
        ((IAsyncResult)writing).AsyncWaitHandle.WaitOne();
        try
        {
            file.Dispose();
        }
        catch (IOException)
        {
            // Close has told of it.
        }
        held?.Dispose();
        failure.Dispose();
    }

    async Task WriteAsync()
    {
        var batch = new MemoryStream();
        while (await waiting.Reader.WaitToReadAsync())
        {
            batch.SetLength(0);
            while (waiting.Reader.TryRead(out var line))
                batch.Write(line.Text());
            try
            {
                batch.WriteTo(file);
                if (file is FileStream onDisk)
                    onDisk.Flush(flushToDisk: true);
                else
                    file.Flush();
                whole += batch.Length;
            }
            catch
            {
                CutBack();
                failure.Cancel();
                throw;
            }
        }
    }

    /// <summary>Takes a half-written line away, if the disk lets us; if not, it is cut off at the next opening.</summary>
    void CutBack()
    {
        try
        {
            file.SetLength(whole);
        }
        catch (IOException)
        {
        }
    }

    static (Dictionary<string, TrialResult> Finished, long Whole) Read(Stream file, string path)
    {
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        var finished = new Dictionary<string, TrialResult>();
        int at = 0;
        for (int number = 1, end; (end = Array.IndexOf(bytes, (byte)'\n', at)) >= 0; at = end + 1, number++)
        {
            if (!JournalLine.TryRead(bytes.AsMemory(at, end - at), out var line, out string wrong))
                throw new SweepException($"{path}, line {number} is damaged: {wrong}. Remove that line: its trial will be run again.");
            if (!finished.TryAdd(line.Trial, line.Result) && finished[line.Trial] != line.Result)
                throw new SweepException($"{path}, line {number} gives the trial {line.Trial} the loss {line.Result.Loss:R}, but a line before it {finished[line.Trial].Loss:R}. Remove both lines: the trial will be run again.");
        }
        return (finished, at);
    }

    /// <summary>Whether a text says the same as <paramref name="description"/>, though perhaps in the names of an earlier version.</summary>
    static bool IsDescription(string text, string description)
    {
        if (text == description)
            return true;
        try
        {
            return SweepJson.Write(SweepJson.ReadSweep(text)) == description;
        }
        catch (SweepFormatException)
        {
            return false;
        }
    }

    static bool Held(Exception e) => e is IOException && e is not (DirectoryNotFoundException or FileNotFoundException) && e.Message.Contains("another process", StringComparison.Ordinal);

    internal static void Replace(string path, string text)
    {
        string half = path + ".part";
        File.WriteAllText(half, text);
        File.Move(half, path, overwrite: true);
    }
}

/// <summary>A sweep that cannot go on; the message says what to do.</summary>
public sealed class SweepException(string message, Exception? inner = null) : Exception(message, inner);
