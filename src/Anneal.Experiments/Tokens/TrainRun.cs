using System.Globalization;

namespace Anneal.Experiments;

/// <summary>Runs a <see cref="TrainSpec"/> in a folder: <c>trace.csv</c> grows line by line, <c>checkpoint.safetensors</c> is where the run goes on after an interruption; <c>tensors.csv</c> and <c>attention.csv</c> are of the steps looked at closely.</summary>
public static class TrainRun
{
    /// <summary>The columns of trace.csv.</summary>
    public const string Columns = "step,rate,loss,weight_norm,gradient_norm,update_norm,validation_loss," + CloseLook.Columns;

    /// <summary>The columns of tensors.csv: one line for each tensor of a step looked at closely.</summary>
    public const string TensorColumns = "step," + TensorLook.Columns;

    /// <summary>The columns of attention.csv: one line for each head of a step looked at closely.</summary>
    public const string AttentionColumns = "step,layer,head,largest_logit,entropy,stream_rms";

    /// <summary>Starts the run, or goes on from the folder's checkpoint, up to the last step.</summary>
    /// <param name="spec">The run.</param>
    /// <param name="folder">Is made where it is not there.</param>
    /// <param name="threads">The most threads; 0 means all.</param>
    /// <param name="progress">Told of every line of the trace.</param>
    /// <param name="tell">Told in a line what one should know of the run before it goes on.</param>
    /// <param name="cancel">Ends the run after the step under way, and writes a checkpoint.</param>
    /// <exception cref="DocumentException">The folder's run had other text, or has made more steps already.</exception>
    /// <exception cref="StateFormatException">The folder's checkpoint belongs to another run, or is damaged.</exception>
    public static TrainOutcome Run(TrainSpec spec, string folder, int threads = 0, IProgress<TrainLine>? progress = null, Action<string>? tell = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(spec);
        string checkpoint = Path.Combine(folder, "checkpoint.safetensors");
        bool goesOn = File.Exists(checkpoint);
        if (goesOn)
            KeepText(spec, folder, goesOn);
        // What cannot be run is refused before there is a file.
        var run = goesOn ? TransformerTraining.Load(spec.Recipe, spec.Data.Training, checkpoint) : new TransformerTraining(spec.Recipe, spec.Data.Training);
        if (run.Batches > spec.Steps)
            throw new DocumentException(folder, $"this run has made {run.Batches} steps already, and {spec.Steps} are asked for", "Ask for as many or more, or begin anew in another folder.");
        Directory.CreateDirectory(folder);
        if (!goesOn)
            KeepText(spec, folder, goesOn);
        if (run.OtherSchedule is { } before)
            tell?.Invoke($"From step {run.State.Updates} on the schedule is another: {Checkpoint.Words(spec.Recipe.Schedule)}; before it was {before}.");
        if (run.OtherAccumulationSteps is { } parts)
            tell?.Invoke($"From step {run.State.Updates} on a batch is computed in {(spec.Recipe.AccumulationSteps == 1 ? "one part" : $"{spec.Recipe.AccumulationSteps} parts")}; before it was {parts}. The result is the same but for rounding.");
        run.Threads = threads;
        long from = run.Batches, written = run.State.Updates;
        string? stopped = null;
        using var trace = new Log(folder, "trace.csv", Columns, written);
        using var tensors = spec.Diagnostics is null ? null : new Log(folder, "tensors.csv", TensorColumns, written);
        using var attention = spec.Diagnostics?.Of.Contains(Diagnostic.Attention) == true ? new Log(folder, "attention.csv", AttentionColumns, written) : null;
        var looks = spec.Diagnostics is { } plan ? new CloseLooks(run, spec.Data.Training, plan) : null;
        long judged = -1, last = spec.Recipe.Rule.UpdatesIn(spec.Steps) - 1;
        double? validation = null;
        while (run.Batches < spec.Steps && stopped is null && !cancel.IsCancellationRequested)
        {
            // As far as the next thing to do between two steps. What belongs to a step of the trace waits for the batch that makes its update.
            long at = run.State.Updates, steps = Math.Min(spec.Checkpoint - run.Batches % spec.Checkpoint, spec.Steps - run.Batches);
            if (spec.Evaluate > 0)
            {
                steps = Math.Min(steps, Left(spec.Evaluate));
                if (at % spec.Evaluate == 0 && judged != at)
                    (judged, validation) = (at, Judge(run, spec));
            }
            bool close = spec.Diagnostics is { Every: var every } && at % every == 0;
            if (spec.Diagnostics is not null)
                steps = close ? 1 : Math.Min(steps, Left(spec.Diagnostics.Every));
            var lines = new Lines(trace, judged, validation, progress);
            try
            {
                if (close)
                {
                    (var seen, stopped) = looks!.Step(cancel);
                    if (seen is not null)
                        Write(seen, lines, tensors!, attention);
                }
                else
                    stopped = looks is null ? Plain().Stopped : looks.Time(Plain).Stopped;
            }
            catch (OperationCanceledException)
            {
                run.Save(checkpoint);
            }
            if (stopped is null && (run.Batches % spec.Checkpoint == 0 || run.Batches == spec.Steps))
                run.Save(checkpoint);

            Trace Plain() => run.Run(steps, update => update % spec.Record == 0 || update == last || update == judged, lines, cancel);
        }
        return new(run, from, stopped is null ? Judge(run, spec) : null, stopped) { Costs = looks?.Costs };

        // A batch makes one update at most.
        long Left(long every) => every - run.State.Updates % every;
    }

    /// <summary>Keeps the checksum of one's own files: a run that went on with other text would be neither the one run nor the other.</summary>
    static void KeepText(TrainSpec spec, string folder, bool goesOn)
    {
        string kept = Path.Combine(folder, "text.sha256");
        if (spec.Data.Files is not { } files)
            return;
        if (goesOn && File.Exists(kept) && File.ReadAllText(kept).TrimEnd() is var before && before != files.Sha256)
            throw new DocumentException(folder, $"this run was begun with other text: its SHA-256 was {before} and is {files.Sha256}", "Put the old files back, or begin anew in another folder.");
        File.WriteAllText(kept, files.Sha256 + "\n");
        string leftOut = Path.Combine(folder, "left-out.txt");
        if (files.LeftOut.Count > 0)
            File.WriteAllLines(leftOut, files.LeftOut);
        else
            File.Delete(leftOut);
    }

    static void Write(CloseLooks.Seen seen, Lines lines, Log tensors, Log? attention)
    {
        long at = seen.Point.Step;
        foreach (var tensor in seen.Tensors)
            tensors.Add(string.Create(CultureInfo.InvariantCulture, $"{at},{tensor}"));
        foreach (var block in seen.Blocks)
            foreach (var (head, of) in block.Heads.Index())
                attention!.Add(string.Create(CultureInfo.InvariantCulture, $"{at},{block.Layer},{head},{of.LargestLogit:R},{of.Entropy:R},{block.StreamRms:R}"));
        lines.Report(seen.Point, seen.Look);
    }

    /// <summary>A file of lines that begin with the number of their step. What it held of steps that are run again is left out.</summary>
    sealed class Log : IDisposable
    {
        readonly StreamWriter writer;

        public Log(string folder, string name, string columns, long written)
        {
            string path = Path.Combine(folder, name);
            string[] old = File.Exists(path) && written > 0 ? File.ReadAllLines(path) : [];
            // A file of before some columns were added goes on with them empty.
            string more = old.Length > 0 && columns.StartsWith(old[0] + ",", StringComparison.Ordinal) ? new(',', Commas(columns) - Commas(old[0])) : "";
            string[] kept = [.. old.Skip(1).Select(line => line + more).Where(Whole)];
            // In place of the old file only once it is whole, so that a run killed here loses nothing.
            File.WriteAllLines(path + ".unfinished", [columns, .. kept]);
            File.Move(path + ".unfinished", path, overwrite: true);
            writer = new(path, append: true);

            bool Whole(string line) => Commas(line) == Commas(columns) && long.TryParse(line.Split(',')[0], CultureInfo.InvariantCulture, out long step) && step < written;
            static int Commas(string line) => line.Count(c => c == ',');
        }

        public void Add(string line)
        {
            writer.WriteLine(line);
            writer.Flush();
        }

        public void Dispose() => writer.Dispose();
    }

    /// <summary>Writes a line for every recorded step.</summary>
    sealed class Lines(Log log, long judged, double? validation, IProgress<TrainLine>? progress) : IProgress<TracePoint>
    {
        public void Report(TracePoint point) => Report(point, null);

        public void Report(TracePoint point, CloseLook? look)
        {
            var line = new TrainLine(point, point.Step == judged ? validation : null, look);
            log.Add(line.ToString());
            progress?.Report(line);
        }
    }

    static double Judge(TransformerTraining run, TrainSpec spec) => run.Evaluate(spec.Data.HeldOut, seed: ulong.MaxValue, spec.EvaluationBatches);
}

/// <summary>One line of a run's trace.</summary>
/// <param name="Point">What the loop saw.</param>
/// <param name="ValidationLoss">The held-out loss before the step, where it was asked for.</param>
/// <param name="Look">What was seen where the step was looked at closely.</param>
public sealed record TrainLine(TracePoint Point, double? ValidationLoss, CloseLook? Look = null)
{
    static readonly string nothing = new(',', CloseLook.Columns.Count(c => c == ','));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Point.Step},{Point.Rate:R},{Point.Loss:R},{Point.WeightNorm:R},{Point.GradientNorm:R},{Point.UpdateNorm:R},{ValidationLoss:R},{Look?.ToString() ?? nothing}");
}

/// <summary>How a run ended.</summary>
/// <param name="Run">The run, as it stands.</param>
/// <param name="From">The batches it went on from; 0 where it began anew.</param>
/// <param name="ValidationLoss">The held-out loss at the end; null where the run stopped early.</param>
/// <param name="Stopped">Why it stopped before its last step; null where it did not, or was interrupted.</param>
public sealed record TrainOutcome(TransformerTraining Run, long From, double? ValidationLoss, string? Stopped)
{
    /// <summary>What looking closely took; null where nothing was looked at.</summary>
    public LookCosts? Costs { get; init; }
}
