namespace Anneal.Lessons.Tests;

public sealed class RegistersTests : IDisposable
{
    static readonly string[] lists = ["parts", "syllabus", "notation", "errata", "coverage", "old-form", "words"];
    readonly string folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    void Write(string list, string json) => File.WriteAllText(Path.Combine(folder, list + ".json"), json);

    [Fact]
    public void Every_register_is_read_from_its_own_file()
    {
        foreach (string list in lists)
            Write(list, "[]");
        Write("parts", """[{"title": "Rates", "answers": "How far?"}]""");
        Write("old-form", """["01-first"]""");
        var read = CourseRegisters.Read(folder);
        Assert.Equal(("Rates", "How far?", "01-first"), (read.Parts.Single().Title, read.Parts.Single().Answers, read.OldForm.Single()));
        Assert.Empty(read.Lessons);
    }

    [Theory]
    [InlineData("errata", "null", "holds null where a list is meant")]
    [InlineData("parts", """[{"title": "Rates"}]""", "answers")]
    [InlineData("parts", """[{"title": "Rates", "answers": "How far?", "colour": "red"}]""", "colour")]
    [InlineData("words", "[", "LineNumber: 0")]
    public void What_is_malformed_is_refused_with_file_and_reason(string list, string json, string reason)
    {
        foreach (string other in lists)
            Write(other, "[]");
        Write(list, json);
        string message = Assert.Throws<InvalidDataException>(() => CourseRegisters.Read(folder)).Message;
        Assert.StartsWith(Path.Combine(folder, list + ".json"), message);
        Assert.Contains(reason, message);
    }

    [Fact]
    public void A_missing_file_is_named() => Assert.Contains("parts.json", Assert.Throws<InvalidDataException>(() => CourseRegisters.Read(folder)).Message);
}
