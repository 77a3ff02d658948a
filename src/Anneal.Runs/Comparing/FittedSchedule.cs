namespace Anneal.Runs;

/// <summary>A schedule that a log may have followed.</summary>
/// <param name="Name">Its kind.</param>
/// <param name="Schedule">The schedule, with the numbers that fit best.</param>
/// <param name="Parameters">How many numbers were fitted.</param>
/// <param name="LargestError">The largest difference, as a part of the log's peak.</param>
/// <param name="Worst">The largest difference in units of how finely the log was written: at most 1 where the schedule explains the log.</param>
public sealed record FittedSchedule(string Name, Schedule Schedule, int Parameters, double LargestError, double Worst)
{
    /// <summary>In this library's notation.</summary>
    public string Notation => ScheduleNotation.Print(Schedule);

    /// <summary>Whether it explains the log: no entry is off by more than how it was written.</summary>
    public bool Explains => Worst <= 1.5;
}
