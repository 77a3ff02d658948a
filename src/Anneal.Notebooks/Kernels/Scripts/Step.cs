namespace Anneal.Notebooks;

/// <summary>One thing a cell asks for; a cell is a list of them, done in order.</summary>
/// <param name="Line">Where it stands, counted from 1.</param>
internal abstract record Step(int Line);

/// <summary>Run code.</summary>
/// <param name="Line">Its first line.</param>
/// <param name="Language">csharp or fsharp.</param>
/// <param name="Code">The code after as many empty lines as stand before it, so that line numbers are those of the cell.</param>
internal sealed record CodeStep(int Line, string Language, string Code) : Step(Line);

/// <summary>Show text as it stands.</summary>
internal sealed record TextStep(int Line, string MimeType, string Text) : Step(Line);

/// <summary><c>#!import "file"</c>.</summary>
internal sealed record ImportStep(int Line, string Path, string Language) : Step(Line);

/// <summary><c>#r "file.dll"</c>.</summary>
internal sealed record ReferenceStep(int Line, string Language, string Path) : Step(Line);

/// <summary><c>#r "nuget: Id, Version"</c>.</summary>
internal sealed record PackageStep(int Line, string Language, string Id, string? Version) : Step(Line);

/// <summary><c>#i "nuget: ADDRESS"</c>.</summary>
internal sealed record PackageSourceStep(int Line, string Source) : Step(Line);

/// <summary><c>#!value --name x</c>: the rest of the cell, or a file, as a text that <c>#!share --from value x</c> hands on.</summary>
internal sealed record ValueStep(int Line, string Name, string? File, string Text) : Step(Line);

/// <summary><c>#!share --from L x --as y</c> and <c>#!set --byref --name y --value @L:x</c>: the same object in both languages.</summary>
internal sealed record ShareStep(int Line, string From, string Name, string To, string As) : Step(Line);

/// <summary><c>#!set --name y --value @L:x</c>: a copy by way of JSON.</summary>
internal sealed record CopyStep(int Line, string From, string Name, string To, string As) : Step(Line);

/// <summary><c>#!set --name y --value text</c>.</summary>
internal sealed record SetStep(int Line, string To, string As, string Value) : Step(Line);

/// <summary><c>#!time</c>: the time from here to the end of the cell is shown.</summary>
internal sealed record TimeStep(int Line) : Step(Line);
