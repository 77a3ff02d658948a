namespace Anneal.Notebooks;

/// <summary>A value together with the type it was declared with.</summary>
internal sealed record TypedValue(object? Value, Type Type);

/// <summary>A place in a text that a compiler found fault with.</summary>
internal sealed record Fault(string File, int Line, string Message);

/// <summary>What came of running code: a value, nothing, faults found before it ran, or an exception.</summary>
internal sealed record Evaluation(TypedValue? Value = null, IReadOnlyList<Fault>? Faults = null, Exception? Exception = null);

/// <summary>One language's interpreter; what one piece of code declares, the next can use.</summary>
internal abstract class Kernel
{
    /// <summary>csharp or fsharp.</summary>
    public abstract string Language { get; }

    /// <summary>Runs code that the compiler shall know under the given file name.</summary>
    public abstract Evaluation Run(string code, string fileName);

    /// <summary>Makes a library that is already loaded known to the compiler.</summary>
    public abstract void Reference(string path);

    /// <summary>A variable's value, or null where none has that name.</summary>
    public abstract TypedValue? Find(string name);

    /// <summary>The names of all variables.</summary>
    public abstract IEnumerable<string> Names { get; }

    /// <summary>Declares a variable.</summary>
    /// <exception cref="CellException">The language cannot name the value's type.</exception>
    public abstract void Set(string name, TypedValue value);
}
