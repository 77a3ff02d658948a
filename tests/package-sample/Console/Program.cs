using Anneal;

// Compose a schedule of the library with one of our own, and ask it.
var schedule = new Warmup(Peak: 1, Steps: 10).Then(new Halving(Start: 1, Every: 5));
double[] rates = [.. Enumerable.Range(0, 25).Select(t => schedule.At(t))];
Expect(rates[0] == 0, "a warm-up starts at 0");
Expect(rates[10] == 1, "the peak follows the warm-up");
Expect(rates[20] == 0.25, "two halvings later a quarter is left");

// An optimizer, on ½w² in single precision.
var rule = new ClipByGlobalNorm(new AdamW(Decay: 0.1), MaxNorm: 1);
var state = rule.Start(Layout.Of(("layer.weight", [2, 2]), ("layer.bias", [2])), Precision.Single);
float[] weights = [1, -1, 2, -2, 0.5f, -0.5f];
for (int t = 0; t < 200; t++)
    rule.Step(state, weights, (float[])weights.Clone(), 0.1 * schedule.At(Math.Min(t, 14)));
Expect(state.Updates == 200, "200 updates have been made");
Expect(weights.All(w => Math.Abs(w) < 0.2), "the weights have come close to the minimum at 0");

// A schedule as JSON and back, and another framework's.
Expect(ScheduleJson.Read(ScheduleJson.Write(new CosineDecay(0.1, 100))).Equals(new CosineDecay(0.1, 100)), "JSON is the record");
var imported = Anneal.Frameworks.SchedulerImport.Import("""{"framework": "pytorch", "scheduler": "StepLR", "params": {"lr": 0.1, "step_size": 30}}""");
Expect(imported.Schedule!.At(30) < 0.0101, "StepLR divides by ten after 30 steps");

Console.WriteLine(schedule);
Console.WriteLine("the package works");

static void Expect(bool holds, string claim)
{
    if (!holds)
        throw new InvalidOperationException("not so: " + claim);
}

/// <summary>A schedule the library has never heard of.</summary>
sealed record Halving(double Start, double Every) : Schedule
{
    protected override double Rate(double t) => Start * Math.Pow(0.5, Math.Floor(t / Every));
}
