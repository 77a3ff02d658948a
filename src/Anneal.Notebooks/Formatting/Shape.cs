namespace Anneal.Notebooks;

/// <summary>What a value looks like from outside, whatever its type; taken once, so that a lazy sequence runs once.</summary>
internal abstract record Shape;

/// <summary>A value that one piece of text says completely.</summary>
/// <param name="Text">The text.</param>
/// <param name="IsQuoted">Whether it stands in quotation marks when it is part of something.</param>
/// <param name="IsNumber">Whether it lines up on the right.</param>
internal sealed record Scalar(string Text, bool IsQuoted = false, bool IsNumber = false) : Shape;

/// <summary>One value after the other.</summary>
/// <param name="First">The first of them.</param>
/// <param name="Count">How many there are; null where counting would not end, or not soon.</param>
/// <param name="Fault">Why it stopped early.</param>
internal sealed record Items(IReadOnlyList<object?> First, long? Count, string? Fault) : Shape;

/// <summary>Keys and values.</summary>
internal sealed record Map(IReadOnlyList<(object? Key, object? Value)> First, long? Count) : Shape;

/// <summary>Named members.</summary>
/// <param name="Type">The type's name; empty for an anonymous type.</param>
/// <param name="Values">Names and values; a member that cannot be read has a <see cref="Unreadable"/>.</param>
internal sealed record Members(string Type, IReadOnlyList<(string Name, object? Value)> Values) : Shape;

/// <summary>A fixed number of values of different kinds, with a name in front for cases of an F# union.</summary>
internal sealed record Group(string Name, IReadOnlyList<object?> Values) : Shape;

/// <summary>Rows and columns.</summary>
internal sealed record Grid(IReadOnlyList<IReadOnlyList<object?>> First, int Rows, int Columns) : Shape;

/// <summary>A member that threw when it was read.</summary>
internal sealed record Unreadable(string Why);
