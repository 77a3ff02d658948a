using Anneal.Advice;
using Anneal.Experiments;
using Anneal.Models;

namespace Anneal.Cli;

/// <summary>What a rate is looked for: the runs of a spec, from any seed.</summary>
/// <param name="Name">What tables call it.</param>
/// <param name="Rule">How its weights follow the gradient.</param>
/// <param name="Batch">Samples in an update.</param>
/// <param name="Start">The run of a seed; every call begins from the same weights and the same batches.</param>
/// <param name="Sweep">The sweep it is a method of; null for a run of <c>anneal train</c>.</param>
/// <param name="Method">That method; null for a run.</param>
internal sealed record RateSubject(string Name, Rule Rule, double Batch, Func<ulong, RangeRun> Start, SweepSpec? Sweep, Method? Method)
{
    /// <summary>What to do where there is no file.</summary>
    public const string ToBeginWith = "A run to begin with: anneal train template > run.json; a sweep: anneal sweep template example > sweep.json.";

    /// <summary>
    /// What advice calls its rule, and what one of its rates is multiplied by to be one of the form that is advised; null where there is no advice for it, or where no one factor does it.
    /// </summary>
    public (string Optimizer, double Factor)? Advised => Named(Rule);

    static (string, double)? Named(Rule rule) => rule switch
    {
        // What leaves a usual step as it is.
        ClipByGlobalNorm or ClipByNorm or ClipByValue or AdaptiveGradientClip or ApplyIfFinite or DynamicLossScale or KahanWeights or MasterWeights or RoundedWeights
            or ExponentialMovingAverage or StochasticWeightAveraging or WeightDecay => Named(((Wrapper)rule).Inner),
        ParameterGroups groups when groups.Groups.All(g => g is { RateFactor: 1, Rate: null, Momentum: null, Rule: null }) => Named(groups.Inner),
        Wrapper => null,
        Momentum momentum => (momentum.Nesterov ? "nesterov" : "momentum", Length(momentum) * (1 - UsualMomentum)),
        Nesterov { Variant: NesterovVariant.Correct } nesterov => ("nesterov", (1 - UsualMomentum) / (1 - nesterov.Beta)),
        Nesterov or Lion { AsPrinted: true } or AdaGrad { RateDecay: not 0 } or RmsProp { Momentum: not 0 } => null,
        // Two scales of a matrix are two units.
        Muon { Scale: not MatrixScale.RootLonger } or Muon { ScaleFactor: not 0.2 } or Muon { VectorRate: not 1 } => null,
        _ => RuleJson.NameOf(rule) is var name && Adviser.Optimizers.Contains(name) ? (name, 1) : null,
    };

    /// <summary>The momentum that is advised.</summary>
    const double UsualMomentum = 0.9;

    /// <summary>A step under a steady gradient, over the rate times that gradient.</summary>
    static double Length(Momentum rule)
    {
        double memory = rule.Form == MomentumForm.Average ? 1 : (rule.Form == MomentumForm.Gradients ? 1 - rule.Dampening : 1) / (1 - rule.Beta);
        return rule.Nesterov ? 1 + rule.Beta * memory : memory;
    }

    /// <summary>Reads a run of <c>anneal train</c>, or a sweep and the name of one of its methods.</summary>
    /// <exception cref="UsageException">There is no such file or method, it is neither, or its rule finds its own step.</exception>
    public static RateSubject Read(string file, string? method)
    {
        var subject = Of(file, method);
        return subject.Rule is not Lbfgs { LineSearch: true } ? subject
            : throw new UsageException($"{subject.Name}: there is no rate to find, since L-BFGS with a line search finds its own step. Name a method whose rule has a rate, such as momentum.");
    }

    static RateSubject Of(string file, string? method)
    {
        string text = Input.Text(file, ToBeginWith), name = Path.GetFileNameWithoutExtension(file);
        string folder = Input.Folder(file);
        if (!text.Contains("\"methods\"", StringComparison.Ordinal))
        {
            if (method is not null)
                throw new UsageException($"--method is for sweeps; {file} is a run.");
            var spec = SpecFile.Read(file, () => TrainJson.Read(text, folder));
            return new(name, spec.Recipe.Rule, spec.Recipe.BatchSize, seed => (schedule, steps, cancel) => new TransformerTraining(spec.Recipe with { Schedule = schedule, Seed = spec.Recipe.Seed + seed }, spec.Data.Training).Run(steps, cancel: cancel), null, null);
        }
        var sweep = SpecFile.Read(file, () => SweepJson.ReadSweep(text, folder));
        var chosen = method is null ? sweep.Methods[0] : sweep.Methods.FirstOrDefault(m => m.Name == method)
            ?? throw new UsageException($"{file} has no method '{method}'; it has {string.Join(", ", sweep.Methods.Select(m => m.Name))}.");
        return new($"{name}, {chosen.Name}", chosen.Rule, AdviceBase.Of(sweep.Setting).Batch!.Value, RangeRuns.Of(sweep.Setting, chosen.Rule), sweep, chosen);
    }
}
