namespace Anneal.Frameworks;

/// <summary>Reads the schedulers of PyTorch (<c>torch.optim.lr_scheduler</c>, 2.6).</summary>
static class TorchImport
{
    public const string Framework = "pytorch";

    public static IReadOnlyList<string> Names { get; } =
    [
        "ConstantLR", "LinearLR", "StepLR", "MultiStepLR", "ExponentialLR", "PolynomialLR", "CosineAnnealingLR", "CosineAnnealingWarmRestarts",
        "CyclicLR", "OneCycleLR", "SequentialLR", "ChainedScheduler", "ReduceLROnPlateau",
    ];

    public static Imported Read(string name, Parameters p, string? form)
    {
        var how = Form(form, p);
        if (name == "ReduceLROnPlateau")
            return new() { Framework = Framework, Scheduler = name, Feedback = TorchPlateau.Read(p) };

        double resumed = p.Whole("last_epoch", -1, standard: -1);
        p.Ignore("verbose");
        if (name is "SequentialLR" or "ChainedScheduler")
            return new() { Framework = Framework, Scheduler = name, Schedule = name == "SequentialLR" ? Sequential(p, p.Amount("lr"), resumed) : Chained(p, p.Amount("lr")) };

        Schedule? momentum = null;
        var recipe = Recipe(name, p, how == Asked.Epochs, ref momentum);
        double rate = recipe.OwnRate ? 0 : p.Amount("lr");
        p.Ignore("lr");
        p.Done();
        var schedule = how == Asked.Closed ? recipe.Closed(rate) : recipe.Stepped(rate);
        if (resumed >= 0)
        {
            if (how != Asked.Calls)
                throw p.Refuse("last_epoch", "can be resumed only in the chainable form");
            bool absolute = !recipe.Multiplies && name != "CosineAnnealingLR" && resumed < recipe.ResumesBelow;
            schedule = absolute ? schedule.Shift(-(resumed + 1)) : TorchSimulation.Of(name, p);
            momentum = momentum?.Shift(-(resumed + 1));
        }
        return new() { Framework = Framework, Scheduler = name, Schedule = schedule, Momentum = momentum };
    }

    /// <summary>The scheduler as it really runs, for <see cref="TorchSimulation"/>.</summary>
    public static TorchStepper Build(string name, Parameters p, TorchGroup group)
    {
        TorchStepper stepper;
        if (name == "SequentialLR")
        {
            var (children, milestones) = Children(p);
            stepper = new TorchSequential(group, p.Whole("last_epoch", -1, standard: -1), [.. children.Select(c => Begun(c, group))], milestones);
        }
        else if (name == "ChainedScheduler")
            stepper = new TorchChain(group, [.. Nested(p).Select(c => Begun(c, group))]);
        else
        {
            Schedule? momentum = null;
            stepper = Recipe(name, p, epochs: false, ref momentum).Build(group, p.Whole("last_epoch", -1, standard: -1));
            stepper.Begin();
        }
        return stepper;
    }

    enum Asked { Calls, Closed, Epochs }

    static Asked Form(string? form, Parameters p) => form switch
    {
        null => Asked.Calls,
        _ when form.StartsWith("chainable", StringComparison.Ordinal) => Asked.Calls,
        _ when form.StartsWith("closed form", StringComparison.Ordinal) => Asked.Closed,
        _ when form.StartsWith("fractional epoch", StringComparison.Ordinal) => Asked.Epochs,
        _ => throw Parameters.Refused(p.Path[..p.Path.LastIndexOf('.')] + ".form", $"must begin with chainable, closed form or fractional epoch, not {form}"),
    };

    static TorchRecipe Recipe(string name, Parameters p, bool epochs, ref Schedule? momentum) => name switch
    {
        "ConstantLR" => Constant(p),
        "LinearLR" => Linear(p),
        "StepLR" => Step(p),
        "MultiStepLR" => MultiStep(p),
        "ExponentialLR" => Exponential(p),
        "PolynomialLR" => Polynomial(p),
        "CosineAnnealingLR" => Cosine(p),
        "CosineAnnealingWarmRestarts" => WarmRestarts(p, epochs),
        "CyclicLR" => Cyclic(p, out momentum),
        "OneCycleLR" => TorchOneCycle.Read(p, out momentum),
        "LambdaLR" or "MultiplicativeLR" => throw Parameters.Refused(p.Path, $"{name} is made of a Python function, which a configuration cannot hold"),
        _ => throw Parameters.Refused(p.Path, $"{Written.Short(name)} is not a scheduler of {Framework}; known are {string.Join(", ", Names)}"),
    };

    static TorchRecipe Constant(Parameters p)
    {
        double factor = p.Number("factor", 1.0 / 3), total = p.Number("total_iters", 5);
        if (factor is < 0 or > 1)
            throw p.Refuse("factor", $"must lie between 0 and 1, not {ForeignNumber.Text(factor)}");
        // Stepped, the rate comes back by 1/factor on the call that equals total_iters, so with 0 iterations it never does.
        bool comesBack = total > 0 && total == Math.Floor(total);
        return new(
            lr => !comesBack ? new Constant(lr * factor)
                : factor > 0 ? Shapes.Jump(lr * factor, total, lr)
                : new Constant(0).For(Math.Max(total - 1, 0.5)).Strict(),
            lr => total <= 0 ? new Constant(lr) : Shapes.Jump(lr * factor, total, lr),
            (group, epoch) => new TorchConstant(group, epoch, factor, total))
        {
            Restarted = lr => total <= 0 ? new Constant(lr) : comesBack ? Shapes.Jump(lr * factor, total, lr) : new Constant(lr * factor),
            Breaks = comesBack && factor == 0,
        };
    }

    static TorchRecipe Linear(Parameters p)
    {
        double start = p.Number("start_factor", 1.0 / 3), end = p.Number("end_factor", 1), total = p.Number("total_iters", 5);
        if (start is <= 0 or > 1)
            throw p.Refuse("start_factor", $"must lie above 0 and be at most 1, not {ForeignNumber.Text(start)}");
        if (end is < 0 or > 1)
            throw p.Refuse("end_factor", $"must lie between 0 and 1, not {ForeignNumber.Text(end)}");
        Schedule Way(double lr) => total > 0 ? Shapes.Line(lr * start, lr * end, total)
            : throw p.Refuse("total_iters", "must be above 0: the reference divides by it");
        return new(
            lr => total > 0 ? Way(lr) : new Constant(lr * start),
            Way,
            (group, epoch) => new TorchLinear(group, epoch, start, end, total))
        {
            Restarted = Way,
        };
    }

    static TorchRecipe Step(Parameters p)
    {
        double size = p.Positive("step_size"), gamma = p.Amount("gamma", 0.1);
        Schedule Stairs(double lr) => Shapes.Stairs(lr, gamma, size);
        return new(Stairs, Stairs, (group, epoch) => new TorchStep(group, epoch, size, gamma));
    }

    static TorchRecipe MultiStep(Parameters p)
    {
        double gamma = p.Amount("gamma", 0.1);
        double[] milestones = [.. p.Numbers("milestones").Order()];
        if (milestones is [< 0, ..])
            throw p.Refuse("milestones", $"must be 0 or above, not {ForeignNumber.Text(milestones[0])}");
        // Stepped, a milestone between two epochs is never met.
        double[] met = [.. milestones.Where(m => m == Math.Floor(m))];
        return new(
            lr => Shapes.Milestones(lr, gamma, met),
            lr => Shapes.Milestones(lr, gamma, milestones),
            (group, epoch) => new TorchMultiStep(group, epoch, milestones, gamma));
    }

    static TorchRecipe Exponential(Parameters p)
    {
        double gamma = p.Amount("gamma");
        Schedule Decay(double lr) => gamma == 0 ? Shapes.Jump(lr, 1, 0) : new ExponentialDecay(lr, gamma);
        return new(Decay, Decay, (group, epoch) => new TorchExponential(group, epoch, gamma));
    }

    static TorchRecipe Polynomial(Parameters p)
    {
        double total = p.Number("total_iters", 5), power = p.Amount("power", 1);
        Schedule Decay(double lr) => total <= 0 ? throw p.Refuse("total_iters", "must be above 0: the reference divides by it")
            : power == 0 ? new Constant(lr)
            : Shapes.Power(lr, 0, total, power);
        return new(
            lr => total <= 0 ? new Constant(lr) : Decay(lr),
            Decay,
            (group, epoch) => new TorchPolynomial(group, epoch, total, power))
        {
            Restarted = Decay,
        };
    }

    static TorchRecipe Cosine(Parameters p)
    {
        double half = p.Positive("T_max"), floor = p.Amount("eta_min", 0);
        Schedule Wave(double lr) => new CosineWave(lr, 2 * half, Waves: 1, floor).Continue();
        return new(Wave, Wave, (group, epoch) => new TorchCosine(group, epoch, half, floor)) { Multiplies = false };
    }

    static TorchRecipe WarmRestarts(Parameters p, bool epochs)
    {
        double first = p.Whole("T_0", 1), growth = p.Whole("T_mult", 1, standard: 1), floor = p.Amount("eta_min", 0);
        Schedule Restarts(double lr) => epochs
            ? LogarithmicRestarts.Or(new CosineRestarts(lr, first, growth, Floor: floor))
            : new CosineRestarts(lr, first, growth, Floor: floor);
        return new(Restarts, Restarts, (group, resumed) => resumed < 0 ? new TorchAbsolute(group, Restarts) : new TorchWarmRestarts(group, resumed, first, growth, floor))
        {
            Multiplies = false,
            // Resumed later, the reference takes the epochs since the start for those since the last restart.
            ResumesBelow = first - 1,
        };
    }

    static TorchRecipe Cyclic(Parameters p, out Schedule? momentum)
    {
        double low = p.Amount("base_lr"), high = p.Amount("max_lr");
        double up = p.Positive("step_size_up", 2000), down = p.NumberOrNone("step_size_down") ?? up;
        string mode = p.Word("mode", "triangular", "triangular", "triangular2", "exp_range");
        double gamma = p.Amount("gamma", 1);
        p.Unset("scale_fn", "is a Python function, which a configuration cannot hold");
        p.Word("scale_mode", "cycle", "cycle", "iterations");
        bool moves = p.Flag("cycle_momentum", true);
        double calm = p.Amount("base_momentum", 0.8), brisk = p.Amount("max_momentum", 0.9);
        if (down < 0)
            throw p.Refuse("step_size_down", $"must be 0 or above, not {ForeignNumber.Text(down)}");

        Schedule Cycles(double from, double to) => mode == "exp_range" && gamma == 0 ? new Constant(from)
            : down > 0 ? new TriangularCycles(from, to, up, down, mode == "triangular2" ? 0.5 : 1, mode == "exp_range" ? gamma : 1)
            : mode == "triangular" ? Shapes.Line(from, to, up).Loop()
            : throw p.Refuse("step_size_down", "must be above 0 in this mode");
        var rates = Cycles(low, high);
        momentum = moves ? Cycles(brisk, calm) : null;
        return new(_ => rates, _ => rates, (group, _) =>
        {
            group.Rate = low;
            return new TorchAbsolute(group, _ => rates, first: group.Initial);
        })
        {
            Multiplies = false,
            OwnRate = true,
        };
    }

    /// <summary>One after the other: as a sequence where each child stands alone, replayed where they disturb each other.</summary>
    static Schedule Sequential(Parameters p, double lr, double resumed)
    {
        var (children, milestones) = Children(p);
        p.Done();
        bool apart = resumed == -1 && children.All(c => c.Recipe is { OwnRate: false, Breaks: false }) && milestones.SequenceEqual(milestones.Distinct().Order()) && milestones is not [<= 0, ..];
        if (!apart)
            return TorchSimulation.Of("SequentialLR", p);
        var phases = new Phases();
        for (int i = 0; i < milestones.Length; i++)
            phases.Then(Child(i), milestones[i] - (i == 0 ? 0 : milestones[i - 1]));
        return phases.Then(Child(children.Count - 1));

        Schedule Child(int i) => i == 0 ? children[i].Recipe!.Stepped(lr) : children[i].Recipe!.Restarted(lr);
    }

    /// <summary>All at once: as a product where each one multiplies, replayed where one of them adds or overwrites.</summary>
    static Schedule Chained(Parameters p, double lr)
    {
        var children = Nested(p);
        p.Done();
        return children.All(c => c.Recipe is { Multiplies: true, Breaks: false })
            ? children.Skip(1).Aggregate(children[0].Recipe!.Stepped(lr), (product, child) => product * child.Recipe!.Stepped(1).AsFactor())
            : TorchSimulation.Of("ChainedScheduler", p);
    }

    sealed record Child(string Name, Parameters Parameters, TorchRecipe? Recipe);

    static (IReadOnlyList<Child> Children, double[] Milestones) Children(Parameters p)
    {
        var children = Nested(p);
        double[] milestones = p.Numbers("milestones");
        if (milestones.Length != children.Count - 1)
            throw p.Refuse("milestones", $"must be one fewer than the schedulers: {children.Count - 1}, not {milestones.Length}");
        foreach (var (child, i) in children.Select((c, i) => (c, i)))
            if (child.Name == "ChainedScheduler" || (child.Name == "SequentialLR" && i > 0))
                throw Parameters.Refused(child.Parameters.Path, $"{child.Name} cannot follow or be undone inside SequentialLR: the reference raises");
        return (children, milestones);
    }

    static IReadOnlyList<Child> Nested(Parameters p) => [.. p.List("schedulers").Select(entry =>
    {
        var (name, members, path) = SchedulerImport.NameAndParameters(entry.Value, entry.Path);
        var child = new Parameters(members, path, $"{name} of {Framework}");
        if (name == "ReduceLROnPlateau")
            throw Parameters.Refused(entry.Path, "ReduceLROnPlateau cannot be combined: it listens to a metric");
        if (name is "SequentialLR" or "ChainedScheduler")
            return new Child(name, child, null);
        Schedule? momentum = null;
        var recipe = Recipe(name, child, epochs: false, ref momentum);
        child.Ignore("verbose");
        if (child.Whole("last_epoch", -1, standard: -1) != -1)
            throw child.Refuse("last_epoch", "is read only on the outermost scheduler");
        child.Done();
        return new Child(name, child, recipe);
    })];

    static TorchStepper Begun(Child child, TorchGroup group)
    {
        if (child.Recipe is null)
            return Build(child.Name, child.Parameters, group);
        var stepper = child.Recipe.Build(group, -1);
        stepper.Begin();
        return stepper;
    }
}
