namespace Anneal;

/// <summary>One schedule for all parameter groups, times a multiplier for each.</summary>
/// <remarks><code>η_group(t) = multiplier_group · Whole(t)</code></remarks>
/// <param name="Whole">What every group follows.</param>
/// <param name="Multipliers">Each group's name, used once, and multiplier: finite, 0 or above (0 freezes the group).</param>
public sealed record Groups(Schedule Whole, IReadOnlyList<(string Group, double Multiplier)> Multipliers)
{
    readonly Items<(string Group, double Multiplier)> multipliers = Checked(Multipliers);

    /// <summary>Each group's name and multiplier.</summary>
    public IReadOnlyList<(string Group, double Multiplier)> Multipliers => multipliers;

    /// <summary>The schedule of one group.</summary>
    /// <exception cref="ArgumentException">There is no such group.</exception>
    public Schedule this[string group]
    {
        get
        {
            foreach (var (name, multiplier) in multipliers)
                if (name == group)
                    return Whole.Scale(multiplier);
            throw new ArgumentException($"There is no group '{group}'; there are {string.Join(", ", multipliers.Select(m => m.Group))}.", nameof(group));
        }
    }

    /// <summary>Multipliers that shrink from the last layer (1) to the first: <c>decay^(layers − 1 − layer)</c>.</summary>
    /// <remarks>Howard and Ruder, <see href="https://arxiv.org/abs/1801.06146">ULMFiT</see> (2018), section 3.2, with a decay of 1/2.6.</remarks>
    public static Groups Layerwise(Schedule whole, int layers, double decay) => new(whole, [.. Enumerable
        .Range(0, (int)Require.AtLeast(1, layers, nameof(layers)))
        .Select(layer => ($"layer {layer}", Math.Pow(Require.Positive(decay), layers - 1 - layer)))]);

    static Items<(string, double)> Checked(IReadOnlyList<(string Group, double Multiplier)> multipliers)
    {
        foreach (var (group, multiplier) in multipliers)
            Require.NotNegative(multiplier, $"multiplier of '{group}'");
        if (multipliers.GroupBy(m => m.Group).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new ArgumentException($"Group '{twice.Key}' is named {twice.Count()} times.", nameof(multipliers));
        return Items<(string, double)>.Of(multipliers);
    }
}
