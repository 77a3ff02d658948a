using System.Numerics;

namespace Anneal.Models;

/// <summary>How the next token is chosen from its logits.</summary>
/// <remarks>
/// p = softmax(logits / Temperature); of the tokens in order of p the first TopK stay, and of those the fewest whose p add up to TopP or more (Holtzman et al.,
/// <see href="https://arxiv.org/abs/1904.09751">2020</see>); one of these is drawn, each with its probability. Tokens with equal p are in order of their numbers.
/// </remarks>
/// <param name="Temperature">0 always takes the likeliest token; 1 draws from the model's own distribution.</param>
/// <param name="TopK">How many of the likeliest tokens may be drawn; 0 means all.</param>
/// <param name="TopP">Share of the probability that may be drawn, above 0 up to 1.</param>
public sealed record Sampling(double Temperature = 1, int TopK = 0, double TopP = 1)
{
    /// <summary>Always the likeliest token.</summary>
    public static Sampling Greedy { get; } = new(Temperature: 0);

    /// <summary>0 always takes the likeliest token.</summary>
    public double Temperature { get; } = Temperature >= 0 && double.IsFinite(Temperature) ? Temperature
        : throw new ArgumentOutOfRangeException(nameof(Temperature), Temperature, "Temperature must be a finite number, 0 or above.");

    /// <summary>How many of the likeliest tokens may be drawn; 0 means all.</summary>
    public int TopK { get; } = TopK >= 0 ? TopK : throw new ArgumentOutOfRangeException(nameof(TopK), TopK, "TopK must be 0 or above.");

    /// <summary>Share of the probability that may be drawn.</summary>
    public double TopP { get; } = TopP is > 0 and <= 1 ? TopP : throw new ArgumentOutOfRangeException(nameof(TopP), TopP, "TopP must be above 0 and at most 1.");

    /// <summary>The probabilities that tokens are drawn with; they add up to 1.</summary>
    public double[] Probabilities<T>(ReadOnlySpan<T> logits) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] z = new double[logits.Length], p = new double[logits.Length];
        for (int i = 0; i < z.Length; i++)
            z[i] = double.CreateTruncating(logits[i]);
        int[] order = [.. Enumerable.Range(0, z.Length).OrderByDescending(i => z[i])];
        if (Temperature == 0)
        {
            p[order[0]] = 1;
            return p;
        }
        double top = z[order[0]], whole = z.Sum(x => Math.Exp((x - top) / Temperature)), kept = 0;
        int count = 0;
        while (count < z.Length && (TopK == 0 || count < TopK) && (count == 0 || kept < TopP * whole))
            kept += p[order[count]] = Math.Exp((z[order[count++]] - top) / Temperature);
        for (int i = 0; i < p.Length; i++)
            p[i] /= kept;
        return p;
    }

    /// <summary>A token.</summary>
    public int Next<T>(ReadOnlySpan<T> logits, SeededRandom random) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(random);
        double[] p = Probabilities(logits);
        if (Temperature == 0)
            return Array.IndexOf(p, 1);
        double left = random.Uniform();
        int last = 0;
        for (int i = 0; i < p.Length; i++)
            if (p[i] > 0)
            {
                last = i;
                if ((left -= p[i]) < 0)
                    break;
            }
        return last;
    }
}
