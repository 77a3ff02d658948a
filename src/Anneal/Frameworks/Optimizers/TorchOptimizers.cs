namespace Anneal.Frameworks;

/// <summary>Reads the optimizers of PyTorch (<c>torch.optim</c>, 2.6).</summary>
static class TorchOptimizers
{
    public static IReadOnlyList<string> Names { get; } =
        ["SGD", "Adagrad", "Adadelta", "RMSprop", "Adam", "AdamW", "Adamax", "NAdam", "RAdam", "ASGD", "Rprop", "Adafactor", "LBFGS", "Muon"];

    public static ReadRule Read(string name, Parameters p)
    {
        p.Ignore("foreach", "capturable", "differentiable", "fused");
        var read = name switch
        {
            "SGD" => Sgd(p),
            "Adagrad" => Adagrad(p),
            "Adadelta" => new(new AdaDelta(p.Number("rho", 0.9), p.Number("eps", 1e-6)).Decayed(p.Number("weight_decay", 0), DecayForm.L2), p.Number("lr", 1)),
            "RMSprop" => RmsProp(p),
            "Adam" => Adam(p, decay: p.Number("weight_decay", 0), DecayForm.L2),
            "AdamW" => Adam(p, decay: p.Number("weight_decay", 0.01), DecayForm.Decoupled),
            "Adamax" => Adamax(p),
            "NAdam" => NAdam(p),
            "RAdam" => RAdam(p),
            "ASGD" => Asgd(p),
            "Rprop" => Rprop(p),
            "Adafactor" => Adafactor(p),
            "LBFGS" => Lbfgs(p),
            "Muon" => MatrixOptimizers.Torch(p),
            _ => throw p.Unknown(TorchImport.Framework, name, Names),
        };
        return p.Flag("maximize", false) ? read with { Rule = new Maximize(read.Rule) } : read;
    }

    static ReadRule Sgd(Parameters p)
    {
        double momentum = p.Number("momentum", 0), dampening = p.Number("dampening", 0), decay = p.Number("weight_decay", 0), rate = p.Number("lr", 1e-3);
        bool nesterov = p.Flag("nesterov", false);
        if (nesterov && (momentum <= 0 || dampening != 0))
            throw p.Refuse("nesterov", "needs a momentum and no dampening");
        // A scheduler may move the momentum away from 0 later, so the memory is kept in any case.
        return new(new Momentum(momentum, dampening, nesterov, decay), rate);
    }

    static ReadRule Adagrad(Parameters p) => new(
        new AdaGrad(p.Number("eps", 1e-10), p.Number("initial_accumulator_value", 0), p.Number("lr_decay", 0))
            .Decayed(p.Number("weight_decay", 0), DecayForm.L2), p.Number("lr", 0.01));

    static ReadRule RmsProp(Parameters p) => new(
        new RmsProp(p.Number("alpha", 0.99), p.Number("eps", 1e-8), Centered: p.Flag("centered", false), Momentum: p.Number("momentum", 0))
            .Decayed(p.Number("weight_decay", 0), DecayForm.L2), p.Number("lr", 0.01));

    static ReadRule Adam(Parameters p, double decay, DecayForm form)
    {
        double[] β = p.Several("betas", 0.9, 0.999);
        var adam = new Adam(β[0], β[1], p.Number("eps", 1e-8), Amsgrad: p.Flag("amsgrad", false) ? Amsgrad.Raw : Amsgrad.Off);
        return new(adam.Decayed(decay, form), p.Number("lr", 1e-3));
    }

    static ReadRule Adamax(Parameters p)
    {
        double[] β = p.Several("betas", 0.9, 0.999);
        return new(new Adamax(β[0], β[1], p.Number("eps", 1e-8)).Decayed(p.Number("weight_decay", 0), DecayForm.L2), p.Number("lr", 2e-3));
    }

    static DecayForm Form(Parameters p) => p.Flag("decoupled_weight_decay", false) ? DecayForm.Decoupled : DecayForm.L2;

    static ReadRule NAdam(Parameters p)
    {
        double[] β = p.Several("betas", 0.9, 0.999);
        return new(new NAdam(β[0], β[1], p.Number("eps", 1e-8), p.Number("momentum_decay", 4e-3)).Decayed(p.Number("weight_decay", 0), Form(p)), p.Number("lr", 2e-3));
    }

    static ReadRule RAdam(Parameters p)
    {
        double[] β = p.Several("betas", 0.9, 0.999);
        return new(new RAdam(β[0], β[1], p.Number("eps", 1e-8)).Decayed(p.Number("weight_decay", 0), Form(p)), p.Number("lr", 1e-3));
    }

    static ReadRule Asgd(Parameters p) => new(
        new Asgd(p.Number("lambd", 1e-4), p.Number("alpha", 0.75), p.Number("t0", 1e6)).Decayed(p.Number("weight_decay", 0), DecayForm.L2), p.Number("lr", 0.01));

    static ReadRule Rprop(Parameters p)
    {
        double[] η = p.Several("etas", 0.5, 1.2), steps = p.Several("step_sizes", 1e-6, 50);
        return new(new Rprop(η[0], η[1], steps[0], steps[1]), p.Number("lr", 0.01));
    }

    static ReadRule Adafactor(Parameters p)
    {
        // Left out, the first is the distance from 1 to the next number.
        var (first, second) = (Math.BitIncrement(1.0) - 1, 1e-3);
        if (p.Given("eps", out var given) && given.ValueKind == System.Text.Json.JsonValueKind.Array && given.GetArrayLength() == 2)
        {
            first = ForeignNumber.TryRead(given[0], out double e1) ? e1 : first;
            second = ForeignNumber.TryRead(given[1], out double e2) ? e2 : throw p.Refuse("eps[1]", "must be a number");
        }
        return new(
            new Adafactor(-p.Number("beta2_decay", -0.8), Epsilon: first, EpsilonIsFloor: true, ClippingThreshold: p.Number("d", 1), ScaleFloor: second, Decay: p.Number("weight_decay", 0)),
            p.Number("lr", 0.01));
    }

    static ReadRule Lbfgs(Parameters p)
    {
        int inner = p.Count("max_iter", 1, 20);
        var search = p.Given("line_search_fn", out var f) && f.ValueKind == System.Text.Json.JsonValueKind.String
            ? p.Word("line_search_fn", "strong_wolfe", "strong_wolfe") : null;
        double? most = p.NumberOrNone("max_eval");
        return new(new Lbfgs(
            inner, (int)(most ?? Math.Floor(inner * 5 / 4.0)), p.Number("tolerance_grad", 1e-7), p.Number("tolerance_change", 1e-9),
            p.Count("history_size", 1, 100), search is not null), p.Number("lr", 1));
    }
}
