namespace Anneal.Notebooks;

/// <summary>Where a C# cell picks up a value that another language hands it; the engine writes the line that does.</summary>
public static class SharedValues
{
    internal static object? Next { get; set; }

    /// <summary>The value that is being handed over.</summary>
    public static T Take<T>() => (T)Next!;
}
