using System.Text.Json;

namespace Anneal.Frameworks;

/// <summary>The arguments of Transformers' <c>Trainer</c> as JSON, as <c>trainer.args.to_json_string()</c> writes them: its schedule stands among a hundred other settings.</summary>
/// <remarks>
/// <code>total = max_steps     warm-up = ⌊warmup_steps⌋ where that is 1 or more, else ⌈total · warmup_steps⌉ (version 5) or ⌈total · warmup_ratio⌉</code>
/// Without <c>max_steps</c> the updates depend on the samples, which are not among the arguments; only a schedule that does not ask for them can be read then.
/// </remarks>
static class TrainingArguments
{
    const string Total = "max_steps", Steps = "warmup_steps", Ratio = "warmup_ratio", Keywords = "lr_scheduler_kwargs";

    /// <summary>Transformers' own where none is given.</summary>
    const double StandardRate = 5e-5;

    /// <summary>Whether an object holds such arguments: it names a schedule as they do, or has their rate beside a length.</summary>
    public static bool Are(JsonElement json)
    {
        return json.ValueKind == JsonValueKind.Object && !Has("framework") && (Has("lr_scheduler_type") || (Has("learning_rate") && (Has(Total) || Has("num_train_epochs") || Has(Steps) || Has(Ratio))));

        bool Has(string name) => json.TryGetProperty(name, out _);
    }

    /// <summary>Reads the schedule among them.</summary>
    /// <param name="json">The arguments.</param>
    /// <param name="path">Where they stand in their document, for messages.</param>
    public static Imported Read(JsonElement json, string path)
    {
        var p = new Parameters(json, path, "Transformers' training arguments");
        string name = Name(p);
        double rate = p.NumberOrNone("learning_rate") ?? StandardRate;
        if (rate < 0)
            throw p.Refuse("learning_rate", $"must be 0 or above, not {ForeignNumber.Text(rate)}");
        double? total = p.NumberOrNone(Total) is > 0 and { } steps ? steps : null;
        var given = new List<(string Name, double Value)> { ("lr", rate) };
        if (!HuggingFaceImport.ListensToMetric(name) && name != "constant")
            given.Add(("num_warmup_steps", WarmUp(p, total)));
        if (HuggingFaceImport.IsAsLongAsTheRun(name))
            given.Add(("num_training_steps", total ?? throw LacksTotal(p, $"{name} falls over the whole run")));
        else if (name == "warmup_stable_decay" && total is { } updates)
            given.Add(("num_training_steps", updates));
        try
        {
            return HuggingFaceImport.Read(name, new(Joined(given, Handed(p, name)), $"{path}.{Keywords}", $"{name} of {HuggingFaceImport.Framework}"));
        }
        catch (ArgumentException refused)
        {
            throw Parameters.Refused(path, $"cannot be written here: {JsonReason.Plain(refused)}");
        }
    }

    static string Name(Parameters p)
    {
        if (!p.Given("lr_scheduler_type", out var value) || value.ValueKind == JsonValueKind.Null)
            return "linear";
        string name = value.ValueKind == JsonValueKind.String ? value.GetString()! : throw p.Refuse("lr_scheduler_type", $"must be a word, not {Parameters.Kind(value)}");
        name = name.Replace("SchedulerType.", "", StringComparison.Ordinal).ToLowerInvariant();
        return HuggingFaceImport.Names.Contains(name) ? name
            : throw p.Refuse("lr_scheduler_type", $"must be one of {string.Join(", ", HuggingFaceImport.Names)}, not {Written.Short(name)}");
    }

    /// <summary>Version 4 writes both settings, of which one is 0, and takes the steps; version 5 takes the ratio, and puts it into the steps.</summary>
    static double WarmUp(Parameters p, double? total)
    {
        double ratio = p.NumberOrNone(Ratio) ?? 0, steps = p.NumberOrNone(Steps) ?? 0;
        if (ratio > 0 && steps > 0 && ratio != steps)
            throw p.Refuse(Ratio, $"and {Steps} are both given: version 4 takes {Steps}, version 5 {Ratio}; keep one");
        double length = Math.Max(ratio, steps);
        if (Math.Min(ratio, steps) < 0)
            throw p.Refuse(ratio < 0 ? Ratio : Steps, "must be 0 or above");
        return length is 0 or >= 1 ? Math.Truncate(length) : Math.Ceiling(length * (total ?? throw LacksTotal(p, "the warm-up is a share of the run")));
    }

    /// <summary>What is handed on to the schedule; to some nothing is.</summary>
    static JsonElement Handed(Parameters p, string name)
    {
        if (!p.Given(Keywords, out var keywords) || keywords.ValueKind == JsonValueKind.Null || name is "constant" or "constant_with_warmup")
            return default;
        if (keywords.ValueKind != JsonValueKind.Object)
            throw p.Refuse(Keywords, $"must be an object, not {Parameters.Kind(keywords)}");
        foreach (var keyword in keywords.EnumerateObject())
        {
            if (name == "inverse_sqrt")
                throw p.Refuse($"{Keywords}.{Written.Short(keyword.Name)}", "is handed on to inverse_sqrt by some versions only: leave it out where yours does not, or write {\"framework\": \"huggingface-transformers\", \"scheduler\": \"inverse_sqrt\", \"params\": {\"lr\": …, \"num_warmup_steps\": …, \"timescale\": …}}");
            if (keyword.Name is "lr" or "num_warmup_steps" or "num_training_steps" or "last_epoch")
                throw p.Refuse($"{Keywords}.{keyword.Name}", $"is no keyword of {name}: the trainer hands it over itself");
        }
        return keywords;
    }

    static JsonElement Joined(List<(string Name, double Value)> given, JsonElement keywords)
    {
        var members = given.Select(g => $"\"{g.Name}\": {ForeignNumber.Text(g.Value)}");
        if (keywords.ValueKind == JsonValueKind.Object)
            members = members.Concat(keywords.EnumerateObject().Select(k => $"\"{JsonEncodedText.Encode(k.Name)}\": {k.Value.GetRawText()}"));
        using var document = JsonDocument.Parse($"{{{string.Join(", ", members)}}}");
        return document.RootElement.Clone();
    }

    static ScheduleFormatException LacksTotal(Parameters p, string why) => p.Refuse(Total, $"is missing or not above 0, and {why}. Put the updates of the run there: max_steps of trainer_state.json, "
        + "or ⌈num_train_epochs · ⌈samples / (per_device_train_batch_size · devices · gradient_accumulation_steps)⌉⌉");
}
