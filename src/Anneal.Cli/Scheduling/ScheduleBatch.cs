using System.Text.Json;

namespace Anneal.Cli;

/// <summary>Questions about schedules as JSON Lines: one answer line for each line, in order.</summary>
internal static class ScheduleBatch
{
    public static void Run(Stream input, Stream output)
    {
        using var answers = new BufferedStream(output, 1 << 16);
        using var json = new Utf8JsonWriter(answers, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        var lines = new LineReader(input, answers.Flush);
        while (lines.Next() is { } line)
        {
            Answer(line, json);
            json.Flush();
            answers.WriteByte((byte)'\n');
            json.Reset();
        }
    }

    static void Answer(ReadOnlyMemory<byte> line, Utf8JsonWriter json)
    {
        try
        {
            using var question = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = Rates.MaxNesting });
            var (rates, momentum) = Answer(question.RootElement);
            json.WriteStartObject();
            Rates.Write(json, "rates", rates);
            if (momentum is not null)
                Rates.Write(json, "momentum", momentum);
            json.WriteEndObject();
        }
        catch (Exception refused)
        {
            // Whatever is wrong with one question, the next must be answered; nothing has been written for this one yet.
            json.WriteStartObject();
            json.WriteString("error", ScheduleSource.BatchReason(refused));
            json.WriteEndObject();
        }
    }

    static (double[] Rates, double[]? Momentum) Answer(JsonElement question)
    {
        if (question.ValueKind != JsonValueKind.Object)
            throw new ScheduleFormatException("""$ must be an object such as {"schedule": {…}, "at": [0, 10]}.""", "$");
        bool ours = question.TryGetProperty("schedule", out var schedule), theirs = question.TryGetProperty("from", out var configuration);
        if (ours == theirs)
            throw new ScheduleFormatException("$ must have either a schedule or a from.", "$");
        bool reported = question.TryGetProperty("metrics", out var list) && list.ValueKind != JsonValueKind.Null;
        double[]? metrics = reported ? Rates.Read(list, "$.metrics") : null;
        double[] at = question.TryGetProperty("at", out var steps) ? Rates.Read(steps, "$.at")
            : reported ? [] : throw new ScheduleFormatException("$.at is missing; it is the list of steps to answer for.", "$.at");

        if (ours)
            return metrics is null ? (ScheduleSource.At(ScheduleSource.Of(schedule, "$.schedule"), at), null)
                : throw new ScheduleFormatException("$.metrics was not expected; a schedule does not listen to a metric.", "$.metrics");
        var imported = SchedulerImport.Import(configuration, "$.from");
        var rates = imported.Feedback is null ? ScheduleSource.At(imported.Schedule!, at, metrics) : imported.Rates(at, metrics);
        return (rates, imported.Momentum is null ? null : ScheduleSource.At(imported.Momentum, at));
    }
}
