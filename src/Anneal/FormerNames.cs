using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Anneal;

/// <summary>The one table of names in JSON that were others in earlier versions: what was written then is still read.</summary>
/// <remarks>
/// Rows are for good; a renamed member gets one more. What is written has the new names, but keys and checksums of files that outlive a version are taken of the
/// first ones (<see cref="First"/>), so that they do not change with a name.
/// </remarks>
static partial class FormerNames
{
    /// <summary>Types of rules and norms.</summary>
    public static IReadOnlyList<(string Name, string Former)> Types { get; } =
    [
        ("stochasticWeightAveraging", "stochasticWeightAverage"),
    ];

    /// <summary>Members, under the name that their type has now.</summary>
    public static IReadOnlyList<(string Owner, string Name, string Former)> Members { get; } =
    [
        ("adaBelief", "epsilonRoot", "inflation"),
        ("adaGrad", "epsilonPlace", "place"),
        ("adaGrad", "initialAccumulator", "initial"),
        ("adafactor", "cautious", "careful"),
        ("adafactor", "clippingThreshold", "clip"),
        ("adafactor", "minDimensionToFactor", "factorFrom"),
        ("adafactor", "rowMeansOnly", "columnsForgotten"),
        ("adafactor", "singlePrecisionMeans", "singleMeans"),
        ("adamP", "cautious", "careful"),
        ("adamP", "decayRatio", "decayShare"),
        ("adamax", "epsilonPlace", "place"),
        ("adaptiveGradientClip", "clipFactor", "share"),
        ("adaptiveGradientClip", "epsilon", "floor"),
        ("asgd", "t0", "from"),
        ("clipByValue", "clipValue", "limit"),
        ("came", "clippingThreshold", "clip"),
        ("columns", "normalized", "normalised"),
        ("dAdaptAdam", "growthRate", "growth"),
        ("dAdaptSgd", "growthRate", "growth"),
        ("dion", "transposeWide", "turns"),
        ("dynamicLossScale", "backoffFactor", "backoff"),
        ("dynamicLossScale", "growthFactor", "growth"),
        ("dynamicLossScale", "growthInterval", "interval"),
        ("dynamicLossScale", "initialScale", "initial"),
        ("exponentialMovingAverage", "warmup", "warm"),
        ("ftrl", "initialAccumulator", "initial"),
        ("ftrl", "l2Shrinkage", "shrinkage"),
        ("lamb", "cautious", "careful"),
        ("lamb", "decoupledDecay", "decayBeside"),
        ("lamb", "gradientAveraging", "averaging"),
        ("lars", "trustCoefficient", "trust"),
        ("lbfgs", "historySize", "history"),
        ("lbfgs", "maxEvaluations", "evaluations"),
        ("lbfgs", "maxIterations", "iterations"),
        ("lookahead", "syncPeriod", "every"),
        ("mars", "cautious", "careful"),
        ("muon", "cautious", "careful"),
        ("newtonSchulz", "customCoefficients", "own"),
        ("novoGrad", "gradientAveraging", "averaging"),
        ("prodigy", "dCoefficient", "coefficient"),
        ("prodigy", "growthRate", "growth"),
        ("prodigy", "safeguardWarmup", "safe"),
        ("prodigy", "sliceP", "every"),
        ("rmsProp", "epsilonPlace", "place"),
        ("rmsProp", "initialAccumulator", "initial"),
        ("rows", "normalized", "normalised"),
        ("rprop", "etaMinus", "shrink"),
        ("rprop", "etaPlus", "grow"),
        ("rprop", "maxStep", "largest"),
        ("rprop", "minStep", "smallest"),
        ("scheduleFreeRAdam", "silentSgdPhase", "silent"),
        ("shampoo", "beta2", "keep"),
        ("shampoo", "preconditionFrequency", "every"),
        ("sign", "normalized", "normalised"),
        ("soap", "maxPreconditionedDimension", "largest"),
        ("soap", "mergeDimensions", "merge"),
        ("soap", "normalizeGradients", "normalise"),
        ("soap", "preconditionFrequency", "every"),
        ("soap", "preconditionVectors", "rotateVectors"),
        ("soap", "shampooBeta", "basisBeta"),
        ("spectral", "minScale", "leastScale"),
        ("yogi", "initialAccumulator", "initial"),
    ];

    /// <summary>Words that members take, under the names that type and member have now. <c>""</c> owns the members of a sweep itself.</summary>
    public static IReadOnlyList<(string Owner, string Member, string Name, string Former)> Words { get; } =
    [
        ("adaBelief", "nesterov", "BiasCorrected", "Corrected"),
        ("adaMuon", "momentum", "BiasCorrected", "Corrected"),
        ("adafactor", "rates", "RelativeWithWarmup", "RelativeFromZero"),
        ("adam", "amsgrad", "BiasCorrected", "Corrected"),
        ("adam", "nesterov", "BiasCorrected", "Corrected"),
        ("muon", "momentum", "BiasCorrected", "Corrected"),
        ("norMuon", "momentum", "BiasCorrected", "Corrected"),
        ("rAdam", "nesterov", "BiasCorrected", "Corrected"),
        ("", "preparation", "centered", "centred"),
        ("", "preparation", "standardized", "standardised"),
    ];

    /// <summary>What an object is whose JSON has no type, by the member that holds it.</summary>
    static readonly Dictionary<string, string> untyped = new() { ["vectors"] = "adam", ["newtonSchulz"] = "newtonSchulz" };

    const int MaxDepth = 1_000;

    static readonly Names renewed = new(first: false), first = new(first: true);

    /// <summary>The same JSON with the names of today.</summary>
    /// <param name="json">A rule, or what holds rules: a sweep, a trial.</param>
    public static JsonElement Renew(JsonElement json) => renewed.Rewrite(json, out string? text) ? JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = MaxDepth }).RootElement : json;

    /// <summary>JSON that was written today with the names that it had first; byte for byte the same where none has changed.</summary>
    public static string First(string json)
    {
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = MaxDepth });
        return first.Rewrite(document.RootElement, out string? text) ? text : json;
    }

    /// <summary>A state's kind with the names of today, as <c>Lookahead(Sgd)</c>.</summary>
    public static string RenewKind(string kind) =>
        Word().Replace(kind, word => Types.FirstOrDefault(t => t.Former == Written.Camel(word.Value)).Name is { } name ? char.ToUpperInvariant(name[0]) + name[1..] : word.Value);

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();

    /// <summary>The three lists read in one direction.</summary>
    sealed class Names(bool first)
    {
        static readonly JsonWriterOptions options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = MaxDepth };

        readonly Dictionary<string, string> types = Types.ToDictionary(t => first ? t.Name : t.Former, t => first ? t.Former : t.Name);

        readonly Dictionary<(string, string), string> members = Members.ToDictionary(m => (m.Owner, first ? m.Name : m.Former), m => first ? m.Former : m.Name);

        readonly Dictionary<(string, string, string), string> words = Words.ToDictionary(
            w => (w.Owner, w.Member, (first ? w.Name : w.Former).ToUpperInvariant()), w => first ? w.Former : w.Name);

        public bool Rewrite(JsonElement json, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? text)
        {
            bool changed = false;
            using var stream = new MemoryStream();
            try
            {
                using var writer = new Utf8JsonWriter(stream, options);
                Copy(json, "", writer, ref changed);
            }
            catch (InvalidOperationException)
            {
                // Half of a surrogate pair, written as an escape, is JSON but not text: whoever reads it says so.
                changed = false;
            }
            text = changed ? Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length) : null;
            return changed;
        }

        /// <param name="json">What is copied.</param>
        /// <param name="holder">The member that holds it.</param>
        /// <param name="writer">Where to.</param>
        /// <param name="changed">Set where a name is another one.</param>
        void Copy(JsonElement json, string holder, Utf8JsonWriter writer, ref bool changed)
        {
            switch (json.ValueKind)
            {
                case JsonValueKind.Object:
                    string owner = Owner(json, holder);
                    writer.WriteStartObject();
                    foreach (var member in json.EnumerateObject())
                        CopyMember(json, owner, member, writer, ref changed);
                    writer.WriteEndObject();
                    break;
                case JsonValueKind.Array:
                    writer.WriteStartArray();
                    foreach (var item in json.EnumerateArray())
                        Copy(item, "", writer, ref changed);
                    writer.WriteEndArray();
                    break;
                default:
                    writer.WriteRawValue(json.GetRawText());
                    break;
            }
        }

        void CopyMember(JsonElement holder, string owner, JsonProperty member, Utf8JsonWriter writer, ref bool changed)
        {
            string now = member.Name;
            // Given under both names it stays as it is, and is refused as any unknown member.
            if (members.TryGetValue((owner, now), out string? other) && !holder.TryGetProperty(other, out _))
                (now, changed) = (other, true);
            writer.WritePropertyName(now);
            string today = first ? member.Name : now;
            if (member.Value.ValueKind == JsonValueKind.String && Instead(owner, today, member.Value.GetString()!) is { } word)
            {
                writer.WriteStringValue(word);
                changed = true;
            }
            else
                Copy(member.Value, today, writer, ref changed);
        }

        string? Instead(string owner, string member, string word) =>
            member == "type" ? types.GetValueOrDefault(word) : words.GetValueOrDefault((owner, member, word.ToUpperInvariant()));

        /// <summary>The name that the object's type has now.</summary>
        string Owner(JsonElement json, string holder) => json.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String
            ? first ? type.GetString()! : types.GetValueOrDefault(type.GetString()!, type.GetString()!)
            : untyped.GetValueOrDefault(holder, "");
    }
}
