using Anneal;

// Compose a schedule of the library with one of our own, and ask it.
var schedule = new Warmup(Peak: 1, Steps: 10).Then(new Halving(Start: 1, Every: 5));
double[] rates = [.. Enumerable.Range(0, 25).Select(t => schedule.At(t))];
Expect(rates[0] == 0, "a warm-up starts at 0");
Expect(rates[10] == 1, "the peak follows the warm-up");
Expect(rates[20] == 0.25, "two halvings later a quarter is left");
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
