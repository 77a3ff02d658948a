using System.Text.Json;

namespace Anneal.Models.Tests;

/// <summary>A transformer as PyTorch saw it: tests/golden/transformer.json; its README says how the weights are drawn.</summary>
sealed record TransformerRecord(string Name, Transformer Model, double[] Weights, TokenBatch Batch, double Loss, int LogitStep, double[] Logits, int GradientStep, double[] Gradient, (string Name, double Norm, double Sum)[] Tensors)
{
    public override string ToString() => Name;

    public static IReadOnlyList<TransformerRecord> All { get; } = Read();

    static List<TransformerRecord> Read()
    {
        using var file = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "golden", "transformer.json")));
        var records = new List<TransformerRecord>();
        foreach (var r in file.RootElement.GetProperty("records").EnumerateArray())
        {
            var o = r.GetProperty("options");
            var model = new Transformer(Int("vocabulary"), Int("context"), Int("width"), Int("layers"), Int("heads"))
            {
                Hidden = Int("hidden"),
                Positions = Enum.Parse<PositionKind>(Text("positions"), ignoreCase: true),
                Norm = Enum.Parse<NormKind>(Text("norm"), ignoreCase: true),
                Mlp = Enum.Parse<MlpKind>(Text("mlp"), ignoreCase: true),
                TiedWeights = o.GetProperty("tied").GetBoolean(),
                Bias = o.GetProperty("bias").GetBoolean(),
                QkNorm = o.GetProperty("qkNorm").GetBoolean(),
                NormEpsilon = o.GetProperty("normEpsilon").GetDouble(),
                RotaryBase = o.GetProperty("rotaryBase").GetDouble(),
            };
            records.Add(new(r.GetProperty("name").GetString()!, model, DrawnWeights(model, r.GetProperty("seed").GetUInt64(), o.GetProperty("spread").GetDouble()),
                new([.. Ints(r, "inputs")], [.. Ints(r, "targets")], Int("length")), r.GetProperty("loss").GetDouble(), r.GetProperty("logitStep").GetInt32(), Doubles(r, "logits"),
                r.GetProperty("gradientStep").GetInt32(), Doubles(r, "gradient"), [.. r.GetProperty("tensors").EnumerateArray().Select(t => (t[0].GetString()!, t[1].GetDouble(), t[2].GetDouble()))]));

            int Int(string name) => o.GetProperty(name).GetInt32();
            string Text(string name) => o.GetProperty(name).GetString()!;
        }
        return records;
    }

    /// <summary>Weights around 1 for gains and around 0 for all else: no tensor without influence.</summary>
    public static double[] DrawnWeights(Transformer model, ulong seed, double spread)
    {
        var draws = new SeededRandom(seed);
        return [.. model.Layout.Tensors.SelectMany(t => Enumerable.Range(0, t.Count).Select(_ => (!t.IsMatrix && t.Name.EndsWith("weight", StringComparison.Ordinal) ? 1 : 0) + spread * (2 * draws.Uniform() - 1)))];
    }

    /// <summary>Drawn tokens, each to be followed by another drawn one.</summary>
    public static TokenBatch Drawn(Transformer model, int sequences, int length, ulong seed)
    {
        var draws = new SeededRandom(seed);
        int[] Tokens() => [.. Enumerable.Range(0, sequences * length).Select(_ => draws.Below(model.Vocabulary))];
        return new(Tokens(), Tokens(), length);
    }

    static IEnumerable<int> Ints(JsonElement r, string name) => r.GetProperty(name).EnumerateArray().Select(e => e.GetInt32());

    static double[] Doubles(JsonElement r, string name) => [.. r.GetProperty(name).EnumerateArray().Select(e => e.GetDouble())];
}
