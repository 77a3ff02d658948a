namespace Anneal.Frameworks;

/// <summary>The one parameter group whose rate PyTorch's schedulers read and write.</summary>
sealed class TorchGroup(double rate)
{
    /// <summary><c>group["lr"]</c>.</summary>
    public double Rate { get; set; } = rate;

    /// <summary><c>group["initial_lr"]</c>: set by the first scheduler, and overwritten by every OneCycleLR.</summary>
    public double? Initial { get; set; }

    /// <summary><c>group["initial_lr"]</c>, <c>group["max_lr"]</c> and <c>group["min_lr"]</c> as the last OneCycleLR left them; all OneCycleLR of a group follow them.</summary>
    public (double Start, double Peak, double Final) OneCycle { get; set; }
}
