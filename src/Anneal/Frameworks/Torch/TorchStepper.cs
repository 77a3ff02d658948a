namespace Anneal.Frameworks;

/// <summary>A PyTorch scheduler as it really runs: each call changes the rate it finds.</summary>
/// <remarks>
/// Only needed where several schedulers share one rate, or one is resumed in the middle; alone, each has a closed form here.
/// The members carry the reference's meaning: <c>last_epoch</c>, <c>_step_count</c>, <c>_initial_step</c>, <c>get_lr</c>, <c>_get_closed_form_lr</c>.
/// </remarks>
abstract class TorchStepper
{
    protected TorchStepper(TorchGroup group, double lastEpoch)
    {
        Group = group;
        group.Initial ??= group.Rate;
        Base = group.Initial.Value;
        LastEpoch = lastEpoch;
    }

    protected TorchGroup Group { get; }

    /// <summary>What the closed forms multiply.</summary>
    protected double Base { get; set; }

    protected double LastEpoch { get; set; }

    protected int Calls { get; private set; }

    /// <summary>The first call, made by the constructor of the reference.</summary>
    public virtual void Begin()
    {
        Calls = 0;
        Step();
    }

    /// <summary><c>scheduler.step()</c></summary>
    public virtual void Step()
    {
        Calls++;
        LastEpoch++;
        Group.Rate = Next();
    }

    /// <summary><c>scheduler.step(0)</c>, with which SequentialLR hands over: the closed form where there is one.</summary>
    public virtual void StepToZero()
    {
        Calls++;
        LastEpoch = 0;
        Group.Rate = Closed();
    }

    /// <summary>SequentialLR takes back the call that the constructor made.</summary>
    public virtual void Undo() => LastEpoch--;

    /// <summary>The rate that follows the group's present one.</summary>
    protected abstract double Next();

    /// <summary>The rate at <see cref="LastEpoch"/> whatever the group's rate is.</summary>
    protected virtual double Closed() => Next();

    protected static double Divide(double above, double below) => below != 0
        ? above / below
        : throw new ArgumentOutOfRangeException(nameof(below), below, "PyTorch divides by zero here.");
}

sealed class TorchConstant(TorchGroup group, double lastEpoch, double factor, double totalIters) : TorchStepper(group, lastEpoch)
{
    protected override double Next() =>
        LastEpoch == 0 ? Group.Rate * factor
        : LastEpoch != totalIters ? Group.Rate
        : Group.Rate * Divide(1, factor);

    protected override double Closed() => Base * (factor + (LastEpoch >= totalIters ? 1 - factor : 0));
}

sealed class TorchLinear(TorchGroup group, double lastEpoch, double start, double end, double totalIters) : TorchStepper(group, lastEpoch)
{
    protected override double Next() =>
        LastEpoch == 0 ? Group.Rate * start
        : LastEpoch > totalIters ? Group.Rate
        : Group.Rate * (1 + Divide(end - start, totalIters * start + (LastEpoch - 1) * (end - start)));

    protected override double Closed() => Base * (start + Divide((end - start) * Math.Min(totalIters, LastEpoch), totalIters));
}

sealed class TorchStep(TorchGroup group, double lastEpoch, double stepSize, double gamma) : TorchStepper(group, lastEpoch)
{
    protected override double Next() => LastEpoch == 0 || LastEpoch % stepSize != 0 ? Group.Rate : Group.Rate * gamma;

    protected override double Closed() => Base * Math.Pow(gamma, Counting.Quotient(LastEpoch, stepSize));
}

sealed class TorchMultiStep(TorchGroup group, double lastEpoch, double[] milestones, double gamma) : TorchStepper(group, lastEpoch)
{
    protected override double Next() => Group.Rate * Math.Pow(gamma, milestones.Count(m => m == LastEpoch));

    protected override double Closed() => Base * Math.Pow(gamma, milestones.Count(m => m <= LastEpoch));
}

sealed class TorchExponential(TorchGroup group, double lastEpoch, double gamma) : TorchStepper(group, lastEpoch)
{
    protected override double Next() => LastEpoch == 0 ? Group.Rate : Group.Rate * gamma;

    protected override double Closed() => Base * Math.Pow(gamma, LastEpoch);
}

sealed class TorchPolynomial(TorchGroup group, double lastEpoch, double totalIters, double power) : TorchStepper(group, lastEpoch)
{
    protected override double Next() => LastEpoch == 0 || LastEpoch > totalIters
        ? Group.Rate
        : Group.Rate * Math.Pow((1 - LastEpoch / totalIters) / (1 - (LastEpoch - 1) / totalIters), power);

    protected override double Closed() => Base * Math.Pow(1 - Divide(Math.Min(totalIters, LastEpoch), totalIters), power);
}

sealed class TorchCosine(TorchGroup group, double lastEpoch, double tMax, double etaMin) : TorchStepper(group, lastEpoch)
{
    protected override double Next()
    {
        if (LastEpoch == 0)
            return Group.Rate;
        if (Calls == 1 && LastEpoch > 0)
            return Closed();
        // On the upward half the ratio below would be 0/0 at its first step, so the reference adds there instead of multiplying.
        if ((LastEpoch - 1 - tMax) % (2 * tMax) == 0)
            return Group.Rate + (Base - etaMin) * (1 - Math.Cos(Math.PI / tMax)) / 2;
        return (1 + Math.Cos(Math.PI * LastEpoch / tMax)) / (1 + Math.Cos(Math.PI * (LastEpoch - 1) / tMax)) * (Group.Rate - etaMin) + etaMin;
    }

    protected override double Closed() => etaMin + (Base - etaMin) * (1 + Math.Cos(Math.PI * LastEpoch / tMax)) / 2;
}

/// <summary>
/// CosineAnnealingWarmRestarts resumed in the middle: its constructor sets <c>T_cur</c> to the last epoch whatever cycle that lies in, and each
/// call takes one cycle off, so that it only slowly finds back.
/// </summary>
sealed class TorchWarmRestarts(TorchGroup group, double lastEpoch, double first, double growth, double etaMin) : TorchStepper(group, lastEpoch)
{
    double current = lastEpoch, length = first;

    protected override double Next()
    {
        current++;
        if (current >= length)
            (current, length) = (current - length, length * growth);
        return etaMin + (Base - etaMin) * (1 + Math.Cos(Math.PI * current / length)) / 2;
    }
}

/// <summary>Any scheduler that computes its rate from the step alone: it overwrites what the others did.</summary>
sealed class TorchAbsolute : TorchStepper
{
    readonly Schedule rates;
    double? first;

    /// <param name="group">Whose rate is set.</param>
    /// <param name="schedule">From the group's initial rate, the rate at every step.</param>
    /// <param name="first">What the constructor's own call gives, where it differs: CyclicLR then still has the base rate of the schedulers before it.</param>
    public TorchAbsolute(TorchGroup group, Func<double, Schedule> schedule, double? first = null) : base(group, -1) =>
        (rates, this.first) = (schedule(Base), first);

    protected override double Next()
    {
        double rate = first ?? rates.At(LastEpoch);
        first = null;
        return rate;
    }
}

/// <summary>OneCycleLR, which keeps its limits in the group, where another one overwrites them.</summary>
/// <param name="group">Whose rate is set.</param>
/// <param name="rates">From the limits, the rate at every step.</param>
sealed class TorchShared(TorchGroup group, Func<(double Start, double Peak, double Final), Schedule> rates) : TorchStepper(group, -1)
{
    ((double Start, double Peak, double Final) Limits, Schedule Rates) last = (group.OneCycle, rates(group.OneCycle));

    protected override double Next()
    {
        if (last.Limits != Group.OneCycle)
            last = (Group.OneCycle, rates(Group.OneCycle));
        return last.Rates.At(LastEpoch);
    }
}

sealed class TorchSequential : TorchStepper
{
    readonly TorchStepper[] children;
    readonly double[] milestones;

    public TorchSequential(TorchGroup group, double lastEpoch, TorchStepper[] children, double[] milestones) : base(group, lastEpoch + 1)
    {
        (this.children, this.milestones) = (children, milestones);
        group.Rate = group.Initial!.Value;
        foreach (var child in children)
            child.Undo();
        children[0].Begin();
    }

    public override void Step()
    {
        LastEpoch++;
        int index = CountUpTo(LastEpoch);
        if (index > 0 && milestones[index - 1] == LastEpoch)
            children[index].StepToZero();
        else
            children[index].Step();
    }

    /// <summary>Python's <c>bisect_right</c>, which the reference also trusts with milestones out of order.</summary>
    int CountUpTo(double epoch) => Counting.UpTo(milestones, epoch);

    protected override double Next() => Group.Rate;
}

sealed class TorchChain(TorchGroup group, TorchStepper[] children) : TorchStepper(group, 0)
{
    public override void Step()
    {
        foreach (var child in children)
            child.Step();
    }

    protected override double Next() => Group.Rate;
}
