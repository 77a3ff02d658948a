using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Anneal.Advice;

/// <summary>What is known of a training run before it starts; what is null is not known, and is asked for where it matters.</summary>
/// <remarks>
/// As JSON the members have their names in camel case, and those that are not known are left out:
/// <code>{"task": "languageModeling", "family": "transformer", "pretrained": false, "parameters": 3.5e8, "trainingTokens": 2e9, "tokensPerSample": 4096, "batch": 128}</code>
/// </remarks>
public sealed record TrainingCase
{
    /// <summary>What is learnt.</summary>
    public TrainingTask? Task { get; init; }

    /// <summary>What kind of model learns it.</summary>
    public ModelFamily? Family { get; init; }

    /// <summary>Whether training starts from weights that were trained before.</summary>
    public bool? Pretrained { get; init; }

    /// <summary>Whether only small factors beside frozen matrices are trained (LoRA).</summary>
    public bool LowRank { get; init; }

    /// <summary>Whether the run may be made longer later, or branched.</summary>
    public bool OpenEnded { get; init; }

    /// <summary>Weights of the model; of the whole model under <see cref="LowRank"/>.</summary>
    public double? Parameters { get; init => field = Checked(value, nameof(Parameters)); }

    /// <summary>Samples in the data set.</summary>
    public double? Samples { get; init => field = Checked(value, nameof(Samples)); }

    /// <summary>Tokens in the data set.</summary>
    public double? Tokens { get; init => field = Checked(value, nameof(Tokens)); }

    /// <summary>Tokens in one sample: the length of a sequence.</summary>
    public double? TokensPerSample { get; init => field = Checked(value, nameof(TokensPerSample)); }

    /// <summary>Samples in one update, over all devices and accumulated batches.</summary>
    public double? Batch { get; init => field = Checked(value, nameof(Batch)); }

    /// <summary>Samples that fit on one device at a time.</summary>
    public double? DeviceBatch { get; init => field = Checked(value, nameof(DeviceBatch)); }

    /// <summary>How many devices train together.</summary>
    public double? Devices { get; init => field = Checked(value, nameof(Devices)); }

    /// <summary>The budget in updates.</summary>
    public double? Updates { get; init => field = Checked(value, nameof(Updates)); }

    /// <summary>The budget in passes over the data set.</summary>
    public double? Epochs { get; init => field = Checked(value, nameof(Epochs)); }

    /// <summary>The budget in tokens.</summary>
    public double? TrainingTokens { get; init => field = Checked(value, nameof(TrainingTokens)); }

    /// <summary>The optimizer, where it is fixed: one of <see cref="Adviser.Optimizers"/>.</summary>
    public string? Optimizer { get; init => field = Known(value, nameof(Optimizer)); }

    /// <summary>The peak rate of an earlier run of this model: one that worked, or the one that has the symptoms.</summary>
    public double? EarlierRate { get; init => field = Checked(value, nameof(EarlierRate)); }

    /// <summary>The batch of that run, in samples.</summary>
    public double? EarlierBatch { get; init => field = Checked(value, nameof(EarlierBatch)); }

    /// <summary>The optimizer of that run; unless said, the same as this run's.</summary>
    public string? EarlierOptimizer { get; init => field = Known(value, nameof(EarlierOptimizer)); }

    /// <summary>Whether that run was a short one at a fixed rate, as <see cref="RateFinder"/> makes them, and not one like this.</summary>
    public bool EarlierShort { get; init; }

    /// <summary>The largest curvature L of the loss, measured (<see cref="Diagnostics.Sharpness"/>).</summary>
    public double? Sharpness { get; init => field = Checked(value, nameof(Sharpness)); }

    /// <summary>What is wrong with the run there is.</summary>
    public IReadOnlyList<Symptom> Symptoms { get; init => field = Items<Symptom>.Of(value); } = Items<Symptom>.Of([]);

    /// <summary>The members by name, with what they mean, as they are read from text and written as JSON.</summary>
    internal static IReadOnlyList<CaseField> Fields { get; } =
    [
        CaseField.Of("task", "what is learnt", c => c.Task, (c, v) => c with { Task = v }),
        CaseField.Of("family", "what kind of model", c => c.Family, (c, v) => c with { Family = v }),
        CaseField.YesNo("pretrained", "whether it starts from trained weights", c => c.Pretrained, (c, v) => c with { Pretrained = v }),
        CaseField.YesNo("lowRank", "whether only LoRA factors are trained", c => c.LowRank ? true : null, (c, v) => c with { LowRank = v ?? false }, usual: "no"),
        CaseField.YesNo("openEnded", "whether the run may be made longer later", c => c.OpenEnded ? true : null, (c, v) => c with { OpenEnded = v ?? false }, usual: "no"),
        CaseField.Number("parameters", "weights of the model, such as 350M", c => c.Parameters, (c, v) => c with { Parameters = v }),
        CaseField.Number("samples", "samples in the data set", c => c.Samples, (c, v) => c with { Samples = v }),
        CaseField.Number("tokens", "tokens in the data set", c => c.Tokens, (c, v) => c with { Tokens = v }),
        CaseField.Number("tokensPerSample", "tokens in one sample: the sequence length", c => c.TokensPerSample, (c, v) => c with { TokensPerSample = v }),
        CaseField.Number("batch", "samples in one update, over all devices and accumulated batches", c => c.Batch, (c, v) => c with { Batch = v }),
        CaseField.Number("deviceBatch", "samples that fit on one device", c => c.DeviceBatch, (c, v) => c with { DeviceBatch = v }),
        CaseField.Number("devices", "devices that train together", c => c.Devices, (c, v) => c with { Devices = v }),
        CaseField.Number("updates", "budget in updates", c => c.Updates, (c, v) => c with { Updates = v }),
        CaseField.Number("epochs", "budget in passes over the data", c => c.Epochs, (c, v) => c with { Epochs = v }),
        CaseField.Number("trainingTokens", "budget in tokens", c => c.TrainingTokens, (c, v) => c with { TrainingTokens = v }),
        new("optimizer", "the optimizer, if it is fixed", () => Adviser.Optimizers, c => c.Optimizer, (c, text) => c with { Optimizer = text }),
        CaseField.Number("earlierRate", "peak rate of an earlier run of this model", c => c.EarlierRate, (c, v) => c with { EarlierRate = v }),
        CaseField.Number("earlierBatch", "batch of that run", c => c.EarlierBatch, (c, v) => c with { EarlierBatch = v }),
        new("earlierOptimizer", "optimizer of that run, if it was another", () => Adviser.Optimizers, c => c.EarlierOptimizer, (c, text) => c with { EarlierOptimizer = text }),
        CaseField.YesNo("earlierShort", "whether that run was a short one at a fixed rate, as find-rate makes them", c => c.EarlierShort ? true : null, (c, v) => c with { EarlierShort = v ?? false }, usual: "no"),
        CaseField.Number("sharpness", "largest curvature of the loss, measured", c => c.Sharpness, (c, v) => c with { Sharpness = v }),
        new("symptoms", "what is wrong with the run there is", () => [.. Enum.GetNames<SymptomKind>().Select(Written.Camel)],
            c => c.Symptoms.Count == 0 ? null : string.Join(",", c.Symptoms), (c, text) => c with { Symptoms = [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Symptom.Parse)] },
            Hint: "with commas between; a step after an @, as in diverges@1200"),
    ];

    /// <summary>The same case with one member read from text, such as <c>parameters</c> from <c>350M</c>.</summary>
    /// <exception cref="ArgumentException">There is no such member, or the text is no value for it.</exception>
    public TrainingCase With(string member, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var field = Fields.FirstOrDefault(f => f.Name == member)
            ?? throw new ArgumentException($"A case has no member '{member}'{Written.Guess(member, Fields.Select(f => f.Name))} Its members are {string.Join(", ", Fields.Select(f => f.Name))}.", nameof(member));
        return field.With(this, text.Trim());
    }

    /// <summary>Reads a case.</summary>
    /// <exception cref="ScheduleFormatException">The text is not JSON, or not a case; the message begins with the path.</exception>
    public static TrainingCase Read(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw new ScheduleFormatException("$: a case must be an object such as {\"task\": \"languageModeling\", \"family\": \"transformer\"}.", "$");
            var read = new TrainingCase();
            var seen = new HashSet<string>();
            foreach (var member in document.RootElement.EnumerateObject())
            {
                string path = $"$.{member.Name}";
                if (!seen.Add(member.Name))
                    throw new ScheduleFormatException($"{path}: this stands here twice.", path);
                if (member.Value.ValueKind == JsonValueKind.Null)
                    continue;
                try
                {
                    read = read.With(member.Name, Text(member.Name, member.Value));
                }
                catch (ArgumentException refused)
                {
                    throw new ScheduleFormatException($"{path}: {refused.Message.Split(" (Parameter")[0]}", path);
                }
            }
            return read;
        }
        catch (JsonException broken)
        {
            throw new ScheduleFormatException(JsonReason.NotJson(broken), "$");
        }
    }

    /// <summary>A member's value as the text that <see cref="With"/> reads.</summary>
    /// <exception cref="ArgumentException">It is an object, or a list of anything but symptoms.</exception>
    internal static string Text(string member, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Array when member == "symptoms" && value.EnumerateArray().All(v => v.ValueKind == JsonValueKind.String) => string.Join(",", value.EnumerateArray().Select(v => v.GetString())),
        JsonValueKind.Array when member == "symptoms" => throw new ArgumentException("symptoms are words, such as [\"spikes\", \"diverges@1200\"]."),
        JsonValueKind.Array => throw new ArgumentException($"{member} must be one value, not a list."),
        JsonValueKind.Object => throw new ArgumentException($"{member} must be one value, not an object."),
        JsonValueKind.True => "yes",
        JsonValueKind.False => "no",
        _ => value.GetRawText(),
    };

    /// <summary>Writes a case so that <see cref="Read"/> gives an equal one.</summary>
    public string Write()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            foreach (var field in Fields)
                if (field.Get(this) is { } value)
                    switch (value)
                    {
                        case bool yes: json.WriteBoolean(field.Name, yes); break;
                        case double number: json.WriteNumber(field.Name, number); break;
                        case Enum word: json.WriteString(field.Name, Written.Camel(word.ToString())); break;
                        default: json.WriteString(field.Name, (string)value); break;
                    }
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    static string? Known(string? optimizer, string name) => optimizer is null || Adviser.Optimizers.Contains(optimizer) ? optimizer
        : throw new ArgumentException($"There is no advice for the optimizer '{optimizer}'; there is for {string.Join(", ", Adviser.Optimizers)}.", name);

    static double? Checked(double? value, string name) => value is not { } number ? null : CaseLimits.Of(Written.Camel(name)) is var limits && limits.Fitting(number) is { } fitting ? fitting
        : throw new ArgumentOutOfRangeException(name, value, $"{name} must be {limits}.");
}

/// <summary>What a model is trained to do.</summary>
public enum TrainingTask
{
    /// <summary>The next token; also instruction tuning.</summary>
    LanguageModeling,

    /// <summary>Tokens left out, as BERT learns them.</summary>
    MaskedLanguageModeling,

    /// <summary>One sequence from another.</summary>
    Translation,

    /// <summary>A class for a text.</summary>
    TextClassification,

    /// <summary>A class for an image.</summary>
    ImageClassification,

    /// <summary>Boxes in an image.</summary>
    ObjectDetection,

    /// <summary>Images from noise (diffusion).</summary>
    ImageGeneration,

    /// <summary>Text from speech.</summary>
    SpeechRecognition,

    /// <summary>A number or a class from a row of a table.</summary>
    Tabular,
}

/// <summary>What kind of model is trained.</summary>
public enum ModelFamily
{
    /// <summary>A transformer on tokens.</summary>
    Transformer,

    /// <summary>A transformer on patches of an image.</summary>
    VisionTransformer,

    /// <summary>A convolutional network with residual connections and batch norm.</summary>
    Residual,

    /// <summary>Any other convolutional network.</summary>
    Convolutional,

    /// <summary>A recurrent network.</summary>
    Recurrent,

    /// <summary>A multilayer perceptron.</summary>
    Perceptron,

    /// <summary>A linear, logistic or softmax regression.</summary>
    Linear,
}

/// <summary>What may be wrong with a run.</summary>
public enum SymptomKind
{
    /// <summary>The loss jumps up and comes back.</summary>
    Spikes,

    /// <summary>The loss rises and stays up.</summary>
    Diverges,

    /// <summary>A loss or weight is not a number.</summary>
    NotANumber,

    /// <summary>The loss no longer falls.</summary>
    Plateau,

    /// <summary>The loss falls too slowly from the start.</summary>
    Slow,

    /// <summary>The training loss falls, the validation loss rises.</summary>
    Overfits,

    /// <summary>The loss swings widely from update to update.</summary>
    Noisy,
}

/// <summary>Something wrong with a run, and from which update on.</summary>
/// <param name="Kind">What.</param>
/// <param name="Step">Updates made before it was seen; null where that is not known.</param>
public sealed record Symptom(SymptomKind Kind, double? Step = null)
{
    const double MostSteps = 1e12;

    /// <summary>Updates made before it was seen.</summary>
    public double? Step { get; } = Step is null or (>= 0 and <= MostSteps) ? Step : throw new ArgumentOutOfRangeException(nameof(Step), Step, $"Step must be a number from 0 to {ProposalText.Number(MostSteps)}.");

    /// <summary>Reads <c>spikes</c> or <c>diverges@1200</c>.</summary>
    /// <exception cref="ArgumentException">It is no symptom.</exception>
    public static Symptom Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] parts = text.Split('@');
        var kind = CaseField.Word<SymptomKind>("symptoms", parts[0].Trim());
        return parts.Length == 1 ? new(kind)
            : parts.Length == 2 && CaseField.Amount(parts[1]) is >= 0 and <= MostSteps and var step ? new(kind, step)
            : throw new ArgumentException($"A symptom is one of {string.Join(", ", Enum.GetNames<SymptomKind>().Select(Written.Camel))}, with the step, from 0 to {ProposalText.Number(MostSteps)}, after an @ where it is known, as in diverges@1200; not '{text}'.", nameof(text));
    }

    /// <summary>As <see cref="Parse"/> reads it.</summary>
    public override string ToString() => Written.Camel(Kind.ToString()) + (Step is { } step ? string.Create(CultureInfo.InvariantCulture, $"@{step:R}") : "");
}
