using System.Text.Json;

namespace Anneal.Tests;

/// <summary>The functions of tests/golden/optimizers-new.json: matrices as the real implementations orthogonalise them, and computed coefficients.</summary>
public class NewtonSchulzTests
{
    static readonly JsonElement file = GoldenRuleTests.Golden("optimizers-new.json");

    static double[][] Matrix(JsonElement rows) => [.. rows.EnumerateArray().Select(r => r.EnumerateArray().Select(x => x.GetDouble()).ToArray())];

    static (NewtonSchulz Form, int Iterations) Asked(JsonElement function)
    {
        var p = function.GetProperty("params");
        double ε() => p.GetProperty("eps").GetDouble();
        return function.GetProperty("framework").GetString() switch
        {
            "pytorch-main" => (new(Epsilon: ε(), EpsilonForm: NormEpsilon.Clamped), p.GetProperty("ns_steps").GetInt32()),
            "noahamsel-polarexpress" => (new(CoefficientSet.PolarExpress, 1e-7, Safety: 1.01), p.GetProperty("steps").GetInt32()),
            "microsoft-dion" when function.GetProperty("function").GetString()!.StartsWith("polar") =>
                (new(CoefficientSet.PolarExpressFive, p.GetProperty("epsilon").GetDouble(), Safety: 1.02), 5),
            "microsoft-dion" => (new(CoefficientSet.Quintic, p.GetProperty("epsilon").GetDouble()), 5),
            "timm" => (new(p.GetProperty("coefficients").GetString() switch
            {
                "quintic" => CoefficientSet.Quintic,
                "original" => CoefficientSet.Jordan,
                "polar_express" => CoefficientSet.PolarExpressCushioned,
                _ => CoefficientSet.PolarExpressSafer,
            }, ε(), p.GetProperty("scale_eps").GetBoolean() ? NormEpsilon.AddedByShape : NormEpsilon.Clamped, p.GetProperty("safety_factor").GetDouble()), p.GetProperty("steps").GetInt32()),
            "optax" => (new(p.GetProperty("ns_coeffs").GetString() == "dion" ? CoefficientSet.Quintic : CoefficientSet.Jordan, ε(), Preconditioning: p.GetProperty("preconditioning").GetString() switch
            {
                "spectral" => Preconditioning.Spectral,
                "schatten" => Preconditioning.Schatten,
                "aol" => Preconditioning.AlmostOrthogonal,
                _ => Preconditioning.Frobenius,
            }), p.GetProperty("ns_steps").GetInt32()),
            _ => (new(p.GetProperty("coefficient_type").GetString() switch
            {
                "simple" => CoefficientSet.Jordan,
                "quintic" => CoefficientSet.Quintic,
                "polar_express" => CoefficientSet.PolarExpressRounded,
                "cans" => CoefficientSet.Cans,
                "aol" => CoefficientSet.AlmostOrthogonal,
                "deepseekv4" => CoefficientSet.DeepSeekV4,
                _ => CoefficientSet.Cubic,
            }, ε(), NormEpsilon.Clamped, Cycles: p.GetProperty("coefficient_type").GetString() is "aol" or "quintic"), p.GetProperty("steps").GetInt32()),
        };
    }

    public static TheoryData<string> Functions => [.. file.GetProperty("functions").EnumerateArray().Select(Named).Distinct()];

    static string Named(JsonElement f) => $"{f.GetProperty("framework").GetString()} {f.GetProperty("function").GetString()} {f.GetProperty("params").GetRawText()}";

    [Theory, MemberData(nameof(Functions))]
    public void A_matrix_becomes_what_the_implementation_makes_of_it(string function)
    {
        foreach (var record in file.GetProperty("functions").EnumerateArray().Where(f => Named(f) == function))
        {
            double[][] input = Matrix(record.GetProperty("input")), output = Matrix(record.GetProperty("output"));
            var (form, iterations) = Asked(record);
            double[] got = new SpectralNorm(iterations, SpectralScale.One, NewtonSchulz: form).Direction([.. input.SelectMany(r => r)], input.Length, input[0].Length);
            double most = output.SelectMany(r => r).Zip(got, (a, b) => Math.Abs(a - b)).Max();
            Assert.True(most < 1e-12, $"{record.GetProperty("input_name").GetString()}: {most} away");
        }
    }

    [Fact]
    public void Polar_Express_is_computed_as_its_authors_compute_it()
    {
        foreach (var record in file.GetProperty("coefficients").EnumerateArray())
        {
            var p = record.GetProperty("params");
            var steps = NewtonSchulzCoefficients.PolarExpress(
                p.GetProperty("l").GetDouble(), p.GetProperty("num_iters").GetInt32(), 1 + p.GetProperty("safety_factor_eps").GetDouble(), p.GetProperty("cushion").GetDouble(),
                p.GetProperty("degree").GetInt32());
            double[][] wanted = Matrix(record.GetProperty("coefficients"));
            // From the sixth step on the range is so narrow that the equations are nearly singular: the digits of the reference end there too.
            for (int i = 0; i < wanted.Length; i++)
                for (int j = 0; j < wanted[i].Length; j++)
                    Assert.Equal(wanted[i][j], j == 0 ? steps[i].A : j == 1 ? steps[i].B : steps[i].C, (i < 5 ? 1e-11 : 1e-5) * Math.Abs(wanted[i][j]));
        }
    }

    [Fact]
    public void The_factored_rescaling_follows_its_reference()
    {
        foreach (var record in file.GetProperty("variance_reduction").EnumerateArray())
        {
            var p = record.GetProperty("params");
            var steps = record.GetProperty("steps").EnumerateArray().ToList();
            int rows = steps[0].GetProperty("input").GetArrayLength(), columns = steps[0].GetProperty("input")[0].GetArrayLength();
            // Without momentum or iterations the step is the gradient divided by 16, as its norm is below that, and only the rescaling is left.
            var rule = new NorMuon(
                Beta: 0, Beta2: p.GetProperty("beta2").GetDouble(), Nesterov: false, Iterations: 0, EpsilonIsFloor: true, LengthEpsilon: 0,
                Lines: p.GetProperty("red_dim").GetInt32() == -1 ? MomentLines.Rows : MomentLines.Longer,
                NewtonSchulz: new(Epsilon: 16, EpsilonForm: NormEpsilon.Clamped), Scale: MatrixScale.None);
            var state = rule.Start(Layout.Of(rows, columns));
            foreach (var step in steps)
            {
                double[] weights = new double[rows * columns], input = Flat(step, "input");
                rule.Step(state, weights, input, 16);
                Assert.Equal(Flat(step, "output"), weights.Select(w => -w), (x, y) => Math.Abs(x - y) < 1e-12);
                Assert.Equal(Flat(step, "second_momentum"), state["v"].Select(v => 256 * v), (x, y) => Math.Abs(x - y) < 1e-12);
            }
        }

        static double[] Flat(JsonElement step, string name) => [.. Matrix(step.GetProperty(name)).SelectMany(r => r)];
    }
}
