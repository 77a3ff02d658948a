using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Anneal;

/// <summary>States of rules as safetensors files, with a version and a checksum over all of it.</summary>
/// <remarks>
/// Other programs read the tensors; what only this library needs is in <c>__metadata__</c>: version, rule, precision, layout, step counts, and the SHA-256 of the file. A state is
/// loaded into one that the same rule started, tensor by tensor, so that it may be larger than any one array, and what does not fit is refused whole.
/// <see href="https://huggingface.co/docs/safetensors">safetensors</see>.
/// </remarks>
public static class StateFile
{
    const string Version = "anneal-state-2";

    /// <summary>Writes a state.</summary>
    /// <param name="state">What is written.</param>
    /// <param name="target">Where to.</param>
    public static void Save(RuleState state, Stream target)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(target);
        Safetensors.Write(target,
        [
            new("version", Version), new("kind", state.Kind), new("rule", Describe(state.Rule)), new("precision", state.Precision.ToString()),
            new("layout", Written(state.Layout)), new("steps", string.Join(' ', Steps(state))),
        ], StatePart.Of(state));
    }

    /// <summary>Writes a state to a file, in place of what was there only once all is written and on the disk.</summary>
    /// <remarks>The new file is written beside the old one under the name <c>….unfinished</c>. If writing fails it is taken away; if the machine stops, the next save does that.</remarks>
    public static void Save(RuleState state, string path)
    {
        string target = new FileInfo(path) is { LinkTarget: not null } link ? link.ResolveLinkTarget(returnFinalTarget: true)!.FullName : path, unfinished = target + ".unfinished";
        try
        {
            using (var file = new FileStream(unfinished, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
            {
                Save(state, file);
                file.Flush(flushToDisk: true);
            }
            File.Move(unfinished, target, overwrite: true);
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
    }

    /// <summary>Reads a state that <paramref name="rule"/> left, for weights of that layout and precision.</summary>
    /// <param name="rule">The rule that goes on with it.</param>
    /// <param name="layout">The tensors it is for.</param>
    /// <param name="source">What is read, to its end.</param>
    /// <param name="precision">The format of weights and memory.</param>
    /// <param name="acceptDifferences">
    /// Given, a state that the rule left with other hyper-parameters is loaded, and this is told what differs, one line for each: <c>beta2: 0.999 in the state, 0.95 here</c>.
    /// Otherwise such a state is refused.
    /// </param>
    /// <exception cref="StateFormatException">The data are cut short or altered, or belong to another rule, other hyper-parameters, another layout, precision or version.</exception>
    public static RuleState Load(Rule rule, Layout layout, Stream source, Precision precision = Precision.Double, Action<IReadOnlyList<string>>? acceptDifferences = null)
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentNullException.ThrowIfNull(source);
        var state = rule.Start(layout, precision);
        IReadOnlyList<string> differences = [];
        long[] steps = [];
        Safetensors.Read(source, metadata =>
        {
            string version = Said(metadata, "version"), kind = FormerNames.RenewKind(Said(metadata, "kind"));
            if (version != Version)
                throw new StateFormatException($"The state is of version {version}; this library reads {Version}.");
            if (kind != state.Kind)
                throw new StateFormatException($"A state of {kind} does not fit {state.Kind}.");
            if (Said(metadata, "precision") != state.Precision.ToString())
                throw new StateFormatException($"The state is in {Said(metadata, "precision")} precision, not {state.Precision}.");
            if (Said(metadata, "layout") != Written(layout))
                throw new StateFormatException($"The state is for {Readable(Said(metadata, "layout"))}, not for {layout}.");
            differences = Differences(Said(metadata, "rule"), Describe(rule));
            if (differences.Count > 0 && acceptDifferences is null)
                throw new StateFormatException($"The state was left by {kind} with other hyper-parameters: {string.Join("; ", differences)}. To go on with the new ones all the same, load it with acceptDifferences.");
            steps = Counted(Said(metadata, "steps"), Steps(state).Count);
            return StatePart.Of(state);
        });
        int at = 0;
        SetSteps(state, steps, ref at);
        if (differences.Count > 0)
            acceptDifferences!(differences);
        return state;
    }

    /// <inheritdoc cref="Load(Rule, Layout, Stream, Precision, Action{IReadOnlyList{string}})"/>
    /// <param name="rule">The rule that goes on with it.</param>
    /// <param name="layout">The tensors it is for.</param>
    /// <param name="path">The file.</param>
    /// <param name="precision">The format of weights and memory.</param>
    /// <param name="acceptDifferences">Told of other hyper-parameters, which are refused without it.</param>
    public static RuleState Load(Rule rule, Layout layout, string path, Precision precision = Precision.Double, Action<IReadOnlyList<string>>? acceptDifferences = null)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        return Load(rule, layout, file, precision, acceptDifferences);
    }

    /// <summary>A rule with its hyper-parameters: its JSON, or, where it is not of this library, what its record prints.</summary>
    static string Describe(Rule rule)
    {
        try
        {
            return RuleJson.Write(rule);
        }
        catch (RuleFormatException)
        {
            return rule.ToString();
        }
    }

    static string Said(IReadOnlyDictionary<string, string> metadata, string name) => metadata.GetValueOrDefault(name)
        ?? throw new StateFormatException($"The state is cut short or altered: its header does not say its {name}.");

    static long[] Counted(string text, int count)
    {
        string[] parts = text.Split(' ');
        var steps = new long[count];
        for (int i = 0; i < count; i++)
            if (parts.Length != count || !long.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out steps[i]))
                throw new StateFormatException($"The state is cut short or altered: its steps should be {count} whole numbers.");
        return steps;
    }

    static string Written(Layout layout)
    {
        using var memory = new MemoryStream();
        using (var writer = new Utf8JsonWriter(memory))
        {
            writer.WriteStartArray();
            foreach (var tensor in layout.Tensors)
            {
                writer.WriteStartObject();
                writer.WriteString("name", tensor.Name);
                writer.WriteStartArray("shape");
                foreach (int d in tensor.Dimensions)
                    writer.WriteNumberValue(d);
                writer.WriteEndArray();
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
        }
        return Encoding.UTF8.GetString(memory.ToArray());
    }

    /// <summary>A layout as messages write it.</summary>
    static string Readable(string layout)
    {
        try
        {
            using var json = JsonDocument.Parse(layout);
            return string.Join(", ", json.RootElement.EnumerateArray().Select(t => $"{t.GetProperty("name").GetString()} [{string.Join(", ", t.GetProperty("shape").EnumerateArray())}]"));
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return layout;
        }
    }

    static List<string> Differences(string saved, string own)
    {
        var differences = new List<string>();
        if (saved == own)
            return differences;
        try
        {
            using JsonDocument before = JsonDocument.Parse(saved), now = JsonDocument.Parse(own);
            Compare(FormerNames.Renew(before.RootElement), now.RootElement, "", differences);
        }
        catch (JsonException)
        {
            differences.Add($"{saved} in the state, {own} here");
        }
        return differences;
    }

    static void Compare(JsonElement before, JsonElement now, string path, List<string> differences)
    {
        if (before.ValueKind == JsonValueKind.Object && now.ValueKind == JsonValueKind.Object)
            foreach (string name in before.EnumerateObject().Concat(now.EnumerateObject()).Select(m => m.Name).Distinct())
                Compare(Member(before, name), Member(now, name), path.Length == 0 ? name : $"{path}.{name}", differences);
        else if (before.ValueKind == JsonValueKind.Array && now.ValueKind == JsonValueKind.Array && before.GetArrayLength() == now.GetArrayLength())
            for (int i = 0; i < before.GetArrayLength(); i++)
                Compare(before[i], now[i], $"{path}[{i}]", differences);
        else if (Raw(before) != Raw(now))
            differences.Add($"{path}: {Raw(before)} in the state, {Raw(now)} here");
    }

    static JsonElement Member(JsonElement owner, string name) => owner.TryGetProperty(name, out var value) ? value : default;

    static string Raw(JsonElement value) => value.ValueKind == JsonValueKind.Undefined ? "nothing" : value.GetRawText();

    static List<long> Steps(RuleState state)
    {
        List<long> steps = [state.Steps];
        foreach (var inner in state.Inner)
            steps.AddRange(Steps(inner));
        return steps;
    }

    static void SetSteps(RuleState state, long[] steps, ref int at)
    {
        state.Steps = steps[at++];
        foreach (var inner in state.Inner)
            SetSteps(inner, steps, ref at);
    }
}

/// <summary>A state cannot be loaded; the message says what is wrong with it.</summary>
public sealed class StateFormatException(string message, Exception? inner = null) : FormatException(message, inner);
