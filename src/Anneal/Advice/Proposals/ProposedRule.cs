namespace Anneal.Advice;

/// <summary>The rule that the decided numbers make.</summary>
static class ProposedRule
{
    public static Rule? Of(Consultation decided, IReadOnlyList<AdvisedGroup> groups)
    {
        double decay = decided["decay"] ?? 0;
        // A rule asks only for what its rows in the table of moments give.
        double beta1 = Told("beta1"), beta2 = Told("beta2"), epsilon = Told("epsilon"), momentum = Told("momentum"), rho = Told("rho");
        Rule? core = decided.Word("optimizer") switch
        {
            "sgd" => new Sgd(decay),
            "momentum" => new Momentum(momentum, Decay: decay),
            "nesterov" => new Momentum(momentum, Nesterov: true, Decay: decay),
            "adam" => new Adam(beta1, beta2, epsilon, decay),
            "adamW" => new AdamW(beta1, beta2, epsilon, decay),
            "lion" => new Lion(beta1, beta2, decay),
            // The form whose rate and decay are AdamW's.
            "muon" => new Muon(momentum, Decay: decay, VectorRate: 1, Scale: MatrixScale.RootLonger, ScaleFactor: 0.2, Vectors: new Adam(beta1, beta2, epsilon)),
            "lamb" => new Lamb(beta1, beta2, epsilon, decay),
            // Published decays of these are in the gradient, as in PyTorch.
            "rmsProp" => decay > 0 ? new WeightDecay(new RmsProp(rho, epsilon), decay, DecayForm.L2) : new RmsProp(rho, epsilon),
            "adaGrad" => decay > 0 ? new WeightDecay(new AdaGrad(epsilon), decay, DecayForm.L2) : new AdaGrad(epsilon),
            "lbfgs" => new Lbfgs(LineSearch: true),
            _ => null,
        };
        if (core is null)
            return null;
        Rule grouped = groups.Count > 0 ? new ParameterGroups(core, [.. groups.Select(g => g.Group)]) : core;
        return decided["clipping"] is > 0 and var norm ? new ClipByGlobalNorm(grouped, norm) : grouped;

        double Told(string item) => decided[item] ?? double.NaN;
    }
}

/// <summary>The schedule that the decided numbers make.</summary>
static class ProposedSchedule
{
    /// <summary>The part of a run over which a level rate comes down.</summary>
    const double Cooldown = 0.2;

    public static Schedule? Of(Consultation decided, double updates)
    {
        if (decided["peak"] is not { } peak || decided.Word("schedule") is not { } shape)
            return null;
        double climb = decided["warm-up"] ?? 0, left = updates - climb, floor = decided["floor"] ?? 0;
        if (shape == "wsd")
            return new WarmupStableDecay(peak, updates, climb, Math.Min(left, Math.Round(Cooldown * updates)), floor, Shape: Easing.OneMinusSqrt);
        Schedule after = shape switch
        {
            "cosine" => new CosineDecay(peak, left, floor),
            "linear" => new LinearDecay(peak, left, floor),
            "inverseSqrt" => new InverseSqrtDecay(peak, Math.Max(1, climb)),
            "steps" => Steps(1.0 / 3, 2.0 / 3, 8.0 / 9),
            "lateSteps" => Steps(2.0 / 3, 8.0 / 9),
            "constant" => new Constant(peak),
            _ => throw new FormatException($"There is no shape '{shape}' in the table of schedules."),
        };
        return climb == 0 ? after : after is Segment segment ? new Warmup(peak, climb).Then(segment) : new Warmup(peak, climb).Then(after);

        // Those that a long warm-up has passed already are left out.
        MultiStep Steps(params double[] shares) => new(peak, [.. shares.Select(share => Math.Round(share * updates) - climb).Where(after => after > 0).Distinct()]);
    }
}
