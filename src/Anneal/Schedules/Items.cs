using System.Collections;

namespace Anneal;

/// <summary>A list that is a value: it never changes, and equals every other list of the same items.</summary>
/// <remarks>An array inside a record would compare by reference and could be written to.</remarks>
sealed class Items<T>(T[] items) : IReadOnlyList<T>, IEquatable<Items<T>> where T : notnull
{
    public static Items<T> Of(IEnumerable<T> items) => items as Items<T> ?? new Items<T>([.. items]);

    public T this[int index] => items[index];

    public int Count => items.Length;

    public ReadOnlySpan<T> Span => items;

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public bool Equals(Items<T>? other) => other is not null && Span.SequenceEqual(other.Span);

    public override bool Equals(object? obj) => Equals(obj as Items<T>);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var item in items)
            hash.Add(item);
        return hash.ToHashCode();
    }

    public override string ToString() => $"[{string.Join(", ", items.Take(8))}{(items.Length > 8 ? $", … {items.Length} in all" : "")}]";
}
