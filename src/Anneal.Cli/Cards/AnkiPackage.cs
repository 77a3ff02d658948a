using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;

namespace Anneal.Cli;

/// <summary>Writes an Anki package: a ZIP file with a collection (SQLite, schema 11), its pictures by number, and the list of their names.</summary>
/// <remarks>
/// Identities come from the cards' ids, so a later package updates what an earlier one brought, and what was learnt stays.
/// The tables are those that <see href="https://github.com/ankidroid/Anki-Android/wiki/Database-Structure">AnkiDroid's description of the database</see> lists.
/// </remarks>
internal static partial class AnkiPackage
{
    const string Deck = "Anneal", Model = "Anneal question";

    const string Schema = """
        CREATE TABLE col (id integer PRIMARY KEY, crt integer NOT NULL, mod integer NOT NULL, scm integer NOT NULL, ver integer NOT NULL, dty integer NOT NULL, usn integer NOT NULL,
            ls integer NOT NULL, conf text NOT NULL, models text NOT NULL, decks text NOT NULL, dconf text NOT NULL, tags text NOT NULL);
        CREATE TABLE notes (id integer PRIMARY KEY, guid text NOT NULL, mid integer NOT NULL, mod integer NOT NULL, usn integer NOT NULL, tags text NOT NULL, flds text NOT NULL,
            sfld integer NOT NULL, csum integer NOT NULL, flags integer NOT NULL, data text NOT NULL);
        CREATE TABLE cards (id integer PRIMARY KEY, nid integer NOT NULL, did integer NOT NULL, ord integer NOT NULL, mod integer NOT NULL, usn integer NOT NULL, type integer NOT NULL,
            queue integer NOT NULL, due integer NOT NULL, ivl integer NOT NULL, factor integer NOT NULL, reps integer NOT NULL, lapses integer NOT NULL, left integer NOT NULL,
            odue integer NOT NULL, odid integer NOT NULL, flags integer NOT NULL, data text NOT NULL);
        CREATE TABLE revlog (id integer PRIMARY KEY, cid integer NOT NULL, usn integer NOT NULL, ease integer NOT NULL, ivl integer NOT NULL, lastIvl integer NOT NULL,
            factor integer NOT NULL, time integer NOT NULL, type integer NOT NULL);
        CREATE TABLE graves (usn integer NOT NULL, oid integer NOT NULL, type integer NOT NULL);
        CREATE INDEX ix_notes_usn ON notes (usn);
        CREATE INDEX ix_notes_csum ON notes (csum);
        CREATE INDEX ix_cards_usn ON cards (usn);
        CREATE INDEX ix_cards_nid ON cards (nid);
        CREATE INDEX ix_cards_sched ON cards (did, queue, due);
        CREATE INDEX ix_revlog_usn ON revlog (usn);
        CREATE INDEX ix_revlog_cid ON revlog (cid);
        """;

    /// <summary>The package's bytes.</summary>
    /// <param name="cards">In the order in which they are learnt.</param>
    /// <param name="titles">What a lesson's deck is called, by the lesson's name.</param>
    /// <param name="now">When: Anki takes a note over where it is newer than its own.</param>
    public static byte[] Of(IReadOnlyList<Card> cards, IReadOnlyDictionary<string, string> titles, DateTimeOffset now)
    {
        using var package = new MemoryStream();
        using (var zip = new ZipArchive(package, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add("collection.anki2", Collection(cards, titles, now));
            CardMedia[] media = [.. cards.SelectMany(card => card.Media).DistinctBy(file => file.Name)];
            foreach (var (i, file) in media.Index())
                Add($"{i}", file.Content);
            Add("media", JsonSerializer.SerializeToUtf8Bytes(media.Index().ToDictionary(file => $"{file.Index}", file => file.Item.Name)));

            void Add(string name, byte[] content)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(content);
            }
        }
        return package.ToArray();
    }

    static byte[] Collection(IReadOnlyList<Card> cards, IReadOnlyDictionary<string, string> titles, DateTimeOffset now)
    {
        string file = Path.GetTempFileName();
        try
        {
            using (var database = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString()))
            {
                database.Open();
                using var transaction = database.BeginTransaction();
                Run(Schema);
                long mod = now.ToUnixTimeSeconds(), milliseconds = now.ToUnixTimeMilliseconds();
                string[] lessons = [.. cards.Select(card => card.Lesson).Distinct()];
                var decks = lessons.ToDictionary(lesson => lesson, lesson => $"{Deck}::{titles[lesson]}");
                Run("INSERT INTO col VALUES (1, $crt, $mod, $mod, 11, 0, 0, 0, $conf, $models, $decks, $dconf, '{}')",
                    ("$crt", new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero).ToUnixTimeSeconds()), ("$mod", milliseconds), ("$conf", Configuration()), ("$models", Models(mod)),
                    ("$decks", Decks(decks.Values, mod)), ("$dconf", DeckOptions()));
                foreach (var (i, card) in cards.Index())
                {
                    long id = Identity(card.Id);
                    string lesson = titles[card.Lesson];
                    Run("INSERT INTO notes VALUES ($id, $guid, $mid, $mod, -1, $tags, $flds, $sfld, $csum, 0, '')",
                        ("$id", id), ("$guid", Guid(card.Id)), ("$mid", Identity(Model)), ("$mod", mod), ("$tags", $" {string.Join(' ', new[] { "anneal", card.Lesson, card.Tag }.Where(tag => tag.Length > 0))} "),
                        ("$flds", string.Join('\x1f', card.Front, card.Back, $"{lesson}: {WebUtility.HtmlEncode(card.Section)}", card.Id)), ("$sfld", Plain(card.Front)), ("$csum", Checksum(card.Front)));
                    Run("INSERT INTO cards VALUES ($id, $id, $did, 0, $mod, -1, 0, 0, $due, 0, 0, 0, 0, 0, 0, 0, 0, '')",
                        ("$id", id), ("$did", Identity(decks[card.Lesson])), ("$mod", mod), ("$due", i + 1));
                }
                transaction.Commit();

                void Run(string sql, params (string Name, object Value)[] values)
                {
                    using var command = database.CreateCommand();
                    command.CommandText = sql;
                    command.Transaction = transaction;
                    foreach (var (name, value) in values)
                        command.Parameters.AddWithValue(name, value);
                    command.ExecuteNonQuery();
                }
            }
            return File.ReadAllBytes(file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>A number for a name, the same in every export. Anki takes such numbers for milliseconds since 1970: these lie between 2001 and 2030.</summary>
    internal static long Identity(string name) => 1_000_000_000_000 + (long)(BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes(name))) % 900_000_000_000);

    /// <summary>What Anki recognises a note by, wherever it was learnt.</summary>
    internal static string Guid(string id) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes($"anneal {id}")))[..12];

    /// <summary>The first 32 bits of the SHA-1 of the first field without its tags: by it Anki finds duplicates.</summary>
    internal static long Checksum(string field) => Convert.ToInt64(Convert.ToHexString(SHA1.HashData(Encoding.UTF8.GetBytes(Plain(field))))[..8], 16);

    static string Plain(string html) => WebUtility.HtmlDecode(Tag().Replace(html, ""));

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    static string Configuration() => JsonSerializer.Serialize(new Dictionary<string, object>
    {
        ["activeDecks"] = new[] { 1 },
        ["curDeck"] = 1,
        ["newSpread"] = 0,
        ["collapseTime"] = 1200,
        ["timeLim"] = 0,
        ["estTimes"] = true,
        ["dueCounts"] = true,
        ["curModel"] = Identity(Model).ToString(CultureInfo.InvariantCulture),
        ["nextPos"] = 1,
        ["sortType"] = "noteFld",
        ["sortBackwards"] = false,
        ["addToCur"] = true,
    });

    static string Models(long mod)
    {
        object Field(string name, int ord) => new { name, ord, sticky = false, rtl = false, font = "Arial", size = 20, media = Array.Empty<string>() };
        return JsonSerializer.Serialize(new Dictionary<string, object>
        {
            [$"{Identity(Model)}"] = new
            {
                id = Identity(Model),
                name = Model,
                type = 0,
                mod,
                usn = -1,
                sortf = 0,
                did = Identity(Deck),
                tags = Array.Empty<string>(),
                vers = Array.Empty<string>(),
                css = ".card { font: 20px/1.45 Georgia, serif; max-width: 40em; margin: 0 auto; } .from { font: 14px sans-serif; opacity: .65; } img { vertical-align: middle; }",
                latexPre = "\\documentclass[12pt]{article}\n\\begin{document}\n",
                latexPost = "\\end{document}",
                flds = new[] { Field("Question", 0), Field("Answer", 1), Field("Section", 2), Field("Id", 3) },
                tmpls = new[]
                {
                    new
                    {
                        name = "Question", ord = 0, qfmt = "{{Question}}", afmt = "{{FrontSide}}<hr id=answer>{{Answer}}<p class=from>{{Section}}</p>", bqfmt = "", bafmt = "", did = (long?)null, bfont = "", bsize = 0,
                    },
                },
                req = new object[] { new object[] { 0, "any", new[] { 0 } } },
            },
        });
    }

    static string Decks(IEnumerable<string> names, long mod)
    {
        var decks = new Dictionary<string, object> { ["1"] = Entry(1, "Default", "") };
        foreach (string name in names.Prepend(Deck))
            decks[$"{Identity(name)}"] = Entry(Identity(name), name, name == Deck ? "Questions of the workbook on learning-rate schedules and optimizers, and the facts of the lecture notes." : "");
        return JsonSerializer.Serialize(decks);

        object Entry(long id, string name, string desc) => new
        {
            id,
            name,
            desc,
            mod,
            usn = -1,
            conf = 1,
            dyn = 0,
            collapsed = false,
            browserCollapsed = false,
            extendNew = 10,
            extendRev = 50,
            newToday = new[] { 0, 0 },
            revToday = new[] { 0, 0 },
            lrnToday = new[] { 0, 0 },
            timeToday = new[] { 0, 0 },
        };
    }

    static string DeckOptions() => JsonSerializer.Serialize(new Dictionary<string, object>
    {
        ["1"] = new Dictionary<string, object>
        {
            ["id"] = 1,
            ["name"] = "Default",
            ["mod"] = 0,
            ["usn"] = 0,
            ["maxTaken"] = 60,
            ["autoplay"] = true,
            ["timer"] = 0,
            ["replayq"] = true,
            ["dyn"] = false,
            ["new"] = new { delays = new[] { 1, 10 }, ints = new[] { 1, 4, 7 }, initialFactor = 2500, order = 1, perDay = 20, bury = true, separate = true },
            ["rev"] = new { perDay = 200, ease4 = 1.3, fuzz = 0.05, minSpace = 1, ivlFct = 1, maxIvl = 36_500, bury = true },
            ["lapse"] = new { delays = new[] { 10 }, mult = 0, minInt = 1, leechFails = 8, leechAction = 0 },
        },
    });
}
