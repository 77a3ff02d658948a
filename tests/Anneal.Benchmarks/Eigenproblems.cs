using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Anneal.Benchmarks;

/// <summary>Eigenvalues and vectors of Gram matrices, as SOAP and Shampoo need them, by what there is: in turns, and the least of many.</summary>
/// <remarks>
/// Math.NET's OpenBLAS provider needs a native library that its project builds for Windows alone. Its symmetric eigenproblem is one call of LAPACK's dsyev, so that is called here, in the
/// system's OpenBLAS, and dsyevd, the divide-and-conquer form, beside it. Unset OPENBLAS_CORETYPE and OPENBLAS_L2_SIZE.
/// </remarks>
static unsafe class Eigenproblems
{
    static readonly string[] places = ["libopenblas.so.0", "/usr/lib/x86_64-linux-gnu/openblas-pthread/libopenblas.so.0"];

    public static void Print(string[] args)
    {
        double seconds = args.Length > 0 ? double.Parse(args[0], CultureInfo.InvariantCulture) : 20;
        var library = IntPtr.Zero;
        foreach (string place in places)
            if (library == IntPtr.Zero)
                NativeLibrary.TryLoad(place, out library);
        if (library == IntPtr.Zero)
            Console.WriteLine("There is no OpenBLAS (Debian: libopenblas0-pthread); its columns are left out.");
        else
            Console.WriteLine($"OpenBLAS for {Marshal.PtrToStringUTF8(((delegate* unmanaged<nint>)NativeLibrary.GetExport(library, "openblas_get_corename"))())}");
        Console.WriteLine("| n | threads | Math.NET, ms | here, ms | OpenBLAS dsyev; dsyevd, ms | here / Math.NET | here / OpenBLAS | residual here, of n·ε·norm |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- | --- |");
        foreach (int n in new[] { 64, 256, 1024 })
            foreach (int threads in new[] { 1, 2 })
            {
                var random = new Random(1);
                double[] g = [.. Enumerable.Range(0, n * n).Select(_ => random.NextDouble() - 0.5)], gram = Dense.Gram(g, n, n, 2);
                if (library != IntPtr.Zero)
                    ((delegate* unmanaged<int, void>)NativeLibrary.GetExport(library, "openblas_set_num_threads"))(threads);
                Action? dsyev = library == IntPtr.Zero ? null : () => Lapack(library, "dsyev_", gram, n), dsyevd = library == IntPtr.Zero ? null : () => Lapack(library, "dsyevd_", gram, n);
                Line(n, threads, seconds, Residual(gram, n), () => Dense.EigenByMathNet(gram, n), () => Dense.Eigen(gram, n, threads), dsyev, dsyevd);
            }
    }

    static void Line(int n, int threads, double seconds, double residual, Action theirs, Action ours, params Action?[] native)
    {
        // Math.NET's decides itself how many threads it takes; one line is enough.
        Action?[] all = [threads == 1 ? theirs : null, ours, .. native];
        double[] least = [.. all.Select(_ => double.PositiveInfinity)];
        var clock = Stopwatch.StartNew();
        do
            for (int k = 0; k < all.Length; k++)
                if (all[k] is { } solve)
                {
                    long start = Stopwatch.GetTimestamp();
                    solve();
                    least[k] = Math.Min(least[k], Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                }
        while (clock.Elapsed.TotalSeconds < seconds);
        double[] system = [.. least[2..].Where(double.IsFinite)];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {n} | {threads} | {Milliseconds(least[0])} | {Milliseconds(least[1])} | {string.Join("; ", system.Select(Milliseconds))} | {Ratio(least[0])} | {string.Join("; ", system.Select(Ratio))} | {residual:F2} |"));

        string Ratio(double other) => double.IsFinite(other) ? (least[1] / other).ToString("F2", CultureInfo.InvariantCulture) : "";
    }

    static string Milliseconds(double x) => double.IsFinite(x) ? x.ToString(x < 100 ? "F2" : "F0", CultureInfo.InvariantCulture) : "";

    static double Residual(double[] gram, int n)
    {
        var (values, vectors) = Dense.Eigen(gram, n, 2);
        double[] image = Dense.Product(gram, vectors, n, n, n, 2);
        double worst = 0;
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                worst = Math.Max(worst, Math.Abs(image[i * n + j] - values[j] * vectors[i * n + j]));
        return worst / (n * Math.Pow(2, -53) * values[0]);
    }

    static void Lapack(IntPtr library, string routine, double[] gram, int n)
    {
        double[] a = [.. gram], values = new double[n], room = new double[1];
        int[] integerRoom = new int[1];
        nint at = NativeLibrary.GetExport(library, routine);
        // First it says how much room it wants.
        Call(-1, -1);
        int wanted = (int)room[0], wantedIntegers = Math.Max(1, integerRoom[0]);
        (room, integerRoom) = (new double[wanted], new int[wantedIntegers]);
        Call(wanted, wantedIntegers);

        void Call(int length, int integerLength)
        {
            byte v = (byte)'V', u = (byte)'U';
            int size = n, info = 0;
            fixed (double* matrix = a, w = values, r = room)
            fixed (int* i = integerRoom)
                if (routine == "dsyevd_")
                    ((delegate* unmanaged<byte*, byte*, int*, double*, int*, double*, double*, int*, int*, int*, int*, void>)at)(&v, &u, &size, matrix, &size, w, r, &length, i, &integerLength, &info);
                else
                    ((delegate* unmanaged<byte*, byte*, int*, double*, int*, double*, double*, int*, int*, void>)at)(&v, &u, &size, matrix, &size, w, r, &length, &info);
            if (info != 0)
                throw new InvalidOperationException($"{routine} returned {info}.");
        }
    }
}
