using System.Text.Json;
using System.Text.Json.Nodes;

namespace Anneal.Frameworks;

/// <summary>Reads the optimizers of other frameworks, under their own parameter names and with their own defaults.</summary>
/// <remarks>
/// <code>{"framework": "pytorch", "optimizer": "AdamW", "params": {"lr": 0.1}, "lr_schedule": {"name": "CosineAnnealingLR", "params": {"T_max": 50}}}</code>
/// A scheduler is stepped after every update; its base rate is the optimizer's.
/// </remarks>
public static class OptimizerImport
{
    /// <summary>The frameworks and implementations, and the optimizers known of each.</summary>
    public static IReadOnlyList<(string Framework, IReadOnlyList<string> Optimizers)> All { get; } =
    [
        (TorchImport.Framework, TorchOptimizers.Names), (TimmImport.Framework, TimmOptimizers.Names),
        (KerasImport.Framework, KerasOptimizers.Names), (OptaxImport.Framework, OptaxOptimizers.Names), .. PaperOptimizers.All, .. MatrixOptimizers.All,
    ];

    /// <summary>Reads an optimizer's configuration.</summary>
    /// <param name="configuration">An object with <c>framework</c>, <c>optimizer</c>, <c>params</c>, and perhaps <c>lr_schedule</c>.</param>
    /// <param name="path">Where the object stands in its document, for messages.</param>
    /// <exception cref="ScheduleFormatException">Something is unknown, missing or out of range; the message says where.</exception>
    public static ImportedRule Read(JsonElement configuration, string path = "$")
    {
        string framework = Word(configuration, path, "framework"), optimizer = Known(framework, Word(configuration, path, "optimizer"));
        configuration.TryGetProperty("params", out var given);
        var p = new Parameters(given, $"{path}.params", $"{optimizer} of {framework}");
        try
        {
            var read = framework switch
            {
                TorchImport.Framework => TorchOptimizers.Read(optimizer, p),
                TimmImport.Framework => TimmOptimizers.Read(optimizer, p),
                KerasImport.Framework => KerasOptimizers.Read(optimizer, p),
                OptaxImport.Framework => OptaxOptimizers.Read(optimizer, p),
                _ => PaperOptimizers.Read(framework, optimizer, p) ?? MatrixOptimizers.Read(framework, optimizer, p)
                    ?? throw Parameters.Refused($"{path}.framework", $"must be one of {string.Join(", ", All.Select(f => f.Framework))}, not {framework}"),
            };
            p.Done();
            var imported = new ImportedRule
            {
                Framework = framework,
                Optimizer = optimizer,
                Rule = read.Rule,
                Rate = new Constant(read.Rate),
                DecayRate = read.DecayRate,
            };
            return configuration.TryGetProperty("lr_schedule", out var scheduler) && scheduler.ValueKind != JsonValueKind.Null
                ? Scheduled(imported, scheduler, framework, read.Rate, $"{path}.lr_schedule") : imported;
        }
        catch (ArgumentException refused)
        {
            // A record of ours was given what it does not take, such as a β of 1.
            throw Parameters.Refused($"{path}.params", $"cannot be written here: {JsonReason.Plain(refused)}");
        }
    }

    /// <summary>The name without a remark in brackets, such as "Muon (vector: AdamW)", unless it is known with it.</summary>
    static string Known(string framework, string optimizer) =>
        optimizer.IndexOf(" (", StringComparison.Ordinal) is > 0 and int remark && !All.Any(f => f.Framework == framework && f.Optimizers.Contains(optimizer))
            ? optimizer[..remark] : optimizer;

    static ImportedRule Scheduled(ImportedRule rule, JsonElement scheduler, string framework, double rate, string path)
    {
        if (scheduler.ValueKind != JsonValueKind.Object)
            throw Parameters.Refused(path, $"must be an object with name and params, not {Parameters.Kind(scheduler)}");
        string name = scheduler.TryGetProperty("name", out _) ? "name" : "scheduler";
        var question = new JsonObject
        {
            ["framework"] = scheduler.TryGetProperty("framework", out var own) && own.ValueKind == JsonValueKind.String ? own.GetString()
                : framework == KerasImport.Framework || framework == OptaxImport.Framework ? framework : TorchImport.Framework,
            ["scheduler"] = Word(scheduler, path, name),
        };
        var parameters = scheduler.TryGetProperty("params", out var given) && given.ValueKind == JsonValueKind.Object ? JsonObject.Create(given)! : [];
        // What the momentum of a scheduler is called is known from the optimizer.
        parameters.Remove("momentum_is");
        // A scheduler of PyTorch works on the optimizer's rate; those of Keras and optax bring their own.
        if (question["framework"]!.GetValue<string>() is TorchImport.Framework or HuggingFaceImport.Framework && !parameters.ContainsKey("lr"))
            parameters["lr"] = rate;
        question["params"] = parameters;
        using var document = JsonDocument.Parse(question.ToJsonString());
        var imported = SchedulerImport.Import(document.RootElement, path);
        return rule with
        {
            Rate = imported.Schedule ?? throw Parameters.Refused(path, $"{imported.Scheduler} listens to a metric, which is not known here"),
            Momentum = imported.Momentum,
        };
    }

    static string Word(JsonElement owner, string path, string name)
    {
        if (owner.ValueKind != JsonValueKind.Object)
            throw Parameters.Refused(path, $"must be an object with {name}, not {Parameters.Kind(owner)}");
        return owner.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()!
            : throw Parameters.Refused($"{path}.{name}", $"must be a word, not {Parameters.Kind(value)}");
    }
}

/// <summary>What is read of an optimizer: its rule, its rate, and the rate its decay is measured against.</summary>
readonly record struct ReadRule(Rule Rule, double Rate, double? DecayRate = null);

/// <summary>Readings that several frameworks share.</summary>
static class OptimizerParameters
{
    /// <summary>A list of numbers with a default, such as <c>betas</c>.</summary>
    public static double[] Several(this Parameters p, string name, params double[] standard)
    {
        if (!p.Given(name, out _))
            return standard;
        double[] values = p.Numbers(name);
        return values.Length == standard.Length ? values : throw p.Refuse(name, $"must be {standard.Length} numbers, not {values.Length}");
    }

    /// <summary>A number that may be infinite.</summary>
    public static double MaybeInfinite(this Parameters p, string name, double standard) =>
        !p.Given(name, out var value) ? standard
        : ForeignNumber.TryRead(value, out double number) && !double.IsNaN(number) ? number
        : throw p.Refuse(name, $"must be a number, not {Parameters.Kind(value)}");

    /// <summary>A number, nothing where it is null, or a default where it is left out.</summary>
    public static double? OrNone(this Parameters p, string name, double? standard) => p.Given(name, out _) ? p.NumberOrNone(name) : standard;

    /// <summary>A whole number that fits a step count.</summary>
    public static int Count(this Parameters p, string name, double least, double standard) => (int)Math.Min(p.Whole(name, least, standard), int.MaxValue);

    public static Rule Decayed(this Rule rule, double decay, DecayForm form) => decay == 0 ? rule : new WeightDecay(rule, decay, form);

    public static Rule CautiousIf(this Rule rule, bool cautious) => cautious ? new Cautious(rule) : rule;

    public static ScheduleFormatException Unknown(this Parameters p, string framework, string name, IEnumerable<string> names) =>
        Parameters.Refused(p.Path, $"belongs to {name}, which is not an optimizer known of {framework}; known are {string.Join(", ", names)}");
}
