namespace Anneal.Notebooks;

/// <summary>What a value looks like from outside, whatever its type; taken once, so that a lazy sequence runs once.</summary>
internal abstract record Shape;

/// <summary>A value that one piece of text says completely.</summary>
/// <param name="Text">The text.</param>
/// <param name="IsQuoted">Whether it stands in quotation marks behind the name of an F# case.</param>
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
/// <param name="Prints">Whether the type's own text says its members too, as that of records does.</param>
internal sealed record Members(string Type, IReadOnlyList<(string Name, object? Value)> Values, bool Prints) : Shape;

/// <summary>A fixed number of values of different kinds, with a name in front for cases of an F# union.</summary>
/// <param name="Name">The case; empty for a tuple.</param>
/// <param name="Values">The values.</param>
/// <param name="Labels">What each is called; null where they have no names.</param>
/// <param name="IsCall">Whether the name has its value in parentheses, as <c>Some(3)</c>.</param>
internal sealed record Group(string Name, IReadOnlyList<object?> Values, IReadOnlyList<string>? Labels = null, bool IsCall = false) : Shape;

/// <summary>Rows and columns.</summary>
internal sealed record Grid(IReadOnlyList<IReadOnlyList<object?>> First, int Rows, int Columns) : Shape;

/// <summary>A member that threw when it was read.</summary>
internal sealed record Unreadable(string Why);
