using System.Text.RegularExpressions;

namespace Anneal.Runs;

/// <summary>Layer-wise decay of the rate: the nearer a layer is to the input, the slower it learns.</summary>
/// <remarks>
/// <code>factor = decay^(L + 1 − layer)   with L layers; embeddings are layer 0, what follows the last layer is layer L + 1</code>
/// Layers are found by the names of ViT (<c>blocks.3</c>), BERT (<c>encoder.layer.3</c>), ConvNeXt (<c>stages.1.blocks.2</c>), Swin (<c>layers.1.blocks.0</c>) and GPT (<c>h.3</c>, <c>layers.3</c>).
/// Clark et al., ELECTRA (2020); Bao et al., BEiT (2021).
/// </remarks>
public static partial class LayerDecay
{
    /// <summary>Every tensor's factor.</summary>
    /// <param name="tensors">The model's tensors.</param>
    /// <param name="decay">From above 0 to 1.</param>
    public static IReadOnlyDictionary<string, double> Factors(IReadOnlyList<TensorShape> tensors, double decay)
    {
        if (!(decay > 0 && decay <= 1))
            throw new ArgumentOutOfRangeException(nameof(decay), decay, "decay must be above 0 and at most 1.");
        var layers = tensors.Select(t => Layer(t.Name)).OfType<(int, int)>().Distinct().Order().ToList();
        return tensors.DistinctBy(t => t.Name).ToDictionary(t => t.Name, t => Math.Pow(decay, layers.Count + 1 - Number(t.Name)));

        int Number(string name) => Layer(name) is { } layer ? layers.IndexOf(layer) + 1 : Input().IsMatch(name) ? 0 : layers.Count + 1;
    }

    static (int, int)? Layer(string name)
    {
        if (Nested().Match(name) is { Success: true } nested)
            return (int.Parse(nested.Groups[2].Value), int.Parse(nested.Groups[3].Value));
        if (Downsampling().Match(name) is { Success: true } down)
            return (int.Parse(down.Groups[1].Success ? down.Groups[1].Value : down.Groups[2].Value), 0);
        return Plain().Match(name) is { Success: true } plain ? (int.Parse(plain.Groups[2].Value), 0) : null;
    }

    [GeneratedRegex(@"(^|\.)(?:stages|layers)\.(\d+)\.(?:blocks\.)?(\d+)(?:\.|$)")]
    private static partial Regex Nested();

    /// <summary>What makes a stage smaller goes with the stage's first block.</summary>
    [GeneratedRegex(@"(?:^|\.)(?:downsample_layers|stages|layers)\.(\d+)\.downsample|(?:^|\.)downsample_layers\.(\d+)")]
    private static partial Regex Downsampling();

    [GeneratedRegex(@"(^|\.)(?:blocks?|layers?|h|encoder\.layer)\.(\d+)(?:\.|$)")]
    private static partial Regex Plain();

    [GeneratedRegex(@"embed|cls_token|mask_token|pos_|position|(^|\.)wte|(^|\.)wpe|(^|\.)stem|conv_stem|tok_")]
    private static partial Regex Input();
}
