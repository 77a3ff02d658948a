using System.Text.Json;

namespace Anneal.Live;

/// <summary>What a page asks about schedules. All answers are the library's own; here they are only put together.</summary>
public static class LiveSchedules
{
    /// <summary>More phases and jumps than this are counted, not listed.</summary>
    const int MostRows = 24;

    /// <summary>Points of a curve: enough for any screen.</summary>
    const int Points = 400;

    /// <summary>A bound adds up its updates one by one.</summary>
    const long MostUpdates = 200_000;

    const int MaxNesting = 1_000;

    /// <summary>The rates at the given steps.</summary>
    /// <exception cref="ScheduleFormatException">The notation cannot be read; the message has a caret under the place.</exception>
    public static double[] Rates(string notation, double[] steps)
    {
        var schedule = Read(notation);
        return Array.ConvertAll(steps, schedule.At);
    }

    /// <summary>What <c>anneal schedule --explain</c> says, line by line.</summary>
    /// <param name="notation">The schedule.</param>
    /// <param name="last">The length of the run; not a number for the schedule's own.</param>
    /// <exception cref="ScheduleFormatException">The notation cannot be read, or it has too many pieces.</exception>
    public static string Explain(string notation, double last)
    {
        var schedule = Read(notation);
        var reach = Reach.Explained(schedule, Length(schedule, last));
        if (reach.Reason is not null && !double.IsNaN(last))
            throw new ScheduleFormatException(FormattableString.Invariant($"The schedule {reach.Reason}, too many to look at one by one: {reach.Last:0} is the furthest it can be shown."));
        return string.Join('\n', ScheduleReport.Lines(schedule, reach.Last));
    }

    /// <summary>Whether <see cref="Look"/> and <see cref="Crossings"/> answer within a frame or two of a page; where not, another thread is better asked. What cannot be read is told at once.</summary>
    /// <inheritdoc cref="Look"/>
    public static bool IsQuick(string notation, double last)
    {
        try
        {
            var schedule = Read(notation);
            return Reach.AtOnce(schedule, Length(schedule, last)).Reason is null;
        }
        catch (ArgumentException)
        {
            return true;
        }
        catch (ScheduleFormatException)
        {
            return true;
        }
    }

    /// <summary>Everything a page shows of a schedule, as far as it can be looked at while somebody types.</summary>
    /// <param name="notation">The schedule.</param>
    /// <param name="last">The length of the run; not a number for the schedule's own.</param>
    public static ScheduleAnswer Look(string notation, double last)
    {
        try
        {
            var schedule = Read(notation);
            var reach = Reach.Typed(schedule, Length(schedule, last));
            long updates = (long)Math.Ceiling(reach.Last);
            var phases = schedule.Phases(0, reach.Last);
            Breakpoint[] jumps = [.. schedule.Breakpoints(0, reach.Last).Where(corner => corner.IsJump)];
            var range = schedule.Range(0, reach.Last);
            var conditions = RobbinsMonro.Of(schedule);
            return new ScheduleAnswer
            {
                Notation = ScheduleReport.Notation(schedule),
                Formula = schedule.Latex,
                Last = reach.Last,
                Cut = reach.Reason,
                First = schedule.At(0),
                End = schedule.At(reach.Last),
                Lowest = range.Lowest,
                Highest = range.Highest,
                Sum = schedule.Sum(0, updates),
                Mean = schedule.Average(0, updates),
                SumOfSquares = schedule.SumOfSquares(0, updates),
                Phases = [.. phases.Take(MostRows).Select(p => new PhaseAnswer(p.From, p.To, Written.Camel(p.Trend.ToString()), p.RateAtStart, p.RateAtEnd, p.Source.GetType().Name))],
                PhaseCount = phases.Count,
                Jumps = [.. jumps.Take(MostRows).Select(j => new JumpAnswer(j.Step, j.Before, j.After))],
                JumpCount = jumps.Length,
                Findings = [.. ScheduleLint.Check(schedule, Math.Max(1, updates)).Select(f => new FindingAnswer(Written.Camel(f.Severity.ToString()), f.Code, f.Step, f.Sentence))],
                RobbinsMonro = conditions.Holds,
                RatesReason = conditions.RatesReason,
                SquaresReason = conditions.SquaresReason,
                Sliders = Slider.In(notation),
            };
        }
        catch (ScheduleFormatException refused)
        {
            return new ScheduleAnswer { Error = refused.Message, Position = refused.Position };
        }
        catch (ArgumentException refused)
        {
            return new ScheduleAnswer { Error = JsonReason.Plain(refused) + "." };
        }
    }

    /// <summary>Points of the curve, step and rate in turn: evenly spread, spread by factors for a logarithmic axis, and both sides of every corner.</summary>
    /// <inheritdoc cref="Look"/>
    public static double[] Curve(string notation, double last)
    {
        var schedule = Read(notation);
        last = Length(schedule, last);
        var points = new List<(double Step, double Rate)>();
        double spacing = Math.Max(last < Points ? last / Points : 1, Math.Ceiling(last / Points));
        for (int i = 0; i * spacing < last; i++)
            Add(i * spacing);
        for (double step = Math.Max(1, last / 1e6); step < spacing * Points / 8; step *= 1.1)
            Add(step);
        Add(last);
        if (Reach.Drawn(schedule, last).Reason is null)
            foreach (var corner in schedule.Breakpoints(0, last))
            {
                points.RemoveAll(point => point.Step == corner.Step);
                points.AddRange([(corner.Step, corner.Before), (corner.Step, corner.Rate), (corner.Step, corner.After)]);
            }
        // The sort is stable, so that the three points of a jump stay in their order.
        return [.. points.OrderBy(point => point.Step).SelectMany(point => (double[])[point.Step, point.Rate])];

        void Add(double step) => points.Add((step, schedule.At(step)));
    }

    /// <summary>How far above the optimum the last weights of SGD can be, for distance 1 and gradients of norm 1.</summary>
    /// <inheritdoc cref="Look"/>
    public static BoundAnswer Bound(string notation, double last)
    {
        var schedule = Read(notation);
        double length = Length(schedule, last);
        if (length > MostUpdates)
            return new(0, 0, 0, 0, FormattableString.Invariant($"More than {MostUpdates:#,0} updates are too many to add up while you wait."));
        long updates = Math.Max(1, (long)Math.Ceiling(length));
        try
        {
            var bound = LastIterateBound.Of(schedule, updates);
            return new(updates, bound.At(1), bound.BestScale, bound.Best, null);
        }
        catch (ArgumentException refused)
        {
            return new(updates, 0, 0, 0, JsonReason.Plain(refused) + ".");
        }
    }

    /// <summary>The first step at which the rate is, or passes, a value; not a number if there is none.</summary>
    /// <exception cref="ScheduleFormatException">The notation cannot be read.</exception>
    public static double Crossing(string notation, double rate, double last)
    {
        var schedule = Read(notation);
        return schedule.Crossing(rate, 0, Reach.Typed(schedule, Length(schedule, last)).Last) ?? double.NaN;
    }

    /// <summary>Every step at which the rate rises to a value or falls below it, as far as they can be listed, and in words.</summary>
    /// <exception cref="ScheduleFormatException">The notation cannot be read.</exception>
    public static CrossingsAnswer Crossings(string notation, double rate, double last)
    {
        var schedule = Read(notation);
        return RateCrossings.Answer(schedule, rate, Reach.Typed(schedule, Length(schedule, last)).Last);
    }

    /// <summary>What another framework's configuration is here, as JSON or as a call in Python; a schedule of ours as JSON is read too.</summary>
    public static ImportAnswer Import(string configuration)
    {
        try
        {
            configuration = PythonCall.Read(configuration)?.Json ?? configuration;
            using var document = JsonDocument.Parse(configuration, new JsonDocumentOptions { MaxDepth = MaxNesting });
            var json = document.RootElement;
            if (json.ValueKind == JsonValueKind.Object && json.TryGetProperty("type", out _))
                return new(null, Notation: ScheduleReport.Notation(ScheduleJson.Read(json)));
            var imported = SchedulerImport.Import(json);
            return new(null, imported.Framework, imported.Scheduler, Notation(imported.Schedule), Notation(imported.Momentum),
                imported.Feedback is { } feedback ? $"It listens to a metric: {feedback.Machine?.ToString() ?? feedback.Remark}" : null);
        }
        catch (ScheduleFormatException refused)
        {
            return new(refused.Message);
        }
        catch (Exception broken) when (broken is JsonException or ArgumentException)
        {
            return new(configuration.TrimStart() is ['{' or '[', ..] ? JsonReason.NotJson(broken)
                : "This is neither JSON nor one call in Python, such as OneCycleLR(optimizer, max_lr=0.1, total_steps=1000).");
        }

        static string? Notation(Schedule? schedule) => schedule is null ? null : ScheduleReport.Notation(schedule);
    }

    /// <summary>What <see cref="Export"/> writes.</summary>
    public static IReadOnlyList<string> Targets { get; } = ["notation", "json", "csharp", .. ScheduleExport.Targets];

    /// <summary>The schedule as text for another place.</summary>
    /// <exception cref="ScheduleFormatException">The notation cannot be read, or the target cannot express the schedule.</exception>
    public static string Export(string notation, string target, double last)
    {
        var schedule = Read(notation);
        return target switch
        {
            "notation" => ScheduleNotation.Print(schedule) + "\n",
            "json" => ScheduleJson.Write(schedule, indented: true) + "\n",
            "csharp" => $"using Anneal;\n\nvar schedule = ScheduleNotation.Parse(\"{ScheduleNotation.Print(schedule).Replace("\\", "\\\\").Replace("\"", "\\\"")}\");\n",
            _ => ScheduleExport.Write(schedule, target, Length(schedule, last)),
        };
    }

    static Schedule Read(string notation) => ScheduleNotation.Parse(notation);

    /// <summary>The step that is looked at last; beyond 2⁵³ single updates can no longer be told apart.</summary>
    static double Length(Schedule schedule, double last) => double.IsNaN(last) ? Horizon.Of(schedule)
        : last is >= 1 and <= 1L << 53 ? last
        : throw new ArgumentOutOfRangeException(nameof(last), last, "The last step must be from 1 to 2^53.");
}
