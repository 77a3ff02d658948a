namespace Anneal.Lessons;

/// <summary>What a trial gives to the reader's function, as the page's table shows it: one number, or one per step.</summary>
/// <param name="name">Such as "gradient" or "rate".</param>
/// <param name="values">One number for all steps, or one per step. Pass the very array that the trial gives to the function: the check then undoes what the function changes in it.</param>
public sealed class Input(string name, params double[] values)
{
    readonly double[] given = values;

    /// <summary>Such as "gradient" or "rate".</summary>
    public string Name { get; } = name;

    /// <summary>One number for all steps, or one per step.</summary>
    public IReadOnlyList<double> Values { get; } = [.. values];

    /// <summary>Undoes what a function did to the array it was given.</summary>
    internal void Restore()
    {
        for (int i = 0; i < given.Length; i++)
            given[i] = Values[i];
    }
}
