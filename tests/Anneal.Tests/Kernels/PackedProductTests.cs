using System.Numerics;

namespace Anneal.Tests.Kernels;

public unsafe class PackedProductTests
{
    public static TheoryData<int, int, int> Shapes => new()
    {
        { 1, 1, 1 }, { 8, 3, 32 }, { 7, 5, 31 }, { 9, 257, 33 }, { 16, 600, 64 }, { 33, 64, 100 }, { 1, 300, 70 },
    };

    [Theory, MemberData(nameof(Shapes))]
    public void A_product_is_that_of_a_chain_of_fused_multiply_adds_in_float(int m, int k, int n) => Compare<float>(m, k, n);

    [Theory, MemberData(nameof(Shapes))]
    public void A_product_is_that_of_a_chain_of_fused_multiply_adds_in_double(int m, int k, int n) => Compare<double>(m, k, n);

    /// <summary>Bit for bit, with both factors straight and turned, alone and added; and what stands beside the result is left alone.</summary>
    static void Compare<T>(int m, int k, int n) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var draws = new SeededRandom(1);
        T[] a = Numbers(m * k), b = Numbers(k * n), start = Numbers(m * (n + 3)), packed = new T[PackedProduct.PackedLength<T>(k, n)];
        foreach (bool add in (bool[])[false, true])
            foreach (bool turned in (bool[])[false, true])
            {
                T[] c = [.. start], outer = [.. start];
                fixed (T* pa = a, pb = b, pc = c, po = outer, pp = packed)
                {
                    PackedProduct.Pack(pb, turned ? 1 : n, turned ? k : 1, k, n, pp);
                    PackedProduct.Run(pa, turned ? 1 : k, turned ? m : 1, pp, pc, n + 3, m, k, n, add);
                    PackedProduct.AddOuter(pa, m, pb, n, po, n + 3, m, k, n);
                }
                for (int i = 0; i < m; i++)
                    for (int j = 0; j < n + 3; j++)
                    {
                        T sum = add || j >= n ? start[i * (n + 3) + j] : T.Zero;
                        for (int l = 0; l < k && j < n; l++)
                            sum = T.FusedMultiplyAdd(a[turned ? l * m + i : i * k + l], b[turned ? j * k + l : l * n + j], sum);
                        Assert.Equal(sum, c[i * (n + 3) + j]);
                        sum = start[i * (n + 3) + j];
                        for (int l = 0; l < k && j < n; l++)
                            sum = T.FusedMultiplyAdd(a[l * m + i], b[l * n + j], sum);
                        Assert.Equal(sum, outer[i * (n + 3) + j]);
                    }
            }

        T[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => T.CreateTruncating(draws.Normal()))];
    }
}
