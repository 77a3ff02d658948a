namespace Anneal.Kernels;

/// <summary>The arithmetic of a rule that remembers nothing: the new weight from the weight and its gradient.</summary>
public interface IUpdate<L> where L : struct, ILane<L>
{
    /// <summary>The new weight.</summary>
    L Apply(L w, L g);
}

/// <summary>The arithmetic of a rule with one remembered number per weight.</summary>
public interface IUpdate1<L> where L : struct, ILane<L>
{
    /// <summary>The new weight; what is remembered is changed in place.</summary>
    L Apply(L w, L g, ref L a);
}

/// <summary>The arithmetic of a rule with two remembered numbers per weight.</summary>
public interface IUpdate2<L> where L : struct, ILane<L>
{
    /// <summary>The new weight; what is remembered is changed in place.</summary>
    L Apply(L w, L g, ref L a, ref L b);
}

/// <summary>The arithmetic of a rule with three remembered numbers per weight.</summary>
public interface IUpdate3<L> where L : struct, ILane<L>
{
    /// <summary>The new weight; what is remembered is changed in place.</summary>
    L Apply(L w, L g, ref L a, ref L b, ref L c);
}

/// <summary>The arithmetic of a rule with four remembered numbers per weight.</summary>
public interface IUpdate4<L> where L : struct, ILane<L>
{
    /// <summary>The new weight; what is remembered is changed in place.</summary>
    L Apply(L w, L g, ref L a, ref L b, ref L c, ref L d);
}

/// <summary>One term of a sum over two arrays, for norms and inner products.</summary>
public interface ITerm<L> where L : struct, ILane<L>
{
    /// <summary>The term for one number of each array.</summary>
    L Of(L x, L y);
}
