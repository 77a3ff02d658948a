namespace Anneal.Frameworks;

/// <summary>The rates a stepper has produced so far; asked further, it is stepped further.</summary>
sealed class TorchTape
{
    readonly TorchGroup group;
    readonly TorchStepper stepper;
    readonly List<double> rates = [];

    public TorchTape((TorchGroup Group, TorchStepper Stepper) start)
    {
        (group, stepper) = start;
        rates.Add(group.Rate);
    }

    public double After(int calls)
    {
        lock (rates)
        {
            while (rates.Count <= calls)
            {
                stepper.Step();
                rates.Add(group.Rate);
            }
            return rates[calls];
        }
    }
}
