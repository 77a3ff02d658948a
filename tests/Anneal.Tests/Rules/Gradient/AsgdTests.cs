using static Anneal.Tests.PlainArithmetic;

namespace Anneal.Tests;

public class AsgdTests
{
    [Fact]
    public void Asgd_averages_from_its_step_on()
    {
        Agree(new Asgd(Lambda: 0.3, Alpha: 0.6, T0: 3), 0, (t, w, g, _) =>
            (1 - 0.3 * Eta(t)) * w - Eta(t) * g);

        var state = new Asgd(Lambda: 0, T0: 3).Start(Layout.Of(1));
        double[] x = [1], settled = new double[1];
        List<double> after = [];
        for (int t = 1; t <= 9; t++)
        {
            new Asgd(Lambda: 0, T0: 3).Step(state, x, [Gradient(t, 1)], Rate);
            after.Add(x[0]);
            new Asgd(Lambda: 0, T0: 3).GetEvaluationWeights(state, x, settled);
            // The weight of step t is 1 / max(1, t − 1 − From).
            double expected = after.Select((w, i) => (w, t: i + 1)).Aggregate(0.0, (average, step) => average + (step.w - average) / (step.t == 1 ? 1 : Math.Max(1, step.t - 1 - 3)));
            Assert.Equal(expected, settled[0], 1e-12);
        }

        static double Eta(int t) => t == 1 ? Rate : Rate / Math.Pow(1 + 0.3 * Rate * (t - 1), 0.6);
    }
}
