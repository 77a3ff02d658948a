using System.Text.Json;

namespace Anneal.Tests;

/// <summary>Options that no golden record uses; the references are the frameworks' formulas, one number at a time.</summary>
public class OptimizerImportTests
{
    static readonly double[] start = [1, -2, 0.5, 3];

    static readonly double[][] gradients = [[0.5, -1, 2, 0.1], [-0.25, -1, 1, -3], [0.5, 2, -0.5, 0.2], [-1, 0.3, 0.7, -0.1]];

    static ImportedRule Read(string json) => OptimizerImport.Read(JsonDocument.Parse(json).RootElement);

    static double[] Walked(ImportedRule imported)
    {
        double[] weights = [.. start];
        var state = imported.Rule.Start(Layout.Of(weights.Length));
        for (int t = 0; t < gradients.Length; t++)
            imported.Rule.Step(state, weights, gradients[t], imported.At(t));
        return weights;
    }

    static void Near(double[] expected, double[] actual) => Assert.Equal(expected, actual, (a, b) => Math.Abs(a - b) < 1e-13);

    static double[] Masked(double[] step, double[] g)
    {
        double kept = step.Zip(g).Count(p => p.First * p.Second > 0) / (double)g.Length;
        return [.. step.Zip(g, (s, x) => s * x > 0 ? s / Math.Max(kept, 1e-3) : 0)];
    }

    [Fact]
    public void LaProp_with_caution_and_corrected_decay_under_a_falling_rate()
    {
        var imported = Read("""
            {"framework": "timm", "optimizer": "LaProp", "params": {"lr": 0.1, "betas": [0.8, 0.9], "weight_decay": 0.2, "caution": true, "corrected_weight_decay": true},
             "lr_schedule": {"name": "CosineAnnealingLR", "framework": "pytorch", "params": {"T_max": 4}}}
            """);
        double[] w = [.. start], m = new double[4], v = new double[4];
        double c1 = 0, c2 = 0;
        for (int t = 0; t < 4; t++)
        {
            double lr = 0.1 * (1 + Math.Cos(Math.PI * t / 4)) / 2;
            double[] g = gradients[t];
            (c1, c2) = (0.8 * c1 + 0.2 * lr, 0.9 * c2 + 0.1);
            for (int i = 0; i < 4; i++)
            {
                v[i] = 0.9 * v[i] + 0.1 * g[i] * g[i];
                m[i] = 0.8 * m[i] + lr * 0.2 * g[i] / (Math.Sqrt(v[i] / c2) + 1e-15);
            }
            double[] step = Masked(m, g);
            for (int i = 0; i < 4; i++)
            {
                w[i] -= step[i] * lr / c1;
                w[i] -= lr * lr / 0.1 * 0.2 * w[i];
            }
        }
        Near(w, Walked(imported));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Adopt_with_caution_looks_at_the_gradient_with_its_decay(bool decoupled)
    {
        var imported = Read($$"""{"framework": "timm", "optimizer": "Adopt", "params": {"lr": 0.1, "betas": [0.8, 0.9], "weight_decay": 0.3, "caution": true, "decoupled": {{(decoupled ? "true" : "false")}} } }""");
        double[] w = [.. start], m = new double[4], v = new double[4];
        for (int t = 0; t < 4; t++)
        {
            double[] g = [.. gradients[t].Select((x, i) => decoupled ? x : x + 0.3 * w[i])];
            if (t > 0)
            {
                double most = Math.Pow(t, 0.333);
                for (int i = 0; i < 4; i++)
                {
                    w[i] *= decoupled ? 1 - 0.1 * 0.3 : 1;
                    m[i] = 0.8 * m[i] + 0.2 * Math.Clamp(g[i] / Math.Max(Math.Sqrt(v[i]), 1e-6), -most, most);
                }
                double[] step = Masked(m, g);
                for (int i = 0; i < 4; i++)
                    w[i] -= 0.1 * step[i];
            }
            for (int i = 0; i < 4; i++)
                v[i] = t == 0 ? g[i] * g[i] : 0.9 * v[i] + 0.1 * g[i] * g[i];
        }
        Near(w, Walked(imported));
    }

    [Fact]
    public void Prodigy_may_look_at_every_second_weight_only()
    {
        var imported = Read("""{"framework": "konstmish-prodigy", "optimizer": "Prodigy", "params": {"lr": 1, "d0": 0.1, "slice_p": 2}}""");
        double[] w = [.. start], m = new double[4], v = new double[4], s = new double[2];
        double d = 0.1, largest = 0.1, r = 0, β3 = Math.Sqrt(0.999);
        foreach (double[] g in gradients)
        {
            double length = 0, l = d;
            r *= β3;
            for (int i = 0; i < 4; i++)
            {
                if (i % 2 == 0)
                {
                    r += d / 0.1 * l * g[i] * (start[i] - w[i]);
                    s[i / 2] = β3 * s[i / 2] + d / 0.1 * l * g[i];
                    length += Math.Abs(s[i / 2]);
                }
                m[i] = 0.9 * m[i] + 0.1 * d * g[i];
                v[i] = 0.999 * v[i] + 0.001 * d * d * g[i] * g[i];
            }
            double estimate = r / length;
            d = d == 0.1 ? Math.Max(d, estimate) : d;
            largest = Math.Max(largest, estimate);
            d = largest;
            for (int i = 0; i < 4; i++)
                w[i] -= l * m[i] / (Math.Sqrt(v[i]) + d * 1e-8);
        }
        Near(w, Walked(imported));
    }

    [Theory]
    [InlineData("clipnorm", 1.0, 1.0)]
    [InlineData("global_clipnorm", 1.0, 1.0)]
    [InlineData("clipvalue", 0.4, 0.0)]
    [InlineData("clipvalue", 0.0, 0.0)]
    [InlineData("clipnorm", 0.0, 0.0)]
    [InlineData("global_clipnorm", -1.0, 0.0)]
    public void Keras_clips_before_its_decay_and_not_at_all_at_zero(string clip, double most, double norm)
    {
        var imported = Read($$"""{"framework": "keras", "optimizer": "SGD", "params": {"learning_rate": 0.1, "weight_decay": 0.2, "{{clip}}": {{most.ToString(System.Globalization.CultureInfo.InvariantCulture)}} } }""");
        double[] w = [.. start];
        foreach (double[] g in gradients)
        {
            double size = Math.Sqrt(g.Sum(x => x * x));
            for (int i = 0; i < 4; i++)
            {
                double x = norm > 0 ? g[i] * norm / Math.Max(size, norm) : most > 0 && norm == 0 && clip == "clipvalue" ? Math.Clamp(g[i], -most, most) : g[i];
                w[i] = w[i] * (1 - 0.1 * 0.2) - 0.1 * x;
            }
        }
        Near(w, Walked(imported));
    }

    [Theory]
    [InlineData("""{"framework": "keras", "optimizer": "Adam", "params": {"clipnorm": 1, "clipvalue": 1}}""", "clipnorm cannot stand beside another clip")]
    [InlineData("""{"framework": "keras", "optimizer": "Adam", "params": {"gradient_accumulation_steps": 4}}""", "gradient_accumulation_steps is not known here")]
    [InlineData("""{"framework": "keras", "optimizer": "Adam", "params": {"use_ema": true, "ema_overwrite_frequency": 10}}""", "ema_overwrite_frequency is not known here")]
    [InlineData("""{"framework": "optax", "optimizer": "adamw", "params": {"learning_rate": 0.1, "mask": "f"}}""", "mask cannot be read here")]
    [InlineData("""{"framework": "pytorch", "optimizer": "Adam", "params": {"gamma": 1}}""", "gamma is not a parameter of Adam of pytorch")]
    public void What_cannot_be_read_is_refused_by_name(string json, string message) =>
        Assert.Contains(message, Assert.Throws<ScheduleFormatException>(() => Read(json)).Message);
}
