using System.Text.Json;
using Anneal.Objectives;

namespace Anneal.Live;

/// <summary>A test function of two numbers, as a map shows it.</summary>
/// <param name="Key">What a race calls it.</param>
/// <param name="Name">What readers call it.</param>
/// <param name="Formula">As LaTeX.</param>
/// <param name="Range">Left, right, bottom and top of the part worth drawing.</param>
/// <param name="Start">A customary point to start from.</param>
/// <param name="Minimum">The least value; null where none is known.</param>
/// <param name="Minimizers">Where it is reached.</param>
public sealed record FunctionAnswer(string Key, string Name, string Formula, IReadOnlyList<double> Range, IReadOnlyList<double> Start, double? Minimum, IReadOnlyList<double[]> Minimizers);

/// <summary>A rule with its own defaults.</summary>
/// <param name="Name">Its name in JSON.</param>
/// <param name="Json">The rule as JSON, all its members included.</param>
/// <param name="NeedsSettings">Whether its name alone does not say enough.</param>
public sealed record RuleAnswer(string Name, string Json, bool NeedsSettings);

/// <summary>What a page asks about optimizers: test functions, rules, and races between them.</summary>
public static class LiveRaces
{
    /// <summary>Digits of a number in words.</summary>
    const int Digits = 4;

    static readonly Dictionary<int, LiveRace> races = [];
    static int next;

    /// <summary>The functions of two numbers.</summary>
    public static IReadOnlyList<FunctionAnswer> Functions => field ??= [.. Gallery.Objectives.Where(o => o.PlotRange is not null).Select(o =>
    {
        var range = o.PlotRange!.Value;
        return new FunctionAnswer(Written.Camel(o.GetType().Name), o.Name, o.Formula, [range.Left, range.Right, range.Bottom, range.Top], o.Start, o.Minimum, o.Minimizers);
    })];

    /// <summary>The rules of the gallery that can move two numbers.</summary>
    public static IReadOnlyList<RuleAnswer> Rules => field ??= [.. Gallery.Rules.Select(rule => rule is Preconditioned ? new Preconditioned([1, 0.1]) : rule)
        .Select(rule => new RuleAnswer(RuleJson.NameOf(rule), RuleJson.Write(rule), NeedsSettings(RuleJson.NameOf(rule))))];

    static bool NeedsSettings(string name)
    {
        try
        {
            RuleJson.Read($$"""{"type": "{{name}}"}""");
            return false;
        }
        catch (FormatException)
        {
            return true;
        }
    }

    /// <summary>The values of a function on a grid over its range, row by row from the bottom.</summary>
    public static double[] Map(string function, int columns, int rows)
    {
        var objective = Function(function);
        var range = objective.PlotRange!.Value;
        var values = new double[columns * rows];
        for (int row = 0; row < rows; row++)
            for (int column = 0; column < columns; column++)
                values[row * columns + column] = objective.Value([
                    range.Left + (range.Right - range.Left) * column / (columns - 1),
                    range.Bottom + (range.Top - range.Bottom) * row / (rows - 1)]);
        return values;
    }

    /// <summary>The value at a point.</summary>
    public static double Value(string function, double x, double y) => Function(function).Value([x, y]);

    /// <summary>The largest curvature at a point, L: gradient descent at a fixed rate above 2/L moves away along its direction.</summary>
    public static double Curvature(string function, double x, double y)
    {
        double[,] hessian = Function(function).Hessian([x, y]);
        double middle = (hessian[0, 0] + hessian[1, 1]) / 2, half = (hessian[0, 0] - hessian[1, 1]) / 2;
        return middle + Math.Sqrt(half * half + hessian[0, 1] * hessian[1, 0]);
    }

    /// <summary>
    /// Above which fixed rate a rule moves away from a minimum of this curvature: 2/L for gradient descent, (2 + 2β)/L for momentum, and
    /// (2 + 2β)/((1 + 2β)·L) for Nesterov's; not a number for rules of which that is not known.
    /// </summary>
    /// <param name="rule">The rule as JSON.</param>
    /// <param name="curvature">L, above 0.</param>
    public static double LargestRate(string rule, double curvature) => RuleJson.Read(rule) switch
    {
        Sgd => 2 / curvature,
        Momentum { Nesterov: false, Dampening: 0, Decay: 0, Form: RuleOptions.MomentumForm.Gradients } momentum => (2 + 2 * momentum.Beta) / curvature,
        Momentum { Nesterov: true, Dampening: 0, Decay: 0, Form: RuleOptions.MomentumForm.Gradients } momentum => OfNesterov(momentum.Beta, curvature),
        Nesterov { Variant: RuleOptions.NesterovVariant.Correct } nesterov => OfNesterov(nesterov.Beta, curvature),
        _ => double.NaN,
    };

    static double OfNesterov(double beta, double curvature) => (2 + 2 * beta) / ((1 + 2 * beta) * curvature);

    /// <summary>The same in words, with the setting that it depends on; empty for rules of which it is not known.</summary>
    /// <inheritdoc cref="LargestRate"/>
    public static string LargestRateInWords(string rule, double curvature)
    {
        double largest = LargestRate(rule, curvature);
        if (!(largest > 0))
            return "";
        var read = RuleJson.Read(rule);
        double? beta = (read as Momentum)?.Beta ?? (read as Nesterov)?.Beta;
        string setting = beta is { } kept ? $" with β = {ReadableNumber.Of(kept, Digits)}" : "";
        return $"{RuleJson.NameOf(read)}{setting} below {ReadableNumber.Of(largest, Digits)}";
    }

    /// <summary>Begins a race and names it.</summary>
    /// <param name="json">As <see cref="LiveRace.Read"/> takes it.</param>
    public static int Begin(string json)
    {
        races[++next] = LiveRace.Read(json);
        return next;
    }

    /// <inheritdoc cref="LiveRace.Advance"/>
    public static double[] Advance(int race, int steps) => Begun(race).Advance(steps);

    /// <summary>Why each rule has stopped; empty for one that has not.</summary>
    public static string[] Stopped(int race) => [.. Begun(race).Stopped];

    /// <summary>Forgets a race.</summary>
    public static void End(int race) => races.Remove(race);

    static LiveRace Begun(int race) => races.GetValueOrDefault(race) ?? throw new ArgumentException($"There is no race {race}: it was never begun, or it has ended.");

    internal static Objective Function(string key) => Gallery.Objectives.FirstOrDefault(o => o.PlotRange is not null && Written.Camel(o.GetType().Name) == key)
        ?? throw new FormatException($"There is no function '{Written.Short(key)}' of two numbers; there are {string.Join(", ", Functions.Select(f => f.Key))}.");
}

/// <summary>Several rules on one function, which go on from where they are.</summary>
public sealed class LiveRace
{
    readonly List<Runner> runners = [];

    /// <summary>Why each rule has stopped; empty for one that has not.</summary>
    public IEnumerable<string> Stopped => runners.Select(r => r.Stopped ?? "");

    /// <summary>
    /// Reads <c>{"function": "rosenbrock", "start": [-1.2, 1], "noise": 0.1, "batch": 4, "seed": 1, "rules": [{"rule": {"type": "adamW"}, "rate": "cosine(0.1, 500)"}]}</c>.
    /// Without noise the gradients are exact; otherwise each of their numbers has the standard deviation noise / √batch. All rules see the same draws.
    /// </summary>
    /// <exception cref="FormatException">Something is missing or out of range; the message says what.</exception>
    public static LiveRace Read(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            var function = LiveRaces.Function(root.GetProperty("function").GetString() ?? "");
            double[] start = root.TryGetProperty("start", out var given) ? [.. given.EnumerateArray().Select(x => x.GetDouble())] : function.Start;
            double noise = Number(root, "noise", 0) / Math.Sqrt(Number(root, "batch", 1));
            ulong seed = (ulong)Number(root, "seed", 1);
            var race = new LiveRace();
            foreach (var entry in root.GetProperty("rules").EnumerateArray())
                race.runners.Add(new Runner(RuleJson.Read(entry.GetProperty("rule")), ScheduleNotation.ParseRate(entry.GetProperty("rate") is { ValueKind: JsonValueKind.Number } rate ? rate.GetRawText() : entry.GetProperty("rate").GetString() ?? ""), function, start, noise, seed));
            return race;
        }
        catch (Exception refused) when (refused is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException(JsonReason.NotJson(refused, "This race"), refused);
        }
        catch (ArgumentException refused)
        {
            throw new FormatException(JsonReason.Plain(refused) + ".", refused);
        }
    }

    /// <summary>Moves every rule on.</summary>
    /// <returns>For each rule the count of points it came to, and then x, y and the value of each: the weights to be evaluated, after every update.</returns>
    public double[] Advance(int steps) => [.. runners.SelectMany(runner => runner.Advance(steps))];

    static double Number(JsonElement root, string name, double otherwise) => root.TryGetProperty(name, out var value) ? value.GetDouble() : otherwise;

    sealed class Runner
    {
        readonly Training training;
        readonly RuleState state;
        readonly double[] weights;
        readonly List<double[]> points = [];
        readonly Objective function;

        public Runner(Rule rule, Schedule rate, Objective function, double[] start, double noise, ulong seed)
        {
            (this.function, weights) = (function, [.. start]);
            state = rule.Start(Layout.Of(weights.Length));
            var random = new SeededRandom(seed);
            double[] drawn = new double[weights.Length];
            training = new Training(rule, rate, (w, g) =>
            {
                function.Gradient(w, g);
                for (int i = 0; i < g.Length; i++)
                    g[i] += drawn[i];
                return function.Value(w);
            })
            {
                NextBatch = noise == 0 ? null : _ =>
                {
                    for (int i = 0; i < drawn.Length; i++)
                        drawn[i] = noise * random.Normal();
                },
                Metric = point =>
                {
                    points.Add(point);
                    return 0;
                },
            };
        }

        public string? Stopped { get; private set; }

        public IEnumerable<double> Advance(int steps)
        {
            points.Clear();
            if (Stopped is null)
                try
                {
                    Stopped = training.Run(weights, steps, state: state).Stopped;
                }
                catch (Exception refused) when (refused is InvalidOperationException or ArgumentException)
                {
                    Stopped = refused.Message;
                }
            return points.SelectMany(point => (double[])[point[0], point[1], function.Value(point)]).Prepend(points.Count);
        }
    }
}
