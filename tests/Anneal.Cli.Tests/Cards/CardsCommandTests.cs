using System.IO.Compression;
using System.Text;
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
    public async Task Every_question_and_every_fact_of_the_notes_is_a_note_with_a_card_in_the_deck_of_its_lesson()
    {
        var (files, database) = await Package("all.apkg");
        int questions = QuizRegister.All.Sum(quiz => quiz.Items.Count) + NoteCardRegister.All.Count;
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
        int level = 0;
        foreach (var row in Query(database, "SELECT flds, sfld, csum FROM notes").EnumerateArray())
        {
            string[] values = row[0].GetString()!.Split('\x1f');
            Assert.Equal(fields, values.Length);
            Assert.All(values, value => Assert.NotEqual("", value));
            Assert.DoesNotContain("<p>", row[1].GetString()!, StringComparison.Ordinal);
            Assert.InRange(row[2].GetInt64(), 0, uint.MaxValue);
            foreach (Match image in Regex.Matches(row[0].GetString()!, "<img[^>]*>"))
            {
                var told = Regex.Match(image.Value, "^<img src=\"([^\"]+)\" alt=\"Curve from left to right(?:: level|, heights in percent: ([0-9, ]+))\">$");
                Assert.True(told.Success, image.Value);
                shown.Add(told.Groups[1].Value);
                // Words and picture agree: what is called level is drawn level.
                int file = Array.IndexOf(media, told.Groups[1].Value);
                string[] drawn = [.. Regex.Matches(Encoding.UTF8.GetString(files[$"{file}"]), @"(?<=[0-9.]+,)[0-9.]+(?=[ ""])").Select(y => y.Value).Distinct()];
                Assert.Equal(drawn.Length == 1, !told.Groups[2].Success);
                level += drawn.Length == 1 ? 1 : 0;
                if (!told.Groups[2].Success)
                    continue;
                int[] heights = [.. told.Groups[2].Value.Split(", ").Select(int.Parse)];
                Assert.Equal(9, heights.Length);
                Assert.All(heights, height => Assert.InRange(height, 0, 100));
                Assert.NotEqual(heights.Min(), heights.Max());
            }
        }
        Assert.True(level > 0, "No question shows a level curve any more.");
        Assert.NotEmpty(shown);
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
        Assert.Equal(Quiz.Of("09").Items.Count + NoteCardRegister.All.Count(note => note.Lesson == Quiz.Of("09").Lesson), Query(one, Sql).GetArrayLength());
        Assert.All(Query(one, Sql).EnumerateArray(), row => Assert.Contains(row.GetRawText(), all));
    }

    [Fact]
    public async Task Facts_of_the_notes_have_a_tag_formulas_and_the_mistakes_by_name()
    {
        var (_, database) = await Package("tagged.apkg");
        var rows = Query(database, "SELECT tags, flds FROM notes WHERE tags LIKE '% notes %'").EnumerateArray().Select(row => (Tags: row[0].GetString()!, Fields: row[1].GetString()!.Split('\x1f'))).ToList();
        Assert.Equal(NoteCardRegister.All.Count, rows.Count);
        Assert.All(rows, row => Assert.StartsWith(row.Tags.Split(' ')[2] + "/notes/", row.Fields[3], StringComparison.Ordinal));
        Assert.All(rows, row => Assert.DoesNotContain("$", row.Fields[0] + row.Fields[1], StringComparison.Ordinal));
        string ramp = rows.Single(row => row.Fields[3] == "09-cosine-by-hand/notes/ramp").Fields[1];
        Assert.Contains(@"\[\eta(t) = \eta_{\max} \cdot \frac{t}{W}\]", ramp, StringComparison.Ordinal);
        Assert.Contains("<b>Corrected (E000-1).</b>", ramp, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("of $x_1$ and $y$.", @"of \(x_1\) and \(y\).")]
    [InlineData("$$a < b$$", @"\[a &lt; b\]")]
    [InlineData("no formula & no TeX", "no formula &amp; no TeX")]
    public void Formulas_between_dollars_become_MathJax(string text, string expected) => Assert.Equal(expected, Card.Typeset(text));

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
