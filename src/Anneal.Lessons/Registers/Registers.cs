using System.Text.Json;
using System.Text.Json.Serialization;

namespace Anneal.Lessons;

/// <summary>The course's data files beside the notebooks: what is taught, in which signs, and what the lectures got wrong.</summary>
/// <param name="Parts">The parts, in teaching order.</param>
/// <param name="Lessons">Every lesson, in teaching order.</param>
/// <param name="Notation">Every sign.</param>
/// <param name="Errata">Every erratum.</param>
/// <param name="Lectures">Every lecture section, and where it is taught.</param>
public sealed record CourseRegisters(
    IReadOnlyList<CoursePart> Parts, IReadOnlyList<Lesson> Lessons, IReadOnlyList<Sign> Notation, IReadOnlyList<Erratum> Errata, IReadOnlyList<Lecture> Lectures)
{
    /// <summary>The lessons that still have the old form, by name: they are told what the form asks for, but not held to it.</summary>
    public IReadOnlyList<string> OldForm { get; init; } = [];

    /// <summary>Words that lessons do not use.</summary>
    public IReadOnlyList<UnusedWord> Words { get; init; } = [];

    static readonly JsonSerializerOptions options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        ReadCommentHandling = JsonCommentHandling.Disallow,
    };

    /// <summary>Reads <c>parts.json</c>, <c>syllabus.json</c>, <c>notation.json</c>, <c>errata.json</c>, <c>coverage.json</c>, <c>old-form.json</c> and <c>words.json</c>.</summary>
    /// <param name="folder">Where they are.</param>
    /// <exception cref="InvalidDataException">A file is missing or malformed; the message names it and the place.</exception>
    public static CourseRegisters Read(string folder) => new(
        Read<CoursePart>(folder, "parts.json"), Read<Lesson>(folder, "syllabus.json"), Read<Sign>(folder, "notation.json"),
        Read<Erratum>(folder, "errata.json"), Read<Lecture>(folder, "coverage.json"))
    {
        OldForm = Read<string>(folder, "old-form.json"),
        Words = Read<UnusedWord>(folder, "words.json"),
    };

    static List<T> Read<T>(string folder, string file)
    {
        string path = Path.Combine(folder, file);
        try
        {
            return JsonSerializer.Deserialize<List<T>>(File.ReadAllText(path), options)
                ?? throw new InvalidDataException($"{path}: the file holds null where a list is meant.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path}: {e.Message}", e);
        }
        catch (IOException e)
        {
            throw new InvalidDataException($"{path} cannot be read: {e.Message}", e);
        }
    }
}
