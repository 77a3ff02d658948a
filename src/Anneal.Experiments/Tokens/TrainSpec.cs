using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Anneal.Experiments;

/// <summary>Where a run's tokens come from: for training, held out, and what is known about them.</summary>
/// <param name="Training">What is learnt from.</param>
/// <param name="HeldOut">What it is judged by.</param>
/// <param name="Tokenizer">Turns tokens into text, where they stand for text.</param>
/// <param name="Entropy">The least loss there can be on sequences of a length, where it is known.</param>
/// <param name="Files">The text, where it comes from one's own files.</param>
public sealed record TokenData(TokenSource Training, TokenSource HeldOut, Tokenizer? Tokenizer = null, Func<int, double>? Entropy = null, DocumentText? Files = null)
{
    /// <summary>The longest sequence that both parts can fill.</summary>
    public int LongestSequence => Math.Min(Training.LongestSequence, HeldOut.LongestSequence);
}

/// <summary>A training run of a transformer from beginning to end, as <c>anneal train</c> reads it.</summary>
/// <param name="Recipe">What the bits depend on.</param>
/// <param name="Data">Where the tokens come from.</param>
/// <param name="Steps">Batches in all.</param>
public sealed record TrainSpec(TransformerRecipe Recipe, TokenData Data, long Steps)
{
    /// <summary>Records steps 0, Record, 2·Record, ….</summary>
    public long Record { get; init; } = 10;

    /// <summary>Judges by held-out data before steps 0, Evaluate, 2·Evaluate, … and at the end; 0 only at the end.</summary>
    public long Evaluate { get; init; } = 100;

    /// <summary>Batches of held-out data for it.</summary>
    public int EvaluationBatches { get; init; } = 4;

    /// <summary>When the run is looked at closely, and what for; null never.</summary>
    public DiagnosticPlan? Diagnostics { get; init; }

    /// <summary>Writes a checkpoint after so many steps each time, and at the end.</summary>
    public long Checkpoint { get; init; } = 100;
}

/// <summary>Reads <see cref="TrainSpec"/> from JSON. Members that are unknown, missing or out of range are refused, with the path to them.</summary>
/// <example>
/// <code>
/// {"data": {"type": "names"}, "model": {"context": 32, "width": 64, "layers": 2, "heads": 4},
///  "rule": {"type": "adamW"}, "schedule": {"type": "cosineDecay", "peak": 0.003, "steps": 600}, "steps": 600, "batchSize": 32}
/// </code>
/// Data: "brackets" (words, kinds, depth, opening, closing, spread, seed), "names", "modularAddition" (modulus, share), "copying" (symbols), "digits",
/// "files" (paths, endings, tokenizer: "characters" or "bytePairs" with vocabulary; with a sha256, that of their text, files that have changed are refused).
/// </example>
public static class TrainJson
{
    /// <summary>Reads a run.</summary>
    /// <param name="text">The JSON.</param>
    /// <param name="folder">Where relative paths in it begin; the working directory unless given.</param>
    /// <exception cref="SweepFormatException">The text is not JSON, or not a run.</exception>
    /// <exception cref="DocumentException">A file of the data cannot be read.</exception>
    public static TrainSpec Read(string text, string? folder = null) => SweepJson.Read(text, at =>
    {
        var data = at.Must("data", (json, path) => Data(json, path, folder ?? Environment.CurrentDirectory));
        var model = at.Must("model", (json, path) => Model(json, path, data.Training.Vocabulary));
        int length = SequenceLength(data, model, at.Maybe("sequenceLength", (json, path) => (int?)SweepJson.Value<int>(json, path), null)), batchSize = at.Must("batchSize", SweepJson.Value<int>);
        RequireRoom(model, batchSize, length);
        var rule = at.Must("rule", SweepJson.Rule);
        RequireOneGradient(rule, model);
        return SweepJson.Guard(at.Json, "$", () => new TrainSpec(
            new(model, rule, at.Must("schedule", SweepJson.Schedule), batchSize)
            {
                SequenceLength = length,
                AccumulationSteps = at.Maybe("accumulationSteps", SweepJson.Value<int>, 1),
                Seed = at.Maybe("seed", SweepJson.Value<ulong>, 0UL),
                Format = at.Maybe("format", SweepJson.Value<ComputeFormat>, ComputeFormat.Full),
            },
            data,
            Positive(at.Must("steps", SweepJson.Value<long>), "steps"))
        {
            Record = Positive(at.Maybe("record", SweepJson.Value<long>, 10L), "record"),
            Evaluate = at.Maybe("evaluate", SweepJson.Value<long>, 100L) is >= 0 and var every ? every : throw new SweepFormatException("$.evaluate: must be 0 or above."),
            EvaluationBatches = (int)Positive(at.Maybe("evaluationBatches", SweepJson.Value<int>, 4), "evaluationBatches"),
            Diagnostics = at.Maybe("diagnostics", Plan, null),
            Checkpoint = Positive(at.Maybe("checkpoint", SweepJson.Value<long>, 100L), "checkpoint"),
        });
    });

    /// <summary>Refuses a run that this machine cannot hold.</summary>
    /// <exception cref="SweepFormatException">It takes more memory than there is, or arrays longer than there can be.</exception>
    internal static void RequireRoom(Transformer model, int batchSize, int length)
    {
        var need = TrainingMemory.Of(model, batchSize, length);
        double memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (need.Weights > Array.MaxLength || need.ForWeights > memory)
            throw new SweepFormatException(string.Create(CultureInfo.InvariantCulture,
                $"$.model: {need.Weights:N0} weights need at least {Size(need.ForWeights)} of memory{Limit(need.Weights > Array.MaxLength, $"an array of {Array.MaxLength:N0} weights")}. Take a smaller width or fewer layers."));
        if (need.All > memory || need.LargestOfBatch > TrainingMemory.LargestArray)
            throw new SweepFormatException(string.Create(CultureInfo.InvariantCulture,
                $"$.batchSize: {batchSize:N0} sequences of {length:N0} tokens need at least {Size(need.All)} of memory{Limit(need.LargestOfBatch > TrainingMemory.LargestArray, $"arrays of {Size(TrainingMemory.LargestArray)}, and one of them would have {Size(need.LargestOfBatch)}")}. Take fewer sequences, or shorter ones."));

        string Limit(bool longer, string most) => longer ? $"; there are at most {most}" : $"; this machine has {Size(memory)}";
        static string Size(double bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / (1L << 30):#,0.#} GiB");
    }

    /// <summary>Refuses a rule that asks for more than the one gradient that a batch gives, at any depth of wrapping: it is asked for a step on tensors of the same names and a few numbers.</summary>
    static void RequireOneGradient(Rule rule, Transformer model)
    {
        var layout = Layout.Of(model.Layout.Tensors.Select(t => (t.Name, t.Dimensions.Select(d => Math.Min(d, 2)).ToArray())));
        try
        {
            rule.Step(rule.Start(layout, Precision.Single), new float[layout.Count], new float[layout.Count], 0.0);
        }
        catch (InvalidOperationException refused)
        {
            throw new SweepFormatException($"$.rule: {refused.Message} A step has the gradient of its batch alone: use a rule that needs no more, such as adamW, momentum or muon.", refused);
        }
        catch (ArgumentException)
        {
            // What the rule does not like about these few numbers need not be so with the model's.
        }
    }

    /// <summary>A number of steps for everything, or an object that says what; 0 is never.</summary>
    static DiagnosticPlan? Plan(JsonElement json, string path)
    {
        if (json.ValueKind is not (JsonValueKind.Object or JsonValueKind.Number))
            throw new SweepFormatException($"{path}: must be a number of steps, or an object with \"every\" and, unless all is to be measured, \"of\"; not {json.ValueKind}.");
        if (json.ValueKind != JsonValueKind.Object)
            return SweepJson.Value<long>(json, path) switch
            {
                0 => null,
                > 0 and var steps => new(steps),
                _ => throw new SweepFormatException($"{path}: must be 0 or above."),
            };
        var at = new SweepJson.Members(json, path);
        long every = at.Must("every", SweepJson.Value<long>);
        var plan = new DiagnosticPlan(every > 0 ? every : throw new SweepFormatException($"{path}.every: must be above 0, not {every}."),
            at.Maybe<IReadOnlyList<Diagnostic>>("of", (_, _) => at.List("of", SweepJson.Value<Diagnostic>), Enum.GetValues<Diagnostic>()));
        at.NoOthers();
        return plan;
    }

    static long Positive(long value, string name) => value > 0 ? value : throw new SweepFormatException($"$.{name}: must be above 0, not {value}.");

    /// <summary>The length of a sequence: what was said, else the context, or what the data always have.</summary>
    /// <exception cref="SweepFormatException">The data cannot fill it.</exception>
    internal static int SequenceLength(TokenData data, Transformer model, int? said = null)
    {
        int length = said ?? Math.Min(model.Context, data.LongestSequence);
        string? refused = (data.Training, said) switch
        {
            (DigitPatches, null) when length != DigitPatches.Patches => $"digits need {DigitPatches.Patches} or more, not {model.Context}",
            (DigitPatches, not null) when length != DigitPatches.Patches => $"an image of digits has {DigitPatches.Patches} tokens, not {length}",
            (ModularAddition, null) when length != ModularAddition.Length => $"modularAddition needs {ModularAddition.Length} or more, not {model.Context}",
            (ModularAddition, not null) when length != ModularAddition.Length => $"a question of modularAddition has {ModularAddition.Length} tokens, not {length}",
            (Copying, null) when length % 2 != 0 => $"copying needs an even number, not {model.Context}",
            (Copying, not null) when length % 2 != 0 => $"a sequence to copy has an even number of tokens, not {length}",
            (TokenStream training, _) when (said ?? model.Context) > data.LongestSequence => Short(training, (TokenStream)data.HeldOut),
            _ => null,
        };
        return refused is null ? length : throw new SweepFormatException($"{(said is null ? "$.model.context" : "$.sequenceLength")}: {refused}.");

        string Short(TokenStream training, TokenStream held)
        {
            bool first = training.Tokens.Count < held.Tokens.Count;
            int tokens = Math.Min(training.Tokens.Count, held.Tokens.Count);
            string part = $"the {(first ? "part for training" : data.Files is null ? "held-out part" : "held-out tenth")} has {tokens} tokens";
            if (said is not null)
                return $"{part}, so a sequence has at most {tokens - 1}, not {said}";
            // The text would have to be longer by the same factor; to the next ten, since it is only about so many.
            string needed = data.Files is { } files ? $"; context {model.Context} needs about {Math.Ceiling((model.Context + 1d) / tokens * files.Text.Length / 10) * 10} characters or more; give more text, or a smaller context" : $"; a context of {tokens - 1} or less fits";
            return part + needed;
        }
    }

    /// <summary>The record itself, its vocabulary taken from the data.</summary>
    internal static Transformer Model(JsonElement json, string path, int vocabulary)
    {
        if (json.ValueKind != JsonValueKind.Object)
            throw new SweepFormatException($"{path}: this must be an object, not {json.ValueKind}.");
        if (json.TryGetProperty("vocabulary", out _))
            throw new SweepFormatException($"{path}.vocabulary: the data say how many tokens there are; leave it out.");
        foreach (string name in (string[])["context", "width", "layers", "heads"])
            if (!json.TryGetProperty(name, out _))
                throw new SweepFormatException($"{path}: \"{name}\" is missing.");
        var whole = JsonObject.Create(json)!.DeepClone();
        whole["vocabulary"] = vocabulary;
        return SweepJson.Value<Transformer>(JsonSerializer.SerializeToElement(whole), path);
    }

    /// <param name="json">The data.</param>
    /// <param name="path">Where they stand.</param>
    /// <param name="folder">Where relative paths begin; null where this was written by <see cref="FromHere"/>, from the working directory.</param>
    internal static TokenData Data(JsonElement json, string path, string? folder)
    {
        var at = new SweepJson.Members(json, path);
        string type = at.Must("type", SweepJson.Value<string>);
        var data = SweepJson.Guard(json, path, () => type switch
        {
            "brackets" => Brackets(at),
            "names" => Text(NameList.Text(), NameList.Text(heldOut: true), text => new CharacterTokenizer(text)),
            "modularAddition" => Modular(at),
            "copying" => Copied(at),
            "digits" => new TokenData(new DigitPatches(), new DigitPatches(heldOut: true)),
            "files" => Files(at, path, folder),
            _ => throw new SweepFormatException($"{path}.type: there are no data \"{type}\"; there are brackets, names, modularAddition, copying, digits, files."),
        });
        at.NoOthers();
        return data;
    }

    static TokenData Brackets(SweepJson.Members at)
    {
        var language = new BracketLanguage(at.Maybe("words", SweepJson.Value<int>, 24), at.Maybe("kinds", SweepJson.Value<int>, 3), at.Maybe("depth", SweepJson.Value<int>, 4),
            at.Maybe("opening", SweepJson.Value<double>, 0.15), at.Maybe("closing", SweepJson.Value<double>, 0.2), at.Maybe("spread", SweepJson.Value<double>, 2.0), at.Maybe("seed", SweepJson.Value<ulong>, 1UL));
        return new(language, language, Entropy: language.Entropy);
    }

    static TokenData Copied(SweepJson.Members at)
    {
        var copying = new Copying(at.Maybe("symbols", SweepJson.Value<int>, 8));
        return new(copying, copying, Entropy: _ => 0);
    }

    static TokenData Modular(SweepJson.Members at)
    {
        int modulus = at.Maybe("modulus", SweepJson.Value<int>, 97);
        double share = at.Maybe("share", SweepJson.Value<double>, 0.5);
        return new(new ModularAddition(modulus, share), new ModularAddition(modulus, share, heldOut: true), Entropy: _ => 0);
    }

    static TokenData Files(SweepJson.Members at, string path, string? folder)
    {
        string[] paths = [.. at.List("paths", SweepJson.Value<string>).Select(p => Path.Combine(folder ?? Environment.CurrentDirectory, p))];
        if (paths.Length == 0)
            throw new SweepFormatException($"{path}.paths: name a file or a folder, or several.");
        string[] endings = at.Maybe("endings", SweepJson.Value<string[]>, []);
        foreach (var (i, ending) in endings.Index())
            if (ending is not ['.', _, ..])
                throw new SweepFormatException($"{path}.endings[{i}]: an ending begins with its dot, such as \".tsv\"; this is \"{ending}\".");
        string? sum = at.Maybe("sha256", SweepJson.Value<string?>, null);
        if (sum is not null && (sum.Length != 64 || !sum.All(char.IsAsciiHexDigit)))
            throw new SweepFormatException($"{path}.sha256: must be 64 hex digits, not \"{sum}\".");
        string kind = at.Maybe("tokenizer", SweepJson.Value<string>, "characters");
        int vocabulary = at.Maybe("vocabulary", SweepJson.Value<int>, 512);
        if (kind is not ("characters" or "bytePairs"))
            throw new SweepFormatException($"{path}.tokenizer: there is no tokenizer \"{kind}\"; there are characters and bytePairs.");
        if (kind == "bytePairs" && vocabulary < 256)
            throw new SweepFormatException($"{path}.vocabulary: must be 256 or more, not {vocabulary}.");
        var files = Documents.ReadAll(paths, endings);
        if (sum is not null && !sum.Equals(files.Sha256, StringComparison.OrdinalIgnoreCase))
            throw new DocumentException(string.Join(", ", paths), $"the text has changed: its SHA-256 is {files.Sha256}, not {sum}", $"Put the old files back, or begin anew in another folder{(folder is null ? "" : $" and without {path}.sha256")}.");
        return Parted(files, string.Join(", ", paths), kind == "characters" ? t => new CharacterTokenizer(t) : t => new BytePairTokenizer(t, vocabulary));
    }

    /// <summary>The last tenth is held out.</summary>
    internal static TokenData Parted(DocumentText files, string place, Func<string, Tokenizer> tokenizer)
    {
        int cut = (int)(files.Text.Length * 9L / 10);
        // Not within a character that two of UTF-16's make.
        if (cut > 0 && char.IsSurrogatePair(files.Text[cut - 1], files.Text[cut]))
            cut--;
        var made = tokenizer(files.Text);
        int[] training = made.Encode(files.Text[..cut]), held = made.Encode(files.Text[cut..]);
        return training.Length >= 2 && held.Length >= 2 ? new(new TokenStream(training, made.Vocabulary), new TokenStream(held, made.Vocabulary), made, Files: files)
            : throw new DocumentException(place, $"a text of {files.Text.Length} characters is too short, since the last tenth is held out", "Give more text.");
    }

    /// <summary>The same data as <paramref name="json"/>, said from the working directory: files keep their place, and the checksum of their text stands beside them.</summary>
    internal static JsonElement FromHere(JsonElement json, string folder, TokenData data)
    {
        if (data.Files is not { } files)
            return json;
        var whole = JsonObject.Create(json)!.DeepClone();
        whole["paths"] = new JsonArray([.. whole["paths"]!.AsArray().Select(p => JsonValue.Create(Documents.PathFrom(Environment.CurrentDirectory, (string)p!, folder)))]);
        whole["sha256"] = files.Sha256;
        return JsonSerializer.SerializeToElement(whole);
    }

    static TokenData Text(string training, string heldOut, Func<string, Tokenizer> tokenizer)
    {
        var made = tokenizer(training + heldOut);
        return new(new TokenStream(made.Encode(training), made.Vocabulary), new TokenStream(made.Encode(heldOut), made.Vocabulary), made);
    }
}
