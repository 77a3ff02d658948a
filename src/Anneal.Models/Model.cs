using System.Text.Json.Serialization;

namespace Anneal.Models;

/// <summary>A family of functions to be fitted, and how their error is measured. A value without data: <see cref="On"/> brings the data in.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(LinearModel), "linear")]
[JsonDerivedType(typeof(AbsoluteModel), "absolute")]
[JsonDerivedType(typeof(LogisticModel), "logistic")]
[JsonDerivedType(typeof(SoftmaxModel), "softmax")]
[JsonDerivedType(typeof(Perceptron), "perceptron")]
public abstract record Model
{
    /// <summary>The loss of this model on these samples as a function of its weights.</summary>
    /// <exception cref="DataException">The samples have numbers for labels where the model tells classes apart, or the other way round.</exception>
    public abstract Problem On(Samples samples);

    internal static double Ridged(double ridge) => ridge >= 0 && double.IsFinite(ridge) ? ridge
        : throw new ArgumentOutOfRangeException(nameof(ridge), ridge, "Ridge must be a finite number, 0 or above.");

    internal static Samples Numbers(Samples samples, string model) => samples.Classes == 0 ? samples
        : throw new DataException($"{samples.Name}: {model} needs numbers for labels; '{samples.Target}' has {samples.Classes} classes.");

    internal static Samples Telling(Samples samples, string model, int? classes = null) =>
        samples.Classes == 0 ? throw new DataException($"{samples.Name}: {model} needs classes for labels; '{samples.Target}' has numbers.")
        : classes is int wanted && samples.Classes != wanted
            ? throw new DataException($"{samples.Name}: {model} tells {wanted} classes apart; '{samples.Target}' has {samples.Classes}.")
        : samples;
}

/// <summary>Least squares: <c>f(w, b) = 1/(2n) Σ (wᵀx + b − y)² + ½·Ridge·‖w‖²</c>. With a ridge it is ridge regression; the intercept b is not pulled.</summary>
/// <remarks>Start: all weights 0.</remarks>
/// <param name="Ridge">Strength of the pull towards 0.</param>
/// <param name="Intercept">Whether there is a b.</param>
public sealed record LinearModel(double Ridge = 0, bool Intercept = true) : Model
{
    /// <summary>Strength of the pull towards 0.</summary>
    public double Ridge { get; } = Ridged(Ridge);

    public override Problem On(Samples samples) => new(Numbers(samples, "least squares"), LossKind.Squared, [], Activation.Identity, Ridge, Intercept);
}

/// <summary>Least absolute errors: <c>f(w, b) = 1/n Σ |wᵀx + b − y| + ½·Ridge·‖w‖²</c>. Convex, not smooth; where an error is 0 the subgradient 0 is taken.</summary>
/// <inheritdoc cref="LinearModel"/>
public sealed record AbsoluteModel(double Ridge = 0, bool Intercept = true) : Model
{
    /// <summary>Strength of the pull towards 0.</summary>
    public double Ridge { get; } = Ridged(Ridge);

    public override Problem On(Samples samples) => new(Numbers(samples, "absolute loss"), LossKind.Absolute, [], Activation.Identity, Ridge, Intercept);
}

/// <summary>Two classes: <c>f(w, b) = 1/n Σ log(1 + exp(−s·(wᵀx + b))) + ½·Ridge·‖w‖²</c>, s = 1 for class 1 and −1 for class 0.</summary>
/// <inheritdoc cref="LinearModel"/>
public sealed record LogisticModel(double Ridge = 0, bool Intercept = true) : Model
{
    /// <summary>Strength of the pull towards 0.</summary>
    public double Ridge { get; } = Ridged(Ridge);

    public override Problem On(Samples samples) => new(Telling(samples, "logistic regression", 2), LossKind.Logistic, [], Activation.Identity, Ridge, Intercept);
}

/// <summary>Several classes: <c>f(W, b) = 1/n Σ (log Σ_c exp(z_c) − z_label) + ½·Ridge·‖W‖²</c>, z = W·x + b with one row of W for each class.</summary>
/// <inheritdoc cref="LinearModel"/>
public sealed record SoftmaxModel(double Ridge = 0, bool Intercept = true) : Model
{
    /// <summary>Strength of the pull towards 0.</summary>
    public double Ridge { get; } = Ridged(Ridge);

    public override Problem On(Samples samples) => new(Telling(samples, "softmax regression"), LossKind.Softmax, [], Activation.Identity, Ridge, Intercept);
}

/// <summary>A multilayer perceptron: <c>h₀ = x, h_l = φ(W_l·h_{l−1} + b_l), z = W_L·h_{L−1} + b_L</c>, L = hidden layers + 1.</summary>
/// <remarks>
/// On classes the loss is softmax's, on numbers half the mean square, each with <c>½·Ridge·Σ‖W_l‖²</c>. Start: biases 0, weights uniform on ±√(6/(in + out))
/// (Glorot and Bengio, 2010), with ReLU on ±√(6/in) (He and others, 2015). With <see cref="Activation.Identity"/> it is one affine map, told by
/// <see cref="Problem.AsAffineMap"/>.
/// </remarks>
/// <param name="Hidden">Units of each hidden layer, first to last.</param>
/// <param name="Activation">φ</param>
/// <param name="Ridge">Strength of the pull towards 0.</param>
[method: JsonConstructor]
public sealed record Perceptron(IReadOnlyList<int> Hidden, Activation Activation = Activation.Tanh, double Ridge = 0) : Model
{
    /// <summary>One hidden layer.</summary>
    public Perceptron(int hidden, Activation activation = Activation.Tanh) : this([hidden], activation)
    {
    }

    /// <summary>Units of each hidden layer, first to last.</summary>
    public IReadOnlyList<int> Hidden { get; } = Hidden is null ? throw new ArgumentNullException(nameof(Hidden)) : Hidden.All(units => units > 0) ? [.. Hidden]
        : throw new ArgumentOutOfRangeException(nameof(Hidden), string.Join(", ", Hidden), "Hidden must be numbers above 0.");

    /// <summary>φ</summary>
    public Activation Activation { get; } = Enum.IsDefined(Activation) ? Activation
        : throw new ArgumentOutOfRangeException(nameof(Activation), Activation, $"Activation must be one of {string.Join(", ", Enum.GetNames<Activation>())}.");

    /// <summary>Strength of the pull towards 0.</summary>
    public double Ridge { get; } = Ridged(Ridge);

    public override Problem On(Samples samples) =>
        new(samples, samples.Classes > 0 ? LossKind.Softmax : LossKind.Squared, [.. Hidden], Activation, Ridge, intercept: true);

    public bool Equals(Perceptron? other) =>
        other is not null && Activation == other.Activation && Ridge == other.Ridge && Hidden.SequenceEqual(other.Hidden);

    public override int GetHashCode() => HashCode.Combine(Activation, Ridge, Hidden.Count, Hidden.FirstOrDefault());
}
