using System.Text.RegularExpressions;
using static System.FormattableString;

namespace Anneal.Runs;

/// <summary>What one tensor gets.</summary>
/// <param name="Tensor">The tensor.</param>
/// <param name="Group">The group that took it; empty for none.</param>
/// <param name="Rule">Its update rule.</param>
/// <param name="Rate">Its rate.</param>
/// <param name="Decay">Its weight decay.</param>
/// <param name="Momentum">Its momentum.</param>
public sealed record TensorSetting(TensorShape Tensor, string Group, string Rule, double Rate, double Decay, double Momentum);

/// <summary>Every tensor's rule, rate, decay and momentum, and what is not as it was probably meant.</summary>
/// <param name="Settings">One for each tensor, in the model's order.</param>
/// <param name="Findings">Shadowed and empty groups, norms and biases that decay, embeddings under Muon, tensors that may be one and the same.</param>
public sealed partial record TensorPlan(IReadOnlyList<TensorSetting> Settings, IReadOnlyList<RunFinding> Findings)
{
    /// <summary>Gives every tensor to the first group that takes it.</summary>
    public static TensorPlan Of(IReadOnlyList<TensorShape> tensors, TensorRule rule, double rate, double decay, double? layerDecay = null)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        ArgumentNullException.ThrowIfNull(rule);
        var factors = layerDecay is { } factor ? LayerDecay.Factors(tensors, factor) : null;
        var settings = tensors.Select(tensor =>
        {
            var group = rule.Groups.FirstOrDefault(g => g.Meets(tensor.Name));
            return new TensorSetting(tensor, group?.Name ?? "", group?.Rule ?? rule.Rule, rate * (group?.RateFactor ?? 1) * (factors?[tensor.Name] ?? 1), group?.Decay ?? decay, group?.Momentum ?? rule.Momentum);
        }).ToList();
        return new(settings, [.. Groups(tensors, rule), .. Decaying(settings), .. Muon(settings), .. Twice(tensors)]);
    }

    static IEnumerable<RunFinding> Groups(IReadOnlyList<TensorShape> tensors, TensorRule rule)
    {
        for (int i = 0; i < rule.Groups.Count; i++)
        {
            var group = rule.Groups[i];
            var met = tensors.Where(t => group.Meets(t.Name)).ToList();
            var left = met.Where(t => !rule.Groups.Take(i).Any(g => g.Meets(t.Name))).ToList();
            if (met.Count == 0)
                yield return Found(Severity.Error, "empty-group", $"{group.Name}: no tensor is called {string.Join(" or ", group.Patterns)}{Nearest.DidYouMean(group.Patterns[0].Trim('*', '.'), [.. tensors.SelectMany(t => t.Name.Split('.')).Distinct()])}.");
            else if (left.Count == 0)
                yield return Found(Severity.Error, "shadowed-group", $"{group.Name}: all {met.Count} tensors that it names are taken by {rule.Groups.Take(i).First(g => g.Meets(met[0].Name)).Name} before; put it first.");
            else if (left.Count < met.Count)
                yield return Found(Severity.Info, "partly-shadowed-group", $"{group.Name}: {met.Count - left.Count} of {met.Count} tensors that it names are taken by groups before it, such as {met.Except(left).First().Name}.");
        }
    }

    static IEnumerable<RunFinding> Decaying(IReadOnlyList<TensorSetting> settings)
    {
        var decaying = settings.Where(s => s.Decay > 0 && s.Tensor.Shape.Count < 2).ToList();
        if (decaying.Count > 0)
            yield return Found(Severity.Warning, "norms-decay", Invariant($"{Counted(decaying.Count, "norm or bias decays", "norms and biases decay")}, such as {decaying[0].Tensor.Name}: a decay pulls a scale towards 0; usual is a group with decay 0 for them."));
    }

    static IEnumerable<RunFinding> Muon(IReadOnlyList<TensorSetting> settings)
    {
        var muon = settings.Where(s => s.Rule == "muon").ToList();
        var vectors = muon.Where(s => s.Tensor.Shape.Count < 2).ToList();
        var embeddings = muon.Where(s => s.Tensor.Shape.Count >= 2 && Embedding().IsMatch(s.Tensor.Name)).ToList();
        var heads = muon.Where(s => s.Tensor.Shape.Count >= 2 && Head().IsMatch(s.Tensor.Name)).ToList();
        if (vectors.Count > 0)
            yield return Found(Severity.Error, "vectors-under-muon", $"{Counted(vectors.Count, "vector is", "vectors are")} under Muon, such as {vectors[0].Tensor.Name}: it takes matrices; give them to AdamW.");
        if (embeddings.Count > 0)
            yield return Found(Severity.Error, "embeddings-under-muon", $"{Counted(embeddings.Count, "embedding is", "embeddings are")} under Muon, such as {embeddings[0].Tensor.Name}: a row is a lookup, not a direction of a map; give them to AdamW.");
        if (heads.Count > 0)
            yield return Found(Severity.Warning, "head-under-muon", $"{heads[0].Tensor.Name} is under Muon; usual is AdamW for the last layer.");
    }

    static IEnumerable<RunFinding> Twice(IReadOnlyList<TensorShape> tensors)
    {
        foreach (var twice in tensors.GroupBy(t => t.Name).Where(g => g.Count() > 1))
            yield return Found(Severity.Error, "named-twice", $"{twice.Key} is listed {twice.Count()} times: an optimizer would step it as often.");
        var embedding = tensors.FirstOrDefault(t => t.Shape.Count == 2 && Embedding().IsMatch(t.Name) && !t.Name.Contains("pos", StringComparison.OrdinalIgnoreCase));
        var head = tensors.FirstOrDefault(t => t.Shape.Count == 2 && Head().IsMatch(t.Name));
        if (embedding is not null && head is not null && embedding.Shape.SequenceEqual(head.Shape))
            yield return Found(Severity.Warning, "tied-weights", $"{embedding.Name} and {head.Name} have the same shape: if they are tied, they are one tensor, and in two groups it is stepped twice.");
    }

    /// <summary>One line a tensor.</summary>
    public IEnumerable<string> Lines()
    {
        int name = Math.Max(6, Settings.Select(s => s.Tensor.Name.Length).DefaultIfEmpty(0).Max()), shape = Math.Max(5, Settings.Select(s => Shape(s).Length).DefaultIfEmpty(0).Max());
        yield return $"{"tensor".PadRight(name)}  {"shape".PadRight(shape)}  rule    rate        decay   momentum  group";
        foreach (var s in Settings)
            yield return Invariant($"{s.Tensor.Name.PadRight(name)}  {Shape(s).PadRight(shape)}  {s.Rule,-6}  {s.Rate,-10:g5}  {s.Decay,-6:g4}  {s.Momentum,-8:g4}  {s.Group}").TrimEnd();
    }

    static string Counted(int count, string one, string several) => $"{count} {(count == 1 ? one : several)}";

    static string Shape(TensorSetting setting) => string.Join('×', setting.Tensor.Shape);

    static RunFinding Found(Severity severity, string code, string sentence) => new(severity, code, "", Place.None, sentence);

    [GeneratedRegex(@"embed|(^|\.)wte|(^|\.)wpe|cls_token")]
    private static partial Regex Embedding();

    [GeneratedRegex(@"(^|\.)(lm_head|head|classifier|output|fc)\.weight$")]
    private static partial Regex Head();
}
