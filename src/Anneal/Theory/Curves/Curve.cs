namespace Anneal.Theory;

/// <summary>A smooth stretch of a schedule, with what calculus knows about it.</summary>
/// <remarks>
/// <code>y(x) = Base + Height · φ(u),   u = (x − Origin) / Unit</code>
/// A curve stays of its kind when it is moved, stretched, mirrored or multiplied, so a sum, an integral or a slope
/// is written once per φ and holds in every composition. Where Base is the lowest value and Height is not negative,
/// no digits cancel.
/// </remarks>
/// <param name="Base">Rate where φ is 0.</param>
/// <param name="Height">Rate gained where φ is 1.</param>
/// <param name="Origin">Step where u is 0.</param>
/// <param name="Unit">Steps for which u grows by 1; negative runs the form backwards.</param>
public abstract record Curve(double Base, double Height, double Origin, double Unit)
{
    /// <summary>A closed form that cancels below this share of its parts is not used: 64 costs six bits of 53.</summary>
    const double Cancelled = 1.0 / 64;

    /// <summary>The rate at step <paramref name="x"/>.</summary>
    public double At(double x) => Base + (Height == 0 ? 0 : Height * Form(ToForm(x)));

    /// <summary>The derivative, rate per step, at <paramref name="x"/>; taken from the side where the curve is valid.</summary>
    /// <param name="x">The step.</param>
    /// <param name="side">+1 to approach from the right, −1 from the left; only numeric forms need it.</param>
    public double Slope(double x, int side) => Height == 0 ? 0 : Height / Unit * FormSlope(ToForm(x), Unit > 0 ? side : -side);

    /// <summary>∫ y dx over [from, to].</summary>
    public double Integral(double from, double to)
    {
        double flat = Base * (to - from);
        if (Height == 0 || from == to)
            return flat;
        double curved = Height * Unit * FormIntegral(ToForm(from), ToForm(to));
        return Safe(flat, curved) ? flat + curved : Quadrature.Integrate(At, from, to);
    }

    /// <summary>Σ y(first + i · stride) for i = 0 … count − 1.</summary>
    public double Sum(double first, long count, double stride = 1)
    {
        double flat = Base * count;
        if (Height == 0)
            return flat;
        double curved = Height * FormSum(ToForm(first), stride / Unit, count);
        return Safe(flat, curved) ? flat + curved : CompensatedSum.Over(At, first, stride, count);
    }

    /// <summary>Σ y(first + i)² for i = 0 … count − 1.</summary>
    public double SumOfSquares(double first, long count)
    {
        double flat = Base * Base * count;
        if (Height == 0)
            return flat;
        double u = ToForm(first), mixed = Base == 0 ? 0 : 2 * Base * Height * FormSum(u, 1 / Unit, count);
        double curved = Height * Height * FormSumOfSquares(u, 1 / Unit, count);
        return Safe(flat + curved, mixed) ? flat + mixed + curved : CompensatedSum.Over(x => At(x) * At(x), first, 1, count);
    }

    /// <summary>Which way the curve runs; it runs one way only over a <see cref="Piece"/>.</summary>
    public Trend Trend(double from, double to) => Height == 0 ? Anneal.Trend.Flat : FormTrend(ToForm(from), ToForm(to)) switch
    {
        Anneal.Trend.Rising => Height * Unit > 0 ? Anneal.Trend.Rising : Anneal.Trend.Falling,
        Anneal.Trend.Falling => Height * Unit > 0 ? Anneal.Trend.Falling : Anneal.Trend.Rising,
        var other => other,
    };

    /// <summary>This curve played later by <paramref name="delay"/> steps, <paramref name="stretch"/> times as long, <paramref name="factor"/> times as high.</summary>
    public Curve Moved(double delay, double stretch = 1, double factor = 1) => this with
    {
        Base = factor * Base,
        Height = factor * Height,
        Origin = stretch * Origin + delay,
        Unit = stretch * Unit,
    };

    /// <summary>This curve with <paramref name="rate"/> added everywhere.</summary>
    public Curve Raised(double rate) => this with { Base = Base + rate };

    /// <summary>φ(u).</summary>
    protected abstract double Form(double u);

    /// <summary>φ′(u), approached from <paramref name="side"/>.</summary>
    protected abstract double FormSlope(double u, int side);

    /// <summary>∫ φ du over [from, to]; from may be above to.</summary>
    protected abstract double FormIntegral(double from, double to);

    /// <summary>Σ φ(first + i · stride) for i = 0 … count − 1; the stride may be negative.</summary>
    protected abstract double FormSum(double first, double stride, long count);

    /// <summary>Σ φ(first + i · stride)² for i = 0 … count − 1; the stride may be negative.</summary>
    protected abstract double FormSumOfSquares(double first, double stride, long count);

    /// <summary>Which way φ runs as u grows, between the two arguments in either order.</summary>
    protected abstract Trend FormTrend(double from, double to);

    double ToForm(double x) => (x - Origin) / Unit;

    static bool Safe(double a, double b) => Math.Abs(a + b) >= Cancelled * (Math.Abs(a) + Math.Abs(b));
}
