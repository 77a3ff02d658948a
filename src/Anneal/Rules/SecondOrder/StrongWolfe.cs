namespace Anneal;

/// <summary>A step length along a direction at which the loss has fallen enough and its slope has flattened enough.</summary>
/// <remarks>
/// <code>f(t) ≤ f(0) + 1e-4·t·f'(0)     |f'(t)| ≤ 0.9·|f'(0)|</code>
/// Brackets by enlarging the step, then shrinks the bracket, both by cubic interpolation. Nocedal and Wright, Numerical Optimization, alg. 3.5 and 3.6,
/// with the safeguards of PyTorch.
/// </remarks>
static class StrongWolfe
{
    const double Enough = 1e-4, Flat = 0.9;
    const int Most = 25;

    readonly record struct Place(double T, double F, double[] G, double Slope);

    /// <summary>Leaves the gradient at the length found in <paramref name="g"/>.</summary>
    public static (double Loss, double T, int Asked) Search(Oracle oracle, double[] w, double[] d, double loss, double[] g, double slope, double t, double tolerance)
    {
        double reach = Lbfgs.Largest(d);
        int asked = 0;
        Place Ask(double length)
        {
            double[] at = [.. w.Zip(d, (x, along) => x + length * along)], gradient = new double[w.Length];
            double f = oracle(at, gradient);
            asked++;
            return new(length, f, gradient, Lbfgs.Dot(gradient, d));
        }

        bool Fell(Place p) => p.F <= loss + Enough * p.T * slope;

        var start = new Place(0, loss, [.. g], slope);
        Place last = start, now = Ask(t);
        Place[]? bracket = null;
        bool done = false;
        int searched = 0;
        while (searched < Most)
        {
            if (!Fell(now) || searched > 1 && now.F >= last.F)
            {
                bracket = [last, now];
                break;
            }
            if (Math.Abs(now.Slope) <= -Flat * slope)
            {
                bracket = [now];
                done = true;
                break;
            }
            if (now.Slope >= 0)
            {
                bracket = [last, now];
                break;
            }
            double least = now.T + 0.01 * (now.T - last.T), greatest = now.T * 10;
            double next = Cubic(last, now, least, greatest);
            (last, now) = (now, Ask(next));
            searched++;
        }
        bracket ??= [start, now];

        bool stuck = false;
        var (low, high) = bracket.Length == 1 || bracket[0].F <= bracket[1].F ? (0, 1) : (1, 0);
        while (!done && searched < Most)
        {
            double width = Math.Abs(bracket[1].T - bracket[0].T);
            if (width * reach < tolerance)
                break;
            double smallest = Math.Min(bracket[0].T, bracket[1].T), largest = Math.Max(bracket[0].T, bracket[1].T);
            double next = Cubic(bracket[0], bracket[1], smallest, largest), margin = 0.1 * (largest - smallest);
            if (Math.Min(largest - next, next - smallest) < margin)
            {
                if (stuck || next >= largest || next <= smallest)
                {
                    next = Math.Abs(next - largest) < Math.Abs(next - smallest) ? largest - margin : smallest + margin;
                    stuck = false;
                }
                else
                    stuck = true;
            }
            else
                stuck = false;
            var found = Ask(next);
            searched++;
            if (!Fell(found) || found.F >= bracket[low].F)
            {
                bracket[high] = found;
                (low, high) = bracket[0].F <= bracket[1].F ? (0, 1) : (1, 0);
            }
            else
            {
                if (Math.Abs(found.Slope) <= -Flat * slope)
                    done = true;
                else if (found.Slope * (bracket[high].T - bracket[low].T) >= 0)
                    bracket[high] = bracket[low];
                bracket[low] = found;
            }
        }
        var best = bracket.Length == 1 ? bracket[0] : bracket[low];
        best.G.CopyTo(g, 0);
        return (best.F, best.T, asked);
    }

    /// <summary>The minimum of the cubic through two places and their slopes, kept between the bounds; their middle where it has none.</summary>
    static double Cubic(Place a, Place b, double least, double greatest)
    {
        var (x, y) = a.T <= b.T ? (a, b) : (b, a);
        double d1 = a.Slope + b.Slope - 3 * (a.F - b.F) / (a.T - b.T), square = d1 * d1 - a.Slope * b.Slope;
        if (!(square >= 0))
            return (least + greatest) / 2;
        double d2 = Math.Sqrt(square);
        return Math.Min(Math.Max(y.T - (y.T - x.T) * ((y.Slope + d2 - d1) / (y.Slope - x.Slope + 2 * d2)), least), greatest);
    }
}
