using System.Text.Json;

namespace Anneal.Frameworks;

/// <summary>A rule run on a problem, its weights kept at chosen steps.</summary>
public static class TrainingRun
{
    /// <summary>The weights after each of the chosen numbers of steps: <c>checkpoints</c>, and what else the rule keeps.</summary>
    /// <param name="imported">The rule and its rates.</param>
    /// <param name="problem">What it minimises.</param>
    /// <param name="start">The weights before the first step.</param>
    /// <param name="steps">Numbers of steps after which they are kept.</param>
    /// <param name="shape">The shape of the weights, unless the problem has one.</param>
    /// <param name="initialState">Remembered numbers to begin with, by their names, for a rule that starts from a drawn state.</param>
    /// <param name="beforeGradient">Called before each gradient with the steps made so far; what it throws ends the run.</param>
    /// <remarks>
    /// A run that blows up goes on, as it does in the frameworks, and what is no number is given as such, unless the rule is <see cref="ApplyIfFinite"/>.
    /// Schedule-free rules also give <c>checkpoints_eval</c> (x, the average) and <c>checkpoints_z</c>; <see cref="Asgd"/> its average as <c>checkpoints_ax</c>.
    /// </remarks>
    public static IReadOnlyDictionary<string, IReadOnlyDictionary<long, double[]>> Of(
        ImportedRule imported, TrainingProblem problem, double[] start, IReadOnlyList<long> steps, IReadOnlyList<int>? shape = null,
        IReadOnlyDictionary<string, double[]>? initialState = null, Action<long>? beforeGradient = null)
    {
        if (problem.Dimension is int wanted && wanted != start.Length)
            throw new RuleFormatException($"$.start: must have {wanted} numbers for this problem, not {start.Length}.");
        var layout = Shaped(shape ?? problem.Shape ?? [start.Length]);
        if (layout.Count != start.Length)
            throw new RuleFormatException($"$.shape: holds {layout.Count} numbers, but start has {start.Length}.");
        var state = Started(imported.Rule, layout);
        foreach (var (name, values) in initialState ?? new Dictionary<string, double[]>())
            Remembered(state, name, values);
        double[] weights = [.. start];
        var series = new Dictionary<string, Dictionary<long, double[]>> { ["checkpoints"] = [] };
        var inner = Innermost(imported.Rule);
        if (inner is ScheduleFree)
            (series["checkpoints_eval"], series["checkpoints_z"]) = ([], []);
        if (inner is Asgd)
            series["checkpoints_ax"] = [];
        var chosen = steps.ToHashSet();
        long last = chosen.DefaultIfEmpty().Max(), step = 0;
        var trace = new Training(imported.Rule, imported.Rate, (w, g) =>
        {
            beforeGradient?.Invoke(step);
            var gradient = new double[g.Length];
            double loss = problem.Ask(w, gradient, step);
            gradient.CopyTo(g);
            return loss;
        })
        {
            NextBatch = taken => Keep(step = taken),
            Options = _ => OptionsAt(step),
            Records = _ => false,
            StopsAtNonFinite = false,
        }.Run(weights, last, layout, state);
        if (trace.Stopped is { } stopped)
            throw new InvalidOperationException(stopped);
        Keep(last);
        return series.ToDictionary(s => s.Key, s => (IReadOnlyDictionary<long, double[]>)s.Value);

        StepOptions OptionsAt(long t)
        {
            try
            {
                return imported.At(t);
            }
            catch (ArgumentException refused)
            {
                throw new RuleFormatException($"$: no update can follow step {t}: {JsonReason.Plain(refused)}.", refused);
            }
        }

        void Keep(long t)
        {
            if (!chosen.Contains(t))
                return;
            series["checkpoints"][t] = [.. weights];
            foreach (var (name, points) in series)
                if (name == "checkpoints_z")
                    points[t] = t == 0 ? [.. weights] : state["z"];
                else if (name != "checkpoints")
                    imported.Rule.GetEvaluationWeights(state, weights, points[t] = new double[weights.Length]);
        }
    }

    /// <summary>Reads the state to begin with: an object of lists, each under the name of what is remembered, such as <c>{"Q": [1, 0], "Q_shape": [2, 1]}</c>; shapes are not needed.</summary>
    /// <exception cref="RuleFormatException">It is not such an object.</exception>
    public static IReadOnlyDictionary<string, double[]> InitialState(JsonElement state, string path = "$.initial_state")
    {
        if (state.ValueKind != JsonValueKind.Object)
            throw new RuleFormatException($"{path}: must be an object of lists of numbers.");
        return state.EnumerateObject().Where(m => !m.Name.EndsWith("_shape", StringComparison.Ordinal)).DistinctBy(m => m.Name)
            .ToDictionary(m => m.Name, m => TrainingProblem.List(state, m.Name, path));
    }

    static void Remembered(RuleState state, string name, double[] values)
    {
        try
        {
            state.Set(name, values);
        }
        catch (ArgumentException refused)
        {
            throw new RuleFormatException($"$.initial_state.{Written.Short(name)}: {JsonReason.Plain(refused)}.", refused);
        }
    }

    static Layout Shaped(IReadOnlyList<int> shape)
    {
        try
        {
            return Layout.Of(shape);
        }
        catch (ArgumentException refused)
        {
            throw new RuleFormatException($"$.shape: {JsonReason.Plain(refused)}.", refused);
        }
    }

    static RuleState Started(Rule rule, Layout layout)
    {
        try
        {
            return rule.Start(layout);
        }
        catch (Exception refused) when (refused is ArgumentException or ArithmeticException)
        {
            throw new RuleFormatException($"$.shape: {rule.Kind} cannot start on {layout}: {JsonReason.Plain(refused)}.", refused);
        }
    }

    static Rule Innermost(Rule rule) => rule is Wrapper wrapper ? Innermost(wrapper.Inner) : rule;
}
