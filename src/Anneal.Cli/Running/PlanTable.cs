using Anneal.Live;
using Anneal.Runs;
using static System.FormattableString;

namespace Anneal.Cli;

/// <summary>A run's plan as lines for people: how long it is in every unit, and where its rate goes.</summary>
internal static class PlanTable
{
    public static IEnumerable<string> Lines(string name, RunConfiguration run)
    {
        var plan = run.Plan;
        yield return $"{name}: {run.Framework}, {run.Scheduler}";
        yield return plan.Updates > 0 ? Invariant($"updates    {Number(plan.Updates)}   {plan.Origin}") : $"updates    not known: {plan.Origin}";
        if (plan.UpdatesPerEpoch is { } perEpoch)
            yield return Invariant($"epochs     {Number(plan.Updates / perEpoch)}, of {Number(perEpoch)} updates");
        if (plan.SamplesPerUpdate is not null)
            yield return $"samples    {Number(plan.Convert(plan.Updates, ProgressUnit.Updates, ProgressUnit.Samples)!.Value)}, {PerUpdate(plan, 1)}";
        if (plan.TokensPerSample is { } length && plan.TokensPerUpdate is not null)
            yield return $"tokens     {Number(plan.Convert(plan.Updates, ProgressUnit.Updates, ProgressUnit.Tokens)!.Value)}, {PerUpdate(plan, length)}";
        if (plan.Warmup > 0)
            yield return $"warm-up    {InEveryUnit(plan, plan.Warmup)}{(plan.Updates > 0 ? Invariant($" ({plan.Warmup / plan.Updates:0.##%} of the run)") : "")}";
        if (plan.Updates > 0)
            yield return $"rate       {string.Join("  ", Points(run).Select(at => Invariant($"{run.RateAt(at):g5} at {Number(at)}")))}";
        if (RunTranslation.Of(run) is { } schedule)
        {
            yield return $"written    {ScheduleReport.Notation(schedule)}";
            foreach (string line in ScheduleReport.Phases(schedule, plan.Updates))
                yield return line;
        }
    }

    static string PerUpdate(RunPlan plan, double each) => plan.Ramp is { } ramp
        ? $"{Number(ramp.Start * each)} to an update at first, {Number(ramp.Batch * each)} from update {Number(ramp.FullFrom)} on"
        : $"{Number(plan.SamplesPerUpdate!.Value * each)} to an update";

    static string InEveryUnit(RunPlan plan, double updates) => string.Join(" = ", new (double? Amount, string Unit)[]
    {
        (updates, "updates"), (plan.Convert(updates, ProgressUnit.Updates, ProgressUnit.Epochs), "epochs"), (plan.Convert(updates, ProgressUnit.Updates, ProgressUnit.Samples), "samples"),
        (plan.Convert(updates, ProgressUnit.Updates, ProgressUnit.Tokens), "tokens"),
    }.Where(u => u.Amount is not null).Select(u => $"{Number(u.Amount!.Value)} {u.Unit}"));

    static IEnumerable<double> Points(RunConfiguration run) =>
        new[] { 0, Math.Ceiling(run.Plan.Warmup), Math.Floor(run.Plan.Updates / 2), run.Plan.Updates - 1 }.Where(at => at >= 0 && at < run.Plan.Updates).Distinct().Order();

    static string Number(double value) => Invariant($"{value:#,0.##}");
}
