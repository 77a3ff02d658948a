using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Anneal.Cli;

/// <summary>Answers questions about optimizers, one JSON object a line, in order.</summary>
/// <remarks>
/// <code>
/// {"from": {"framework": …, "optimizer": …, "params": {…}, "lr_schedule": {…}?}, "problem": {…}, "start": […], "shape": […]?, "checkpoints": [1, 2, 5], "initial_state": {…}?}
/// {"rule": {…}, "schedule": {…}, "problem": {…}, "start": […], "shape": […]?, "checkpoints": [1, 2, 5]}
/// </code>
/// The answer is <c>{"checkpoints": {"1": […], …}}</c>, with the further series a rule keeps, or <c>{"error": "…"}</c>. Weights that blow up are
/// answered as the frameworks leave them, with "Infinity", "-Infinity" and "NaN" as texts.
/// </remarks>
internal static class OptimizeBatch
{
    /// <summary>More steps than this are a run, not a question: they would keep those behind them waiting.</summary>
    const long MostSteps = 100_000;

    /// <summary>And so is what computes for longer than this. Time on the processor, so that a busy machine answers as much as an idle one.</summary>
    static readonly TimeSpan longest = TimeSpan.FromSeconds(0.5);

    static readonly JsonWriterOptions plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Run(Stream questions, Stream answers)
    {
        var lines = new LineReader(questions, () => { });
        while (lines.Next() is { } bytes)
        {
            string line = Encoding.UTF8.GetString(bytes.Span);
            if (string.IsNullOrWhiteSpace(line))
                continue;
            answers.Write(Encoding.UTF8.GetBytes(Answer(line) + "\n"));
            answers.Flush();
        }
    }

    /// <summary>The answer to one question.</summary>
    public static string Answer(string question)
    {
        try
        {
            using var document = JsonDocument.Parse(question);
            return Written(Walked(document.RootElement));
        }
        catch (Exception refused)
        {
            // Whatever is wrong with one question, the next must be answered.
            return Text(writer => writer.WriteString("error", ScheduleSource.BatchReason(refused)));
        }
    }

    static IReadOnlyDictionary<string, IReadOnlyDictionary<long, double[]>> Walked(JsonElement question)
    {
        if (question.ValueKind != JsonValueKind.Object)
            throw new RuleFormatException("$: a question is an object.");
        var rule = question.TryGetProperty("from", out var from) ? OptimizerImport.Read(from, "$.from") : Own(question);
        if (!question.TryGetProperty("problem", out var given))
            throw new RuleFormatException("$.problem: is missing.");
        var problem = TrainingProblem.Read(given);
        double[] start = Numbers(question, "start");
        long[] checkpoints = [.. Numbers(question, "checkpoints").Select((c, i) => Whole(c, $"$.checkpoints[{i}]", 0, MostSteps))];
        int[]? shape = question.TryGetProperty("shape", out var dimensions) && dimensions.ValueKind != JsonValueKind.Null
            ? [.. Numbers(question, "shape").Select((d, i) => (int)Whole(d, $"$.shape[{i}]", 1, int.MaxValue))] : null;
        var state = question.TryGetProperty("initial_state", out var initial) && initial.ValueKind != JsonValueKind.Null ? TrainingRun.InitialState(initial) : null;
        long asked = 0;
        var begun = Environment.CpuUsage.TotalTime;
        return TrainingRun.Of(rule, problem, start, checkpoints, shape, state, step =>
        {
            if (++asked % 64 == 0 && Environment.CpuUsage.TotalTime - begun > longest)
                throw new RuleFormatException($"$.checkpoints: a question may take {longest.TotalSeconds} seconds to compute, and this one is at step {step} of {checkpoints.Max()}; ask for fewer steps.");
        });
    }

    static ImportedRule Own(JsonElement question)
    {
        if (!question.TryGetProperty("rule", out var rule))
            throw new RuleFormatException("$: a question has a \"rule\" with a \"schedule\", or \"from\".");
        if (!question.TryGetProperty("schedule", out var schedule))
            throw new RuleFormatException("$.schedule: is missing; a rate that never changes is {\"type\": \"constant\", \"value\": 0.1}, or just the number.");
        return new()
        {
            Framework = "anneal",
            Optimizer = "rule",
            Rule = RuleJson.Read(rule, "$.rule"),
            Rate = schedule.ValueKind == JsonValueKind.Number ? Rate(schedule.GetDouble()) : ScheduleSource.Of(schedule, "$.schedule"),
        };
    }

    static Constant Rate(double value) => double.IsFinite(value) && value >= 0 ? new(value)
        : throw new RuleFormatException($"$.schedule: must be a finite number, 0 or above; it is {Plain(value)}.");

    static long Whole(double value, string path, long least, long most) => value == Math.Floor(value) && value >= least && value <= most ? (long)value
        : throw new RuleFormatException($"{path}: must be a whole number from {least} to {most}, not {Plain(value)}.");

    static string Plain(double value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);

    static double[] Numbers(JsonElement owner, string name)
    {
        if (!owner.TryGetProperty(name, out var list) || list.ValueKind != JsonValueKind.Array || list.GetArrayLength() == 0)
            throw new RuleFormatException($"$.{name}: must be a list of at least one number.");
        return [.. list.EnumerateArray().Select((value, i) => value.ValueKind == JsonValueKind.Number ? value.GetDouble()
            : throw new RuleFormatException($"$.{name}[{i}]: must be a number, not {Rates.Short(value)}."))];
    }

    static string Written(IReadOnlyDictionary<string, IReadOnlyDictionary<long, double[]>> series) => Text(writer =>
    {
        foreach (var (name, points) in series)
        {
            writer.WriteStartObject(name);
            foreach (var (step, weights) in points)
            {
                writer.WriteStartArray(step.ToString());
                foreach (double w in weights)
                    if (double.IsFinite(w))
                        writer.WriteNumberValue(w);
                    else
                        writer.WriteStringValue(double.IsNaN(w) ? "NaN" : w > 0 ? "Infinity" : "-Infinity");
                writer.WriteEndArray();
            }
            writer.WriteEndObject();
        }
    });

    static string Text(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, plain))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
