using System.Globalization;

namespace Anneal.Live;

/// <summary>A schedule in words: notation, formula, phases, sums, and what deserves a second look.</summary>
public static class ScheduleReport
{
    /// <summary>More phases than this are counted, not listed.</summary>
    const int MostPhases = 12;

    /// <summary>One line per thing worth saying about the steps 0, …, last.</summary>
    public static IEnumerable<string> Lines(Schedule schedule, double last)
    {
        yield return $"schedule   {Notation(schedule)}";
        yield return $"formula    {schedule.Latex}";
        foreach (string line in Phases(schedule, last))
            yield return line;
        long steps = (long)Math.Ceiling(last);
        yield return Text($"first      η(0) = {schedule.At(0):G6}, η({last}) = {schedule.At(last):G6}");
        yield return Text($"sums       Σ η = {schedule.Sum(0, steps):G8} over {steps} updates, on average {schedule.Average(0, steps):G6}; Σ η² = {schedule.SumOfSquares(0, steps):G8}");
        var conditions = RobbinsMonro.Of(schedule);
        yield return $"for ever   {conditions.RatesReason}";
        yield return $"           {conditions.SquaresReason}";
        foreach (var finding in ScheduleLint.Check(schedule, Math.Max(1, steps)))
            yield return $"{finding.Severity.ToString().ToLowerInvariant(),-10} {finding.Sentence}";
    }

    /// <summary>One line a phase: where, which way, and what makes it.</summary>
    public static IEnumerable<string> Phases(Schedule schedule, double last)
    {
        var phases = schedule.Phases(0, last);
        foreach (var phase in phases.Take(MostPhases))
            yield return Text($"phase      {phase.From:G7} … {phase.To:G7}: {Way(phase)}, {phase.Source.GetType().Name}");
        if (phases.Count > MostPhases)
            yield return $"           … and {phases.Count - MostPhases} more";
    }

    static string Way(Phase phase) => phase.Trend == Trend.Flat ? Text($"level at {phase.RateAtStart:G6}")
        : Text($"{phase.Trend.ToString().ToLowerInvariant()} from {phase.RateAtStart:G6} to {phase.RateAtEnd:G6}");

    /// <summary>In notation, which can be given to the command again, or as a record where there is no notation for it.</summary>
    public static string Notation(Schedule schedule)
    {
        try
        {
            return ScheduleNotation.Print(schedule);
        }
        catch (ScheduleFormatException)
        {
            return schedule.ToString();
        }
    }

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
