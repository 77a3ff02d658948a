namespace Anneal;

/// <summary>Which tensors a group is for: names, <c>vectors</c> or <c>matrices</c>, where a * stands for any characters and a | divides alternatives.</summary>
/// <remarks>
/// <c>blocks.1.*</c> ends at a part of the name and does not take blocks.10; <c>*.bias</c> takes every name that ends so; <c>*.norm*.weight</c> has both.
/// </remarks>
sealed class NamePattern
{
    readonly string[] alternatives;

    public NamePattern(string text)
    {
        alternatives = [.. text.Split('|').Select(part => part.Trim())];
        if (alternatives.Any(part => part.Length == 0))
            throw new ArgumentException($"A group needs the names of its tensors, such as blocks.1.* or *.bias|vectors, not '{text}'.", nameof(ParameterGroup.Tensors));
    }

    public IReadOnlyList<string> Alternatives => alternatives;

    public bool Has(Tensor tensor) => alternatives.Any(part => Has(part, tensor));

    public static bool Has(string pattern, Tensor tensor) => pattern switch
    {
        "vectors" => !tensor.IsMatrix,
        "matrices" => tensor.IsMatrix,
        _ => pattern == tensor.Name || Matches(pattern, tensor.Name),
    };

    /// <summary>The first two names of which a pattern means one and takes the other as well, because a star cuts a number short: <c>layers.1*</c> takes layers.10, <c>*1.w</c> layers.11.w.</summary>
    /// <returns>Also the pattern that takes the first alone.</returns>
    public static (string Whole, string Cut, string Instead)? CutsNumbers(string pattern, IEnumerable<Tensor> tensors)
    {
        string[] names = [.. tensors.Select(t => t.Name).Where(name => Matches(pattern, name))];
        int first = pattern.IndexOf('*'), last = pattern.LastIndexOf('*');
        if (first > 0 && char.IsAsciiDigit(pattern[first - 1])
            && Pair(name => name.Length > first && char.IsAsciiDigit(name[first])) is var (whole, cut))
            return (whole, cut, whole.Length == first ? whole : whole[first] == '.' ? pattern.Insert(first, ".") : whole);
        int tail = pattern.Length - last - 1;
        if (last >= 0 && tail > 0 && char.IsAsciiDigit(pattern[last + 1])
            && Pair(name => name.Length > tail && char.IsAsciiDigit(name[^(tail + 1)])) is var (right, left))
            return (right, left, right.Length == tail ? right : right[^(tail + 1)] == '.' ? pattern.Insert(last + 1, ".") : right);
        return null;

        (string, string)? Pair(Func<string, bool> isCut) =>
            names.FirstOrDefault(name => !isCut(name)) is { } one && names.FirstOrDefault(isCut) is { } other ? (one, other) : null;
    }

    /// <summary>A * takes as few characters as it can; where what follows does not fit, the last * takes one more.</summary>
    static bool Matches(string pattern, string name)
    {
        int p = 0, n = 0, star = -1, resumed = 0;
        while (n < name.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
                (star, resumed) = (p++, n);
            else if (p < pattern.Length && pattern[p] == name[n])
                (p, n) = (p + 1, n + 1);
            else if (star >= 0)
                (p, n) = (star + 1, ++resumed);
            else
                return false;
        }
        return pattern.AsSpan(p).IndexOfAnyExcept('*') < 0;
    }
}
