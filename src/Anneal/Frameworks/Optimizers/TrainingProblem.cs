using System.Text.Json;

namespace Anneal.Frameworks;

/// <summary>What a batch question asks a rule to minimise: loss and gradient at the weights, or a list of gradients given whatever the weights are.</summary>
/// <remarks>
/// <code>
/// {"type": "quadratic", "diagonal": [d], "linear": [b]}  ½ Σ dᵢxᵢ² − Σ bᵢxᵢ      {"type": "rosenbrock"}  (1−x)² + 100 (y−x²)²
/// {"type": "leastSquares", "a": [[…]], "b": [[…]]}  ½ ‖A·W − B‖²                 {"type": "gradients", "gradients": [[…], …]}
/// </code>
/// </remarks>
public sealed class TrainingProblem
{
    readonly Func<ReadOnlyMemory<double>, double[], long, double> ask;

    TrainingProblem(int? dimension, IReadOnlyList<int>? shape, Func<ReadOnlyMemory<double>, double[], long, double> ask) =>
        (Dimension, Shape, this.ask) = (dimension, shape, ask);

    /// <summary>How many weights there must be; null for any number.</summary>
    public int? Dimension { get; }

    /// <summary>The shape of the weights, where the problem itself has one.</summary>
    public IReadOnlyList<int>? Shape { get; }

    /// <summary>Loss at the weights, and the gradient of the update that follows <paramref name="steps"/> steps.</summary>
    public double Ask(ReadOnlySpan<double> weights, double[] gradient, long steps) => ask(weights.ToArray(), gradient, steps);

    /// <summary>Reads a problem.</summary>
    /// <exception cref="RuleFormatException">Something is unknown, missing or of the wrong size; the message says where.</exception>
    public static TrainingProblem Read(JsonElement problem, string path = "$.problem") => Text(problem, "type", path) switch
    {
        "quadratic" => Quadratic(List(problem, "diagonal", path), problem.TryGetProperty("linear", out _) ? List(problem, "linear", path) : null, path),
        "rosenbrock" => Of(new Rosenbrock(), null),
        "leastSquares" => Least(problem, "a", "b", path),
        "gradients" => Given(problem, path),
        var other => throw new RuleFormatException($"{path}.type: must be quadratic, rosenbrock, leastSquares or gradients, not {Written.Short(other)}."),
    };

    /// <summary>A problem as the golden file defines it.</summary>
    internal static TrainingProblem Golden(JsonElement problem) =>
        problem.TryGetProperty("d", out _) ? Of(new DiagonalQuadratic(List(problem, "d", "$"), List(problem, "b", "$")), null)
        : problem.TryGetProperty("A", out _) ? Least(problem, "A", "B", "$")
        : problem.TryGetProperty("gradients", out _) ? Given(problem, "$")
        : Of(new Rosenbrock(), null);

    static TrainingProblem Quadratic(double[] diagonal, double[]? linear, string path)
    {
        if (linear is not null && linear.Length != diagonal.Length)
            throw new RuleFormatException($"{path}.linear: must have {diagonal.Length} numbers, as many as diagonal, not {linear.Length}.");
        try
        {
            return Of(new DiagonalQuadratic(diagonal, linear), null);
        }
        catch (ArgumentException refused)
        {
            throw new RuleFormatException($"{path}: {JsonReason.Plain(refused)}.", refused);
        }
    }

    static TrainingProblem Of(Objective objective, IReadOnlyList<int>? shape) => new(objective.Dimension, shape, (w, g, _) =>
    {
        objective.Gradient(w.Span, g);
        return objective.Value(w.Span);
    });

    static TrainingProblem Least(JsonElement problem, string a, string b, string path)
    {
        double[][] left = Table(problem, a, path), right = Table(problem, b, path);
        if (left.Length == 0 || right.Length != left.Length)
            throw new RuleFormatException($"{path}.{b}: must have as many rows as a, {left.Length}, not {right.Length}.");
        int rows = left.Length, inner = left[0].Length, columns = right[0].Length;
        return new(inner * columns, [inner, columns], (w, g, _) =>
        {
            var weights = w.Span;
            double loss = 0;
            Array.Clear(g);
            for (int i = 0; i < rows; i++)
                for (int j = 0; j < columns; j++)
                {
                    double residual = -right[i][j];
                    for (int k = 0; k < inner; k++)
                        residual += left[i][k] * weights[k * columns + j];
                    loss += residual * residual / 2;
                    for (int k = 0; k < inner; k++)
                        g[k * columns + j] += left[i][k] * residual;
                }
            return loss;
        });
    }

    static TrainingProblem Given(JsonElement problem, string path)
    {
        var list = Member(problem, "gradients", path);
        double[][] gradients = [.. list.EnumerateArray().Select((g, k) => Flat(g, $"{path}.gradients[{k}]").ToArray())];
        if (gradients.Length == 0 || gradients[0].Length == 0 || gradients.Any(g => g.Length != gradients[0].Length))
            throw new RuleFormatException($"{path}.gradients: must be lists of the same length, at least one number.");
        var first = list[0];
        int[]? shape = first.ValueKind == JsonValueKind.Array && first[0].ValueKind == JsonValueKind.Array ? [first.GetArrayLength(), gradients[0].Length / first.GetArrayLength()] : null;
        if (shape is [var rows, var columns] && rows * columns != gradients[0].Length)
            throw new RuleFormatException($"{path}.gradients[0]: its rows must be of the same length.");
        return new(gradients[0].Length, shape, (_, g, steps) =>
        {
            if (steps >= gradients.Length)
                throw new RuleFormatException($"{path}.gradients: there are {gradients.Length}; step {steps + 1} has none.");
            gradients[steps].CopyTo(g, 0);
            return double.NaN;
        });
    }

    static IEnumerable<double> Flat(JsonElement value, string path) => value.ValueKind switch
    {
        JsonValueKind.Array => value.EnumerateArray().SelectMany((v, i) => Flat(v, $"{path}[{i}]")),
        _ when ForeignNumber.TryRead(value, out double number) => [number],
        _ => throw new RuleFormatException($"{path}: must be a number, not {Written.Short(value.ValueKind == JsonValueKind.Undefined ? "nothing" : value.GetRawText())}."),
    };

    internal static double[] List(JsonElement owner, string name, string path) => [.. Flat(Member(owner, name, path), $"{path}.{name}")];

    static double[][] Table(JsonElement owner, string name, string path)
    {
        double[][] rows = [.. Member(owner, name, path).EnumerateArray().Select((row, i) => Flat(row, $"{path}.{name}[{i}]").ToArray())];
        return rows.All(r => r.Length == rows[0].Length && r.Length > 0) ? rows
            : throw new RuleFormatException($"{path}.{name}: its rows must be of the same length, at least one number.");
    }

    static JsonElement Member(JsonElement owner, string name, string path) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array ? value
        : throw new RuleFormatException($"{path}.{name}: must be a list.");

    static string Text(JsonElement owner, string name, string path) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()!
        : throw new RuleFormatException($"{path}.{name}: must be a word.");
}
