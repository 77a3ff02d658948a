using System.Security.Cryptography;
using System.Text;

namespace Anneal.Experiments;

/// <summary>One training run as a value: the same description gives the same result, bit for bit, on the same kind of machine.</summary>
/// <param name="Setting">Data, model, batches, length.</param>
/// <param name="Rule">How the weights follow the gradient.</param>
/// <param name="Schedule">The rate.</param>
/// <param name="Seed">Draws the start where it is random, and the batches; trials of equal seed and setting see the same ones.</param>
public sealed record Trial(Setting Setting, Rule Rule, Schedule Schedule, ulong Seed)
{
    /// <summary>A short name that only this description has: the first 16 digits of the SHA-256 of its JSON, in the names that it had first, so that a journal outlives a new name.</summary>
    public string Key => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(FormerNames.First(SweepJson.Write(this)))))[..16];

    /// <summary>Trains once.</summary>
    /// <exception cref="DataException">The model does not fit the data.</exception>
    public TrialResult Run() => Setting.Run(Rule, Schedule, Seed);
}

/// <summary>What a trial came to.</summary>
/// <param name="Loss">The loss on all samples learnt from (on held-out sequences, where the data are tokens), at the last weights (at their average, where the rule takes one); infinite where the run blew up.</param>
/// <param name="Test">On the samples kept for the test: the share of right classes, or the root of the mean squared error. Null where none were kept.</param>
/// <param name="Stopped">Why the run ended early; null where it did not.</param>
/// <param name="Log">What was logged on the way; null where nothing was.</param>
public sealed record TrialResult(double Loss, double? Test = null, string? Stopped = null, TrialLog? Log = null);
