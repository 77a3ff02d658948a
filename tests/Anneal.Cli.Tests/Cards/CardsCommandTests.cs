using System.IO.Compression;
using System.Text.Json;
using System.Text.RegularExpressions;
using Anneal.Lessons;
using Microsoft.Data.Sqlite;

namespace Anneal.Cli.Tests.Cards;

/// <summary>The package for Anki, opened again: ZIP, database, models, decks, media. tests/cards reads it with Python's own libraries besides.</summary>
public sealed class CardsCommandTests : IDisposable
{
    readonly CommandLine command = new();

    public void Dispose() => command.Dispose();

    async Task<(Dictionary<string, byte[]> Files, string Database)> Package(string name, params string[] more)
    {
        var (exit, output, error) = await command.RunAsync(["cards", "--out", name, .. more]);
        Assert.True(exit == 0, output + error);
        using var zip = ZipFile.OpenRead(Path.Combine(command.Folder, name));
        var files = new Dictionary<string, byte[]>();
        foreach (var entry in zip.Entries)
        {
            using var content = new MemoryStream();
            using var stream = entry.Open();
            await stream.CopyToAsync(content, TestContext.Current.CancellationToken);
            files[entry.FullName] = content.ToArray();
        }
        string database = Path.Combine(command.Folder, name + ".anki2");
        await File.WriteAllBytesAsync(database, files["collection.anki2"], TestContext.Current.CancellationToken);
        return (files, database);
    }

    static JsonElement Query(string database, string sql)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = database, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        connection.Open();
        using var asked = connection.CreateCommand();
        asked.CommandText = sql;
        using var reader = asked.ExecuteReader();
        var rows = new List<object[]>();
        while (reader.Read())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            rows.Add(row);
        }
        return JsonSerializer.SerializeToElement(rows);
    }

    [Fact]
    public async Task Every_question_is_a_note_with_a_card_in_the_deck_of_its_lesson()
    {
        var (files, database) = await Package("all.apkg");
        int questions = QuizRegister.All.Sum(quiz => quiz.Items.Count);
        Assert.Equal("ok", Query(database, "PRAGMA integrity_check")[0][0].GetString());
        Assert.Equal(11, Query(database, "SELECT ver FROM col")[0][0].GetInt32());
        Assert.Equal(questions, Query(database, "SELECT count(DISTINCT id) FROM notes")[0][0].GetInt32());
        Assert.Equal(questions, Query(database, "SELECT count(DISTINCT guid) FROM notes")[0][0].GetInt32());
        Assert.Equal(questions, Query(database, "SELECT count(*) FROM cards JOIN notes ON cards.nid = notes.id")[0][0].GetInt32());
        Assert.Equal(["cards", "col", "graves", "notes", "revlog"], Query(database, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").EnumerateArray().Select(row => row[0].GetString()!));

        var col = Query(database, "SELECT models, decks, conf, dconf FROM col")[0];
        var model = JsonDocument.Parse(col[0].GetString()!).RootElement.EnumerateObject().Single();
        Assert.Equal(model.Name, Query(database, "SELECT DISTINCT mid FROM notes")[0][0].GetRawText());
        int fields = model.Value.GetProperty("flds").GetArrayLength();
        var decks = JsonDocument.Parse(col[1].GetString()!).RootElement;
        Assert.Equal(QuizRegister.All.Count, decks.EnumerateObject().Count(deck => deck.Value.GetProperty("name").GetString()!.StartsWith("Anneal::", StringComparison.Ordinal)));
        Assert.All(Query(database, "SELECT DISTINCT did FROM cards").EnumerateArray(), row => Assert.True(decks.TryGetProperty(row[0].GetRawText(), out _)));
        Assert.NotNull(JsonDocument.Parse(col[2].GetString()!));
        Assert.True(JsonDocument.Parse(col[3].GetString()!).RootElement.TryGetProperty("1", out _));

        string[] media = [.. JsonDocument.Parse(files["media"]).RootElement.EnumerateObject().Select(file => file.Value.GetString()!)];
        Assert.Equal(media.Length, files.Count - 2);
        var shown = new HashSet<string>();
        int varied = 0;
        foreach (var row in Query(database, "SELECT flds, sfld, csum FROM notes").EnumerateArray())
        {
            string[] values = row[0].GetString()!.Split('\x1f');
            Assert.Equal(fields, values.Length);
            Assert.All(values, value => Assert.NotEqual("", value));
            Assert.DoesNotContain("<p>", row[1].GetString()!, StringComparison.Ordinal);
            Assert.InRange(row[2].GetInt64(), 0, uint.MaxValue);
            foreach (Match image in Regex.Matches(row[0].GetString()!, "<img[^>]*>"))
            {
                var told = Regex.Match(image.Value, "^<img src=\"([^\"]+)\" alt=\"Curve from left to right, heights in percent: ([0-9, ]+)\">$");
                Assert.True(told.Success, image.Value);
                shown.Add(told.Groups[1].Value);
                int[] heights = [.. told.Groups[2].Value.Split(", ").Select(int.Parse)];
                Assert.Equal(9, heights.Length);
                Assert.All(heights, height => Assert.InRange(height, 0, 100));
                varied += heights.Min() < heights.Max() ? 1 : 0;
            }
        }
        Assert.NotEmpty(shown);
        // A constant is a flat curve, and a question may ask for it; most are not.
        Assert.True(varied > shown.Count / 2, $"{varied} of {shown.Count} curves rise or fall");
        Assert.Equal(shown.Order(), media.Order());
    }

    [Fact]
    public async Task A_later_package_has_the_same_identities()
    {
        const string Sql = "SELECT notes.id, guid, mid, did, flds FROM notes JOIN cards ON cards.nid = notes.id ORDER BY notes.id";
        var (_, first) = await Package("first.apkg");
        var (_, second) = await Package("second.apkg");
        Assert.Equal(Query(first, Sql).GetRawText(), Query(second, Sql).GetRawText());
        var (_, one) = await Package("one.apkg", "--lesson", "09");
        var all = Query(first, Sql).EnumerateArray().Select(row => row.GetRawText()).ToHashSet();
        Assert.Equal(Quiz.Of("09").Items.Count, Query(one, Sql).GetArrayLength());
        Assert.All(Query(one, Sql).EnumerateArray(), row => Assert.Contains(row.GetRawText(), all));
    }

    [Fact]
    public async Task An_unknown_lesson_is_refused_with_those_there_are()
    {
        var (exit, _, error) = await command.RunAsync("cards", "--out", "a.apkg", "--lesson", "99");
        Assert.Equal(2, exit);
        Assert.Contains("01-what-a-rate-does", error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(command.Folder, "a.apkg")));
    }

    [Theory]
    [InlineData("E x² = η", @"\(E\ x^{2}\ =\ \eta \)")]
    [InlineData("Q^−½ w", @"\(Q^{-\tfrac{1}{2}}\ w\)")]
    [InlineData("η₀", @"\(\eta _{0}\)")]
    [InlineData("x² < 1", @"\(x^{2}\ &lt;\ 1\)")]
    [InlineData("max − 10 %", @"\(\text{max}\ -\ 10\ \%\)")]
    public void Formulas_become_MathJax(string formula, string expected) => Assert.Equal(expected, MathText.Of(formula));
}
