using MathNet.Numerics.LinearAlgebra;

namespace Anneal.Objectives;

/// <summary>Half the squared distance between A·W and B: linear regression, with one column of W for each column of B.</summary>
/// <remarks>
/// <code>
/// f(W) = ½ ‖A·W − B‖²     ∇f(W) = Aᵀ·(A·W − B)     the Hessian is Aᵀ·A for each column of W
/// </code>
/// A point is W row by row. It is a sum over the rows, not a mean. A minimiser always exists; it is listed where it is the only one.
/// </remarks>
public sealed class LeastSquares : Objective
{
    readonly double[] a, b;
    readonly int rows, inputs, outputs;
    readonly Lazy<double[]?> minimiser;

    /// <summary>The matrix form: B has as many rows as A.</summary>
    public LeastSquares(IReadOnlyList<double[]> a, IReadOnlyList<double[]> b)
    {
        this.a = Numbers.Rows(a);
        this.b = Numbers.Rows(b);
        if (a.Count != b.Count)
            throw new ArgumentException($"b must have as many rows as a, {a.Count}; it has {b.Count}.", nameof(b));
        (rows, inputs, outputs) = (a.Count, a[0].Length, b[0].Length);
        minimiser = new(Solve);
    }

    /// <summary>The vector form: one number of b for each row of a.</summary>
    public LeastSquares(IReadOnlyList<double[]> a, IReadOnlyList<double> b) : this(a, [.. b.Select(value => new[] { value })])
    {
    }

    /// <summary>How many numbers a row of A has.</summary>
    public int Inputs => inputs;

    /// <summary>How many columns B has.</summary>
    public int Outputs => outputs;

    /// <inheritdoc/>
    public override int Dimension => inputs * outputs;

    /// <inheritdoc/>
    public override string Name => "Least squares";

    /// <inheritdoc/>
    public override string Formula => @"\tfrac12 \lVert A W - B \rVert_F^2";

    /// <inheritdoc/>
    public override double[] Start => new double[Dimension];

    /// <inheritdoc/>
    public override double? Minimum => minimiser.Value is { } w ? Value(w) : null;

    /// <inheritdoc/>
    public override IReadOnlyList<double[]> Minimizers => minimiser.Value is { } w ? [[.. w]] : [];

    /// <inheritdoc/>
    public override PlotRange? PlotRange => Dimension == 2 && minimiser.Value is { } w ? Around(w) : null;

    /// <summary>A window in which both the minimiser and 0 lie.</summary>
    internal static PlotRange Around(double[] c)
    {
        double reach = 1.5 * Math.Max(Math.Max(Math.Abs(c[0]), Math.Abs(c[1])), 1);
        return new(c[0] - reach, c[0] + reach, c[1] - reach, c[1] + reach);
    }

    /// <inheritdoc/>
    protected override double F(ReadOnlySpan<double> w)
    {
        double sum = 0;
        for (int r = 0; r < rows; r++)
            for (int k = 0; k < outputs; k++)
            {
                double miss = Residual(w, r, k);
                sum += miss * miss;
            }
        return sum / 2;
    }

    /// <inheritdoc/>
    protected override void DF(ReadOnlySpan<double> w, Span<double> g)
    {
        g.Clear();
        for (int r = 0; r < rows; r++)
            for (int k = 0; k < outputs; k++)
            {
                double miss = Residual(w, r, k);
                for (int i = 0; i < inputs; i++)
                    g[i * outputs + k] += a[r * inputs + i] * miss;
            }
    }

    /// <inheritdoc/>
    protected override void D2F(ReadOnlySpan<double> w, double[,] h)
    {
        for (int r = 0; r < rows; r++)
            for (int i = 0; i < inputs; i++)
                for (int j = 0; j < inputs; j++)
                    for (int k = 0; k < outputs; k++)
                        h[i * outputs + k, j * outputs + k] += a[r * inputs + i] * a[r * inputs + j];
    }

    /// <summary>Row r of A times column k of W, less B's number there.</summary>
    double Residual(ReadOnlySpan<double> w, int r, int k)
    {
        double sum = -b[r * outputs + k];
        for (int i = 0; i < inputs; i++)
            sum += a[r * inputs + i] * w[i * outputs + k];
        return sum;
    }

    /// <summary>By orthogonal factors of A, which loses half as many digits as solving with Aᵀ·A does.</summary>
    double[]? Solve()
    {
        var matrix = Matrix<double>.Build.DenseOfRowMajor(rows, inputs, a);
        if (rows < inputs || matrix.Rank() < inputs)
            return null;
        return matrix.QR().Solve(Matrix<double>.Build.DenseOfRowMajor(rows, outputs, b)).ToRowMajorArray();
    }
}
