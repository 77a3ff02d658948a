namespace Anneal.Objectives;

/// <summary>A bowl with given curvatures along turned axes: what a diagonal preconditioner cannot straighten.</summary>
/// <remarks>
/// <code>f(x) = ½ · (x − c)ᵀ · Q · (x − c),   Q = Rᵀ · diag(Spectrum) · R</code>
/// R turns by <c>Angle</c> in each plane (i, i + 1), one after the other; in the plane the axes of the ellipses turn by just that
/// angle. The condition number is the greatest eigenvalue over the least.
/// </remarks>
public sealed class Quadratic : Objective
{
    readonly double[] spectrum, center;
    readonly double cos, sin;

    /// <summary>Curvatures, a turn, and a place.</summary>
    /// <param name="spectrum">The eigenvalues of Q: finite, above 0, at least one.</param>
    /// <param name="angle">The turn in radians.</param>
    /// <param name="center">The minimiser c, as many numbers as eigenvalues; the origin when left out.</param>
    public Quadratic(IReadOnlyList<double> spectrum, double angle = 0, IReadOnlyList<double>? center = null)
    {
        this.spectrum = Numbers.Finite(spectrum);
        for (int i = 0; i < spectrum.Count; i++)
            Require.Positive(spectrum[i], $"spectrum[{i}]");
        this.center = center is null ? new double[spectrum.Count] : Numbers.Finite(center);
        if (this.center.Length != this.spectrum.Length)
            throw new ArgumentException($"centre must have as many numbers as spectrum, {spectrum.Count}; it has {this.center.Length}.", nameof(center));
        Angle = Require.Finite(angle);
        (sin, cos) = Math.SinCos(angle);
    }

    /// <summary>The eigenvalues of Q.</summary>
    public IReadOnlyList<double> Spectrum => spectrum.AsReadOnly();

    /// <summary>The turn in radians.</summary>
    public double Angle { get; }

    /// <summary>The greatest eigenvalue over the least.</summary>
    public double ConditionNumber => spectrum.Max() / spectrum.Min();

    /// <inheritdoc/>
    public override int Dimension => spectrum.Length;

    /// <inheritdoc/>
    public override string Name => "Quadratic";

    /// <inheritdoc/>
    public override string Formula => @"\tfrac12 (x - c)^{\top} Q (x - c)";

    /// <summary>One unit from the minimiser along every eigenvector.</summary>
    public override double[] Start
    {
        get
        {
            var start = new double[Dimension];
            Array.Fill(start, 1);
            TurnBack(start);
            for (int i = 0; i < start.Length; i++)
                start[i] += center[i];
            return start;
        }
    }

    /// <inheritdoc/>
    public override double? Minimum => 0;

    /// <inheritdoc/>
    public override IReadOnlyList<double[]> Minimizers => [[.. center]];

    /// <inheritdoc/>
    public override PlotRange? PlotRange =>
        Dimension == 2 ? new PlotRange(center[0] - 1.6, center[0] + 1.6, center[1] - 1.6, center[1] + 1.6) : null;

    /// <inheritdoc/>
    protected override double F(ReadOnlySpan<double> x)
    {
        Span<double> turned = x.Length <= 256 ? stackalloc double[x.Length] : new double[x.Length];
        Turn(x, turned);
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
            sum += spectrum[i] * turned[i] * turned[i];
        return sum / 2;
    }

    /// <inheritdoc/>
    protected override void DF(ReadOnlySpan<double> x, Span<double> g)
    {
        Turn(x, g);
        for (int i = 0; i < x.Length; i++)
            g[i] *= spectrum[i];
        TurnBack(g);
    }

    /// <summary>Column j of Q is what Q makes of the j-th unit vector; the mean with its mirror image is symmetric to the last bit.</summary>
    protected override void D2F(ReadOnlySpan<double> x, double[,] h)
    {
        int n = x.Length;
        var columns = new double[n][];
        for (int j = 0; j < n; j++)
        {
            var column = columns[j] = new double[n];
            column[j] = 1;
            TurnOnly(column);
            for (int i = 0; i < n; i++)
                column[i] *= spectrum[i];
            TurnBack(column);
        }
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                h[i, j] = (columns[j][i] + columns[i][j]) / 2;
    }

    void Turn(ReadOnlySpan<double> x, Span<double> turned)
    {
        for (int i = 0; i < x.Length; i++)
            turned[i] = x[i] - center[i];
        TurnOnly(turned);
    }

    void TurnOnly(Span<double> v)
    {
        for (int i = 0; i + 1 < v.Length; i++)
            (v[i], v[i + 1]) = (cos * v[i] + sin * v[i + 1], cos * v[i + 1] - sin * v[i]);
    }

    void TurnBack(Span<double> v)
    {
        for (int i = v.Length - 2; i >= 0; i--)
            (v[i], v[i + 1]) = (cos * v[i] - sin * v[i + 1], cos * v[i + 1] + sin * v[i]);
    }
}
