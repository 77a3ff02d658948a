namespace Anneal.Models;

/// <summary>The losses of one number z, and their slopes in z.</summary>
static class Losses
{
    /// <summary>The loss of z against the label y; softmax's, which needs every class, is <see cref="NetworkEvaluator"/>'s.</summary>
    /// <param name="loss">Any kind but <see cref="LossKind.Softmax"/>.</param>
    /// <param name="z">What the model says.</param>
    /// <param name="y">The label.</param>
    /// <param name="slope">The derivative by z.</param>
    public static double One(this LossKind loss, double z, double y, out double slope)
    {
        switch (loss)
        {
            case LossKind.Squared:
                slope = z - y;
                return slope * slope / 2;
            case LossKind.Absolute:
                slope = z > y ? 1 : z < y ? -1 : z - y;
                return Math.Abs(z - y);
            default:
                double side = y > 0 ? 1 : -1, e = Math.Exp(-Math.Abs(z));
                slope = (z > 0 ? 1 / (1 + e) : e / (1 + e)) - (y > 0 ? 1 : 0);
                return Math.Max(-side * z, 0) + Math.Log(1 + e);
        }
    }
}
