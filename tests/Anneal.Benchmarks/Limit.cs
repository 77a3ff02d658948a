using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Anneal.Benchmarks;

/// <summary>The least that a rule must do: weights and memory are read and written, the gradient is read, and nothing else happens.</summary>
/// <remarks>
/// On vectors as wide as the processor's registers; no stores past the cache, which the rules do not use either. On two threads from
/// <see cref="WorthAThread"/> weights on.
/// </remarks>
sealed class Limit(float[] weights, float[] gradient, params float[][] memory)
{
    public const int WorthAThread = 65_536;

    public void Run(int threads)
    {
        int length = weights.Length, part = length / threads & ~15;
        if (threads == 1 || length < WorthAThread)
            Touch(0, length);
        else
            Parallel.For(0, threads, i => Touch(i * part, i == threads - 1 ? length : (i + 1) * part));
    }

    void Touch(int from, int to)
    {
        ref float w = ref MemoryMarshal.GetArrayDataReference(weights), g = ref MemoryMarshal.GetArrayDataReference(gradient);
        ref float a = ref w, b = ref w, c = ref w, d = ref w;
        if (memory.Length > 0)
            a = ref MemoryMarshal.GetArrayDataReference(memory[0]);
        if (memory.Length > 1)
            b = ref MemoryMarshal.GetArrayDataReference(memory[1]);
        if (memory.Length > 2)
            c = ref MemoryMarshal.GetArrayDataReference(memory[2]);
        if (memory.Length > 3)
            d = ref MemoryMarshal.GetArrayDataReference(memory[3]);
        switch (memory.Length)
        {
            case 0: Touch0(ref w, ref g, from, to); break;
            case 1: Touch1(ref w, ref g, ref a, from, to); break;
            case 2: Touch2(ref w, ref g, ref a, ref b, from, to); break;
            case 3: Touch3(ref w, ref g, ref a, ref b, ref c, from, to); break;
            default: Touch4(ref w, ref g, ref a, ref b, ref c, ref d, from, to); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Touch0(ref float w, ref float g, int from, int to)
    {
        for (nint i = from; i <= to - Vector<float>.Count; i += Vector<float>.Count)
            Add(ref w, Load(ref g, i), i);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Touch1(ref float w, ref float g, ref float a, int from, int to)
    {
        for (nint i = from; i <= to - Vector<float>.Count; i += Vector<float>.Count)
        {
            var x = Load(ref g, i);
            Add(ref w, x, i);
            Add(ref a, x, i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Touch2(ref float w, ref float g, ref float a, ref float b, int from, int to)
    {
        for (nint i = from; i <= to - Vector<float>.Count; i += Vector<float>.Count)
        {
            var x = Load(ref g, i);
            Add(ref w, x, i);
            Add(ref a, x, i);
            Add(ref b, x, i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Touch3(ref float w, ref float g, ref float a, ref float b, ref float c, int from, int to)
    {
        for (nint i = from; i <= to - Vector<float>.Count; i += Vector<float>.Count)
        {
            var x = Load(ref g, i);
            Add(ref w, x, i);
            Add(ref a, x, i);
            Add(ref b, x, i);
            Add(ref c, x, i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Touch4(ref float w, ref float g, ref float a, ref float b, ref float c, ref float d, int from, int to)
    {
        for (nint i = from; i <= to - Vector<float>.Count; i += Vector<float>.Count)
        {
            var x = Load(ref g, i);
            Add(ref w, x, i);
            Add(ref a, x, i);
            Add(ref b, x, i);
            Add(ref c, x, i);
            Add(ref d, x, i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector<float> Load(ref float array, nint i) => Vector.LoadUnsafe(ref array, (nuint)i);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Add(ref float array, Vector<float> x, nint i) => (Load(ref array, i) + x).StoreUnsafe(ref array, (nuint)i);
}
