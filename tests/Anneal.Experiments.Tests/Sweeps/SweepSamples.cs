namespace Anneal.Experiments.Tests;

/// <summary>A small sweep that takes milliseconds, and a folder that goes away.</summary>
static class SweepSamples
{
    public static SweepSpec Small(int widenings = 0) => new(
        new SampleSetting("digits", new SoftmaxModel(), new WithReplacement(1, 0), 60, Preparation.Largest),
        [
            new Method("constant", new Sgd(), new Constant(1)),
            new Method("linear", new Sgd(), new LinearDecay(1, 60)),
        ],
        [0.02, 0.16, 1.28, 10.24], TuningSeeds: 2, Widenings: widenings);

    public static string Folder() => Directory.CreateTempSubdirectory("anneal-sweep-").FullName;
}
