namespace Anneal.Lessons;

/// <summary>What a program returned, or why it returned nothing.</summary>
/// <param name="Values">One number per step.</param>
/// <param name="Fault">What the program threw, or what else kept it from an answer; null where it returned.</param>
/// <param name="IsStub">True when the program says itself that it is not written yet.</param>
sealed record Trajectory(double[] Values, string? Fault = null, bool IsStub = false)
{
    /// <summary>Relative to the largest number of the reference: the rounding errors of some hundred steps stay far below it, a wrong formula far above.</summary>
    public const double Tolerance = 1e-9;

    /// <summary>Runs a program on a trial.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="program">The program.</param>
    /// <param name="most">A sequence longer than this is cut.</param>
    public static Trajectory Of<F>(Trial<F> trial, F program, int most) where F : Delegate
    {
        try
        {
            double[] values = [.. trial.Run(program).Take(most)];
            return new(values, IsStub: values.Length > 0 && values.All(double.IsNaN));
        }
        catch (NotImplementedException)
        {
            return new([], IsStub: true);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return new([], $"{e.GetType().Name}: {e.Message.ReplaceLineEndings(" ")}");
        }
        finally
        {
            foreach (var input in trial.Inputs)
                input.Restore();
        }
    }

    /// <summary>The first place where two trajectories differ; null where they agree.</summary>
    public int? DifferenceFrom(Trajectory reference)
    {
        double margin = reference.Margin;
        for (int i = 0; i < Math.Min(Values.Length, reference.Values.Length); i++)
            if (!Near(Values[i], reference.Values[i], margin))
                return i;
        return Values.Length == reference.Values.Length ? null : Math.Min(Values.Length, reference.Values.Length);
    }

    /// <summary>Two values agree when they are this close.</summary>
    public double Margin => Tolerance * Values.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();

    public static bool Near(double a, double b, double margin) => a == b || (double.IsNaN(a) && double.IsNaN(b)) || Math.Abs(a - b) <= margin;
}
