using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Anneal.Experiments;

/// <summary>Trials and sweeps as JSON. Members that are unknown, missing or out of range are refused, with the path to them; names of earlier versions are read as in <see cref="RuleJson"/>.</summary>
/// <example>
/// <code>
/// {"data": "diabetes", "preparation": "standardized", "model": {"type": "absolute"}, "batches": {"type": "withReplacement", "size": 1}, "steps": 400,
///  "rates": {"from": 0.05, "to": 12.8, "count": 9}, "tuningSeeds": 3, "evaluationSeeds": 10,
///  "methods": [{"name": "cosine", "rule": {"type": "sgd"}, "schedule": {"type": "cosineDecay", "peak": 1, "steps": 400}}]}
/// </code>
/// A "start" moves the beginning: {"type": "meanLabel"}, or {"type": "normal", "deviation": 0.3}; without it the model decides.
/// Where "data" is an object as in <see cref="TrainJson"/>, a transformer is trained on tokens: {"data": {"type": "brackets"}, "model": {"context": 32, …}, "batchSize": 16,
/// "steps": 240, "heldOut": 256}, and the loss is that of so many held-out sequences.
/// With "watch": 5 each trial keeps a log, one line for 5 updates (<see cref="LogLine"/>).
/// A trial has "rule", "schedule" and "seed" in place of rates, seeds and methods. Rates may also be a list, or, with a "seed", be drawn between "from" and "to".
/// </example>
public static class SweepJson
{
    static readonly JsonSerializerOptions values = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        AllowOutOfOrderMetadataProperties = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>Reads a sweep.</summary>
    /// <param name="text">The JSON.</param>
    /// <param name="folder">Where relative paths in it begin; the working directory unless given.</param>
    /// <exception cref="SweepFormatException">The text is not JSON, or not a sweep.</exception>
    /// <exception cref="DocumentException">A file of the data cannot be read.</exception>
    public static SweepSpec ReadSweep(string text, string? folder = null) => Read(text, at => Guard(at.Json, "$", () => new SweepSpec(
        Setting(at, folder),
        at.List("methods", Method),
        at.Must("rates", Rates),
        at.Maybe("tuningSeeds", Value<int>, 3),
        at.Maybe("evaluationSeeds", Value<int>, 10),
        at.Maybe("widenings", Value<int>, 3),
        at.Maybe("minimum", Value<double>, 0))));

    /// <summary>Reads a trial.</summary>
    /// <exception cref="SweepFormatException">The text is not JSON, or not a trial.</exception>
    public static Trial ReadTrial(string text) => Read(text, at => Guard(at.Json, "$", () => new Trial(
        Setting(at, folder: null), at.Must("rule", Rule), at.Must("schedule", Schedule), at.Must("seed", Value<ulong>))));

    /// <summary>Writes a trial so that <see cref="ReadTrial"/> gives an equal one; equal trials give equal text.</summary>
    public static string Write(Trial trial) => Written(json =>
    {
        Write(json, trial.Setting);
        Raw(json, "rule", RuleJson.Write(trial.Rule));
        Raw(json, "schedule", ScheduleJson.Write(trial.Schedule));
        json.WriteNumber("seed", trial.Seed);
    });

    /// <summary>Writes a sweep so that <see cref="ReadSweep"/> gives an equal one; equal sweeps give equal text.</summary>
    public static string Write(SweepSpec sweep) => Written(json =>
    {
        Write(json, sweep.Setting);
        json.WriteStartArray("methods");
        foreach (var method in sweep.Methods)
        {
            json.WriteStartObject();
            json.WriteString("name", method.Name);
            Raw(json, "rule", RuleJson.Write(method.Rule));
            Raw(json, "schedule", ScheduleJson.Write(method.Schedule));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("rates");
        foreach (double rate in sweep.Rates)
            json.WriteNumberValue(rate);
        json.WriteEndArray();
        json.WriteNumber("tuningSeeds", sweep.TuningSeeds);
        json.WriteNumber("evaluationSeeds", sweep.EvaluationSeeds);
        json.WriteNumber("widenings", sweep.Widenings);
        json.WriteNumber("minimum", sweep.Minimum);
    });

    static void Write(Utf8JsonWriter json, Setting setting)
    {
        if (setting is TokenSetting tokens)
            Write(json, tokens);
        else
            Write(json, (SampleSetting)setting);
    }

    static void Write(Utf8JsonWriter json, TokenSetting setting)
    {
        Raw(json, "data", setting.DataJson);
        var model = JsonSerializer.SerializeToNode(setting.Transformer, values)!.AsObject();
        model.Remove("vocabulary");
        Raw(json, "model", model.ToJsonString(values));
        json.WriteNumber("batchSize", setting.BatchSize);
        json.WriteNumber("steps", setting.Steps);
        json.WriteNumber("heldOut", setting.HeldOut);
        // Left out where there is none: trials that were run before logs were kept have the keys they had.
        if (setting.Watch > 0)
            json.WriteNumber("watch", setting.Watch);
    }

    static void Write(Utf8JsonWriter json, SampleSetting setting)
    {
        json.WriteString("data", setting.Data);
        Raw(json, "preparation", JsonSerializer.Serialize(setting.Preparation, values));
        json.WriteNumber("testShare", setting.TestShare);
        Raw(json, "model", JsonSerializer.Serialize(setting.Model, values));
        Raw(json, "batches", JsonSerializer.Serialize(setting.Batches.WithSeed(0), values));
        json.WriteNumber("steps", setting.Steps);
        if (setting.Start is not null)
            Raw(json, "start", JsonSerializer.Serialize(setting.Start, values));
    }

    static void Raw(Utf8JsonWriter json, string name, string value)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(value);
    }

    static string Written(Action<Utf8JsonWriter> members)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = values.Encoder }))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    static Setting Setting(Members at, string? folder) => at.Json.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object ? Tokens(at, folder) : Samples(at);

    static TokenSetting Tokens(Members at, string? folder) => Guard(at.Json, "$", () =>
    {
        var (json, data) = at.Must("data", (json, path) => (json, TrainJson.Data(json, path, folder)));
        var model = at.Must("model", (json, path) => TrainJson.Model(json, path, data.Training.Vocabulary));
        int batchSize = at.Must("batchSize", Value<int>);
        TrainJson.RequireRoom(model, batchSize, TrainJson.SequenceLength(data, model));
        return new TokenSetting(JsonSerializer.Serialize(TrainJson.FromHere(json, folder ?? Environment.CurrentDirectory, data), values), data, model,
            batchSize, at.Must("steps", Value<long>), at.Maybe("heldOut", Value<int>, 256))
        {
            Watch = at.Maybe("watch", Value<int>, 0),
        };
    });

    static SampleSetting Samples(Members at) => Guard(at.Json, "$", () => new SampleSetting(
        at.Must("data", Known),
        at.Must("model", Model),
        at.Must("batches", Batches),
        at.Must("steps", Value<long>),
        at.Maybe("preparation", Value<Preparation>, Preparation.None),
        at.Maybe("testShare", Value<double>, 0),
        at.Maybe("start", Start, null)));

    static StartingWeights? Start(JsonElement json, string path)
    {
        RefusedJson.KnownType<StartingWeights>(json, path, "start");
        return Value<StartingWeights>(json, path);
    }

    static string Known(JsonElement json, string path) => Value<string>(json, path) is var name && DataSets.Names.Contains(name) ? name
        : throw new SweepFormatException($"{path}: there is no data set '{name}'; there are {string.Join(", ", DataSets.Names)}.");

    static Model Model(JsonElement json, string path)
    {
        RefusedJson.KnownType<Model>(json, path, "model");
        return Value<Model>(json, path);
    }

    /// <summary>The way of drawing. A seed in it would be overruled by every trial's, so it is refused.</summary>
    static Batches Batches(JsonElement json, string path)
    {
        RefusedJson.KnownType<Batches>(json, path, "way of drawing batches");
        var batches = Value<Batches>(json, path);
        return batches == batches.WithSeed(0) ? batches
            : throw new SweepFormatException($"{path}.seed: batches have no seed of their own here, each trial draws by its own seed.");
    }

    static Method Method(JsonElement json, string path)
    {
        var at = new Members(json, path);
        var method = new Method(at.Must("name", Value<string>), at.Must("rule", Rule), at.Must("schedule", Schedule));
        at.NoOthers();
        return method;
    }

    static IReadOnlyList<double> Rates(JsonElement json, string path)
    {
        if (json.ValueKind == JsonValueKind.Array)
            return Value<double[]>(json, path);
        var at = new Members(json, path);
        double from = at.Must("from", Value<double>), to = at.Must("to", Value<double>);
        int count = at.Must("count", Value<int>);
        ulong? seed = at.Maybe("seed", (j, p) => (ulong?)Value<ulong>(j, p), null);
        at.NoOthers();
        return Guard(json, path, () => seed is { } drawn ? SweepSpec.Random(from, to, count, drawn) : SweepSpec.Grid(from, to, count));
    }

    internal static Rule Rule(JsonElement json, string path) => Guard(json, path, () => RuleJson.Read(json));

    internal static Schedule Schedule(JsonElement json, string path) => Guard(json, path, () => ScheduleJson.Read(json));

    internal static T Value<T>(JsonElement json, string path) => Guard(json, path, () =>
        json.Deserialize<T>(values) ?? throw new SweepFormatException($"{path}: null is not allowed here."));

    internal static T Read<T>(string text, Func<Members, T> read)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (string.IsNullOrWhiteSpace(text))
            throw new SweepFormatException("$: there is nothing here.");
        try
        {
            using var document = JsonDocument.Parse(text);
            var at = new Members(FormerNames.Renew(document.RootElement), "$");
            T value = read(at);
            at.NoOthers();
            return value;
        }
        catch (JsonException e)
        {
            throw new SweepFormatException(JsonReason.NotJson(e), e);
        }
    }

    /// <summary>What a part complains of, under the path of the whole.</summary>
    internal static T Guard<T>(JsonElement json, string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is JsonException or ArgumentException or NotSupportedException or InvalidOperationException or FormatException and not SweepFormatException)
        {
            throw new SweepFormatException(RefusedJson.Of(e, json, path), e);
        }
    }

    /// <summary>An object's members, each asked for once.</summary>
    internal sealed class Members
    {
        readonly JsonElement json;
        readonly string path;
        readonly HashSet<string> asked = [], optional = [];

        public Members(JsonElement json, string path)
        {
            if (json.ValueKind != JsonValueKind.Object)
                throw new SweepFormatException($"{path}: this must be an object, not {json.ValueKind}.");
            (this.json, this.path) = (json, path);
        }

        public JsonElement Json => json;

        public T Must<T>(string name, Func<JsonElement, string, T> read) => Find(name) is { } found ? read(found, $"{path}.{name}")
            : throw new SweepFormatException($"{path}: \"{name}\" is missing.");

        public T Maybe<T>(string name, Func<JsonElement, string, T> read, T otherwise)
        {
            optional.Add(name);
            return Find(name) is { } found ? read(found, $"{path}.{name}") : otherwise;
        }

        public IReadOnlyList<T> List<T>(string name, Func<JsonElement, string, T> read) => Must(name, (list, at) => list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Select((item, i) => read(item, $"{at}[{i}]")).ToList()
            : throw new SweepFormatException($"{at}: this must be a list, not {list.ValueKind}."));

        public void NoOthers()
        {
            foreach (var member in json.EnumerateObject())
                if (!asked.Contains(member.Name))
                    throw new SweepFormatException($"{path}.{member.Name}: there is no such member here; there are {string.Join(", ", asked.Select(name => optional.Contains(name) ? $"{name} (optional)" : name))}.");
        }

        JsonElement? Find(string name)
        {
            asked.Add(name);
            var found = json.EnumerateObject().Where(member => member.NameEquals(name)).ToList();
            return found.Count > 1 ? throw new SweepFormatException($"{path}.{name}: this stands here twice.") : found.Count == 1 ? found[0].Value : null;
        }
    }
}

/// <summary>A trial or sweep that cannot be read; the message begins with the JSON path.</summary>
public sealed class SweepFormatException(string message, Exception? inner = null) : FormatException(message, inner);
