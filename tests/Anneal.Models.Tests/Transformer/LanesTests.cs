using System.Numerics;

namespace Anneal.Models.Tests;

public class LanesTests
{
    /// <summary>The smallest float that is not subnormal.</summary>
    const float SmallestNormal = 1.17549435e-38f;

    [Theory]
    [InlineData(-68.9f), InlineData(-20f), InlineData(0f), InlineData(1.5f), InlineData(88f)]
    public void ExponentialIsWithinTwoUnitsOfTheLastPlace(float x) =>
        Assert.InRange(Lanes.Exp(new Vector<float>(x))[0] / Math.Exp(x), 1 - 2 * Math.ScaleB(1, -23), 1 + 2 * Math.ScaleB(1, -23));

    [Theory]
    [InlineData(-69.1f), InlineData(-88f), InlineData(-1e4f), InlineData(float.NegativeInfinity)]
    public void WhatIsTooSmallIsNothing(float x)
    {
        Assert.Equal(0, Lanes.Exp(new Vector<float>(x))[0]);
        Assert.Equal(0, Lanes.Sigmoid(new Vector<float>(x))[0]);
    }

    [Fact]
    public void WhatIsNoNumberStaysNone()
    {
        Assert.True(float.IsNaN(Lanes.Exp(new Vector<float>(float.NaN))[0]));
        Assert.True(float.IsNaN(Lanes.Sigmoid(new Vector<float>(float.NaN))[0]));
    }

    [Fact]
    public void DoublesKeepWhatFloatsDrop() => Assert.Equal(Math.Exp(-300), Lanes.Exp(new Vector<double>(-300d))[0], Math.Exp(-300) * 1e-14);

    /// <summary>Units that are saturated and scores that are far apart give no subnormal activation, share or slope.</summary>
    [Fact]
    public unsafe void SaturatedUnitsHaveNoSubnormalNumbers()
    {
        float[] z = [.. Enumerable.Range(-400, 800).Select(i => i / 8f)], a = new float[z.Length], d = [.. z.Select(_ => 1e-6f)], dz = new float[z.Length];
        fixed (float* pz = z, pa = a, pd = d, pdz = dz)
        {
            GatedUnits<float>.GeluBackward(pz, pa, pd, pdz, z.Length);
            Softmax<float>.Forward(pz, z.Length, 2);
        }
        Assert.All([.. a, .. dz, .. z], x => Assert.True(x == 0 || Math.Abs(x) >= SmallestNormal, $"{x}"));
        Assert.InRange(z.Sum(), 1 - 1e-6, 1 + 1e-6);
    }
}
