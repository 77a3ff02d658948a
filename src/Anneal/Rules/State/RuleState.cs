namespace Anneal;

/// <summary>Everything a rule remembers: a value of its own that can be looked at, saved, loaded, compared and copied.</summary>
/// <remarks>
/// It never holds the weights. <see cref="Steps"/> and the columns of <see cref="this[string]"/> are all there is; a wrapper's state
/// nests the states of what it wraps in <see cref="Inner"/>. Working room is not part of the value.
/// </remarks>
public sealed class RuleState
{
    readonly SlotValues[] columns;
    readonly string[] names;
    internal readonly double[] Numbers;

    /// <summary>Working room for the gradient of a step with an oracle, made once.</summary>
    internal double[]? Gradient;

    /// <summary>Which of nested states it is, so that their random bits differ.</summary>
    internal uint Stream { get; }

    internal RuleState(Rule rule, Layout layout, Precision precision, uint stream = 0)
    {
        Stream = stream;
        (Rule, Kind, Layout, Precision) = (rule, rule.Kind, layout, precision);
        var slots = rule.Slots(layout);
        names = [.. rule.NumberNames];
        Numbers = new double[names.Length];
        Inner = [.. rule.Parts(layout).Select((part, i) => new RuleState(part.Rule, part.Layout, precision, unchecked((stream + (uint)i + 1) * 0x9E3779B1)))];
        if (precision.IsBFloat16() && (!rule.RemembersOnLanes || !rule.SeparatesRoom && slots.Any(s => s.Size is not null || s.Scratch) || rule is Wrapper && slots.Count > 0))
            throw new ArgumentException($"{rule.Kind} cannot keep its memory in bfloat16: it copies or indexes what it remembers, which formulas on lanes alone may read and write.", nameof(precision));
        if (precision == Precision.SingleWithBFloat16State && rule.SubtractsWhatItRemembers)
            throw new ArgumentException(Precisions.Subtracts(rule.Kind), nameof(precision));
        var format = precision switch { Precision.Double => Format.F64, Precision.Single => Format.F32, _ => Format.BF16 };
        columns = [.. slots.Select(slot => new SlotValues(slot, layout, slot.Scratch && format == Format.BF16 ? Format.F32 : format))];
    }

    /// <summary>The rule this state belongs to; wrappers name what they wrap, as in <c>ClipByGlobalNorm(AdamW)</c>.</summary>
    public string Kind { get; }

    internal Type RuleType => Rule.GetType();

    /// <summary>The rule that started it.</summary>
    internal Rule Rule { get; }

    /// <summary>The tensors it is for.</summary>
    public Layout Layout { get; }

    /// <summary>The format of weights and memory.</summary>
    public Precision Precision { get; }

    /// <summary>Whether steps from it round nothing, however the rule is set: a copy for comparison (<see cref="InDouble"/>).</summary>
    internal bool Exact { get; private set; }

    /// <summary>Steps taken with this state.</summary>
    public long Steps { get; internal set; }

    /// <summary>Updates made to the weights: fewer than <see cref="Steps"/> where a wrapper accumulates or skips. Schedules are asked at this count.</summary>
    public long Updates => Inner.Count > 0 ? Inner[0].Updates : Steps;

    /// <summary>The states of what a wrapper wraps.</summary>
    public IReadOnlyList<RuleState> Inner { get; }

    /// <summary>What is remembered per weight or per tensor; working room is left out.</summary>
    public IEnumerable<SlotValues> Slots => columns.Where(c => !c.Slot.Scratch);

    /// <summary>What is remembered as single numbers.</summary>
    public IEnumerable<(string Name, double Value)> Scalars => names.Zip(Numbers);

    /// <summary>The remembered numbers of that name, as doubles, looked for here and then inside.</summary>
    /// <exception cref="KeyNotFoundException">Neither this state nor an inner one remembers anything by that name.</exception>
    public double[] this[string name] => Find(name)
        ?? throw new KeyNotFoundException($"{Kind} remembers nothing called '{name}'; it has: {string.Join(", ", Names())}.");

    /// <summary>Sets the remembered numbers of that name, looked for here and then inside.</summary>
    /// <exception cref="ArgumentException">Neither this state nor an inner one remembers anything by that name, or not so many numbers.</exception>
    internal void Set(string name, double[] values)
    {
        var column = Find(s => s.Slots.FirstOrDefault(c => c.Slot.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
            ?? throw new ArgumentException($"{Kind} remembers nothing called '{name}'; it has: {string.Join(", ", Names())}.", nameof(name));
        if (column.Length != values.Length)
            throw new ArgumentException($"'{name}' of {Kind} has {column.Length} numbers, not {values.Length}.", nameof(values));
        column.CopyFrom(values);
    }

    /// <summary>Whether both remember the same, bit for bit.</summary>
    public bool SameAs(RuleState other) =>
        Kind == other.Kind && Layout.Equals(other.Layout) && Precision == other.Precision && Steps == other.Steps
        && Numbers.AsSpan().SequenceEqual(other.Numbers)
        && Slots.Count() == other.Slots.Count()
        && Slots.Zip(other.Slots).All(pair => pair.First.Slot.Name == pair.Second.Slot.Name && pair.First.Bytes.SequenceEqual(pair.Second.Bytes))
        && Inner.Count == other.Inner.Count && Inner.Zip(other.Inner).All(pair => pair.First.SameAs(pair.Second));

    /// <summary>Takes over all that <paramref name="other"/>, a state of the same make, remembers.</summary>
    internal void CopyFrom(RuleState other)
    {
        Steps = other.Steps;
        other.Numbers.CopyTo(Numbers, 0);
        foreach (var (mine, theirs) in columns.Zip(other.columns))
            theirs.Bytes.CopyTo(mine.Bytes);
        foreach (var (mine, theirs) in Inner.Zip(other.Inner))
            mine.CopyFrom(theirs);
    }

    /// <summary>A copy in 64-bit numbers: with it, <see cref="Rule.Step(RuleState, Span{double}, ReadOnlySpan{double}, StepOptions)"/> says what a step in a shorter format should have done.</summary>
    /// <remarks>What the rule itself rounds, at any depth of wrapping, stays unrounded then: weights, gradients, momentum, the matrices of an iteration.</remarks>
    public RuleState InDouble()
    {
        var copy = new RuleState(Rule, Layout, Precision.Double, Stream);
        copy.TakeNumbers(this);
        return copy;
    }

    void TakeNumbers(RuleState other)
    {
        (Steps, Exact) = (other.Steps, true);
        other.Numbers.CopyTo(Numbers, 0);
        foreach (var (mine, theirs) in columns.Zip(other.columns))
            mine.CopyFrom(theirs.ToArray());
        foreach (var (mine, theirs) in Inner.Zip(other.Inner))
            mine.TakeNumbers(theirs);
    }

    internal SlotValues At(int slot) => columns[slot];

    SlotValues? Find(Func<RuleState, SlotValues?> own) => own(this) ?? Inner.Select(inner => inner.Find(own)).FirstOrDefault(found => found is not null);

    IEnumerable<string> Names() => Slots.Select(c => c.Slot.Name).Concat(names).Concat(Inner.SelectMany(i => i.Names()));

    double[]? Find(string name) =>
        Slots.FirstOrDefault(c => c.Slot.Name == name)?.ToArray()
        ?? (Array.IndexOf(names, name) is >= 0 and var i ? new[] { Numbers[i] } : null)
        ?? Inner.Select(inner => inner.Find(name)).FirstOrDefault(found => found is not null);
}
