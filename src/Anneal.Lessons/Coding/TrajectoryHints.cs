namespace Anneal.Lessons;

/// <summary>Causes that can be read off any trajectory, whatever the exercise asks.</summary>
static class TrajectoryHints
{
    /// <summary>Fewer numbers than this fit a pattern by chance.</summary>
    const int Fewest = 3;

    /// <summary>The cause, or null where no pattern fits.</summary>
    public static string? For(IReadOnlyList<double> found, IReadOnlyList<double> expected, string step)
    {
        double margin = Trajectory.Tolerance * expected.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();
        int bad = found.ToList().FindIndex(v => !double.IsFinite(v));
        if (bad >= 0 && (bad >= expected.Count || double.IsFinite(expected[bad])))
            return "A number is not finite there: look for a division by 0, the root of a negative number, or steps that grow without limit.";
        if (Math.Min(found.Count, expected.Count) < Fewest)
            return null;
        return Fits(found.Skip(1), expected, margin) ? $"Everything comes one {step} too late: the start, or the {step} before, is returned first."
            : Fits(found, expected.Skip(1), margin) ? $"Everything comes one {step} too early: the first {step} is left out."
            : Fits(found.Select(v => -v), expected, margin) ? "Every number has the wrong sign: the weight moves against the gradient, θ ← θ − …"
            : Ratio(found, expected, margin) is { } ratio ? $"Every number is {CodingVerdict.Show(ratio)} times the one expected: a constant factor is missing or one too many."
            : found.Skip(1).All(v => v == found[0]) ? $"Your numbers are all the same: nothing is carried from one {step} to the next."
            : null;
    }

    static bool Fits(IEnumerable<double> found, IEnumerable<double> expected, double margin)
    {
        var pairs = found.Zip(expected).ToList();
        return pairs.Count >= Fewest && pairs.TrueForAll(p => Trajectory.Near(p.First, p.Second, margin));
    }

    static double? Ratio(IReadOnlyList<double> found, IReadOnlyList<double> expected, double margin)
    {
        int largest = Enumerable.Range(0, Math.Min(found.Count, expected.Count)).MaxBy(i => Math.Abs(expected[i]));
        double ratio = found[largest] / expected[largest];
        return double.IsFinite(ratio) && ratio != 0 && found.Count == expected.Count && Fits(found, expected.Select(v => ratio * v), Math.Abs(ratio) * margin) ? ratio : null;
    }
}
