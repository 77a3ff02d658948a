using System.Text.Json;

namespace Anneal.Frameworks;

/// <summary>Reads the schedulers of other frameworks, under their own parameter names and with their own defaults.</summary>
/// <remarks>
/// <code>{"framework": "pytorch", "scheduler": "StepLR", "params": {"lr": 0.1, "step_size": 30}, "form": "chainable (stepped)"}</code>
/// An index means what it means in the framework: PyTorch and Transformers count calls of <c>step()</c>, timm the number passed to
/// <c>step(t)</c>, optax and Keras the updates made; see the cheat sheet. <c>form</c> is read for PyTorch alone.
/// What Keras itself writes of a schedule, <c>{"class_name": "CosineDecay", "config": {…}}</c>, is read too,
/// and so are the training arguments of Transformers, as <c>trainer.args.to_json_string()</c> writes them.
/// </remarks>
public static class SchedulerImport
{
    /// <summary>The frameworks and what is known of each.</summary>
    public static IReadOnlyList<(string Framework, IReadOnlyList<string> Schedulers)> All { get; } =
    [
        (TorchImport.Framework, TorchImport.Names), (HuggingFaceImport.Framework, HuggingFaceImport.Names), (TimmImport.Framework, TimmImport.Names),
        (OptaxImport.Framework, OptaxImport.Names), (KerasImport.Framework, KerasImport.Names),
    ];

    /// <summary>Whether an object looks like a scheduler's configuration: it names a framework, or is as Keras or Transformers write it.</summary>
    internal static bool Reads(JsonElement json) => Member(json, "framework").ValueKind != JsonValueKind.Undefined || IsKerasOwn(json) || TrainingArguments.Are(json);

    static bool IsKerasOwn(JsonElement json) => Member(json, "config").ValueKind == JsonValueKind.Object && Member(json, "class_name").ValueKind != JsonValueKind.Undefined;

    /// <summary>Reads a scheduler's configuration.</summary>
    /// <param name="configuration">An object with <c>framework</c>, <c>scheduler</c>, <c>params</c>, and for PyTorch <c>form</c>; or Keras' or Transformers' own.</param>
    /// <param name="path">Where the object stands in its document, for messages.</param>
    /// <exception cref="ScheduleFormatException">Something is unknown, missing or out of range; the message says where.</exception>
    public static Imported Import(JsonElement configuration, string path = "$")
    {
        if (TrainingArguments.Are(configuration))
            return TrainingArguments.Read(configuration, path);
        bool isKerasOwn = IsKerasOwn(configuration);
        string framework = isKerasOwn ? KerasImport.Framework : Word(configuration, path, "framework"), scheduler = Word(configuration, path, isKerasOwn ? "class_name" : "scheduler"), named = isKerasOwn ? "config" : "params";
        var p = new Parameters(Member(configuration, named), $"{path}.{named}", $"{scheduler} of {framework}");
        if (isKerasOwn)
            p.Ignore("name");
        string? form = Member(configuration, "form") is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
        try
        {
            return framework switch
            {
                TorchImport.Framework => TorchImport.Read(scheduler, p, form),
                HuggingFaceImport.Framework or "transformers" => HuggingFaceImport.Read(scheduler, p),
                TimmImport.Framework => TimmImport.Read(scheduler, p),
                OptaxImport.Framework => OptaxImport.Read(scheduler, p),
                KerasImport.Framework => KerasImport.Read(scheduler, p),
                _ => throw Parameters.Refused($"{path}.framework", $"must be one of {string.Join(", ", All.Select(f => f.Framework))}, not {Written.Short(framework)}"),
            };
        }
        catch (ArgumentException refused)
        {
            // A record of ours was given what it does not take, such as a negative rate.
            throw Parameters.Refused($"{path}.{named}", $"cannot be written here: {JsonReason.Plain(refused)}");
        }
    }

    /// <summary>Reads a configuration from its text.</summary>
    /// <inheritdoc cref="Import(JsonElement, string)"/>
    public static Imported Import(string configuration)
    {
        using var document = JsonDocument.Parse(configuration);
        return Import(document.RootElement);
    }

    /// <summary>A scheduler inside another: <c>{"name": …, "params": {…}}</c>.</summary>
    internal static (string Name, JsonElement Parameters, string Path) NameAndParameters(JsonElement nested, string path) =>
        (Word(nested, path, "name"), Member(nested, "params"), $"{path}.params");

    static string Word(JsonElement owner, string path, string name)
    {
        if (owner.ValueKind != JsonValueKind.Object)
            throw Parameters.Refused(path, $"must be an object with {name}, not {Parameters.Kind(owner)}");
        var value = Member(owner, name);
        return value.ValueKind == JsonValueKind.String ? value.GetString()!
            : throw Parameters.Refused($"{path}.{name}", $"must be a word, not {Parameters.Kind(value)}");
    }

    static JsonElement Member(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out var value) ? value : default;
}
