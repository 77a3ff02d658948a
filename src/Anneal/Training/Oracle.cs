namespace Anneal;

/// <summary>Loss at a point; its gradient is written into <paramref name="gradient"/>.</summary>
public delegate double Oracle(ReadOnlySpan<double> weights, Span<double> gradient);
