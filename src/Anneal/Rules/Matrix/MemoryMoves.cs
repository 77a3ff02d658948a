using System.Runtime.CompilerServices;

namespace Anneal;

// What a rule does with its memory where the rest of a step is no formula on lanes: memory may be in bfloat16, and room to work in is not. Each rounds what is remembered at most once a step.

/// <summary>target ← a</summary>
readonly struct Recall<L> : IUpdate1<L> where L : struct, ILane<L>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Apply(L target, L source, ref L a) => a;
}

/// <summary>a ← source</summary>
readonly struct Remember<L> : IUpdate1<L> where L : struct, ILane<L>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Apply(L target, L source, ref L a)
    {
        a = source;
        return target;
    }
}

/// <summary>target ← a + source; a stays as it is.</summary>
readonly struct Plus<L> : IUpdate1<L> where L : struct, ILane<L>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Apply(L target, L source, ref L a) => a + source;
}

/// <summary>a ← keep · a + add · source     target ← a</summary>
readonly struct MeanSquare<L>(double keep, double add) : IUpdate1<L> where L : struct, ILane<L>
{
    readonly L keep = L.Of(keep), add = L.Of(add);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Apply(L target, L source, ref L a)
    {
        a = keep * a + add * source;
        return a;
    }
}
