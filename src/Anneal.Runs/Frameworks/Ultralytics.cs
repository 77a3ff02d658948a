namespace Anneal.Runs;

/// <summary>Ultralytics' YAML.</summary>
/// <remarks>
/// By epoch lr0 · f(epoch), from 1 to lrf; in the warm-up by batch, from 0 (biases from warmup_bias_lr) to the current epoch's rate. Accumulation nbs / batch grows from 1
/// in the warm-up, so updates and batches differ: the batches are gone through once. <c>optimizer: auto</c>, the default, ignores lr0.
/// </remarks>
sealed class Ultralytics : RunFramework
{
    public override string Name => "ultralytics";

    public override int Recognise(MapNode root, ConfigurationFormat format) => Math.Min(10, 3 * Count(root, "lr0", "lrf", "cos_lr", "nbs", "warmup_bias_lr", "close_mosaic") + Count(root, "task", "imgsz", "epochs", "batch"));

    public override RunConfiguration Read(Reading reading)
    {
        var file = reading.Top(NumberStyle.PyYaml);
        NearMisses.Find(reading, reading.Root, "", known);
        double epochs = file.Number("epochs", 100), batch = file.Number("batch", 16), nominal = file.Number("nbs", 64), rate = file.Number("lr0", 0.01), final = file.Number("lrf", 0.01);
        double asked = file.Number("warmup_epochs", 3), bias = file.Number("warmup_bias_lr", 0.1);
        if (!(batch >= 1))
            throw new ConfigurationException($"batch is {batch}: the batch is then chosen on the device, and is not in the file; write the number", file.PlaceOf("batch"), "batch");
        double batches = reading.Given.Find("batchesPerEpoch") ?? (reading.Given.Find("samples") is { } samples ? Math.Ceiling(samples / batch) : reading.Given.Demand("batchesPerEpoch"));
        if (file.Word("optimizer", "auto") == "auto")
            (rate, bias) = Chosen(reading, file, batches, batch, nominal, epochs);
        bool older = reading.Given.Find("version") is { } version && version < 8.4;
        double length = older ? asked > 0 ? Math.Max(Math.Round(asked * batches, MidpointRounding.ToEven), 100) : -1
            : Math.Min(asked, Math.Max(epochs - 1, 0)) is var some && some > 0 ? Math.Round(some * batches, MidpointRounding.ToEven) : 0;
        bool cosine = file.Flag("cos_lr");
        double Factor(double epoch) => cosine ? Math.Max((1 - Math.Cos(epoch * Math.PI / epochs)) / 2, 0) * (final - 1) + 1 : Math.Max(1 - epoch / epochs, 0) * (1 - final) + final;

        file.Note(Role.Rate, "lr0", rate);
        file.Note(Role.Scheduler, "cos_lr");
        file.Note(Role.Warmup, "warmup_epochs", asked);
        file.Note(Role.Epochs, "epochs", epochs);
        file.Note(Role.Floor, "lrf", final);
        file.Note(Role.Batch, "batch", batch);
        var (rates, biases) = Updates();
        double warm = rates.Count == 0 ? 0 : Math.Min(rates.Count, length / Math.Max(1, nominal / batch));
        return new(Name, cosine ? "cosine" : "linear", new(rates.Count)
        {
            Warmup = Math.Max(0, warm),
            UpdatesPerEpoch = batches / Math.Max(Math.Round(nominal / batch, MidpointRounding.ToEven), 1),
            SamplesPerUpdate = batch * Math.Max(Math.Round(nominal / batch, MidpointRounding.ToEven), 1),
            Samples = reading.Given.Find("samples"),
            Origin = $"{epochs} epochs × {batches} batches make {rates.Count} updates",
        })
        {
            ChangesEvery = batches,
            Rates = n => n < rates.Count ? rates[(int)n] : double.NaN,
            BiasRates = n => n < biases.Count ? biases[(int)n] : double.NaN,
        };

        (List<double>, List<double>) Updates()
        {
            if (epochs * batches > 50_000_000)
                throw new ConfigurationException($"Ultralytics' updates are gone through batch by batch, and {epochs * batches} are too many");
            List<double> all = [], ofBiases = [];
            double accumulate = Math.Max(Math.Round(nominal / batch, MidpointRounding.ToEven), 1), last = -1;
            for (double epoch = 0; epoch < epochs; epoch++)
            {
                double now = rate * Factor(epoch), nowOfBiases = now, aim = now;
                for (double i = 0; i < batches; i++)
                {
                    double n = i + batches * epoch;
                    if (older ? n <= length : n < length)
                    {
                        double part = length > 0 ? Math.Min(n / length, 1) : 1;
                        accumulate = Math.Max(1, Math.Round(1 + (nominal / batch - 1) * part, MidpointRounding.ToEven));
                        (now, nowOfBiases) = (aim * part, bias + (aim - bias) * part);
                    }
                    if (n - last >= accumulate)
                    {
                        all.Add(now);
                        ofBiases.Add(nowOfBiases);
                        last = n;
                    }
                }
            }
            return (all, ofBiases);
        }
    }

    /// <summary>What <c>optimizer: auto</c> takes instead of lr0 and warmup_bias_lr: SGD at 0.01 for a run of more than 10,000 nominal batches, else AdamW at a rate that falls with the classes.</summary>
    static (double Rate, double BiasRate) Chosen(Reading reading, Section file, double batches, double batch, double nominal, double epochs)
    {
        double samples = reading.Given.Find("samples") ?? batches * batch, iterations = Math.Ceiling(samples / Math.Max(batch, nominal)) * epochs;
        bool isLong = iterations > 10_000;
        double rate = isLong ? 0.01 : Math.Round(0.002 * 5 / (4 + reading.Given.Demand("classes")), 6, MidpointRounding.ToEven);
        if (file.NumberIfGiven("lr0") is { } asked)
            reading.Warn("ignored-key", "lr0", file.PlaceOf("lr0"), FormattableString.Invariant(
                $"lr0 {asked:g} has no effect: optimizer is auto, which takes {(isLong ? "SGD" : "AdamW")} at {rate:g}. Name an optimizer to have the rate that is written."),
                asked == 0.01 ? Severity.Info : Severity.Warning);
        return (rate, 0);
    }

    static readonly string[] known =
    [
        "lr0", "lrf", "cos_lr", "epochs", "batch", "nbs", "warmup_epochs", "warmup_momentum", "warmup_bias_lr", "momentum", "weight_decay", "optimizer", "patience", "imgsz", "close_mosaic",
        "task", "model", "data", "mode", "cls", "box", "dfl", "pose", "kobj", "workers", "name", "save_period", "time", "seed",
    ];
}
