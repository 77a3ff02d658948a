namespace Anneal.Runs;

/// <summary>Reads what a run logged of its rate: CSV, JSON Lines, <c>trainer_state.json</c>, lines for people, or TensorBoard's event files.</summary>
public static class RunLogs
{
    /// <summary>Reads a log; its kind is told from its name and beginning.</summary>
    /// <param name="path">A file, a folder of <c>anneal train</c>, or a folder with event files.</param>
    /// <param name="rate">The rate's column, key or tag; null to find it by its name.</param>
    /// <param name="step">The step's column or key; null to find it by its name.</param>
    /// <param name="every">Steps between two entries, where the log itself has no step: its first entry is then at this step.</param>
    /// <exception cref="ConfigurationException">It cannot be read, or no rate is in it.</exception>
    public static RunLog Read(string path, string? rate, string? step, double? every)
    {
        var log = Read(path, rate, step);
        if (every is not { } stride)
            return log;
        return log.IsCounted ? log with { Steps = [.. log.Steps.Select((_, i) => (i + 1) * stride)], StepName = "update" }
            : throw new ConfigurationException($"the log has its own steps ({log.StepName}), so none are to be counted");
    }

    /// <inheritdoc cref="Read(string, string?, string?, double?)"/>
    public static RunLog Read(string path, string? rate = null, string? step = null)
    {
        if (Directory.Exists(path) && OwnTrace(path) is { } trace)
            return Read(trace, rate, step);
        if (Directory.Exists(path))
            return Events([.. Directory.GetFiles(path, "*tfevents*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)], rate, path);
        if (!File.Exists(path))
            throw new ConfigurationException($"there is no file {path}");
        if (Path.GetFileName(path).Contains("tfevents", StringComparison.Ordinal) || IsBinary(path))
            return Events([path], rate, path);
        using var reader = new StreamReader(path, System.Text.Encoding.UTF8, detectEncodingFromByteOrderMarks: true, bufferSize: 1 << 16);
        return Read(reader, rate, step);
    }

    /// <summary>Reads a log that is text.</summary>
    /// <inheritdoc cref="Read(string, string?, string?, double?)"/>
    public static RunLog Read(TextReader reader, string? rate = null, string? step = null)
    {
        ArgumentNullException.ThrowIfNull(reader);
        int first = reader.Peek();
        string line = reader.ReadLine() ?? throw new ConfigurationException("the log is empty");
        if (first != '{' && first != '[')
            return Columns(line, reader, rate, step);
        string trimmed = line.Trim();
        // One object on its line is JSON Lines; an object that goes on is a trainer's state.
        if (first == '{' && trimmed.EndsWith('}') && !trimmed.Contains("\"log_history\"", StringComparison.Ordinal))
            return JsonLog.ReadLines(new Prepended(line, reader), rate, step);
        try
        {
            return JsonLog.ReadTrainerState(line + "\n" + reader.ReadToEnd(), rate, step);
        }
        catch (System.Text.Json.JsonException broken)
        {
            throw JsonText.NotJson(broken, "the log");
        }
    }

    /// <summary>Columns below a header; where that names no rate, lines for people.</summary>
    static RunLog Columns(string header, TextReader reader, string? rate, string? step)
    {
        if (TextLog.Tells(header))
            return TextLog.Read(new Prepended(header, reader), rate, step) ?? throw new ConfigurationException($"no line has {rate}");
        try
        {
            return CsvLog.Read(new Prepended(header, reader), rate, step);
        }
        catch (MissingColumnException missing)
        {
            return TextLog.Read(new Prepended(header, reader), rate, step) ?? throw new ConfigurationException(missing.Message);
        }
    }

    /// <summary>What <c>anneal train</c> writes into its folder.</summary>
    static string? OwnTrace(string folder) => Path.Combine(folder, "trace.csv") is var trace && File.Exists(trace) ? trace : null;

    static RunLog Events(string[] files, string? rate, string path)
    {
        if (files.Length == 0)
            throw new ConfigurationException($"there is neither a TensorBoard event file in {path} nor a trace.csv of anneal train");
        var log = new LogBuilder();
        var scalars = new Dictionary<string, List<(double Step, double Value)>>();
        foreach (string file in files)
        {
            var remarks = new List<string>();
            using var stream = new BufferedStream(File.OpenRead(file), 1 << 16);
            foreach (var (tag, values) in EventFile.Scalars(stream, remarks))
                if (scalars.TryGetValue(tag, out var list))
                    list.AddRange(values);
                else
                    scalars[tag] = values;
            log.Remarks.AddRange(remarks.Select(remark => files.Length > 1 ? $"{Path.GetFileName(file)}: {remark}" : char.ToUpperInvariant(remark[0]) + remark[1..]));
        }
        string name = ColumnNames.Rate([.. scalars.Keys], rate);
        foreach (var (at, value) in scalars[name])
            log.Add(at, value);
        return log.Build(name, "step", LogPrecision.Single);
    }

    static bool IsBinary(string path)
    {
        using var stream = File.OpenRead(path);
        Span<byte> start = stackalloc byte[64];
        int read = stream.Read(start);
        return start[..read].Contains((byte)0);
    }

    /// <summary>A reader whose first line was read already.</summary>
    sealed class Prepended(string line, TextReader rest) : TextReader
    {
        string? first = line;

        public override string? ReadLine()
        {
            string? next = first ?? rest.ReadLine();
            first = null;
            return next;
        }
    }
}
