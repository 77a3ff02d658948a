namespace Anneal.Frameworks;

/// <summary>How a formula of the step is written in one Python library.</summary>
/// <param name="Where">A choice: of a condition and two values.</param>
/// <param name="Call">A function by its plain name: sin, cos, exp, floor, ceil, sqrt, minimum, maximum, power.</param>
/// <param name="Eager">Both branches of a choice are computed, so neither may fail outside its range.</param>
sealed record Dialect(Func<string, string, string, string> Where, Func<string, string[], string> Call, bool Eager)
{
    /// <summary>Plain Python with <c>math</c>.</summary>
    public static Dialect Python { get; } = new(
        (condition, yes, no) => $"({yes} if {condition} else {no})",
        (name, arguments) => name switch
        {
            "minimum" => $"min({string.Join(", ", arguments)})",
            "maximum" => $"max({string.Join(", ", arguments)})",
            "power" => $"({arguments[0]}) ** {arguments[1]}",
            _ => $"math.{name}({arguments[0]})",
        },
        Eager: false);

    /// <summary>Arrays of JAX.</summary>
    public static Dialect Jax { get; } = new(
        (condition, yes, no) => $"jnp.where({condition}, {yes}, {no})",
        (name, arguments) => $"jnp.{name}({string.Join(", ", arguments)})",
        Eager: true);

    /// <summary>Tensors of Keras.</summary>
    public static Dialect Keras { get; } = new(
        (condition, yes, no) => $"ops.where({condition}, {yes}, {no})",
        (name, arguments) => $"ops.{name}({string.Join(", ", arguments)})",
        Eager: true);
}
