namespace Anneal.Experiments.Tests;

public class DigitPatchesTests
{
    [Fact]
    public void A_patch_is_the_mean_ink_of_its_four_pixels()
    {
        double[] pixels = new double[64];
        // The second patch of the first row: columns 2 and 3 of rows 0 and 1, mean 8.5. The last: all black. The first: mean 0.25.
        (pixels[0], pixels[2], pixels[3], pixels[10], pixels[11]) = (1, 16, 16, 1, 1);
        (pixels[54], pixels[55], pixels[62], pixels[63]) = (16, 16, 16, 16);
        Assert.Equal([0, 9, .. new int[13], 16], DigitPatches.Tokens(pixels));
        Assert.Contains("64 pixels, not 9", Assert.Throws<ArgumentException>(() => DigitPatches.Tokens(new double[9])).Message);
    }

    [Fact]
    public void The_digit_is_asked_for_after_the_last_patch_alone()
    {
        DigitPatches training = new(), held = new(heldOut: true);
        Assert.Equal((1438, 359, 27, 16), (training.Count, held.Count, training.Vocabulary, training.LongestSequence));
        var batch = TokenSource.NewBatch(500, 16);
        training.Fill(seed: 1, number: 0, batch);
        var digits = DataSets.Digits();
        var known = Enumerable.Range(0, digits.Count).Select(i => (string.Join(' ', DigitPatches.Tokens(digits.Row(i))), 17 + (int)digits.Label(i))).ToHashSet();
        var asked = new HashSet<int>();
        for (int i = 0; i < 500 * 16; i += 16)
        {
            Assert.Contains((string.Join(' ', batch.Inputs[i..(i + 16)]), batch.Targets[i + 15]), known);
            Assert.All(batch.Targets[i..(i + 15)], t => Assert.Equal(-1, t));
            asked.Add(batch.Targets[i + 15]);
        }
        Assert.Equal(Enumerable.Range(17, 10), asked.Order());
    }

    [Fact]
    public void A_run_and_a_sweep_ask_for_digits_by_name()
    {
        const string Data = """ "data": {"type": "digits"}, "model": {"context": 16, "width": 8, "layers": 1, "heads": 2}, "batchSize": 2, "steps": 3 """;
        var run = TrainJson.Read($$"""{ {{Data}}, "rule": {"type": "adamW"}, "schedule": {"type": "constant", "value": 0.01} }""");
        Assert.Equal((16, 27), (run.Recipe.SequenceLength, run.Recipe.Model.Vocabulary));
        var sweep = SweepJson.ReadSweep($$"""{ {{Data}}, "rates": [0.001, 0.01, 0.1], "evaluationSeeds": 10, "widenings": 0, "methods": [{"name": "a", "rule": {"type": "adamW"}, "schedule": {"type": "constant", "value": 1} }] }""");
        Assert.True(sweep.Trials()[0].Trial.Run().Loss is > 0 and < 5);
    }
}
