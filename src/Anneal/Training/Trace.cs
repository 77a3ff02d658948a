namespace Anneal;

/// <summary>What was seen at one step of a training run.</summary>
/// <param name="Step">Updates made before it.</param>
/// <param name="Rate">Learning rate of the step.</param>
/// <param name="Loss">Loss at the weights the step began with.</param>
/// <param name="WeightNorm">‖w‖ before the step.</param>
/// <param name="GradientNorm">‖g‖</param>
/// <param name="UpdateNorm">‖Δw‖</param>
/// <param name="Curvature">⟨Δg, Δw⟩ / ‖Δw‖² since the step before, the mean curvature along it; null where there was none.</param>
/// <param name="Metric">A validation metric, where one was taken.</param>
public sealed record TracePoint(
    long Step, double Rate, double Loss, double WeightNorm, double GradientNorm, double UpdateNorm, double? Curvature = null, double? Metric = null)
{
    /// <summary>‖Δw‖ / ‖w‖: about 1e-3 in a healthy run; NaN while all weights are 0.</summary>
    public double UpdateRatio => UpdateNorm / WeightNorm;
}

/// <summary>A training run as recorded at chosen steps: a value for charts and checks.</summary>
/// <param name="Points">In order of steps.</param>
/// <param name="Stopped">Why the run ended before its last step; null where it did not.</param>
public sealed record Trace(IReadOnlyList<TracePoint> Points, string? Stopped = null);
