namespace Anneal.Lessons;

/// <summary>A lecture and where each of its sections is taught.</summary>
/// <param name="Id">Number, such as "002".</param>
/// <param name="Title">As printed.</param>
/// <param name="Sections">In order.</param>
/// <param name="Name">What lessons call it, such as "the notes".</param>
public sealed record Lecture(string Id, string Title, IReadOnlyList<LectureSection> Sections, string Name);

/// <summary>A section of a lecture.</summary>
/// <param name="Section">Its number, or its heading where it has none.</param>
/// <param name="Topic">What it is about.</param>
/// <param name="Taught">Where; at least one lesson.</param>
public sealed record LectureSection(string Section, string Topic, IReadOnlyList<Teaching> Taught);

/// <summary>The part of a lesson that teaches a lecture section.</summary>
/// <param name="Lesson">The lesson's name.</param>
/// <param name="Heading">Its heading there; null while the lesson does not exist.</param>
/// <param name="Cells">The cells whose checks carry it; none while the lesson does not exist.</param>
public sealed record Teaching(string Lesson, string? Heading = null, IReadOnlyList<string>? Cells = null);
