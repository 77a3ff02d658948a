using System.Runtime.CompilerServices;

namespace Anneal.Kernels;

/// <summary>One step of one rule: the weights, their gradient, what the rule remembers, and the loop that runs its formula over them.</summary>
/// <remarks>
/// A rule written as one formula per weight calls <c>Run(update, …)</c> with its columns; norms are <see cref="Sum"/>s;
/// what is neither reads and writes a <see cref="View{L}"/>.
/// </remarks>
public readonly unsafe struct Pass<L> where L : struct, ILane<L>
{
    readonly RuleState state;
    readonly StepOptions options;
    readonly int tensor;

    internal Pass(RuleState state, View<L> weights, View<L> gradient, StepOptions options, Oracle? oracle, int tensor = -1)
    {
        (this.state, Weights, Gradient, this.options, Oracle, this.tensor) = (state, weights, gradient, options, oracle, tensor);
    }

    /// <summary>The weights, to be changed in place.</summary>
    public View<L> Weights { get; }

    /// <summary>The gradient at the weights; not to be changed.</summary>
    public View<L> Gradient { get; }

    /// <summary>Loss and gradient anywhere, where the caller has them; null where only the gradient is known.</summary>
    public Oracle? Oracle { get; }

    /// <summary>Learning rate of this update.</summary>
    public double Rate => options.Rate;

    /// <summary>Number of this update, counted from 1: the papers' t.</summary>
    public long Step => state.Steps + 1;

    /// <summary>How the weights are divided.</summary>
    public Layout Layout => state.Layout;

    /// <summary>The tensors of the layout, each with its own part of everything.</summary>
    public int Tensors => state.Layout.Tensors.Count;

    /// <summary>The tensor this pass is confined to.</summary>
    public Tensor Shape => state.Layout.Tensors[tensor];

    internal RuleState State => state;

    internal StepOptions StepOptions => options;

    /// <summary>The rule's momentum, unless the caller sets another for this update.</summary>
    public double Momentum(double own) => options.Momentum ?? own;

    /// <summary>The rule's weight decay, as the caller scales it for this update.</summary>
    public double Decay(double own) => own * (1 + options.DecayChange);

    /// <summary>This pass confined to one tensor.</summary>
    public Pass<L> Of(int tensor)
    {
        var shape = state.Layout.Tensors[tensor];
        return new(state, Weights.Slice(shape.Offset, shape.Count), Gradient.Slice(shape.Offset, shape.Count), options, Oracle, tensor);
    }

    /// <summary>This pass on the caller's thread alone, for use inside a job.</summary>
    internal Pass<L> Alone => new(state, Weights, Gradient, options with { Threads = 1 }, Oracle, tensor);

    /// <summary>What the rule remembers in its n-th slot, or this tensor's part of it.</summary>
    public View<L> this[int slot]
    {
        get
        {
            var column = state.At(slot);
            // Room to work in has the format of the weights.
            bool isState = !column.Slot.Scratch;
            if (tensor < 0)
                return new(column.Data, column.Length, isState, new((uint)slot, 0));
            var (offset, length) = column.Part(tensor);
            return new((byte*)column.Data + (nint)offset * (isState ? L.StateSize : L.WeightSize), length, isState, new((uint)slot + ((uint)(tensor + 1) << 8), 0));
        }
    }

    /// <summary>The n-th single number the rule remembers.</summary>
    public ref double Number(int n) => ref state.Numbers[n];

    /// <summary>Changes every weight by a formula without memory.</summary>
    public void Run<U>(U update) where U : struct, IUpdate<L> => Over(update, Weights, Gradient);

    /// <summary>Runs a formula without memory over any two views: the first is changed.</summary>
    public void Over<U>(U update, View<L> target, View<L> source) where U : struct, IUpdate<L> =>
        Loop.Run<L, Kernel0<L, U>>(new(update, target.Data, Same(target, source)), target.Length, Threads);

    /// <summary>Changes every weight and one remembered number.</summary>
    public void Run<U>(U update, View<L> a) where U : struct, IUpdate1<L> => Over(update, Weights, Gradient, a);

    /// <summary>Runs a formula over any views: the first and the remembered one are changed.</summary>
    public void Over<U>(U update, View<L> target, View<L> source, View<L> a) where U : struct, IUpdate1<L>
    {
        var rounding = Rounding(a.Place);
        Loop.Run<L, Kernel1<L, U>>(new(update, target.Data, Same(target, source), Memory(target, a)), target.Length, Threads, ByChance ? &rounding : null);
    }

    /// <summary>Changes every weight and two remembered numbers.</summary>
    public void Run<U>(U update, View<L> a, View<L> b) where U : struct, IUpdate2<L> => Over(update, Weights, Gradient, a, b);

    /// <summary>Runs a formula over any views: the first and the remembered ones are changed.</summary>
    public void Over<U>(U update, View<L> target, View<L> source, View<L> a, View<L> b) where U : struct, IUpdate2<L>
    {
        var rounding = Rounding(a.Place, b.Place);
        Loop.Run<L, Kernel2<L, U>>(new(update, target.Data, Same(target, source), Memory(target, a), Memory(target, b)), target.Length, Threads, ByChance ? &rounding : null);
    }

    /// <summary>Changes every weight and three remembered numbers.</summary>
    public void Run<U>(U update, View<L> a, View<L> b, View<L> c) where U : struct, IUpdate3<L> =>
        Over(update, Weights, Gradient, a, b, c);

    /// <summary>Runs a formula over any views: the first and the remembered ones are changed.</summary>
    public void Over<U>(U update, View<L> target, View<L> source, View<L> a, View<L> b, View<L> c) where U : struct, IUpdate3<L>
    {
        var rounding = Rounding(a.Place, b.Place, c.Place);
        Loop.Run<L, Kernel3<L, U>>(new(update, target.Data, Same(target, source), Memory(target, a), Memory(target, b), Memory(target, c)), target.Length, Threads, ByChance ? &rounding : null);
    }

    /// <summary>Changes every weight and four remembered numbers.</summary>
    public void Run<U>(U update, View<L> a, View<L> b, View<L> c, View<L> d) where U : struct, IUpdate4<L>
    {
        var rounding = Rounding(a.Place, b.Place, c.Place, d.Place);
        Loop.Run<L, Kernel4<L, U>>(
            new(update, Weights.Data, Same(Weights, Gradient), Memory(Weights, a), Memory(Weights, b), Memory(Weights, c), Memory(Weights, d)), Weights.Length, Threads, ByChance ? &rounding : null);
    }

    /// <summary>Rounds numbers to a shorter format, unless the state is one whose steps round nothing.</summary>
    internal void Round(View<L> numbers, NumberFormat format, Rounding rounding)
    {
        if (!state.Exact)
            WeightRounding.Round(numbers, format, rounding, WeightBits, Threads);
    }

    /// <summary>Random bits for the weights in this update.</summary>
    internal RandomBits WeightBits => new((uint)options.Seed, state.Stream, uint.MaxValue, (ulong)state.Steps);

    /// <summary>Whether what is remembered is kept in fewer bits and rounded by chance, not to nearest.</summary>
    bool ByChance => L.StateSize < L.WeightSize && state.Precision != Precision.SingleWithBFloat16StateRoundedToNearest;

    /// <summary>The chances by which it is rounded in this update.</summary>
    StateRounding Rounding(StatePlace a, StatePlace b = default, StatePlace c = default, StatePlace d = default) =>
        ByChance ? new((uint)options.Seed, state.Stream, (ulong)state.Steps, a, b, c, d) : default;

    /// <summary>Σ of a term over two views: the same bits at any number of threads.</summary>
    public double Sum<S>(S term, View<L> x, View<L> y) where S : struct, ITerm<L> =>
        Loop.Sum<L, S>(term, x.Data, Same(x, y), x.Length, Threads);

    /// <summary>Σ xᵢ·yᵢ</summary>
    public double Dot(View<L> x, View<L> y) => Sum(new Product(), x, y);

    /// <summary>√Σ xᵢ²</summary>
    public double Norm(View<L> x) => Math.Sqrt(Dot(x, x));

    /// <summary>Σ |xᵢ|</summary>
    public double SumAbs(View<L> x) => Sum(new Magnitude(), x, x);

    /// <summary>The most threads this step may use.</summary>
    internal int Threads => options.Threads > 0 ? options.Threads : Environment.ProcessorCount;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void* Same(View<L> target, View<L> other) => other.Length == target.Length ? other.Data
        : throw new ArgumentException($"Views of {target.Length} and {other.Length} numbers do not fit together.");

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void* Memory(View<L> target, View<L> memory) => memory.Length == target.Length ? memory.StateData
        : throw new ArgumentException($"Views of {target.Length} and {memory.Length} numbers do not fit together.");

    readonly struct Product : ITerm<L>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public L Of(L x, L y) => x * y;
    }

    readonly struct Magnitude : ITerm<L>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public L Of(L x, L y) => L.Abs(x);
    }
}
