namespace Anneal.Objectives;

/// <summary>A function to be minimised: its value and its exact gradient side by side, and what is known about its minimum.</summary>
/// <remarks>
/// A value that never changes; one instance may be asked by many threads at once. Points are plain arrays or spans of
/// <see cref="Dimension"/> numbers. <c>Value</c> and <c>Gradient</c> on arrays serve as method groups:
/// <c>rule.Path(schedule, new Rosenbrock().Gradient, start: [-1.2, 1], steps: 200)</c>.
/// </remarks>
public abstract class Objective
{
    /// <summary>How many numbers a point has.</summary>
    public abstract int Dimension { get; }

    /// <summary>What charts and tables call it.</summary>
    public abstract string Name { get; }

    /// <summary>The function as LaTeX, in the letters of its documentation.</summary>
    public abstract string Formula { get; }

    /// <summary>A customary point to start from, far enough from every minimum to be a test. A new array each time.</summary>
    public abstract double[] Start { get; }

    /// <summary>The least value, or null where none exists or none is known.</summary>
    public virtual double? Minimum => null;

    /// <summary>The points at which <see cref="Minimum"/> is reached, as far as they are known.</summary>
    public virtual IReadOnlyList<double[]> Minimizers => [];

    /// <summary>The part of the plane worth drawing, or null for a function that is not one of two numbers.</summary>
    public virtual PlotRange? PlotRange => null;

    /// <summary>The value at <paramref name="x"/>.</summary>
    /// <exception cref="ArgumentException"><paramref name="x"/> has not <see cref="Dimension"/> numbers.</exception>
    public double Value(ReadOnlySpan<double> x) => F(Checked(x));

    /// <inheritdoc cref="Value(ReadOnlySpan{double})"/>
    public double Value(double[] x) => Value(x.AsSpan());

    /// <summary>Writes the gradient at <paramref name="x"/> into <paramref name="gradient"/>; the two must not overlap.</summary>
    /// <exception cref="ArgumentException">One of them has not <see cref="Dimension"/> numbers.</exception>
    public void Gradient(ReadOnlySpan<double> x, Span<double> gradient)
    {
        Checked(gradient, nameof(gradient));
        DF(Checked(x), gradient);
    }

    /// <summary>The gradient at <paramref name="x"/>, as a new array.</summary>
    /// <exception cref="ArgumentException"><paramref name="x"/> has not <see cref="Dimension"/> numbers.</exception>
    public double[] Gradient(double[] x)
    {
        var gradient = new double[Dimension];
        Gradient(x, gradient);
        return gradient;
    }

    /// <summary>The second derivatives at <paramref name="x"/>: row i holds those of the gradient's number i.</summary>
    /// <exception cref="ArgumentException"><paramref name="x"/> has not <see cref="Dimension"/> numbers.</exception>
    public double[,] Hessian(ReadOnlySpan<double> x)
    {
        var hessian = new double[Dimension, Dimension];
        D2F(Checked(x), hessian);
        return hessian;
    }

    /// <inheritdoc cref="Hessian(ReadOnlySpan{double})"/>
    public double[,] Hessian(double[] x) => Hessian(x.AsSpan());

    /// <summary>The value; the length of <paramref name="x"/> has been checked.</summary>
    protected abstract double F(ReadOnlySpan<double> x);

    /// <summary>The gradient; the lengths have been checked, and <paramref name="g"/> may hold anything before.</summary>
    protected abstract void DF(ReadOnlySpan<double> x, Span<double> g);

    /// <summary>The second derivatives; <paramref name="h"/> holds zeros before.</summary>
    protected abstract void D2F(ReadOnlySpan<double> x, double[,] h);

    /// <summary>The name: charts use it in their legends.</summary>
    public sealed override string ToString() => Name;

    ReadOnlySpan<double> Checked(ReadOnlySpan<double> x, string name = "x") => x.Length == Dimension ? x
        : throw new ArgumentException($"{name} must have {Dimension} numbers for {Name}; it has {x.Length}.", name);
}
