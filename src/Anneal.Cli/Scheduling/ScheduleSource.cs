using System.Text.Json;

namespace Anneal.Cli;

/// <summary>Where a schedule comes from: a file, standard input, or the notation itself.</summary>
internal static class ScheduleSource
{
    /// <summary>A schedule from a file's name, <c>-</c> for standard input, JSON or notation.</summary>
    /// <exception cref="ScheduleFormatException">It is none of these.</exception>
    /// <exception cref="UsageException">It looks like the name of a file, and there is none.</exception>
    public static Schedule Read(string spec)
    {
        string text = Text(spec);
        if (text.TrimStart().StartsWith('{'))
            return ScheduleJson.Read(text);
        try
        {
            return ScheduleNotation.Parse(text.Trim());
        }
        catch (ScheduleFormatException refused) when (ReferenceEquals(text, spec) && NamedFile.IsNamedLikeOne(spec))
        {
            throw new UsageException($"There is no file '{spec}', and as notation it cannot be read:\n{refused.Message}\nA schedule to begin with: cosine(0.1, 100); look at the file's name, and at the folder you are in.");
        }
    }

    /// <summary>A schedule as <see cref="Read"/> takes it, or another framework's configuration.</summary>
    public static Schedule ReadAny(string spec)
    {
        string text = Text(spec);
        if (!text.TrimStart().StartsWith('{') || !IsOfFramework(text))
            return Read(ReferenceEquals(text, spec) ? spec : text);
        var imported = Import(text);
        return imported.Schedule ?? throw new ScheduleFormatException($"{imported.Scheduler} of {imported.Framework} listens to a metric: without one it has no rates to compare.");
    }

    static bool IsOfFramework(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = Rates.MaxNesting });
            return SchedulerImport.Reads(document.RootElement);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>A schedule within a larger document, as JSON or as a string of notation.</summary>
    public static Schedule Of(JsonElement json, string path)
    {
        if (json.ValueKind == JsonValueKind.String)
            return Notation(json.GetString()!, path);
        return ScheduleJson.Read(json, path);
    }

    /// <summary>Notation inside a document: a message of one line has the place as a number, not as a caret.</summary>
    static Schedule Notation(string text, string path)
    {
        try
        {
            return ScheduleNotation.Parse(text);
        }
        catch (ScheduleFormatException refused) when (refused.Position is { } position)
        {
            string reason = refused.Message.Split('\n')[0];
            throw new ScheduleFormatException($"{path}, character {position + 1}: {reason}", path, position);
        }
    }

    /// <summary>A configuration of another framework, from a file or standard input.</summary>
    public static Imported Import(string file)
    {
        try
        {
            using var document = JsonDocument.Parse(Text(file), new JsonDocumentOptions { MaxDepth = Rates.MaxNesting });
            return SchedulerImport.Import(document.RootElement);
        }
        catch (JsonException broken)
        {
            throw new ScheduleFormatException(Path.Exists(file) || file == "-" ? JsonReason.NotJson(broken, file) : JsonReason.NotJson(broken));
        }
    }

    /// <summary>The rates at steps from a document, of which any that cannot be asked is refused by its place.</summary>
    public static double[] At(Schedule schedule, IReadOnlyList<double> at, IReadOnlyList<double>? metrics = null)
    {
        if (metrics is not null)
            throw new ScheduleFormatException("$.metrics was not expected; this scheduler does not listen to a metric.", "$.metrics");
        var rates = new double[at.Count];
        for (int i = 0; i < rates.Length; i++)
            try
            {
                rates[i] = schedule.At(at[i]);
            }
            catch (ArgumentException refused)
            {
                throw new ScheduleFormatException($"$.at[{i}]: {Reason(refused)}", $"$.at[{i}]");
            }
        return rates;
    }

    /// <summary>An exception's message in one line, without the names of parameters in our code.</summary>
    public static string Reason(Exception refused)
    {
        string message = refused.Message.ReplaceLineEndings(" ");
        return refused switch
        {
            FormatException => message,
            ArgumentException => $"{JsonReason.Plain(refused)}.",
            JsonException => JsonReason.NotJson(refused),
            InvalidOperationException when message.Contains("UTF-16", StringComparison.Ordinal) => "$ holds half a character (a lone surrogate), which is not text.",
            InvalidOperationException or NotSupportedException => $"$: {message}",
            OutOfMemoryException or OverflowException => "$ asks for more numbers than fit into memory.",
            _ => "$ cannot be answered: this question breaks something here that it should not. Please report it.",
        };
    }

    /// <summary>The same for a question of a batch: it begins with the path to what is refused, where that is known, or with the whole question's.</summary>
    public static string BatchReason(Exception refused) => Reason(refused) is ['$', ..] told ? told : $"$: {Reason(refused)}";

    static string Text(string spec) => spec == "-" || Path.Exists(spec) ? Input.Text(spec) : spec;
}
