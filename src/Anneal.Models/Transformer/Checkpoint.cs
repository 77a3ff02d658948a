using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Anneal.Models;

/// <summary>A training run as one safetensors file: every weight tensor by name, the rule's state (<see cref="StateFile"/>) as bytes, and how far the run has come.</summary>
/// <remarks>
/// Other programs read the weights; <c>__metadata__</c> has what a run needs to go on, the recipe it belongs to, and the SHA-256 of all else.
/// The file takes its name only once it is whole and on the disk: a run that is killed while it writes leaves the one before.
/// </remarks>
static class Checkpoint
{
    const string Version = "anneal-run-1", StateName = "rule_state";

    public static void Save(TransformerTraining run, string path)
    {
        using var state = new MemoryStream();
        StateFile.Save(run.State, state);
        byte[] header = Header(run, state.ToArray());
        string unfinished = path + ".unfinished";
        using (var file = File.Create(unfinished))
        {
            Span<byte> length = stackalloc byte[8];
            BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
            file.Write(length);
            file.Write(header);
            file.Write(MemoryMarshal.AsBytes(run.Weights.AsSpan()));
            state.WriteTo(file);
            file.Flush(flushToDisk: true);
        }
        File.Move(unfinished, path, overwrite: true);
    }

    /// <summary>What the file holds, once it is known to be whole and to belong to the run.</summary>
    public static (float[] Weights, Stream State, LossScale? Scale, string? Schedule, int? Accumulation) Load(TransformerTraining run, string path)
    {
        byte[] data = File.ReadAllBytes(path);
        long length = data.Length < 8 ? -1 : BinaryPrimitives.ReadInt64LittleEndian(data);
        if (length < 2 || length > data.Length - 8)
            throw new StateFormatException($"{path} is cut short or is no checkpoint.");
        try
        {
            using var header = JsonDocument.Parse(data.AsMemory(8, (int)length));
            var metadata = header.RootElement.GetProperty("__metadata__");
            if (Text("version") != Version)
                throw new StateFormatException($"{path} is of version {Text("version")}; this library reads {Version}.");
            if (Text("recipe") != Recipe(run))
                throw new StateFormatException($"{path} belongs to another run: {Differences(Text("recipe"), Recipe(run))}. Go on with what it was begun with, or begin anew in another folder.");
            // Files of before this was kept say nothing of it.
            if (Maybe("data") is { } sum && sum != run.DataSum)
                throw new StateFormatException($"{path} belongs to a run on other data: its first batch was another. Put the old data back, or begin anew in another folder.");
            var weights = data.AsSpan(8 + (int)length, run.Weights.Length * sizeof(float));
            byte[] state = data[(8 + (int)length + weights.Length)..];
            if (Text("sha256") != Sum(run, Text("progress"), MemoryMarshal.Cast<byte, float>(weights), state))
                throw new StateFormatException($"{path} was altered: its checksum does not match.");
            string[] progress = Text("progress").Split(' ');
            return (MemoryMarshal.Cast<byte, float>(weights).ToArray(), new MemoryStream(state),
                progress.Length > 1 ? new(double.Parse(progress[1], CultureInfo.InvariantCulture), int.Parse(progress[2], CultureInfo.InvariantCulture)) : null,
                Maybe("schedule"), Maybe("accumulation") is { } parts ? int.Parse(parts, CultureInfo.InvariantCulture) : null);

            string Text(string name) => metadata.GetProperty(name).GetString()!;
            string? Maybe(string name) => metadata.TryGetProperty(name, out var value) ? value.GetString() : null;
        }
        catch (Exception broken) when (broken is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException or IndexOutOfRangeException or FormatException and not StateFormatException)
        {
            throw new StateFormatException($"{path} is cut short or altered: {JsonReason.Said(broken)}", broken);
        }
    }

    static byte[] Header(TransformerTraining run, byte[] state)
    {
        string progress = Progress(run);
        using var memory = new MemoryStream();
        using (var writer = new Utf8JsonWriter(memory))
        {
            writer.WriteStartObject();
            writer.WriteStartObject("__metadata__");
            writer.WriteString("version", Version);
            writer.WriteString("recipe", Recipe(run));
            writer.WriteString("progress", progress);
            writer.WriteString("schedule", Words(run.Recipe.Schedule));
            writer.WriteString("accumulation", run.Recipe.AccumulationSteps.ToString(CultureInfo.InvariantCulture));
            writer.WriteString("data", run.DataSum);
            writer.WriteString("sha256", Sum(run, progress, run.Weights, state));
            writer.WriteEndObject();
            foreach (var tensor in run.Recipe.Model.Layout.Tensors)
                Tensor(tensor.Name, "F32", tensor.Dimensions, (long)tensor.Offset * sizeof(float), (long)tensor.Count * sizeof(float));
            Tensor(StateName, "U8", [state.Length], (long)run.Weights.Length * sizeof(float), state.Length);
            writer.WriteEndObject();

            void Tensor(string name, string type, IReadOnlyList<int> shape, long at, long size)
            {
                writer.WriteStartObject(name);
                writer.WriteString("dtype", type);
                writer.WriteStartArray("shape");
                foreach (int d in shape)
                    writer.WriteNumberValue(d);
                writer.WriteEndArray();
                writer.WriteStartArray("data_offsets");
                writer.WriteNumberValue(at);
                writer.WriteNumberValue(at + size);
                writer.WriteEndArray();
                writer.WriteEndObject();
            }
        }
        // The numbers begin on a multiple of eight bytes; the header is filled up with spaces, as the format allows.
        while (memory.Length % 8 != 0)
            memory.WriteByte((byte)' ');
        return memory.ToArray();
    }

    /// <summary>A schedule in notation, or as a record where there is none.</summary>
    public static string Words(Schedule schedule)
    {
        try
        {
            return ScheduleNotation.Print(schedule);
        }
        catch (ScheduleFormatException)
        {
            return schedule.ToString();
        }
    }

    static string Progress(TransformerTraining run) => run.LossScale is { } scale
        ? string.Create(CultureInfo.InvariantCulture, $"{run.Batches} {scale.Scale:R} {scale.Good}")
        : run.Batches.ToString(CultureInfo.InvariantCulture);

    /// <summary>All that a run's bits depend on, in words. A run may go on under another schedule, which is what branching from a checkpoint is for, and in other parts, which changes it by rounding: both are told. A new name changes no bit, so the first ones stand here.</summary>
    static string Recipe(TransformerTraining run)
    {
        var r = run.Recipe;
        return string.Create(CultureInfo.InvariantCulture, $"{r.Model}, {FormerNames.First(RuleJson.Write(r.Rule))}, {r.BatchSize} sequences of {r.SequenceLength} tokens, seed {r.Seed}, {r.Format}, {r.LossScaling}");
    }

    /// <summary>The parts of two recipes that differ.</summary>
    static string Differences(string there, string here)
    {
        string[] of = there.Split(", "), to = here.Split(", ");
        return of.Length != to.Length ? $"\n  {there}\nand not\n  {here}"
            : string.Join("; ", of.Zip(to).Where(parts => parts.First != parts.Second).Select(parts => $"{Part(parts.First)} there, {Part(parts.Second)} here"));

        // The model's first and last parts have its braces.
        static string Part(string text) => text.Length == 0 ? "none" : text.Replace("Transformer { ", "", StringComparison.Ordinal).Replace(" }", "", StringComparison.Ordinal);
    }

    static string Sum(TransformerTraining run, string progress, ReadOnlySpan<float> weights, byte[] state)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{Version}\n{Recipe(run)}\n{progress}\n"));
        hash.AppendData(MemoryMarshal.AsBytes(weights));
        hash.AppendData(state);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
