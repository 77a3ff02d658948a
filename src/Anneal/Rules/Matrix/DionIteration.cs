namespace Anneal;

/// <summary>Dion's power iteration in 64 bits: P and R from a matrix and its basis, in room that a thread keeps from step to step.</summary>
/// <remarks>Of a matrix that counts as its transpose nothing large is turned: P and R stand in the products the other way round.</remarks>
readonly unsafe ref struct DionIteration
{
    [ThreadStatic] static double[]? room;

    readonly int rows, columns, rank, threads;
    readonly bool turned;

    /// <summary>P (taller × rank) and R, or Q, (shorter × rank) and their transposes.</summary>
    readonly View<Wide<double>> m, p, across, q, along;

    public DionIteration(int rows, int columns, int rank, bool turned, int threads)
    {
        (this.rows, this.columns, this.rank, this.turned, this.threads) = (rows, columns, rank, turned, threads);
        int size = rows * columns, left = rank * (turned ? columns : rows), right = rank * (turned ? rows : columns);
        double* start = MatrixProduct.Room(ref room, size + 2L * (left + right));
        m = new(start, size);
        p = new(start += size, left);
        across = new(start += left, left);
        q = new(start += left, right);
        along = new(start += right, right);
    }

    int Left => turned ? columns : rows;

    int Right => turned ? rows : columns;

    /// <summary>Q, row after row.</summary>
    public Span<double> Basis => Doubles.Of(q);

    /// <summary>The matrix ← a view, row after row.</summary>
    public void Take<L>(View<L> matrix) where L : struct, ILane<L> => Doubles.Read(matrix, m, threads);

    /// <summary>P = orthogonal factor of M·Q     Q ← R = MᵀP, so many times</summary>
    public void Follow(int times)
    {
        for (int i = 0; i < times; i++)
        {
            if (turned)
            {
                MatrixProduct.Transpose(q, along, Right, rank);
                MatrixProduct.Run(along, m, across, rank, rows, columns, threads);
                MatrixProduct.Transpose(across, p, rank, Left);
            }
            else
                MatrixProduct.Run(m, q, p, rows, columns, rank, threads);
            ThinQr.Orthogonalize((double*)p.Data, Left, rank, threads);
            MatrixProduct.Transpose(p, across, Left, rank);
            if (turned)
                MatrixProduct.Run(m, p, q, rows, columns, rank, threads);
            else
            {
                MatrixProduct.Run(across, m, along, rank, rows, columns, threads);
                MatrixProduct.Transpose(along, q, rank, Right);
            }
        }
    }

    /// <summary>Q ← Q, each column / (its length + ε)</summary>
    public void Normalize(double epsilon)
    {
        MatrixProduct.Transpose(q, along, Right, rank);
        for (int j = 0; j < rank; j++)
        {
            double square = 0;
            Span<double> column = Doubles.Of(along).Slice(j * Right, Right);
            foreach (double x in column)
                square += x * x;
            double length = Math.Sqrt(square) + epsilon;
            foreach (ref double x in column)
                x = length > 0 ? x / length : 0;
        }
        MatrixProduct.Transpose(along, q, rank, Right);
    }

    /// <summary>product ← P·Qᵀ, or its transpose, in the precision of the weights.</summary>
    public void Product<L>(View<L> product, View<L> tall, View<L> flat) where L : struct, ILane<L>
    {
        MatrixProduct.Transpose(q, along, Right, rank);
        Doubles.Write(turned ? q : p, tall, threads);
        Doubles.Write(turned ? across : along, flat, threads);
        MatrixProduct.Run(tall, flat, product, rows, rank, columns, threads);
    }
}
