using CsCheck;

namespace Anneal.Tests.Schedules;

public class WarmupStableDecayTests
{
    static readonly WarmupStableDecay plan = new(Peak: 1, Steps: 1_000, WarmupSteps: 100, DecaySteps: 200, Floor: 0.1);

    [Fact]
    public void Up_level_down() => Assert.Equal([0, 0.5, 1, 1, 1, 0.55, 0.1, 0.1],
        [plan.At(0), plan.At(50), plan.At(100), plan.At(400), plan.At(800), plan.At(900), plan.At(1_000), plan.At(2_000)]);

    [Fact]
    public void It_is_a_warm_up_a_constant_and_a_cooldown() => Gen.Double[0, 1_200].Sample(t =>
        Math.Abs(plan.At(t) - new Warmup(1, 100).Then(new Constant(1).For(700)).Then(new LinearDecay(1, 200, 0.1)).At(t)) <= 1e-15);

    public static TheoryData<WarmupStableDecay> SamePlan =>
    [
        WarmupStableDecay.Within(1_000, 1, warmupSteps: 100, decaySteps: 200, floor: 0.1),
        WarmupStableDecay.Within(1_000, 1, warmupFraction: 0.1, decayFraction: 0.2, floor: 0.1),
        WarmupStableDecay.Within(1_000, 1, warmupSteps: 100, stableFraction: 0.7, floor: 0.1),
        WarmupStableDecay.Within(1_000, 1, stableSteps: 700, decayFraction: 0.2, floor: 0.1),
    ];

    [Theory, MemberData(nameof(SamePlan))]
    public void Any_two_parts_give_the_third(WarmupStableDecay same) => Assert.Equal(plan, same);

    [Fact]
    public void Parts_that_overlap_are_refused()
    {
        Refused("DecaySteps must be at most what the warm-up leaves of Steps (400).", () => WarmupStableDecay.Within(1_000, 1, warmupFraction: 0.6, decayFraction: 0.6));
        Refused("The warm-up part (600) and the stable part (500) must fit into steps.", () => WarmupStableDecay.Within(1_000, 1, warmupSteps: 600, stableSteps: 500));
        Refused("The stable part (600) and the decay part (500) must fit into steps.", () => WarmupStableDecay.Within(1_000, 1, stableSteps: 600, decaySteps: 500));
    }

    [Fact]
    public void Parts_that_do_not_make_a_plan_are_refused()
    {
        Refused("Exactly two of warm-up, stable and decay must be given; the third is what they leave.", () => WarmupStableDecay.Within(1_000, 1, warmupSteps: 10));
        Refused("Exactly two of warm-up, stable and decay must be given; the third is what they leave.",
            () => WarmupStableDecay.Within(1_000, 1, warmupSteps: 10, stableSteps: 90, decaySteps: 900));
        Refused("Give warmupSteps or warmupFraction, not both.", () => WarmupStableDecay.Within(1_000, 1, warmupSteps: 10, warmupFraction: 0.1, decaySteps: 9));
        Refused("warmupFraction must be a fraction, from 0 to 1.", () => WarmupStableDecay.Within(1_000, 1, warmupFraction: 10, decaySteps: 9));
    }

    static void Refused(string message, Func<object> plan) => Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(plan).Message);

    [Fact]
    public void Moving_the_end_changes_nothing_before_the_earlier_decay() => Gen.Select(Gen.Double[400, 3_000], Gen.Double[0, 3_000]).Sample((steps, t) =>
    {
        var moved = plan.ExtendTo(steps);
        return moved.Steps == steps && moved.At(steps) == 0.1 && (t > Math.Min(steps, 1_000) - 200 || moved.At(t) == plan.At(t));
    });

    [Fact]
    public void A_checkpoint_cools_down_from_where_it_is()
    {
        var cooled = plan.CoolDownFrom(step: 500, steps: 100, floor: 0.01);
        Assert.Equal([plan.At(50), 1, 1, 0.01], [cooled.At(50), cooled.At(499), cooled.At(500), cooled.At(600)]);
        Assert.Equal(new Cooldown(2, 10), new Constant(2).CoolDownFrom(0, 10));
    }
}
