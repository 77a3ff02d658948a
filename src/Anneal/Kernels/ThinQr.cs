namespace Anneal.Kernels;

/// <summary>The orthogonal factor of a tall matrix: Householder's reflectors of sixteen columns at a time, applied to the others as one product.</summary>
/// <remarks>
/// A strip of sixteen columns, whose numbers lie side by side row after row, is brought to a triangle reflector by reflector. Together they are 1 − V·T·Vᵀ with a triangle T of 16 × 16
/// (Schreiber and Van Loan, <see href="https://doi.org/10.1137/0910005">A Storage-Efficient WY Representation for Products of Householder Transformations</see>, 1989), and every other strip
/// is multiplied by that. No column is divided by what may be 0, so Q has orthogonal columns whatever the rank. Strips do not depend on one another: the same bits at any number of threads.
/// The diagonal of R has the signs that LAPACK gives it: against the first number of what is left of the column.
/// </remarks>
sealed unsafe class ThinQr : IJob
{
    const int Strip = Reflectors.Strip, Square = Strip * Strip;

    /// <summary>Below this many multiplications waking a second thread does not pay.</summary>
    const long WorthAThread = 200_000;

    enum Phase { Load, Update, Form }

    [ThreadStatic] static ThinQr? mine;

    double[]? room;
    double* tall, strips, reflectors, formed, triangles;
    int rows, columns, count, length, panel;
    volatile bool isFinite;
    Phase phase;

    /// <summary>tall (rows × columns, row after row) ← its orthogonal factor; NaN where one of its numbers is not finite.</summary>
    public static void Orthogonalize(double* tall, int rows, int columns, int threads)
    {
        if (columns < 1 || rows < columns)
            throw new ArgumentException($"A matrix of {rows} × {columns} has no thin orthogonal factor.");
        (mine ??= new()).Solve(tall, rows, columns, threads);
    }

    void Solve(double* tall, int rows, int columns, int threads)
    {
        this.tall = tall;
        (this.rows, this.columns, isFinite) = (rows, columns, true);
        count = (columns + Strip - 1) / Strip;
        // Columns that lie a power of two apart would share a place in the cache.
        length = (rows + 15) & ~7;
        Divide();
        Run(Phase.Load, count, threads);
        if (!isFinite)
        {
            new Span<double>(tall, rows * columns).Fill(double.NaN);
            return;
        }
        for (panel = 0; panel < count; panel++)
        {
            Factor();
            Run(Phase.Update, count - panel - 1, threads);
        }
        Run(Phase.Form, count, threads);
    }

    /// <summary>The strips, what they become, the reflectors one after another, and −T of each strip.</summary>
    void Divide()
    {
        long size = (long)count * Strip * rows;
        strips = MatrixProduct.Room(ref room, 2 * size + (long)count * Strip * length + (count + 1L) * Square);
        formed = strips + size;
        triangles = formed + size;
        reflectors = triangles + (nint)(count + 1) * Square;
    }

    void Run(Phase phase, int parts, int threads)
    {
        this.phase = phase;
        if (parts > 0)
            Workers.Run(this, (long)parts * rows * Strip < WorthAThread / Strip ? 1 : Math.Min(threads, parts));
    }

    void IJob.Do(int part, int parts)
    {
        for (int s = part + (phase == Phase.Update ? panel + 1 : 0); s < count; s += parts)
            switch (phase)
            {
                case Phase.Load:
                    Load(s);
                    break;
                case Phase.Update:
                    Reflect(At(strips, s), panel, turned: true);
                    break;
                default:
                    Form(s);
                    break;
            }
    }

    double* At(double* of, int s) => of + (nint)s * Strip * rows;

    double* Reflector(int column) => reflectors + (nint)column * length;

    /// <summary>A strip of the matrix; columns beyond its edge are 0.</summary>
    void Load(int s)
    {
        int first = s * Strip, width = Math.Min(Strip, columns - first);
        double* strip = At(strips, s);
        if (width < Strip)
            new Span<double>(strip, rows * Strip).Clear();
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < width; j++)
                strip[i * Strip + j] = tall[(nint)i * columns + first + j];
        for (int j = 0; j < width; j++)
            if (!Scale(strip + j, Strip, rows))
                isFinite = false;
    }

    /// <summary>Numbers near the ends of the range are brought to about 1 by a power of two, so that no square is lost: that changes R and not Q. False where one is not finite.</summary>
    static bool Scale(double* x, int step, int count)
    {
        double largest = 0;
        // NaN counts as the larger one.
        for (int i = 0; i < count; i++)
            largest = Math.Max(largest, Math.Abs(x[(nint)i * step]));
        if (largest is > 0 and (< 1e-100 or > 1e100) && double.IsFinite(largest))
            for (int i = 0, power = -Math.ILogB(largest); i < count; i++)
                x[(nint)i * step] = Math.ScaleB(x[(nint)i * step], power);
        return double.IsFinite(largest);
    }

    /// <summary>The reflectors of this panel's strip, packed where the strip was, and their −T.</summary>
    void Factor()
    {
        int first = panel * Strip, depth = rows - first;
        double* strip = At(strips, panel), minus = triangles + (nint)panel * Square, products = triangles + (nint)count * Square;
        new Span<double>(Reflector(first), Strip * length).Clear();
        new Span<double>(minus, Square).Clear();
        for (int j = 0; j < Strip && first + j < columns; j++)
        {
            int row = first + j;
            double* u = Reflector(row);
            for (int i = row; i < rows; i++)
                u[i] = strip[i * Strip + j];
            // What equal columns leave of one another becomes smaller with each.
            Scale(u + row, 1, rows - row);
            double τ = Reflectors.Make(new(u + row, rows - row), out _);
            minus[j * Strip + j] = -τ;
            if (τ == 0)
                new Span<double>(u, length).Clear();
            else
                Reflectors.Apply(strip, u, τ, row, rows);
        }
        PackedProduct.Pack(Reflector(first) + first, 1, length, depth, Strip, strip);
        PackedProduct.Run(Reflector(first) + first, length, 1, strip, products, Strip, Strip, depth, Strip, add: false);
        for (int j = 1; j < Strip; j++)
            for (int i = 0; i < j; i++)
            {
                double sum = 0;
                for (int k = i; k < j; k++)
                    sum += minus[i * Strip + k] * products[k * Strip + j];
                minus[i * Strip + j] = minus[j * Strip + j] * sum;
            }
    }

    /// <summary>strip ← (1 − V·T·Vᵀ)·strip, or with Tᵀ, for the reflectors of a panel.</summary>
    void Reflect(double* strip, int panel, bool turned)
    {
        int first = panel * Strip, depth = rows - first;
        double* along = stackalloc double[Square], packed = stackalloc double[Square], minus = triangles + (nint)panel * Square, below = strip + (nint)first * Strip;
        PackedProduct.Run(below, 1, Strip, At(strips, panel), along, Strip, Strip, depth, Strip, add: false);
        PackedProduct.Pack(along, 1, Strip, Strip, Strip, packed);
        PackedProduct.Run(minus, turned ? 1 : Strip, turned ? Strip : 1, packed, along, Strip, Strip, Strip, Strip, add: false);
        PackedProduct.Pack(along, Strip, 1, Strip, Strip, packed);
        PackedProduct.Run(Reflector(first) + first, 1, length, packed, below, Strip, depth, Strip, Strip, add: true);
    }

    /// <summary>A strip of the product of all reflectors, into the matrix.</summary>
    void Form(int s)
    {
        int first = s * Strip, width = Math.Min(Strip, columns - first);
        double* strip = At(formed, s);
        new Span<double>(strip, rows * Strip).Clear();
        for (int j = 0; j < width; j++)
            strip[(first + j) * Strip + j] = 1;
        // Later panels leave these unit vectors as they are.
        for (int p = s; p >= 0; p--)
            Reflect(strip, p, turned: false);
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < width; j++)
                tall[(nint)i * columns + first + j] = strip[i * Strip + j];
    }
}
