namespace Anneal.Models;

/// <summary>The bytes that training a transformer takes at the least, by the arrays it makes; known before one of them is made.</summary>
/// <remarks>What the rule remembers comes on top, and so does each thread's own room.</remarks>
/// <param name="Weights">Numbers in the model.</param>
/// <param name="ForWeights">For weights and gradients: what the loop keeps of each, and the copy that products read.</param>
/// <param name="ForBatch">For the tokens of a batch and all that each leaves for the way back.</param>
/// <param name="LargestOfBatch">The largest single array of these.</param>
sealed record TrainingMemory(double Weights, double ForWeights, double ForBatch, double LargestOfBatch)
{
    /// <summary>Bytes that one array can have.</summary>
    public const double LargestArray = int.MaxValue;

    public double All => ForWeights + ForBatch;

    /// <param name="model">Its sizes may be beyond what any machine can hold.</param>
    /// <param name="batchSize">Sequences, all of which are looked at together when the run is judged.</param>
    /// <param name="length">Tokens of each.</param>
    public static TrainingMemory Of(Transformer model, int batchSize, int length)
    {
        double tokens = (double)batchSize * length, width = model.Width, up = (model.Mlp == MlpKind.SwiGlu ? 2.0 : 1) * model.Hidden, scores = tokens * model.Heads * length;
        double weights = model.WeightCount;
        return new(weights, sizeof(float) * 6 * weights,
            sizeof(float) * (tokens * (2 + model.Layers * (6 * width + up) + 9 * width + model.Hidden + up + model.Vocabulary) + model.Layers * scores),
            sizeof(float) * new[] { tokens * 3 * width, tokens * up, tokens * model.Vocabulary, scores }.Max());
    }
}
