namespace Anneal;

/// <summary>A step at which the rate jumps, or its slope does.</summary>
/// <param name="Step">Where.</param>
/// <param name="Before">The rate just before.</param>
/// <param name="Rate">The rate at the step itself.</param>
/// <param name="After">The rate just after.</param>
/// <param name="SlopeBefore">Rate per step just before.</param>
/// <param name="SlopeAfter">Rate per step just after.</param>
public sealed record Breakpoint(double Step, double Before, double Rate, double After, double SlopeBefore, double SlopeAfter)
{
    /// <summary>The rate itself is torn; otherwise only its slope is, and the corner is a kink.</summary>
    public bool IsJump => ScheduleShape.Differ(Before, After) || ScheduleShape.Differ(Before, Rate);

    /// <summary>After / Before: 10 for a jump to ten times the rate, +∞ for one from 0.</summary>
    public double Factor => After / Before;
}
