namespace Anneal.Experiments;

/// <summary>What is logged about some updates of a transformer's run.</summary>
/// <param name="Step">Updates made when the line was written.</param>
/// <param name="Rate">The largest rate of these updates.</param>
/// <param name="Loss">Mean loss of their batches, in nats per token.</param>
/// <param name="GradientNorm">The largest ‖g‖, before any clipping.</param>
/// <param name="UpdateRatio">‖Δw‖/‖w‖ of the last of them, in the matrix where it is largest.</param>
/// <param name="LargestLogit">The largest q·k/√d of any head.</param>
/// <param name="Entropy">The least mean entropy of a head's attention, in nats.</param>
/// <param name="StreamRms">The largest root mean square of the residual stream behind a block.</param>
/// <param name="NoiseScale">Gradient noise scale in sequences (<see cref="Diagnostics.GradientNoise"/>), from two half batches; noisy in a single line, NaN where it comes out negative.</param>
/// <param name="Sharpness">Largest eigenvalue of the Hessian found on a batch; null in lines that did not look.</param>
public sealed record LogLine(
    long Step, double Rate, double Loss, double GradientNorm, double UpdateRatio, double LargestLogit, double Entropy, double StreamRms,
    double NoiseScale, double? Sharpness = null);
