namespace Anneal;

/// <summary>One tensor inside the flat array of all weights.</summary>
/// <param name="Name">How state files and groups call it.</param>
/// <param name="Offset">Where it begins in the flat array.</param>
/// <param name="Dimensions">Its shape, row by row in memory: <c>[n]</c>, <c>[rows, columns]</c>, or more.</param>
public sealed record Tensor(string Name, int Offset, IReadOnlyList<int> Dimensions)
{
    /// <summary>How many weights it has.</summary>
    public int Count { get; } = Dimensions.Count > 0 && Dimensions.All(d => d > 0)
        ? Fitting((long)Offset + Dimensions.Aggregate(1L, (product, d) => Math.Min(product * d, int.MaxValue)), Name) - Offset
        : throw new ArgumentException($"Tensor '{Name}' must have at least one dimension, each above 0, not [{string.Join(", ", Dimensions)}].", nameof(Dimensions));

    /// <summary>The first dimension; what follows it is one row.</summary>
    public int Rows => Dimensions[0];

    /// <summary>Weights per row: the product of all dimensions but the first.</summary>
    public int Columns => Count / Rows;

    /// <summary>Two dimensions or more. Rules for matrices treat anything else one weight at a time.</summary>
    public bool IsMatrix => Dimensions.Count >= 2;

    static int Fitting(long end, string name) => end <= Array.MaxLength ? (int)end
        : throw new ArgumentException($"Tensor '{name}' would end at number {end} or later; all weights stand in one array of at most {Array.MaxLength}.", "Dimensions");

    /// <inheritdoc/>
    public bool Equals(Tensor? other) =>
        other is not null && Name == other.Name && Offset == other.Offset && Dimensions.SequenceEqual(other.Dimensions);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Offset, Count);
}

/// <summary>How the flat array of weights is divided into tensors, in order and without gaps.</summary>
public sealed class Layout : IEquatable<Layout>
{
    Layout(IReadOnlyList<Tensor> tensors) =>
        (Tensors, Count) = (tensors, tensors.Count > 0 ? tensors[^1].Offset + tensors[^1].Count : 0);

    /// <summary>The tensors, in the order of the array.</summary>
    public IReadOnlyList<Tensor> Tensors { get; }

    /// <summary>Weights in all.</summary>
    public int Count { get; }

    /// <summary>One tensor of the given shape: <c>Of(5)</c> is a vector, <c>Of(4, 3)</c> a matrix of four rows.</summary>
    public static Layout Of(params IEnumerable<int> dimensions) => new([new Tensor("weights", 0, [.. dimensions])]);

    /// <summary>Several tensors, one after another.</summary>
    public static Layout Of(params IEnumerable<(string Name, int[] Dimensions)> tensors)
    {
        var list = new List<Tensor>();
        foreach (var (name, dimensions) in tensors)
            list.Add(new(name, list.Count == 0 ? 0 : list[^1].Offset + list[^1].Count, dimensions));
        if (list.Count == 0)
            throw new ArgumentException("A layout must have at least one tensor.", nameof(tensors));
        if (list.DistinctBy(t => t.Name).Count() != list.Count)
            throw new ArgumentException("The tensors of a layout must have different names.", nameof(tensors));
        return new(list);
    }

    /// <inheritdoc/>
    public bool Equals(Layout? other) => other is not null && Tensors.SequenceEqual(other.Tensors);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Layout);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Count, Tensors.Count);

    /// <inheritdoc/>
    public override string ToString() =>
        string.Join(", ", Tensors.Select(t => $"{t.Name} [{string.Join(", ", t.Dimensions)}]"));
}
