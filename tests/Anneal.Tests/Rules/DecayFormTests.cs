using static Anneal.Tests.PlainArithmetic;

namespace Anneal.Tests;

public class DecayFormTests
{
    public static TheoryData<Rule, Rule> Coupled => new()
    {
        { new Adam(Decay: 0.3), new Adam() },
        { new DAdaptAdam(Decay: 0.3, D0: 0.1), new DAdaptAdam(D0: 0.1) },
        { new Prodigy(Decay: 0.3, Decoupled: false, D0: 0.1), new Prodigy(D0: 0.1) },
        { new WeightDecay(new RmsProp(), 0.3, DecayForm.L2), new RmsProp() },
    };

    [Theory, MemberData(nameof(Coupled))]
    public void Decay_in_the_gradient_is_the_gradient_of_a_penalty(Rule decayed, Rule plain)
    {
        RuleState first = decayed.Start(layout), second = plain.Start(layout);
        double[] one = [.. start], other = [.. start];
        for (int t = 1; t <= 8; t++)
        {
            decayed.Step(first, one, Gradients(t), Rate);
            plain.Step(second, other, [.. Gradients(t).Select((g, i) => g + 0.3 * other[i])], Rate);
        }
        Assert.Equal(other, one, (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.NotEqual(start, one);
    }

    [Theory]
    [InlineData(DecayForm.L2, Rate)]
    [InlineData(DecayForm.Decoupled, Rate)]
    [InlineData(DecayForm.DecoupledAfter, Rate)]
    [InlineData(DecayForm.Independent, 1)]
    [InlineData(DecayForm.IndependentAfter, 1)]
    public void Plain_descent_shrinks_by_its_decay_with_or_without_the_rate(DecayForm form, double share) =>
        Agree(new Sgd(0.3, form), 0, (_, w, g, _) => w - Rate * g - share * 0.3 * w);

    [Theory]
    [InlineData(DecayForm.L2)]
    [InlineData(DecayForm.Decoupled)]
    [InlineData(DecayForm.Independent)]
    [InlineData(DecayForm.DecoupledAfter)]
    [InlineData(DecayForm.IndependentAfter)]
    public void Decay_shrinks_where_and_as_its_form_says(DecayForm form) =>
        Agree(new WeightDecay(new Sgd(), 0.3, form, From: 3), 0, (t, w, g, _) =>
        {
            double λ = t < 3 ? 0 : 0.3;
            return form switch
            {
                DecayForm.L2 => w - Rate * (g + λ * w),
                DecayForm.Decoupled => (1 - λ * Rate) * w - Rate * g,
                DecayForm.Independent => (1 - λ) * w - Rate * g,
                DecayForm.DecoupledAfter => (1 - λ * Rate) * (w - Rate * g),
                _ => w - Rate * g - λ * w,
            };
        });
}
