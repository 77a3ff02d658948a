namespace Anneal.Runs;

/// <summary>What a configuration says about its optimizer, in so far as the rate's size depends on it.</summary>
static class Optimizers
{
    static readonly string[] keys = ["optim", "optimizer", "optimizer_type", "optimizer.type", "optimizer.name", "opt", "use_muon"];

    static readonly string[] own = ["sgd", "momentum", "prodigy", "dadapt", "adafactor", "lars", "muon", "schedulefree", "shampoo"];

    /// <summary>Whether it is one that takes rates near 1, or finds its own.</summary>
    public static bool HasItsOwnRate(MapNode root) => keys.Any(key => root.FindPath(key)?.Value is ScalarNode { Text: var name } && own.Any(o => name.Contains(o, StringComparison.OrdinalIgnoreCase)));
}
