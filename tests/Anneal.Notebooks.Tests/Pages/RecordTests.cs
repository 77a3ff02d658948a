using System.Text.Json;
using Jint;

namespace Anneal.Notebooks.Tests;

/// <summary>The record that a browser keeps, in a JavaScript engine without a page: merging loses nothing.</summary>
public class RecordTests
{
    /// <summary>A browser: its storage, with room for a number of entries, and tabs that share it.</summary>
    sealed class Machine
    {
        readonly Engine engine = new();

        public Machine(int room = 1000, bool forbidden = false, int versions = 1000)
        {
            engine.Execute("""
                let clock = 0;
                const crypto = { getRandomValues: bytes => bytes.map(() => Math.floor(Math.random() * 256)) };
                const store = new Map();
                """);
            engine.Execute(forbidden ? "const storage = null;" : $$"""
                const storage = {
                    get length() { return store.size; }, key: i => [...store.keys()][i], getItem: key => store.get(key) ?? null,
                    setItem: (key, value) => { if (store.size >= {{room}} && !store.has(key)) throw new Error("full"); store.set(key, value); }, removeItem: key => store.delete(key),
                };
                """);
            engine.Execute(Asset.Text("page/record.js"));
            engine.Execute($"const now = () => new Date(1.9e12 + 1000 * clock++); let tabs = [record(storage, now, {versions}), record(storage, now, {versions})]; let tab = tabs[0];");
        }

        public T Ask<T>(string expression) => JsonSerializer.Deserialize<T>(engine.Evaluate($"JSON.stringify({expression})").AsString(), JsonSerializerOptions.Web)!;

        public void Do(string statement) => engine.Execute(statement);

        public string Export() => engine.Evaluate("tab.exported()").AsString();

        public Imported Import(string file) => Ask<Imported>($"tab.imported({JsonSerializer.Serialize(file)})");

        public string[] Items => Ask<string[]>("tab.answers().map(answer => answer.item)");

        public Dictionary<string, string> Notes => Ask<Dictionary<string, string>>("Object.fromEntries(tab.notes().map(note => [note.place, note.text]))");

        /// <summary>Writes as a reader does who saw the note as it is.</summary>
        public void Write(string place, string text) => Do($"tab.write({JsonSerializer.Serialize(place)}, {JsonSerializer.Serialize(text)}, tab.note({JsonSerializer.Serialize(place)}))");

        public void Answer(string item) => Do($"tab.add({JsonSerializer.Serialize(item)}, 0, true)");
    }

    sealed record Imported(string? Error, int Added, int Known, int Refused, int Full, int Notes, int Apart);

    [Fact]
    public void Export_clear_and_import_bring_everything_back()
    {
        var machine = new Machine();
        machine.Answer("09/a");
        machine.Answer("09/b");
        machine.Write("09/Areas", "Half the peak.\n\nη̄ = ½ · peak");
        string file = machine.Export();
        machine.Do("tab.clear()");
        Assert.Empty(machine.Items);
        Assert.Empty(machine.Notes);
        Assert.Equal(new(null, 2, 0, 0, 0, 1, 0), machine.Import(file));
        Assert.Equal(["09/a", "09/b"], machine.Items);
        Assert.Equal("Half the peak.\n\nη̄ = ½ · peak", machine.Notes["09/Areas"]);
        Assert.Equal(new(null, 0, 2, 0, 0, 0, 0), machine.Import(file));
        Assert.Equal(JsonDocument.Parse(file).RootElement.ToString(), JsonDocument.Parse(machine.Export()).RootElement.ToString());
    }

    [Fact]
    public void An_answer_from_the_future_is_not_the_last()
    {
        var machine = new Machine();
        machine.Import("""{"type": "anneal-record", "version": 2, "answers": [{"id": "0a", "item": "wrong clock", "variant": 0, "right": false, "at": "2040-01-01T00:00:00Z"}]}""");
        machine.Answer("first");
        machine.Answer("last");
        Assert.Equal(["wrong clock", "first", "last"], machine.Items);
    }

    [Fact]
    public void Two_tabs_that_write_the_same_note_keep_both_texts()
    {
        var machine = new Machine();
        machine.Write("09/Areas", "first");
        machine.Do("const seen = tab.note('09/Areas');");
        machine.Do("tabs[0].write('09/Areas', 'first, and more', seen)");
        Assert.True(machine.Ask<bool>("tabs[1].write('09/Areas', 'something else', seen).apart"));
        string both = machine.Notes["09/Areas"];
        Assert.Contains("first, and more", both);
        Assert.Contains("something else", both);
    }

    [Fact]
    public void A_later_version_replaces_an_earlier_one_wherever_it_comes_from()
    {
        Machine one = new(), other = new();
        one.Write("p", "a");
        string early = one.Export();
        other.Import(early);
        one.Write("p", "quite another text");
        other.Import(one.Export());
        Assert.Equal("quite another text", other.Notes["p"]);
        one.Import(early);
        Assert.Equal("quite another text", one.Notes["p"]);
    }

    /// <summary>After any number of versions, and whichever tab wrote them: what was exported, what was imported, and what two machines made of both.</summary>
    [Fact]
    public void A_version_that_left_or_came_in_a_file_is_known_for_good()
    {
        const int Most = 20, Many = 30;
        Machine one = new(versions: Most), other = new(versions: Most);
        one.Write("p", "exported");
        one.Do("const seen = tab.note('p');");
        string early = one.Export();
        one.Do($"let base = seen; for (let i = 0; i < {Many}; i++) base = tab.write('p', `version ${{i}} of one`, base);"); // by a tab that did not see the export
        Assert.Equal(0, one.Import(early).Notes);
        Assert.Equal($"version {Many - 1} of one", one.Notes["p"]);

        other.Write("p", "of another");
        string ours = one.Export(), theirs = other.Export();
        one.Import(theirs);
        other.Import(ours);
        string both = other.Export(); // the same note as here, which was never exported here
        Assert.Equal(one.Notes["p"], other.Notes["p"]);
        one.Do($"base = tab.note('p'); for (let i = 0; i < {Many}; i++) base = tab.write('p', `later ${{i}}`, base);");
        foreach (string file in (string[])[early, ours, theirs, both])
        {
            Assert.Equal(0, one.Import(file).Notes);
            Assert.Equal($"later {Many - 1}", one.Notes["p"]);
        }
        Assert.Equal(Most + 4, one.Ask<int>("tab.note('p').past.length"));
    }

    [Fact]
    public void A_note_of_an_earlier_program_may_have_left_in_every_version()
    {
        var machine = new Machine(versions: 20);
        machine.Do("""store.set("anneal/1/note/p", JSON.stringify({ id: "c", text: "third", at: "2026-11-29", past: ["b", "a"] }));""");
        machine.Do("let base = tab.note('p'); for (let i = 0; i < 30; i++) base = tab.write('p', `version ${i}`, base);");
        Assert.Equal(0, machine.Import("""{"type": "anneal-record", "version": 2, "answers": [], "notes": [{"place": "p", "id": "a", "text": "first", "at": "2026-11-29", "past": []}]}""").Notes);
        Assert.Equal("version 29", machine.Notes["p"]);
    }

    [Fact]
    public void Machines_that_exchange_their_records_agree_no_text_is_lost_and_old_files_change_nothing()
    {
        for (int seed = 0; seed < 40; seed++)
        {
            var random = new Random(seed);
            Machine[] machines = [new(versions: 3), new(versions: 3)];
            var files = new List<string>();
            var written = new List<(string Place, string Text)>();
            int answers = 0;
            for (int step = random.Next(30); step > 0; step--)
            {
                var (machine, other) = random.Next(2) == 0 ? (machines[0], machines[1]) : (machines[1], machines[0]);
                switch (random.Next(3))
                {
                    case 0:
                        machine.Answer($"question {answers++}");
                        break;
                    case 1:
                        string place = $"place {random.Next(2)}", text = $"[text {written.Count}]";
                        machine.Write(place, machine.Notes.GetValueOrDefault(place) + text);
                        written.Add((place, text));
                        break;
                    default:
                        files.Add(other.Export());
                        machine.Import(files[random.Next(files.Count)]);
                        break;
                }
            }
            string[] last = [.. machines.Select(machine => machine.Export())];
            machines[0].Import(last[1]);
            machines[1].Import(last[0]);
            Assert.Equal(answers, machines[0].Items.Length);
            Assert.Equal(machines[0].Items.Order(), machines[1].Items.Order());
            Assert.Equal(machines[0].Notes.OrderBy(note => note.Key), machines[1].Notes.OrderBy(note => note.Key));
            Assert.All(written, note => Assert.Contains(note.Text, machines[0].Notes[note.Place]));
            var notes = machines[0].Notes;
            foreach (string file in files)
                machines[0].Import(file);
            Assert.Equal(notes, machines[0].Notes);
        }
    }

    [Fact]
    public void Where_there_is_no_room_everything_lasts_as_long_as_the_page_and_is_in_the_file()
    {
        foreach (var machine in new[] { new Machine(room: 1), new Machine(forbidden: true) })
        {
            machine.Answer("09/a");
            Assert.False(machine.Ask<bool>("tab.add('09/b', 0, false).kept"));
            Assert.False(machine.Ask<bool>("tab.write('09/Areas', 'text', null).kept"));
            Assert.Equal(["09/a", "09/b"], machine.Items);
            // Until it is in a file it would go with the page; what came from a file would not.
            Assert.True(machine.Ask<bool>("tab.isAtRisk()"));
            var other = new Machine();
            other.Import(machine.Export());
            Assert.False(machine.Ask<bool>("tab.isAtRisk()"));
            var full = new Machine(room: 1);
            Assert.Equal(2, full.Import(machine.Export()).Full);
            Assert.False(full.Ask<bool>("tab.isAtRisk()"));
            full.Answer("09/c");
            Assert.True(full.Ask<bool>("tab.isAtRisk()"));
            Assert.False(other.Ask<bool>("tab.isAtRisk()"));
            Assert.Equal(["09/a", "09/b"], other.Items);
            Assert.Equal("text", other.Notes["09/Areas"]);
            machine.Do("tab.clear()");
            Assert.Empty(machine.Items);
            Assert.Empty(machine.Notes);
        }
    }

    [Fact]
    public void What_another_tab_stored_meanwhile_is_not_hidden_by_what_found_no_room()
    {
        foreach (bool writesOn in (bool[])[false, true])
        {
            var machine = new Machine(room: 1);
            machine.Answer("09/a");
            machine.Write("p", "without room");
            machine.Do("const seen = tab.note('p'); store.clear();");
            machine.Do("tabs[1].write('p', 'of the other tab', null)");
            if (writesOn)
                machine.Do("tab.write('p', 'without room, and more', seen)");
            string[] texts = writesOn ? ["without room, and more", "of the other tab"] : ["without room", "of the other tab"];
            foreach (string text in (string[])[machine.Notes["p"], machine.Export()])
                Assert.All(texts, part => Assert.Equal(1, text.Split(part).Length - 1));
            machine.Do("tab = tabs[1]");
            Assert.All(texts, part => Assert.Contains(part, machine.Notes["p"])); // it has found room
        }
    }

    [Fact]
    public void A_later_version_that_another_tab_stored_replaces_what_found_no_room()
    {
        var machine = new Machine(room: 1);
        machine.Do("store.set('of another page', '')");
        machine.Write("p", "early");
        machine.Do("const file = tab.exported(); store.clear(); tabs[1].imported(file); tabs[1].write('p', 'late', tabs[1].note('p'));");
        Assert.Equal("late", machine.Notes["p"]);
        machine.Write("p", "latest");
        Assert.Equal("latest", machine.Notes["p"]);
    }

    [Fact]
    public void A_record_of_the_first_version_is_read_one_of_a_later_version_is_not()
    {
        var machine = new Machine();
        const string Answer = """{"id": "0a", "item": "09/a", "variant": 1, "right": true, "at": "2026-11-29T12:00:00.000Z"}""";
        Assert.Equal(new(null, 1, 0, 0, 0, 0, 0), machine.Import($$"""{"type": "anneal-record", "version": 1, "answers": [{{Answer}}]}"""));
        Assert.Equal("This record has the version 3; this page knows versions up to 2. Nothing was changed.", machine.Import($$"""{"type": "anneal-record", "version": 3, "answers": [{{Answer}}]}""").Error);
        Assert.Contains("not JSON", machine.Import("{").Error);
        Assert.Contains("not a record", machine.Import("{}").Error);
    }

    [Theory]
    [InlineData("""{"id": "../x", "item": "a", "variant": 0, "right": true, "at": "2026-11-29"}""", "null")]
    [InlineData("""{"id": "a", "item": 5, "variant": 0, "right": true, "at": "2026-11-29"}""", """{"place": "p", "id": "b", "text": 5, "at": "2026-11-29", "past": []}""")]
    [InlineData("""{"id": "a", "item": "a", "variant": 0, "right": "yes", "at": "2026-11-29"}""", """{"place": "", "id": "b", "text": "t", "at": "2026-11-29", "past": []}""")]
    [InlineData("""{"id": "a", "item": "a", "variant": 0, "right": true, "at": "once"}""", """{"place": "p", "id": "b", "text": "t", "at": "2026-11-29", "past": ["?"]}""")]
    public void What_is_no_answer_and_no_note_is_counted_and_left_out(string answer, string note)
    {
        var machine = new Machine();
        Assert.Equal(new(null, 0, 0, 2, 0, 0, 0), machine.Import($$"""{"type": "anneal-record", "version": 2, "answers": [{{answer}}], "notes": [{{note}}]}"""));
        Assert.Empty(machine.Items);
        Assert.Empty(machine.Notes);
    }
}
