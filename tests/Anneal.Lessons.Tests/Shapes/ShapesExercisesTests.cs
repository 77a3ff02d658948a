namespace Anneal.Lessons.Tests;

public class ShapesExercisesTests() : ExercisesOf(typeof(ShapesExercises))
{
    // The right numbers are worked out by hand, on paper.
    [Theory]
    [InlineData("AverageGuess", 33.333)]
    [InlineData("Stairs", 0.00625, 14_000.0, 0.004419)]
    [InlineData("Epochs", 11_730.0, 35_190.0)]
    [InlineData("Plateau", 5.0, 9.0)]
    [InlineData("RootDecay", 0.00069877, 16_000.0)]
    [InlineData("BelowZero", 0.055, 901.0, 978.0)]
    [InlineData("OpposedMomentum", 0.66667, 8.3333)]
    [InlineData("Restarts", 70.0, 0.069134, 150.0)]
    [InlineData("PlanArea", 2.625, 2.525)]
    [InlineData("FourUpdates", 1.68325, 2.06559)] // √(17/6) and √(64/15)
    [InlineData("CooldownGuess", 7.75)]
    public void The_answers_are_these(string name, params double[] byHand)
    {
        var exercise = Named(name);
        Assert.Equal(Progress.Solved, exercise.Check(byHand).Progress);
        Assert.Equal(exercise.Answers, byHand, (a, b) => Math.Abs(a - b) <= 1e-3 * b);
    }

    // The wrong numbers are worked out by hand from the mistake.
    [Theory]
    [InlineData("AverageGuess", 0, 50, "cosine's")]
    [InlineData("AverageGuess", 0, 66, "one minus")]
    [InlineData("Stairs", 0, 0.004419, "smooth curve")]
    [InlineData("Stairs", 0, 0.003125, "Five halvings")]
    [InlineData("Stairs", 0, 0.0125, "fourth halving")]
    [InlineData("Stairs", 0, 0.225, "multiplies again")]
    [InlineData("Stairs", 1, 12_000, "six halvings")]
    [InlineData("Stairs", 1, 13_288, "next landing")]
    [InlineData("Stairs", 1, 7, "number of halvings")]
    [InlineData("Stairs", 1, 13_999, "update before")]
    [InlineData("Stairs", 2, 0.00625, "no ⌊ ⌋")]
    [InlineData("Epochs", 0, 30, "epochs")]
    [InlineData("Epochs", 0, 11_700, "smaller batch")]
    [InlineData("Epochs", 0, 11_718.75, "no fraction")]
    [InlineData("Epochs", 0, 3_840, "not a batch")]
    [InlineData("Epochs", 1, 35_100, "smaller batch")]
    [InlineData("Epochs", 1, 35_157, "every epoch")]
    [InlineData("Plateau", 0, 4, "equal is not better")]
    [InlineData("Plateau", 1, 6, "starts again")]
    [InlineData("Plateau", 1, 8, "third is needed")]
    [InlineData("RootDecay", 0, 0.0442, "d^(−½) alone")]
    [InlineData("RootDecay", 0, 0.0158, "W^(−½) alone")]
    [InlineData("RootDecay", 0, 4.88e-7, "roots are missing")]
    [InlineData("RootDecay", 1, 8_000, "would be 1/t")]
    [InlineData("RootDecay", 1, 12_000, "from the peak")]
    [InlineData("RootDecay", 1, 2_000, "way up")]
    [InlineData("BelowZero", 0, 0.05, "not at 0")]
    [InlineData("BelowZero", 0, 0.045, "missing")]
    [InlineData("BelowZero", 1, 900, "exactly")]
    [InlineData("BelowZero", 1, 701, "add T₁")]
    [InlineData("BelowZero", 2, 977, "0.0001")]
    [InlineData("BelowZero", 2, 778, "from the peak")]
    [InlineData("OpposedMomentum", 0, 2, "at its lowest")]
    [InlineData("OpposedMomentum", 0, 0.015, "do not multiply")]
    [InlineData("OpposedMomentum", 1, 25, "gives back")]
    [InlineData("OpposedMomentum", 1, 75, "other way round")]
    [InlineData("OpposedMomentum", 1, 22.37, "not β")]
    [InlineData("Restarts", 0, 40, "third cycle")]
    [InlineData("Restarts", 0, 30, "second one")]
    [InlineData("Restarts", 1, 0.0625, "straight line")]
    [InlineData("Restarts", 1, 0.030866, "been lost")]
    [InlineData("Restarts", 1, 0.083147, "squared")]
    [InlineData("Restarts", 1, 0.025, "starts anew")]
    [InlineData("Restarts", 2, 160, "sums of these")]
    [InlineData("PlanArea", 0, 2.7, "warm-up is a triangle")]
    [InlineData("PlanArea", 0, 2.925, "cooldown is a triangle")]
    [InlineData("PlanArea", 0, 3, "whole rectangle")]
    [InlineData("PlanArea", 1, 2.725, "Two thirds")]
    [InlineData("FourUpdates", 0, 0.84163, "times √T")]
    [InlineData("FourUpdates", 0, 2.83333, "root")]
    [InlineData("FourUpdates", 0, 1.35401, "first term")]
    [InlineData("FourUpdates", 0, 1.75594, "stops at T − 1")]
    [InlineData("FourUpdates", 1, 2, "long runs")]
    [InlineData("CooldownGuess", 0, 50, "half of the run")]
    [InlineData("CooldownGuess", 0, 37, "nine tenths")]
    [InlineData("CooldownGuess", 0, 20, "three quarters")]
    public void A_typical_mistake_is_recognised(string name, int part, double wrong, string says) => Recognises(name, part, wrong, says);
}
