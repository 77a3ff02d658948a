using System.Text.Json;
using System.Text.Json.Serialization;

namespace Anneal.Lessons;

/// <summary>The course's data files beside the notebooks: what is taught, in which signs, and what the lectures got wrong.</summary>
/// <param name="Lessons">Every lesson, in teaching order.</param>
/// <param name="Notation">Every sign.</param>
/// <param name="Errata">Every erratum.</param>
/// <param name="Lectures">Every lecture section, and where it is taught.</param>
public sealed record CourseRegisters(
    IReadOnlyList<Lesson> Lessons, IReadOnlyList<Sign> Notation, IReadOnlyList<Erratum> Errata, IReadOnlyList<Lecture> Lectures)
{
    static readonly JsonSerializerOptions options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        ReadCommentHandling = JsonCommentHandling.Disallow,
    };

    /// <summary>Reads <c>syllabus.json</c>, <c>notation.json</c>, <c>errata.json</c> and <c>coverage.json</c>.</summary>
    /// <param name="folder">Where they are.</param>
    /// <exception cref="InvalidDataException">A file is missing or malformed; the message names it and the place.</exception>
    public static CourseRegisters Read(string folder) => new(
        Read<Lesson>(folder, "syllabus.json"), Read<Sign>(folder, "notation.json"),
        Read<Erratum>(folder, "errata.json"), Read<Lecture>(folder, "coverage.json"));

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
