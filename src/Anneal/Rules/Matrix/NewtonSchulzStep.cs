namespace Anneal.RuleOptions;

/// <summary>One odd polynomial of a Newton–Schulz iteration: what it does to every singular value.</summary>
/// <remarks><code>p(s) = A·s + B·s³ + C·s⁵     for a matrix: X ← A·X + (B·S + C·S²)·X,  S = XXᵀ</code></remarks>
/// <param name="A">Slope at 0.</param>
/// <param name="B">Coefficient of s³.</param>
/// <param name="C">Coefficient of s⁵; 0 makes the step cubic and saves a product.</param>
[method: System.Text.Json.Serialization.JsonConstructor]
public readonly record struct NewtonSchulzStep(double A, double B, double C)
{
    /// <summary>Slope at 0.</summary>
    public double A { get; } = Require.Finite(A);

    /// <summary>Coefficient of s³.</summary>
    public double B { get; } = Require.Finite(B);

    /// <summary>Coefficient of s⁵; 0 makes the step cubic and saves a product.</summary>
    public double C { get; } = Require.Finite(C);

    /// <summary>The polynomial at a singular value.</summary>
    public double At(double s) => s * (A + s * s * (B + s * s * C));
}
