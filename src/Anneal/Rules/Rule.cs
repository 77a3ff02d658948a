using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;

namespace Anneal;

/// <summary>How weights follow their gradient. A value: hyper-parameters and nothing else.</summary>
/// <remarks>
/// A rule moves the weights in place, in one pass, and never keeps them: what must be remembered is in its <see cref="RuleState"/>, which
/// the caller holds. <see cref="Path(Schedule, Func{double[], double[]}, double[], int)"/> copies, so that teaching code sees values.
/// The learning rate comes from outside, step by step; weight decay is multiplied by it unless a rule says otherwise.
/// <para>
/// To add a rule: one file with a sealed record that names its memory in <see cref="Slots"/> (letters of the paper) and overrides
/// <see cref="Update"/>; the arithmetic stands once, in a struct on lanes (see <see cref="AdamW"/>), or, where a step is not one formula
/// per weight, in plain loops over <see cref="View{L}"/>s. Then its line in
/// Gallery.Rules, which brings the law tests with it, its name in the list of JSON types above this class, and, where other
/// frameworks have it, an entry in their importer (Frameworks/Optimizers/); all steps are in .github/CONTRIBUTING.md. Memory that starts from the weights is set when <c>pass.Step</c> is 1.
/// </para>
/// </remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type", UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FailSerialization)]
[JsonDerivedType(typeof(Sgd), "sgd")]
[JsonDerivedType(typeof(Momentum), "momentum")]
[JsonDerivedType(typeof(Nesterov), "nesterov")]
[JsonDerivedType(typeof(Preconditioned), "preconditioned")]
[JsonDerivedType(typeof(NewtonStep), "newton")]
[JsonDerivedType(typeof(AdaGrad), "adaGrad")]
[JsonDerivedType(typeof(AdaDelta), "adaDelta")]
[JsonDerivedType(typeof(RmsProp), "rmsProp")]
[JsonDerivedType(typeof(Adam), "adam")]
[JsonDerivedType(typeof(AdamAsPrinted), "adamAsPrinted")]
[JsonDerivedType(typeof(AdamW), "adamW")]
[JsonDerivedType(typeof(Adamax), "adamax")]
[JsonDerivedType(typeof(NAdam), "nAdam")]
[JsonDerivedType(typeof(RAdam), "rAdam")]
[JsonDerivedType(typeof(Asgd), "asgd")]
[JsonDerivedType(typeof(Rprop), "rprop")]
[JsonDerivedType(typeof(AdaBelief), "adaBelief")]
[JsonDerivedType(typeof(Yogi), "yogi")]
[JsonDerivedType(typeof(AdaBound), "adaBound")]
[JsonDerivedType(typeof(Adan), "adan")]
[JsonDerivedType(typeof(AdEMAMix), "adEMAMix")]
[JsonDerivedType(typeof(Adopt), "adopt")]
[JsonDerivedType(typeof(LaProp), "laProp")]
[JsonDerivedType(typeof(Madgrad), "madgrad")]
[JsonDerivedType(typeof(Ftrl), "ftrl")]
[JsonDerivedType(typeof(NovoGrad), "novoGrad")]
[JsonDerivedType(typeof(Mars), "mars")]
[JsonDerivedType(typeof(AdamP), "adamP")]
[JsonDerivedType(typeof(AdamMini), "adamMini")]
[JsonDerivedType(typeof(StableAdamW), "stableAdamW")]
[JsonDerivedType(typeof(AdamAtan2), "adamAtan2")]
[JsonDerivedType(typeof(Adafactor), "adafactor")]
[JsonDerivedType(typeof(Came), "came")]
[JsonDerivedType(typeof(Lion), "lion")]
[JsonDerivedType(typeof(Lars), "lars")]
[JsonDerivedType(typeof(Lamb), "lamb")]
[JsonDerivedType(typeof(SophiaG), "sophiaG")]
[JsonDerivedType(typeof(Prodigy), "prodigy")]
[JsonDerivedType(typeof(DAdaptSgd), "dAdaptSgd")]
[JsonDerivedType(typeof(DAdaptAdam), "dAdaptAdam")]
[JsonDerivedType(typeof(Muon), "muon")]
[JsonDerivedType(typeof(NorMuon), "norMuon")]
[JsonDerivedType(typeof(AdaMuon), "adaMuon")]
[JsonDerivedType(typeof(Dion), "dion")]
[JsonDerivedType(typeof(Dion2), "dion2")]
[JsonDerivedType(typeof(Scion), "scion")]
[JsonDerivedType(typeof(Shampoo), "shampoo")]
[JsonDerivedType(typeof(Soap), "soap")]
[JsonDerivedType(typeof(ScheduleFreeSgd), "scheduleFreeSgd")]
[JsonDerivedType(typeof(ScheduleFreeAdamW), "scheduleFreeAdamW")]
[JsonDerivedType(typeof(ScheduleFreeRAdam), "scheduleFreeRAdam")]
[JsonDerivedType(typeof(Lbfgs), "lbfgs")]
[JsonDerivedType(typeof(WeightDecay), "weightDecay")]
[JsonDerivedType(typeof(ClipByGlobalNorm), "clipByGlobalNorm")]
[JsonDerivedType(typeof(ClipByNorm), "clipByNorm")]
[JsonDerivedType(typeof(ClipByValue), "clipByValue")]
[JsonDerivedType(typeof(AdaptiveGradientClip), "adaptiveGradientClip")]
[JsonDerivedType(typeof(Maximize), "maximize")]
[JsonDerivedType(typeof(Cautious), "cautious")]
[JsonDerivedType(typeof(GradientScale), "gradientScale")]
[JsonDerivedType(typeof(VarianceReduced), "varianceReduced")]
[JsonDerivedType(typeof(RoundedWeights), "roundedWeights")]
[JsonDerivedType(typeof(KahanWeights), "kahanWeights")]
[JsonDerivedType(typeof(MasterWeights), "masterWeights")]
[JsonDerivedType(typeof(DynamicLossScale), "dynamicLossScale")]
[JsonDerivedType(typeof(GradientAccumulation), "gradientAccumulation")]
[JsonDerivedType(typeof(ExponentialMovingAverage), "exponentialMovingAverage")]
[JsonDerivedType(typeof(StochasticWeightAveraging), "stochasticWeightAveraging")]
[JsonDerivedType(typeof(Lookahead), "lookahead")]
[JsonDerivedType(typeof(ApplyIfFinite), "applyIfFinite")]
[JsonDerivedType(typeof(ParameterGroups), "parameterGroups")]
public abstract record Rule
{
    /// <summary>The rule by name; a wrapper names what it wraps. States of one kind do not fit another.</summary>
    internal virtual string Kind => GetType().Name;

    /// <summary>Whether the state is of this kind, without the strings.</summary>
    internal virtual bool Fits(RuleState state) => state.RuleType == GetType();

    /// <summary>What is remembered per weight or per tensor.</summary>
    protected internal virtual IReadOnlyList<Slot> Slots(Layout layout) => [];

    /// <summary>Whether its slots are only ever read and written by a formula on lanes; copying and filling them takes them for weights, which brief memory is not.</summary>
    [JsonIgnore]
    protected internal virtual bool RemembersOnLanes => true;

    /// <summary>
    /// Whether it keeps what it remembers apart from its room: formulas on lanes take the one as memory only and the other as weights only. Such a rule keeps
    /// memory in bfloat16 beside room in the format of the weights.
    /// </summary>
    internal virtual bool SeparatesRoom => false;

    /// <summary>
    /// True where a step takes the difference of remembered numbers: rounded to 8 significant bits each, they can differ by more than they should, even if
    /// rounding is right on average. Such a rule keeps its memory in bfloat16 only when asked for by name.
    /// </summary>
    [JsonIgnore]
    protected internal virtual bool SubtractsWhatItRemembers => false;

    /// <summary>What is remembered as single numbers, all 0 before the first step.</summary>
    [JsonIgnore]
    protected internal virtual IReadOnlyList<string> NumberNames => [];

    /// <summary>The rules inside, each with the tensors it is for.</summary>
    protected internal virtual IReadOnlyList<(Rule Rule, Layout Layout)> Parts(Layout layout) => [];

    /// <summary>Changes weights and memory by one step.</summary>
    protected internal abstract void Update<L>(in Pass<L> pass) where L : struct, ILane<L>;

    /// <summary>Turns the weights, where gradients are taken, into those to evaluate and to keep; most rules leave them as they are.</summary>
    protected internal virtual void GetEvaluationWeights<L>(in Pass<L> pass) where L : struct, ILane<L>
    {
    }

    /// <summary>The updates that so many steps make, if none is skipped: what <see cref="RuleState.Updates"/> comes to.</summary>
    internal virtual long UpdatesIn(long steps) => steps;

    /// <summary>The state before the first step.</summary>
    public RuleState Start(Layout layout, Precision precision = Precision.Double) => new(this, layout, precision);

    /// <summary>One step on 64-bit weights.</summary>
    /// <remarks>
    /// The numbers of the gradient are not looked at before they are used, as that would read it twice: a NaN or an infinity in it reaches
    /// the weights and the memory. <see cref="ApplyIfFinite"/> around the rule looks first, and <see cref="Training"/> ends a run before such a step.
    /// </remarks>
    /// <param name="state">What <see cref="Start"/> made and earlier steps filled.</param>
    /// <param name="weights">Changed in place.</param>
    /// <param name="gradient">The gradient at <paramref name="weights"/>.</param>
    /// <param name="options">The learning rate, and what else may vary from step to step.</param>
    public void Step(RuleState state, Span<double> weights, ReadOnlySpan<double> gradient, StepOptions options)
    {
        Check(state, weights.Length, gradient.Length, inDouble: true);
        Step(state, weights, gradient, options, oracle: null);
    }

    /// <summary>One step on 32-bit weights.</summary>
    /// <inheritdoc cref="Step(RuleState, Span{double}, ReadOnlySpan{double}, StepOptions)"/>
    public unsafe void Step(RuleState state, Span<float> weights, ReadOnlySpan<float> gradient, StepOptions options)
    {
        Check(state, weights.Length, gradient.Length, inDouble: false);
        fixed (float* w = weights, g = gradient)
        {
            if (state.Precision.IsBFloat16())
                Advance<WideBFloat16>(state, w, g, options, null);
            else if (options.Scalar)
                Advance<Scalar<float>>(state, w, g, options, null);
            else
                Advance<Wide<float>>(state, w, g, options, null);
        }
    }

    /// <summary>One step of a rule that may ask for loss and gradient at points of its own choice, such as a line search.</summary>
    /// <returns>The loss at the weights the step began with.</returns>
    public double Step(RuleState state, Span<double> weights, Oracle oracle, StepOptions options)
    {
        Check(state, weights.Length, weights.Length, inDouble: true);
        var gradient = state.Gradient ??= new double[weights.Length];
        double loss = oracle(weights, gradient);
        Step(state, weights, gradient, options, oracle);
        return loss;
    }

    /// <summary>One step from a gradient that is known already, of a rule that may ask for others: the training loop's, for both formats.</summary>
    internal void Step<T>(RuleState state, T[] weights, T[] gradient, Oracle? oracle, StepOptions options) where T : unmanaged
    {
        if (weights is float[] w && gradient is float[] g)
        {
            Step(state, w.AsSpan(), g.AsSpan(), options);
            return;
        }
        var (wide, slope) = ((double[])(object)weights, (double[])(object)gradient);
        Check(state, wide.Length, slope.Length, inDouble: true);
        Step(state, wide.AsSpan(), slope, options, oracle);
    }

    /// <inheritdoc cref="GetEvaluationWeights(RuleState, ReadOnlySpan{double}, Span{double})"/>
    internal void Evaluate<T>(RuleState state, T[] weights, T[] evaluated) where T : unmanaged
    {
        if (weights is float[] w)
            GetEvaluationWeights(state, w, ((float[])(object)evaluated).AsSpan());
        else
            GetEvaluationWeights(state, (double[])(object)weights, ((double[])(object)evaluated).AsSpan());
    }

    /// <summary>The weights to evaluate and to keep: the same ones for most rules, an average where the rule or a wrapper takes one.</summary>
    public unsafe void GetEvaluationWeights(RuleState state, ReadOnlySpan<double> weights, Span<double> evaluated)
    {
        Check(state, weights.Length, evaluated.Length, inDouble: true);
        weights.CopyTo(evaluated);
        fixed (double* w = evaluated)
            GetEvaluationWeights<Wide<double>>(new(state, new(w, evaluated.Length), new(w, evaluated.Length), 0, null));
    }

    /// <inheritdoc cref="GetEvaluationWeights(RuleState, ReadOnlySpan{double}, Span{double})"/>
    public unsafe void GetEvaluationWeights(RuleState state, ReadOnlySpan<float> weights, Span<float> evaluated)
    {
        Check(state, weights.Length, evaluated.Length, inDouble: false);
        weights.CopyTo(evaluated);
        fixed (float* w = evaluated)
        {
            if (state.Precision.IsBFloat16())
                GetEvaluationWeights<WideBFloat16>(new(state, new(w, evaluated.Length), new(w, evaluated.Length), 0, null));
            else
                GetEvaluationWeights<Wide<float>>(new(state, new(w, evaluated.Length), new(w, evaluated.Length), 0, null));
        }
    }

    /// <summary>The weights before the first step and after each of the following, as they would be evaluated.</summary>
    /// <param name="schedule">Asked at the number of updates already made.</param>
    /// <param name="gradient">The gradient at a point.</param>
    /// <param name="start">The point before the first step.</param>
    /// <param name="steps">How many steps to take: one point fewer than are returned.</param>
    public IEnumerable<double[]> Path(Schedule schedule, Func<double[], double[]> gradient, double[] start, int steps)
    {
        ArgumentNullException.ThrowIfNull(start);
        var state = Start(Layout.Of(start.Length));
        double[] weights = [.. start];
        yield return [.. start];
        for (int i = 0; i < steps; i++)
        {
            Step(state, weights, gradient([.. weights]), schedule.At(state.Updates));
            yield return Evaluated(state, weights);
        }
    }

    /// <summary>As <see cref="Path(Schedule, Func{double[], double[]}, double[], int)"/>, for rules that also look at the loss or at other points.</summary>
    public IEnumerable<double[]> Path(Schedule schedule, Oracle oracle, double[] start, int steps)
    {
        ArgumentNullException.ThrowIfNull(start);
        var state = Start(Layout.Of(start.Length));
        double[] weights = [.. start];
        yield return [.. start];
        for (int i = 0; i < steps; i++)
        {
            Step(state, weights, oracle, schedule.At(state.Updates));
            yield return Evaluated(state, weights);
        }
    }

    double[] Evaluated(RuleState state, double[] weights)
    {
        var evaluated = new double[weights.Length];
        GetEvaluationWeights(state, weights, evaluated);
        return evaluated;
    }

    unsafe void Step(RuleState state, Span<double> weights, ReadOnlySpan<double> gradient, StepOptions options, Oracle? oracle)
    {
        fixed (double* w = weights, g = gradient)
        {
            if (options.Scalar)
                Advance<Scalar<double>>(state, w, g, options, oracle);
            else
                Advance<Wide<double>>(state, w, g, options, oracle);
        }
    }

    unsafe void Advance<L>(RuleState state, void* weights, void* gradient, StepOptions options, Oracle? oracle) where L : struct, ILane<L>
    {
        Update<L>(new(state, new(weights, state.Layout.Count), new(gradient, state.Layout.Count), options, oracle));
        state.Steps++;
    }

    void Check(RuleState state, int weights, int gradient, bool inDouble, [CallerArgumentExpression(nameof(state))] string name = "")
    {
        ArgumentNullException.ThrowIfNull(state, name);
        if (!Fits(state))
            throw new ArgumentException($"A state of {state.Kind} does not fit {Kind}.", name);
        if (state.Precision == Precision.Double != inDouble)
            throw new ArgumentException($"The state was made for {state.Precision} precision; the weights are in another.", name);
        if (weights != state.Layout.Count)
            throw new ArgumentException($"The state is for {state.Layout.Count} weights, not {weights}.", nameof(weights));
        if (gradient != weights)
            throw new ArgumentException($"The gradient has {gradient} numbers for {weights} weights.", nameof(gradient));
    }
}
