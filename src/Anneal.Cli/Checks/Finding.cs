namespace Anneal.Cli;

/// <summary>Something in a notebook that its author should change.</summary>
/// <param name="Rule">The lint that found it, such as "numbers"; "run" for what running showed.</param>
/// <param name="Cell">Its cell, counted from 1; null for the notebook as a whole.</param>
/// <param name="Line">The line in that cell, counted from 1; null for the cell as a whole.</param>
/// <param name="Message">What is wrong and what to do.</param>
internal sealed record Finding(string Rule, int? Cell, int? Line, string Message)
{
    /// <summary>True for a rule of the form that this lesson is not held to yet, because course/old-form.json lists it.</summary>
    public bool IsForLater { get; init; }

    /// <summary>The place and the message in one line.</summary>
    public string In(string path)
    {
        string cell = Cell is { } c ? $", cell {c}" : "", line = Line is { } l ? $", line {l}" : "";
        return $"{path}{cell}{line} ({Rule}): {Message}";
    }
}
