using System.Runtime.CompilerServices;

namespace Anneal;

/// <summary>What a step of <see cref="Soap"/> computes with, in 64 bits, in room that a thread keeps from step to step.</summary>
readonly unsafe ref struct SoapMatrices
{
    [ThreadStatic] static double[]? room;

    readonly int rows, columns, left, right, threads;
    readonly View<Wide<double>> other, leftBasis, rightBasis, square, image;

    /// <param name="rows">Rows of the matrix.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="left">Size of the basis on its left, 0 where there is none.</param>
    /// <param name="right">Size of the basis on its right.</param>
    /// <param name="threads">The most threads to use.</param>
    public SoapMatrices(int rows, int columns, int left, int right, int threads)
    {
        (this.rows, this.columns, this.left, this.right, this.threads) = (rows, columns, left, right, threads);
        int count = rows * columns, largest = Math.Max(left, right);
        double* start = MatrixProduct.Room(ref room, 5L * count + (long)left * left + (long)right * right + 2L * largest * largest);
        Gradient = new(start, count);
        Mean = new(start += count, count);
        Squares = new(start += count, count);
        Step = new(start += count, count);
        other = new(start += count, count);
        leftBasis = new(start += count, left * left);
        rightBasis = new(start += left * left, right * right);
        square = new(start += right * right, largest * largest);
        image = new(start + largest * largest, largest * largest);
    }

    /// <summary>G, M' and V.</summary>
    public readonly View<Wide<double>> Gradient, Mean, Squares;

    /// <summary>The turned gradient, then the step.</summary>
    public readonly View<Wide<double>> Step;

    public void Read<L>(View<L> source, View<Wide<double>> target) where L : struct, ILane<L> => Doubles.Read(source, target, threads);

    public void Write<L>(View<Wide<double>> source, View<L> target) where L : struct, ILane<L> => Doubles.Write(source, target, threads);

    public void ReadBases<L>(View<L> left, View<L> right) where L : struct, ILane<L>
    {
        Read(left, leftBasis);
        Read(right, rightBasis);
    }

    /// <summary>Step ← QₗᵀGQᵣ</summary>
    public void TurnGradient()
    {
        Gradient.CopyTo(Step);
        Turn(Step, back: false);
    }

    /// <summary>M' ← β₁·M' + (1 − β₁)·G'     V ← β₂·V + (1 − β₂)·G'²     Step ← M'/(√V + ε), turned back</summary>
    public void Advance(double beta1, double beta2, double epsilon)
    {
        Loop.Run<Wide<double>, Kernel2<Wide<double>, Moments>>(new(new(beta1, beta2, epsilon), Step.Data, Step.Data, Mean.Data, Squares.Data), Step.Length, threads);
        Turn(Step, back: true);
    }

    /// <summary>Gives the step a root mean square of 1.</summary>
    public void Normalize()
    {
        double sum = 0;
        foreach (double x in Doubles.Of(Step))
            sum += x * x;
        double size = 1e-30 + Math.Sqrt(sum / Step.Length);
        foreach (ref double x in Doubles.Of(Step))
            x /= size;
    }

    /// <summary>w ← (w − rate·Step)·keep</summary>
    public void Move<L>(View<L> weights, double rate, double keep) where L : struct, ILane<L>
    {
        Read(weights, other);
        Over(new StepThenShrink(rate, keep), other, Step);
        Write(other, weights);
    }

    /// <summary>Lₗ ← keep·Lₗ + (1 − keep)·GGᵀ     Lᵣ ← keep·Lᵣ + (1 − keep)·GᵀG</summary>
    public void Follow<L>(View<L> gramLeft, View<L> gramRight, double keep) where L : struct, ILane<L>
    {
        if (left > 0)
            Mix(gramLeft, Gradient, rows, columns, keep);
        if (right == 0)
            return;
        MatrixProduct.Transpose(Gradient, other, rows, columns);
        Mix(gramRight, other, columns, rows, keep);
    }

    void Mix<L>(View<L> gram, View<Wide<double>> x, int m, int n, double keep) where L : struct, ILane<L>
    {
        View<Wide<double>> old = square.Slice(0, m * m), added = image.Slice(0, m * m);
        MatrixProduct.Gram(x, added, m, n, threads);
        Read(gram, old);
        Over(new MixAdd<Wide<double>>(keep, 1 - keep), old, added);
        Write(old, gram);
    }

    /// <summary>One power iteration on each basis. The mean lives on in the new bases; the mean squares only change places with their axes.</summary>
    public void Refine<L>(View<L> gramLeft, View<L> gramRight) where L : struct, ILane<L>
    {
        Turn(Mean, back: true);
        Refine(gramLeft, leftBasis, left, byRows: true);
        Refine(gramRight, rightBasis, right, byRows: false);
        Turn(Mean, back: false);
    }

    public void WriteBases<L>(View<L> left, View<L> right) where L : struct, ILane<L>
    {
        Write(leftBasis, left);
        Write(rightBasis, right);
    }

    /// <summary>x ← QₗᵀxQᵣ, or back: QₗxQᵣᵀ</summary>
    void Turn(View<Wide<double>> x, bool back)
    {
        if (left > 0)
        {
            MatrixProduct.Run(back ? leftBasis : Turned(leftBasis, left), x, other, left, left, columns, threads);
            other.CopyTo(x);
        }
        if (right > 0)
        {
            MatrixProduct.Run(x, back ? Turned(rightBasis, right) : rightBasis, other, rows, right, right, threads);
            other.CopyTo(x);
        }
    }

    View<Wide<double>> Turned(View<Wide<double>> basis, int n)
    {
        View<Wide<double>> turned = square.Slice(0, n * n);
        MatrixProduct.Transpose(basis, turned, n, n);
        return turned;
    }

    /// <summary>A basis after a power iteration, its axes in falling order of their estimated eigenvalues, and V's axes with them.</summary>
    void Refine<L>(View<L> gram, View<Wide<double>> basis, int n, bool byRows) where L : struct, ILane<L>
    {
        if (n == 0)
            return;
        View<Wide<double>> matrix = square.Slice(0, n * n), product = image.Slice(0, n * n);
        Read(gram, matrix);
        MatrixProduct.Run(matrix, basis, product, n, n, n, threads);
        Span<double> old = Doubles.Of(basis), grown = Doubles.Of(product), v = Doubles.Of(Squares), moved = Doubles.Of(other);
        var size = new double[n];
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                size[j] += old[i * n + j] * grown[i * n + j];
        int[] order = [.. Enumerable.Range(0, n).OrderByDescending(j => size[j])];
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                old[i * n + j] = grown[i * n + order[j]];
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < columns; j++)
                moved[i * columns + j] = byRows ? v[order[i] * columns + j] : v[i * columns + order[j]];
        other.CopyTo(Squares);
        ThinQr.Orthogonalize((double*)basis.Data, n, n, threads);
    }

    void Over<U>(U update, View<Wide<double>> target, View<Wide<double>> source) where U : struct, IUpdate<Wide<double>> =>
        Loop.Run<Wide<double>, Kernel0<Wide<double>, U>>(new(update, target.Data, source.Data), target.Length, threads);

    /// <summary>m ← β₁·m + (1 − β₁)·g     v ← β₂·v + (1 − β₂)·g²     target ← m / (√v + ε)</summary>
    readonly struct Moments(double beta1, double beta2, double epsilon) : IUpdate2<Wide<double>>
    {
        readonly Wide<double> β1 = Wide<double>.Of(beta1), rest1 = Wide<double>.Of(1 - beta1), β2 = Wide<double>.Of(beta2), rest2 = Wide<double>.Of(1 - beta2), ε = Wide<double>.Of(epsilon);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Wide<double> Apply(Wide<double> target, Wide<double> g, ref Wide<double> m, ref Wide<double> v)
        {
            m = β1 * m + rest1 * g;
            v = β2 * v + rest2 * g * g;
            return m / (Wide<double>.Sqrt(v) + ε);
        }
    }

    /// <summary>w ← (w − rate·step)·keep</summary>
    readonly struct StepThenShrink(double rate, double keep) : IUpdate<Wide<double>>
    {
        readonly Wide<double> rate = Wide<double>.Of(rate), keep = Wide<double>.Of(keep);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Wide<double> Apply(Wide<double> w, Wide<double> step) => (w - rate * step) * keep;
    }
}
