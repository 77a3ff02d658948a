namespace Anneal;

/// <summary>A number without a unit for every step, by which a rate may be multiplied.</summary>
/// <remarks>
/// Any schedule may be read as a factor, but only by saying so: the product of two rates would be a rate squared,
/// so <c>rate * rate</c> does not compile and <c>rate * other.AsFactor()</c> does.
/// </remarks>
/// <param name="Values">The factor at every step.</param>
public sealed record Factor(Schedule Values)
{
    /// <summary>The factor at every step.</summary>
    public Schedule Values { get; } = Require.Shallow(Values);

    /// <summary>The same factor at every step: finite, 0 or above.</summary>
    public static Factor Of(double value) => new(new Constant(value));

    /// <summary>The factor of the update that follows <paramref name="step"/> updates.</summary>
    public double At(double step) => Values.At(step);

    /// <summary>The rate times the factor at every step.</summary>
    public static Schedule operator *(Schedule whole, Factor factor) => new Product(whole, factor);

    /// <summary>The rate times the factor at every step.</summary>
    public static Schedule operator *(Factor factor, Schedule whole) => new Product(whole, factor);

    /// <summary>Both factors at every step.</summary>
    public static Factor operator *(Factor one, Factor other) => new(new Product(one.Values, other));
}
