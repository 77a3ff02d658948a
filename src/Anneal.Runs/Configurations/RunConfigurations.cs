namespace Anneal.Runs;

/// <summary>Reads the configuration of a run as its framework's users have it, and by that framework's own rules.</summary>
public static class RunConfigurations
{
    static readonly RunFramework[] frameworks =
    [
        new TransformersTrainer(), new LlamaFactory(), new Axolotl(), new DeepSpeed(), new Megatron(), new Nemo(), new TorchTitan(), new Composer(), new Olmo(), new MaxText(), new MMEngine(),
        new Detectron2(), new Fairseq(), new Keras(), new Timm(), new Ultralytics(), new Diffusers(), new Kohya(), new TfModelGarden(), new AnnealTrain(),
    ];

    /// <summary>The frameworks whose configurations are read.</summary>
    public static IReadOnlyList<string> Frameworks { get; } = [.. frameworks.Select(f => f.Name)];

    /// <summary>Reads a configuration.</summary>
    /// <param name="text">The file's text, or a command line.</param>
    /// <param name="framework">Whose it is; null to tell from the text.</param>
    /// <param name="given">Numbers that decide the rates and are not in the file.</param>
    /// <exception cref="RefusedByFrameworkException">The framework itself would refuse it.</exception>
    /// <exception cref="MissingGivenException">A number that is not in the file must be given.</exception>
    /// <exception cref="ConfigurationException">It cannot be read.</exception>
    public static RunConfiguration Read(string text, string? framework = null, Given? given = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        var (root, format) = ConfigurationText.Read(text);
        var reading = new Reading(root, format, given ?? Given.Nothing);
        var reader = framework is null ? Recognise(reading) : Named(framework);
        var run = reader.Read(reading) with { Format = format, Settings = reading.Settings, Noticed = reading.Findings, OwnRate = Optimizers.HasItsOwnRate(root) };
        return reading.Given.Find("updates") is { } updates ? run with { Plan = run.Plan with { Updates = updates, Origin = $"updates = {updates}, as given" } } : run;
    }

    /// <summary>The frameworks that a configuration may be of, the likeliest first.</summary>
    public static IReadOnlyList<string> Candidates(string text)
    {
        var (root, format) = ConfigurationText.Read(text);
        return [.. Scores(root, format).Select(s => s.Framework.Name)];
    }

    static IEnumerable<(RunFramework Framework, int Score)> Scores(MapNode root, ConfigurationFormat format) =>
        frameworks.Select(f => (f, f.Recognise(root, format))).Where(s => s.Item2 > 2).OrderByDescending(s => s.Item2);

    static RunFramework Recognise(Reading reading)
    {
        switch (Scores(reading.Root, reading.Format).Take(2).ToArray())
        {
            case [] when reading.Root.Entries.FirstOrDefault(e => includes.Contains(e.Key)) is { } include:
                throw new ConfigurationException($"{include.Key} names other files, which are not read, and this one does not tell whose configuration it is; check the configuration that the framework writes when it starts, or name the framework", include.Place, include.Key);
            case []:
                throw new ConfigurationException($"whose configuration this is cannot be told from its keys; name the framework: one of {string.Join(", ", Frameworks)}");
            case [var first, var second] when first.Score == second.Score:
                throw new ConfigurationException($"this may be a configuration of {first.Framework.Name} or of {second.Framework.Name}; name the framework");
            case [var first, var second] when first.Score - second.Score < 2:
                reading.Warn("framework-guessed", "", Place.None, $"This is read as a configuration of {first.Framework.Name}; it may be one of {second.Framework.Name} too: name the framework to be sure.", Severity.Info);
                return first.Framework;
            case var scores:
                return scores[0].Framework;
        }
    }

    /// <summary>What frameworks call the files that a configuration builds on.</summary>
    static readonly string[] includes = ["_base_", "_BASE_", "base_config", "defaults"];

    static RunFramework Named(string name) => frameworks.FirstOrDefault(f => f.Name == Alias(name))
        ?? throw new ConfigurationException($"there is no framework {name}; there are {string.Join(", ", Frameworks)}{Nearest.DidYouMean(name, Frameworks)}");

    static string Alias(string name) => name.ToLowerInvariant().Replace('-', '_') switch
    {
        "transformers" or "huggingface" or "huggingface_transformers" => "hf",
        "llama_factory" => "llamafactory",
        "llm_foundry" or "llmfoundry" => "composer",
        "megatron_lm" => "megatron",
        "sd_scripts" => "kohya",
        "yolo" => "ultralytics",
        var other => other,
    };
}
