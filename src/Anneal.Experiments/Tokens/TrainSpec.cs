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

    /// <summary>Looks closely at steps 0, Diagnostics, 2·Diagnostics, …; 0 never.</summary>
    public long Diagnostics { get; init; }

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
        return SweepJson.Guard(at.Json, "$", () => new TrainSpec(
            new(model, at.Must("rule", SweepJson.Rule), at.Must("schedule", SweepJson.Schedule), at.Must("batchSize", SweepJson.Value<int>))
            {
                SequenceLength = at.Maybe("sequenceLength", SweepJson.Value<int>, Math.Min(model.Context, data.LongestSequence)),
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
            Diagnostics = at.Maybe("diagnostics", SweepJson.Value<long>, 0L) is >= 0 and var close ? close : throw new SweepFormatException("$.diagnostics: must be 0 or above."),
            Checkpoint = Positive(at.Maybe("checkpoint", SweepJson.Value<long>, 100L), "checkpoint"),
        });
    });

    static long Positive(long value, string name) => value > 0 ? value : throw new SweepFormatException($"$.{name}: must be above 0, not {value}.");

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

    internal static TokenData Data(JsonElement json, string path, string folder)
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

    static TokenData Files(SweepJson.Members at, string path, string folder)
    {
        string[] paths = [.. at.List("paths", SweepJson.Value<string>).Select(p => Path.Combine(folder, p))];
        if (paths.Length == 0)
            throw new SweepFormatException($"{path}.paths: name a file or a folder, or several.");
        string[] endings = at.Maybe("endings", SweepJson.Value<string[]>, []);
        var files = Documents.ReadAll(paths, endings);
        if (at.Maybe("sha256", SweepJson.Value<string>, files.Sha256) is var sum && sum != files.Sha256)
            throw new DocumentException(string.Join(", ", paths), $"the text has changed: its SHA-256 is {files.Sha256}, not {sum}", $"Put the old files back, or begin anew: in another folder, and without {path}.sha256.");
        string kind = at.Maybe("tokenizer", SweepJson.Value<string>, "characters");
        int vocabulary = at.Maybe("vocabulary", SweepJson.Value<int>, 512);
        // The last tenth is held out.
        int cut = files.Text.Length * 9 / 10;
        string training = files.Text[..cut], held = files.Text[cut..];
        if (held.Length < 2)
            throw new DocumentException(string.Join(", ", paths), $"a text of {files.Text.Length} characters is too short, since the last tenth is held out", "Give more text.");
        return kind switch
        {
            "characters" => Text(training, held, t => new CharacterTokenizer(t)),
            "bytePairs" => Text(training, held, t => new BytePairTokenizer(t, vocabulary)),
            _ => throw new SweepFormatException($"{path}.tokenizer: there is no tokenizer \"{kind}\"; there are characters and bytePairs."),
        } with
        { Files = files };
    }

    /// <summary>The same data as <paramref name="json"/>, said from the working directory: files keep their place, and the checksum of their text stands beside them.</summary>
    internal static JsonElement FromHere(JsonElement json, string folder, TokenData data)
    {
        if (data.Files is not { } files)
            return json;
        var whole = JsonObject.Create(json)!.DeepClone();
        whole["paths"] = new JsonArray([.. whole["paths"]!.AsArray().Select(p => JsonValue.Create(Here((string)p!)))]);
        whole["sha256"] = files.Sha256;
        return JsonSerializer.SerializeToElement(whole);

        string Here(string path) => Path.IsPathRooted(path) ? path : Path.GetRelativePath(Environment.CurrentDirectory, Path.Combine(folder, path)).Replace('\\', '/');
    }

    static TokenData Text(string training, string heldOut, Func<string, Tokenizer> tokenizer)
    {
        var made = tokenizer(training + heldOut);
        return new(new TokenStream(made.Encode(training), made.Vocabulary), new TokenStream(made.Encode(heldOut), made.Vocabulary), made);
    }
}
