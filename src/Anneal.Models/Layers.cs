namespace Anneal.Models;

/// <summary>Where each layer's weights stand in the one flat array: a matrix with one row per unit, then the biases, layer by layer.</summary>
sealed class Layers
{
    readonly int[] sizes, weightAt, biasAt;

    /// <param name="sizes">Units from the inputs to the outputs.</param>
    /// <param name="intercept">Whether units have biases.</param>
    public Layers(int[] sizes, bool intercept)
    {
        (this.sizes, Intercept) = (sizes, intercept);
        var tensors = new List<(string, int[])>();
        (weightAt, biasAt) = (new int[Count], new int[Count]);
        int at = 0;
        for (int l = 0; l < Count; l++)
        {
            string number = Count == 1 ? "" : $"{l + 1}";
            tensors.Add(($"w{number}", Outputs(l) == 1 ? [Inputs(l)] : [Outputs(l), Inputs(l)]));
            (weightAt[l], at) = (at, at + Weights(l));
            if (!intercept)
                continue;
            tensors.Add(($"b{number}", [Outputs(l)]));
            (biasAt[l], at) = (at, at + Outputs(l));
        }
        Layout = Layout.Of(tensors);
    }

    /// <summary>The tensors w1, b1, w2, …; w and b where there is one layer.</summary>
    public Layout Layout { get; }

    /// <summary>Whether units have biases.</summary>
    public bool Intercept { get; }

    /// <summary>How many layers there are: the hidden ones and the last.</summary>
    public int Count => sizes.Length - 1;

    /// <summary>Units from the inputs to the outputs, one number more than there are layers.</summary>
    public IReadOnlyList<int> Sizes => sizes;

    /// <summary>What a layer reads.</summary>
    public int Inputs(int layer) => sizes[layer];

    /// <summary>What a layer writes.</summary>
    public int Outputs(int layer) => sizes[layer + 1];

    /// <summary>What the last layer writes.</summary>
    public int Last => sizes[^1];

    /// <summary>How many weights a layer has beside its biases.</summary>
    public int Weights(int layer) => sizes[layer] * sizes[layer + 1];

    /// <summary>Where a layer's matrix begins.</summary>
    public int WeightAt(int layer) => weightAt[layer];

    /// <summary>Where a layer's biases begin.</summary>
    public int BiasAt(int layer) => biasAt[layer];

    /// <summary>Weights to begin with: 0 for one layer; for several, biases 0 and the rest uniform on ±√(6/(in + out)), with ReLU on ±√(6/in).</summary>
    public double[] Start(Activation activation, ulong seed)
    {
        var weights = new double[Layout.Count];
        if (Count == 1)
            return weights;
        var draws = new SeededRandom(seed);
        for (int l = 0; l < Count; l++)
        {
            double reach = Math.Sqrt(6.0 / (activation == Activation.Relu ? Inputs(l) : Inputs(l) + Outputs(l)));
            foreach (ref double w in weights.AsSpan(weightAt[l], Weights(l)))
                w = reach * (2 * draws.Uniform() - 1);
        }
        return weights;
    }

    /// <summary>The product of all layers, where nothing stands between them: <c>z = A·x + c</c>, A = W_L⋯W₁, row by row.</summary>
    public (double[][] Matrix, double[] Offset) Collapsed(double[] weights)
    {
        double[][] matrix = [.. Enumerable.Range(0, sizes[0]).Select(i => Enumerable.Range(0, sizes[0]).Select(j => i == j ? 1.0 : 0).ToArray())];
        double[] offset = new double[sizes[0]];
        for (int l = 0; l < Count; l++)
        {
            int layer = l;
            double[] Row(int o) => weights[(weightAt[layer] + o * Inputs(layer))..(weightAt[layer] + (o + 1) * Inputs(layer))];
            double[][] before = matrix;
            double[] shift = offset;
            offset = [.. Enumerable.Range(0, Outputs(l)).Select(o => Row(o).Zip(shift, (w, c) => w * c).Sum() + (Intercept ? weights[biasAt[layer] + o] : 0))];
            matrix = [.. Enumerable.Range(0, Outputs(l)).Select(o =>
                Enumerable.Range(0, sizes[0]).Select(j => Row(o).Select((w, i) => w * before[i][j]).Sum()).ToArray())];
        }
        return (matrix, offset);
    }
}
