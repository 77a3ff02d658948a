using static System.FormattableString;

namespace Anneal.Runs;

/// <summary>Compares a run's plan with its log and says what happened.</summary>
/// <remarks>
/// Explanations are tried from the simplest on, and one counts when it meets all entries but a few: shifted η(t + k), stretched η(c·t), scaled c·η(t), stuck, begun again,
/// another length, floor or warm-up; at last the nearest schedule of another kind is named.
/// </remarks>
public static class RunComparer
{
    /// <summary>An explanation must meet this part of the entries.</summary>
    const double Enough = 0.97;

    /// <summary>So many entries are looked at for a first guess, and so many to be sure.</summary>
    const int Few = 120, Many = 4_000;

    /// <summary>Compares.</summary>
    /// <param name="run">The plan.</param>
    /// <param name="log">What was logged.</param>
    /// <param name="tolerance">A relative difference that does not matter, besides how finely the log was written.</param>
    public static RunComparison Compare(RunConfiguration run, RunLog log, double tolerance = 0)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(log);
        return new Comparison(run, Series.Of(log, tolerance), log).Result();
    }

    sealed class Comparison(RunConfiguration run, Series series, RunLog log)
    {
        readonly List<RunFinding> findings = [];
        readonly double updates = run.Plan.Updates > 0 ? run.Plan.Updates : series.Steps[^1] + 1;
        readonly double peak = new RunCurve(run.Plan.Updates > 0 ? run : run with { Plan = run.Plan with { Updates = series.Steps[^1] + 1 } }).Peak;
        readonly int[] few = series.Chosen(Few), many = series.Chosen(Many);

        double Plan(double step) => step < 0 ? run.Rates(0) : run.Rates(step) is var rate && double.IsNaN(rate) ? run.Rates(Math.Max(0, updates - 1)) : rate;

        public RunComparison Result()
        {
            foreach (string remark in log.Remarks)
                Say(Severity.Warning, "damaged-log", remark);
            foreach (var (from, to) in series.Resumed)
                Say(Severity.Info, "resumed", Invariant($"The log goes back from step {Step(from)} to {Step(to)}: a resumed run; what it did again counts as it was done last."));
            if (series.Repeated > 0)
                Say(Severity.Info, "repeated", Invariant($"{series.Repeated} entries repeat the step before them; the last counts."));

            double offset = Offset();
            double Shifted(double step) => Plan(step + offset);
            var (different, first, largest) = Differences(Shifted);
            bool same = different <= (1 - Enough) * series.Count * 0.3;
            string verdict = "as-planned";
            (double? Amount, double? Since) about = (null, null);
            if (same)
            {
                if (offset != 0)
                    Say(Severity.Info, "counts-from", offset < 0 ? "The log counts from 1: its step n is update n − 1." : "The log tells the rate after the step: its step n is update n + 1.");
            }
            else
            {
                if (log.IsCounted)
                    Say(Severity.Info, "no-steps", "The log has no steps, so its entries were counted from 0; if it was written every K updates, say so with --every K.");
                (verdict, about.Amount, about.Since) = Explain(first, offset);
            }
            Length(verdict);
            return new(verdict, [.. findings.OrderByDescending(f => f.Severity)], series.Count, same ? 0 : different, same ? null : first, largest / Math.Max(peak, double.Epsilon), offset) { Amount = about.Amount, Since = about.Since };
        }

        /// <summary>Which of three ways of counting meets the log best; the plain one when all do.</summary>
        double Offset()
        {
            double best = 0, met = series.Met(many, Plan);
            foreach (double candidate in (double[])[-1, 1])
                if (series.Met(many, step => Plan(step + candidate)) is var other && other > met + 0.02)
                    (best, met) = (candidate, other);
            return met >= Enough * 0.99 ? best : 0;
        }

        (int Different, double? First, double Largest) Differences(Func<double, double> plan)
        {
            int different = 0;
            double? first = null;
            double largest = 0;
            for (int i = 0; i < series.Count; i++)
            {
                double distance = Math.Abs(series.Rates[i] - plan(series.Steps[i]));
                largest = Math.Max(largest, distance);
                if (distance > series.Tolerance[i] + 1e-9 * peak)
                {
                    different++;
                    first ??= series.Steps[i];
                }
            }
            return (different, first, largest);
        }

        void Length(string verdict)
        {
            double last = series.Steps[^1];
            if (run.Plan.Updates > 0 && last > updates + 1 && verdict != "stretched")
                Say(Severity.Warning, "beyond-plan", Invariant($"The log goes on to step {Step(last)}, and the plan ends after {Step(updates)} updates."));
            else if (run.Plan.Updates > 0 && last < 0.98 * (updates - 1) && verdict == "as-planned")
                Say(Severity.Info, "unfinished", Invariant($"The log ends at step {Step(last)} of {Step(updates)}: so far the run follows its plan."));
        }

        (string, double?, double?) Explain(double? first, double offset)
        {
            var inverse = new Inverse(Plan, Math.Max(updates, 2));
            if (Scale(0) is { } scale)
                return Told(Severity.Error, "scaled", Invariant($"The rates are {scale:0.####} times those of the plan throughout{Reason(scale)}."), scale, null);
            if (Shift(inverse, 0, series.Count) is { } k)
                return Told(Severity.Error, "shifted", k > 0
                    ? Invariant($"The run is {Step(k)} updates ahead of its plan: step n has the rate of update n + {Step(k)}.")
                    : Invariant($"The run is {Step(-k)} updates behind its plan: step n has the rate of update n − {Step(-k)}."), k, null);
            if (Stretch(inverse) is { } c)
                return Told(Severity.Error, "stretched", c > 1
                    ? Invariant($"The run goes through its schedule {c:0.####} times as fast as planned: {Passes(c)}.")
                    : Invariant($"The run goes through its schedule {1 / c:0.####} times as slowly as planned: {Passes(1 / c)}."), c, null);
            if (Since(offset) is { } since && After(inverse, since, offset) is { } after)
                return after;
            if (Floor() is { } floor)
                return Length(inverse) is { } whole && IsTimes(whole / updates) ? Longer(whole) : Told(Severity.Error, "floor-differs", Invariant($"The rate comes down towards {floor:g4}, and the plan's floor is {Lowest():g4}."), floor, null);
            if (Warmup() is { } warmup)
                return Told(Severity.Error, warmup == 0 ? "no-warmup" : "warmup-differs", warmup == 0
                    ? Invariant($"The run had no warm-up; the plan has one of {Step(run.Plan.Warmup)} updates.")
                    : Invariant($"The warm-up took {Step(warmup)} updates, and the plan's takes {Step(run.Plan.Warmup)}."), warmup, null);
            if (Length(inverse) is { } length)
                return Longer(length);
            var fit = RunFit.Fit(log).FirstOrDefault();
            double planned = series.Met(many, Plan);
            return Told(Severity.Error, "other-schedule", fit is null || fit.Worst > 50
                ? Invariant($"The run followed another schedule: from step {Step(first ?? 0)} on it differs, and {planned:0%} of the entries meet the plan.")
                : Invariant($"The run followed another schedule, nearest to {fit.Notation} (largest difference {fit.LargestError:0.##%} of the peak)."), null, first);
        }

        (string, double?, double?) Longer(double length) => Told(Severity.Error, "length-differs",
            Invariant($"The run follows the plan's schedule made for {Step(length)} updates, and the plan has {Step(updates)}{(IsTimes(length / updates) ? $": {Passes(Math.Round(length / updates))}" : "")}."), length, null);

        /// <summary>Whether it is a whole number of times, as accumulation and processes make it. A straight line to a higher floor looks like one of a longer run.</summary>
        static bool IsTimes(double ratio) => ratio > 1.5 && Math.Abs(ratio - Math.Round(ratio)) < 0.01 * ratio;

        (string, double?, double?) Told(Severity severity, string code, string sentence, double? amount, double? since)
        {
            Say(severity, code, sentence);
            return (code, amount, since);
        }

        void Say(Severity severity, string code, string sentence) => findings.Add(new(severity, code, "", Place.None, sentence));

        /// <summary>The factor between log and plan, if it is the same everywhere from an entry on.</summary>
        double? Scale(int from, double offset = 0)
        {
            int[] chosen = from == 0 ? many : series.Chosen(Many, from);
            var ratios = chosen.Where(i => Plan(series.Steps[i] + offset) > 0.02 * peak && series.Rates[i] > 0).Select(i => series.Rates[i] / Plan(series.Steps[i] + offset)).Order().ToList();
            if (ratios.Count < 3)
                return null;
            double ratio = ratios[ratios.Count / 2];
            ratio = Math.Abs(ratio - Math.Round(ratio)) < 1e-3 * ratio && Math.Round(ratio) > 0 ? Math.Round(ratio) : ratio;
            return Math.Abs(ratio - 1) > 1e-3 && Varies(chosen) && series.Met(chosen, step => ratio * Plan(step + offset)) >= Enough ? ratio : null;
        }

        /// <summary>Whether the log is more than one number: a constant meets too much.</summary>
        bool Varies(IReadOnlyList<int> chosen) => chosen.Max(i => series.Rates[i]) is var high && chosen.Min(i => series.Rates[i]) < high * 0.98 || run.Scheduler.StartsWith("constant", StringComparison.Ordinal);

        string Reason(double scale)
        {
            var setting = run.Find(Role.Accumulation);
            double accumulation = setting?.Text is { } text ? PythonNumber.Float(text) ?? 1 : 1;
            return accumulation > 1 && Math.Abs(scale - accumulation) < 1e-3 ? Invariant($", as if scaled by {setting!.Key}")
                : run.Plan.SamplesPerUpdate / 256 is { } linear && Math.Abs(scale - linear) < 1e-3 * linear ? ", as if scaled linearly with the batch once more (samples per update / 256)"
                : scale == Math.Round(scale) && scale > 1 ? ", as if scaled linearly with the processes or the batch once more" : "";
        }

        string Passes(double factor)
        {
            var setting = run.Find(Role.Accumulation);
            double accumulation = setting?.Text is { } text ? PythonNumber.Float(text) ?? 1 : 1;
            return accumulation > 1 && Math.Abs(factor - accumulation) < 0.01 * factor ? Invariant($"the factor is {setting!.Key} ({accumulation:0.##}): batches were taken for updates, or updates for batches")
                : Math.Abs(factor - Math.Round(factor)) < 0.01 * factor && factor > 1.5 ? Invariant($"a whole factor like this comes from accumulation or from {Math.Round(factor)} processes that each step the scheduler")
                : "the schedule was made for another number of updates";
        }

        /// <summary>By how many updates the log is ahead of the plan, if it is the same everywhere in a part of it.</summary>
        double? Shift(Inverse inverse, int from, int to, bool whole = true)
        {
            int[] chosen = [.. series.Chosen(Few, from).Where(i => i < to)];
            var votes = Votes(inverse, chosen, (s, t) => Math.Round(t - s));
            int[] all = [.. series.Chosen(Many, from).Where(i => i < to)];
            foreach (double k in votes.Where(k => k != 0 && (!whole || Math.Abs(k) > 1)))
                if (series.Met(chosen, step => Plan(step + k)) >= 0.9 && series.Met(all, step => Plan(step + k)) >= Enough)
                    return k;
            return null;
        }

        double? Stretch(Inverse inverse)
        {
            var votes = Votes(inverse, few, (s, t) => s > 5 ? Snap(t / s) : 1);
            foreach (double c in votes.Where(c => Math.Abs(c - 1) > 0.005 && c > 0))
                if (Meets(few, 0.9, c) && Meets(many, Enough, c))
                    return c;
            return null;

            // Past the end a scheduler goes on or stays where it is.
            bool Meets(IReadOnlyList<int> chosen, double enough, double c) => Varies(chosen)
                && (series.Met(chosen, step => Plan(step * c), step => Slack(step * c, Math.Max(c, 1))) >= enough
                    || series.Met(chosen, step => Plan(Math.Min(step * c, updates)), step => Slack(Math.Min(step * c, updates), Math.Max(c, 1))) >= enough);
        }

        /// <summary>What one update more or less makes, where the log's steps and the plan's do not fall together.</summary>
        double Slack(double at, double by) => Math.Max(Math.Abs(Plan(at + by) - Plan(at)), Math.Abs(Plan(at) - Plan(Math.Max(0, at - by))));

        /// <summary>A whole number, or one over a whole number, if it is near one.</summary>
        static double Snap(double ratio)
        {
            double whole = Math.Round(ratio), part = Math.Round(1 / ratio);
            return whole >= 2 && Math.Abs(ratio - whole) < 0.02 * whole ? whole : part >= 2 && Math.Abs(1 / ratio - part) < 0.02 * part ? 1 / part : Math.Round(ratio, 4);
        }

        /// <summary>What pairs of logged step and planned update would mean, the commonest first.</summary>
        List<double> Votes(Inverse inverse, IReadOnlyList<int> chosen, Func<double, double, double> meaning)
        {
            var votes = new Dictionary<double, int>();
            foreach (int i in chosen.Where((_, n) => chosen.Count <= 40 || n % (chosen.Count / 40) == 0))
                foreach (double t in inverse.Of(series.Rates[i]).Take(12))
                {
                    double means = meaning(series.Steps[i], t);
                    votes[means] = votes.GetValueOrDefault(means) + 1;
                }
            return [.. votes.OrderByDescending(v => v.Value).Take(60).Select(v => v.Key)];
        }

        /// <summary>The first entry from which on the log leaves the plan for good, if it had followed it before.</summary>
        int? Since(double offset)
        {
            int run = 0;
            for (int i = 0; i < series.Count; i++)
            {
                bool off = Math.Abs(series.Rates[i] - Plan(series.Steps[i] + offset)) > series.Tolerance[i] + 1e-9 * peak;
                run = off ? run + 1 : 0;
                if (run == 3 || (run > 0 && i == series.Count - 1))
                    return i - run + 1 is var start && start >= 3 ? start : null;
            }
            return null;
        }

        (string, double?, double?)? After(Inverse inverse, int start, double offset)
        {
            if (series.Count - start < 4)
                return null;
            double since = series.Steps[start], held = series.Rates[start];
            int[] after = series.Chosen(Many, start);
            if (series.Met(after, _ => held) >= Enough && Math.Abs(Plan(series.Steps[^1] + offset) - held) > 1e-3 * peak)
                return Told(Severity.Error, "stuck", Invariant($"From step {Step(since)} on the rate is stuck at {held:g4}; the plan goes on to {Plan(series.Steps[^1]):g4}."), held, since);
            if (Shift(inverse, start, series.Count, whole: false) is { } k)
            {
                double resumed = since + k;
                bool begun = resumed < 0.02 * since + 3;
                return begun
                    ? Told(Severity.Error, "restarted", Invariant($"At step {Step(since)} the schedule began again from its update {Step(Math.Max(0, resumed))}: the scheduler's state was not loaded when the run was resumed."), k, since)
                    : Told(Severity.Error, "shifted-since", Invariant($"From step {Step(since)} on the run is {Step(Math.Abs(k))} updates {(k > 0 ? "ahead of" : "behind")} its plan."), k, since);
            }
            return Scale(start, offset) is { } scale
                ? Told(Severity.Error, "scaled-since", Invariant($"From step {Step(since)} on the rates are {scale:0.####} times those of the plan{Reason(scale)}."), scale, since) : null;
        }

        double Lowest() => Enumerable.Range(0, 400).Select(i => Plan(run.Plan.Warmup + (updates - 1 - run.Plan.Warmup) * i / 399)).Append(Plan(updates)).Min();

        /// <summary>Another floor: after the warm-up the log is a straight function of the plan that keeps the peak.</summary>
        double? Floor()
        {
            int[] after = [.. many.Where(i => series.Steps[i] > run.Plan.Warmup)];
            if (after.Length < 8 || series.Met([.. many.Where(i => series.Steps[i] <= run.Plan.Warmup)], Plan) is < 0.9 and > 0)
                return null;
            double mean = after.Average(i => Plan(series.Steps[i])), meanLog = after.Average(i => series.Rates[i]);
            double slope = after.Sum(i => (Plan(series.Steps[i]) - mean) * (series.Rates[i] - meanLog)) / after.Sum(i => Math.Pow(Plan(series.Steps[i]) - mean, 2));
            double base0 = meanLog - slope * mean, floor = base0 + slope * Lowest();
            if (!double.IsFinite(slope) || Math.Abs(slope - 1) < 1e-3 || Math.Abs(base0 + slope * peak - peak) > 5e-3 * peak)
                return null;
            return series.Met(after, step => base0 + slope * Plan(step), _ => 1e-4 * peak) >= Enough ? Math.Abs(floor) < 1e-4 * peak ? 0 : floor : null;
        }

        /// <summary>Another length of the warm-up: what follows either stays where it was or begins where the warm-up ends.</summary>
        double? Warmup()
        {
            double planned = run.Plan.Warmup;
            if (!(planned > 0))
                return null;
            int top = Array.FindIndex(series.Rates, rate => rate >= series.Peak * (1 - 1e-3));
            var rising = Enumerable.Range(0, Math.Max(0, top)).Where(i => series.Rates[i] > 0 && series.Steps[i] > 0).ToList();
            var lengths = rising.Count >= 2 ? rising.Select(i => series.Steps[i] * peak / series.Rates[i]).Order().ToList() : [];
            double[] candidates = lengths.Count > 0 ? [Math.Round(lengths[lengths.Count / 2]), Math.Round(lengths[lengths.Count / 2]) - 1, Math.Round(lengths[lengths.Count / 2]) + 1] : [0, 1];
            foreach (double length in candidates.Where(length => length >= 0 && Math.Abs(length - planned) > Math.Max(1, 0.01 * planned)))
            {
                double scale = (updates - planned) / Math.Max(1, updates - length);
                double Stays(double step) => step < length ? peak * step / length : step < planned ? peak : Plan(step);
                double Begins(double step) => step < length ? peak * step / length : Plan(planned + (step - length) * scale);
                if (series.Met(many, Stays, _ => 1e-4 * peak) >= 0.9 || series.Met(many, Begins, step => Slack(planned + (step - length) * scale, scale)) >= Enough)
                    return length;
            }
            return null;
        }

        /// <summary>Another length of the run: the warm-up as planned, and what follows it stretched.</summary>
        double? Length(Inverse inverse)
        {
            double warmup = run.Plan.Warmup;
            int[] after = [.. few.Where(i => series.Steps[i] > warmup + 0.05 * (series.Steps[^1] - warmup))];
            foreach (double length in Votes(inverse, after, (s, t) => t > warmup ? Math.Round(warmup + (updates - warmup) * (s - warmup) / (t - warmup)) : updates))
            {
                double scale = (updates - warmup) / (length - warmup);
                if (Math.Abs(length - updates) > 0.005 * updates && length > warmup && series.Met(many, At, step => Slack(step > warmup ? warmup + (step - warmup) * scale : step, scale)) >= Enough)
                    return length;
                double At(double step) => Plan(step > warmup ? warmup + (step - warmup) * scale : step);
            }
            return null;
        }
    }

    static string Step(double step) => Invariant($"{step:#,0.##}");
}
