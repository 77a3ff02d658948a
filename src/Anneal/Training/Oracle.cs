namespace Anneal;

/// <summary>Loss at a point; its gradient is written into <paramref name="gradient"/>.</summary>
public delegate double Oracle(ReadOnlySpan<double> weights, Span<double> gradient);

/// <summary>Loss at a point in another precision; its gradient is written into <paramref name="gradient"/>.</summary>
/// <typeparam name="T">The format of the numbers.</typeparam>
public delegate double Oracle<T>(ReadOnlySpan<T> weights, Span<T> gradient);
