using System.Diagnostics;
using System.Text;
using CsCheck;

namespace Anneal.Experiments.Tests;

public sealed class DocumentsTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    string In(string name) => Path.Combine(folder, name);

    string Put(string name, ReadOnlySpan<byte> bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(In(name))!);
        File.WriteAllBytes(In(name), bytes);
        return In(name);
    }

    string Refusal(string name, ReadOnlySpan<byte> bytes)
    {
        string path = Put(name, bytes), message = Assert.Throws<DocumentException>(() => Documents.Read(path)).Message;
        Assert.StartsWith(path, message, StringComparison.Ordinal);
        return message[path.Length..];
    }

    [Fact]
    public void Text_comes_in_four_encodings()
    {
        const string Text = "für alle: 🌉\nzwei";
        foreach (Encoding encoding in (Encoding[])[new UTF8Encoding(false), new UTF8Encoding(true), new UnicodeEncoding(false, true), new UnicodeEncoding(true, true)])
            Assert.Equal(Text, Documents.Read(Put("a.unheard-of", [.. encoding.Preamble, .. encoding.GetBytes(Text.Replace("\n", "\r\n"))])));
        Assert.Equal("old\nmac", Documents.Read(Put("b", "old\rmac"u8)));
    }

    [Fact]
    public void What_is_no_text_is_refused_with_its_place_and_a_fix()
    {
        string latin = Refusal("latin.txt", [.. "one\nde"u8, 0xE9, .. "f"u8]);
        Assert.StartsWith(", line 2: byte 6 (0xE9) is no UTF-8. Save it as UTF-8", latin, StringComparison.Ordinal);
        // The mark counts among the bytes.
        Assert.StartsWith(", line 1: byte 4 (0xFF) is no UTF-8", Refusal("marked.txt", [0xEF, 0xBB, 0xBF, (byte)'a', 0xFF]), StringComparison.Ordinal);
        Assert.StartsWith(", line 1: byte 1 (0xE2) is no UTF-8", Refusal("cut.txt", [(byte)'a', 0xE2, 0x82]), StringComparison.Ordinal);
        string binary = Refusal("program.exe", [(byte)'M', (byte)'Z', 0x00, 0xFF]);
        Assert.Contains("this is no text, since byte 2 is 0. Save it in a form that is read, or leave it out. What is read: tables (.csv, .tsv), text and source code in UTF-8", binary);
        Assert.Contains("the mark of UTF-16", Refusal("half.txt", [0xFF, 0xFE, 0x00, 0xD8]));
        foreach (var (encoding, order) in ((Encoding, string)[])[(new UnicodeEncoding(false, false), "LE"), (new UnicodeEncoding(true, false), "BE")])
            Assert.Equal($": this looks like UTF-16 without a byte order mark. Save it as UTF-8 (iconv -f UTF-16{order} -t UTF-8).", Refusal("unmarked.txt", encoding.GetBytes("Äther, wie er im Buche steht")));
        Assert.Contains("since it has a zero character", Refusal("wide.txt", [0xFF, 0xFE, 0x00, 0x00, 0x41, 0x00, 0x00, 0x00]));
        Assert.Contains("this is a PDF. Give it the ending .pdf", Refusal("paper.txt", "%PDF-1.7\n"u8));
        Assert.Contains("there is no such file", Assert.Throws<DocumentException>(() => Documents.Read(In("none.txt"))).Message);
        Assert.Contains("this is a folder", Assert.Throws<DocumentException>(() => Documents.Read(folder)).Message);
    }

    [Fact]
    public void A_table_becomes_plain_lines_and_keeps_what_its_fields_hold()
    {
        Assert.Equal("name,said\na,\"x, y\"\nb,\"two\nlines\"\nc,\"say \"\"ä\"\"\"\n",
            Documents.Read(Put("a.csv", "\uFEFFname;said\r\n\"a\";\"x, y\"\r\nb;\"two\r\nlines\"\r\n\r\nc;\"say \"\"ä\"\"\"\r\n"u8)));
        Assert.Equal("a,b;c\n1,\"2,0\"\n", Documents.Read(Put("b.tsv", "a\tb;c\n1\t2,0"u8)));
        Assert.Equal("alone\n1\n2\n", Documents.Read(Put("c.csv", "alone\n1\n2\n"u8)));
    }

    [Theory]
    [InlineData("a,b\n1,2\n\n3\n", ", line 4: row 3 is malformed")]
    [InlineData("a,b\n\"x\ny\",2\n3,4,5\n", ", line 4: row 3 is malformed")]
    [InlineData("a,b\n1,2\n\"x,2\n3,4\n", ", line 3: row 3 is malformed")]
    [InlineData("a,b\n1,\"x\"y\n3,4\n", ", line 2: row 2 is malformed")]
    [InlineData("a,b\n1,x\"y\n3,4\n", ", line 2: row 2 is malformed")]
    [InlineData("\n\n", ": there are no rows")]
    [InlineData("", ": there are no rows")]
    public void A_malformed_row_is_named(string text, string message) => Assert.StartsWith(message, Refusal("a.csv", Encoding.UTF8.GetBytes(text)), StringComparison.Ordinal);

    [Fact]
    public void Any_table_comes_back_field_by_field() => Gen.OneOf('a', 'ä', ',', ';', '"', '\n', ' ').Array[0, 4].Select(c => new string(c)).Array[2].Array[1, 6].Sample(rows =>
    {
        // A header that is not doubtful: the parting character is guessed from the first lines.
        string text = string.Concat(((string[][])[["one", "two"], .. rows]).Select(r => string.Join(',', r.Select(f => $"\"{f.Replace("\"", "\"\"")}\"")) + "\n"));
        string once = CsvTextReader.Rows("a.csv", text);
        return once == CsvTextReader.Rows("a.csv", once) && Fields(once).SequenceEqual((string[])["one", "two", .. rows.SelectMany(r => r)]);

        // By hand: RFC 4180 for well-formed text.
        static IEnumerable<string> Fields(string csv)
        {
            for (int i = 0; i < csv.Length; i++)
            {
                var field = new StringBuilder();
                if (csv[i] == '"')
                {
                    for (i++; csv[i] != '"' || csv[i + 1] == '"'; i++)
                        field.Append(csv[i += csv[i] == '"' ? 1 : 0]);
                    i++;
                }
                else
                    for (; csv[i] is not (',' or '\n'); i++)
                        field.Append(csv[i]);
                yield return field.ToString();
            }
        }
    });

    [Fact]
    public void Random_bytes_are_text_or_refused() => Gen.Select(Gen.OneOf("a.txt", "a.csv", "a.tsv", "a"), Gen.OneOf(Gen.Byte, Gen.OneOf<byte>("a,;\"\n\r\t\0"u8.ToArray())).Array[0, 60], Gen.OneOf<byte[]>([], [0xFF, 0xFE], [0xFE, 0xFF], [0xEF, 0xBB, 0xBF]))
        .Sample((name, bytes, mark) =>
        {
            bytes = [.. mark, .. bytes];
            try
            {
                // One file for each of the threads that try.
                string path = Put($"{Environment.CurrentManagedThreadId}/{name}", bytes), text = Documents.Read(path);
                Assert.DoesNotContain('\r', name.EndsWith('a') || name == "a.txt" ? text : "");
                Assert.DoesNotContain('\0', text);
            }
            catch (DocumentException refused)
            {
                Assert.Contains(Path.GetFileName(name), refused.Message);
                Assert.EndsWith(".", refused.Message, StringComparison.Ordinal);
            }
        });

    [Fact]
    public void Of_a_folder_comes_what_can_be_read_in_the_order_of_its_paths()
    {
        Put("b.csv", "x;y\n1;2\n"u8);
        Put("a.cs", "class A;"u8);
        Put("deep/er/c.py", "c = 1\n"u8);
        Put(".git/config", "hidden"u8);
        Put(".hidden", "hidden"u8);
        string binary = Put("z.bin", [1, 0, 2]);
        var all = Documents.ReadAll([folder]);
        Assert.Equal("class A;\nx,y\n1,2\nc = 1\n", all.Text);
        Assert.Equal([In("a.cs"), In("b.csv"), In("deep/er/c.py")], all.Read);
        Assert.Equal($"{binary}: this is no text, since byte 1 is 0", Assert.Single(all.LeftOut));
        Assert.True(all.WouldRead(In("deep/out/trace.csv")));
        Assert.False(all.WouldRead(In(".out/trace.csv")));
        Assert.False(all.WouldRead(folder + "-beside/trace.csv"));
        Assert.False(Documents.ReadAll([In("a.cs")]).WouldRead(In("trace.csv")));
        var some = Documents.ReadAll([In("deep"), folder], ".cs", ".Csv");
        Assert.True(some.WouldRead(In("trace.csv")));
        Assert.False(some.WouldRead(In("text.sha256")));

        Assert.Equal("class A;\nc = 1\n", Documents.ReadAll([folder], ".cs", ".py").Text);
        // What is asked for must be readable: by its name, or by its ending.
        Assert.StartsWith(binary, Assert.Throws<DocumentException>(() => Documents.ReadAll([In("a.cs"), binary])).Message, StringComparison.Ordinal);
        Assert.StartsWith(binary, Assert.Throws<DocumentException>(() => Documents.ReadAll([folder], ".bin")).Message, StringComparison.Ordinal);
        Assert.Contains("there is no text in files that end in .rs", Assert.Throws<DocumentException>(() => Documents.ReadAll([folder], ".rs")).Message);
        Assert.Contains("empty.txt: this file is empty, or a pipe or device. Leave it out", Assert.Throws<DocumentException>(() => Documents.ReadAll([Put("empty.txt", [])])).Message);
    }

    [Fact]
    public void A_folder_that_leads_back_to_itself_has_an_end()
    {
        Put("in/a.txt", "a"u8);
        Directory.CreateSymbolicLink(In("in/again"), folder);
        Assert.Equal("a\n", Documents.ReadAll([folder]).Text);
    }

    [Fact]
    public void A_run_and_a_sweep_read_the_same_files_from_the_place_of_their_JSON()
    {
        Put("texts/a.txt", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("on and on it went, ", 40))));
        const string Data = """ "data": {"type": "files", "paths": ["texts"]}, "model": {"context": 8, "width": 8, "layers": 1, "heads": 2}, "batchSize": 2, "steps": 3 """;
        var run = TrainJson.Read($$"""{ {{Data}}, "rule": {"type": "adamW"}, "schedule": {"type": "constant", "value": 0.01} }""", folder);
        string text = $$"""{ {{Data}}, "rates": [0.001, 0.01, 0.1], "evaluationSeeds": 10, "widenings": 0, "methods": [{"name": "a", "rule": {"type": "adamW"}, "schedule": {"type": "constant", "value": 1} }] }""";
        var sweep = SweepJson.ReadSweep(text, folder);
        var setting = (TokenSetting)sweep.Setting;
        Assert.Equal(run.Data.Files!.Text, setting.Tokens.Files!.Text);
        Assert.Equal(((TokenStream)run.Data.Training).Tokens, ((TokenStream)setting.Tokens.Training).Tokens);
        Assert.Equal(((TokenStream)run.Data.HeldOut).Tokens, ((TokenStream)setting.Tokens.HeldOut).Tokens);

        // What is kept in a sweep's folder is read from the working directory, finds the same files, and has their checksum.
        string written = SweepJson.Write(sweep);
        Assert.Contains(setting.Tokens.Files.Sha256, written);
        Assert.Equal(setting, SweepJson.ReadSweep(written).Setting);
        Assert.Equal(written, SweepJson.Write(SweepJson.ReadSweep(written)));
        var trial = sweep.Trials()[0].Trial;
        Assert.Equal(trial, SweepJson.ReadTrial(SweepJson.Write(trial)));

        Put("texts/a.txt", "changed in the meantime, and long enough for a context of eight: eighty characters and more"u8);
        string message = Assert.Throws<DocumentException>(() => SweepJson.ReadSweep(written)).Message;
        Assert.Contains("the text has changed", message);
        // The checksum is ours, so that there is none to take out.
        Assert.DoesNotContain("$.data.sha256", message);
        Assert.NotEqual(trial.Key, SweepJson.ReadSweep(text, folder).Trials()[0].Trial.Key);
    }

    [Fact]
    public void A_text_too_short_to_be_parted_is_refused()
    {
        Put("a.txt", "too short"u8);
        const string Spec = """{"data": {"type": "files", "paths": ["a.txt"]}, "model": {"context": 8, "width": 8, "layers": 1, "heads": 2}, "rule": {"type": "adamW"}, "schedule": {"type": "constant", "value": 0.01}, "batchSize": 2, "steps": 3}""";
        Assert.Contains("10 characters is too short", Assert.Throws<DocumentException>(() => TrainJson.Read(Spec, folder)).Message);
        Assert.Contains("$.data.paths: name a file or a folder", Assert.Throws<SweepFormatException>(() => TrainJson.Read(Spec.Replace("\"a.txt\"", ""), folder)).Message);
        // The last tenth decides how long a sequence can be: of 61 characters, a line feed among them, it has 7, and a sequence needs one more than it has tokens.
        Put("a.txt", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("abcdef", 10))));
        const string Short = "$.model.context: the held-out tenth has 7 tokens; context 8 needs about 80 characters or more; give more text, or a smaller context.";
        Assert.Equal(Short, Assert.Throws<SweepFormatException>(() => TrainJson.Read(Spec, folder)).Message);
        Assert.Equal(Short, Assert.Throws<SweepFormatException>(() => SweepJson.ReadTrial($$"""
            {"data": {"type": "files", "paths": ["{{In("a.txt")}}"]}, "model": {"context": 8, "width": 8, "layers": 1, "heads": 2}, "batchSize": 2, "steps": 3, "rule": {"type": "adamW"}, "schedule": {"type": "constant", "value": 0.01}, "seed": 1}
            """)).Message);
        Assert.Equal(6, TrainJson.Read(Spec.Replace("\"steps\"", "\"sequenceLength\": 6, \"steps\""), folder).Recipe.SequenceLength);
        Assert.Equal(6, TrainJson.Read(Spec.Replace("\"context\": 8", "\"context\": 6"), folder).Recipe.SequenceLength);
        Assert.Equal("$.sequenceLength: the held-out tenth has 7 tokens, so a sequence has at most 6, not 7.",
            Assert.Throws<SweepFormatException>(() => TrainJson.Read(Spec.Replace("\"steps\"", "\"sequenceLength\": 7, \"steps\""), folder)).Message);
    }

    [Fact]
    public void Any_text_is_parted_between_characters() => Gen.Select(Gen.OneOf("a", "b", "ä", "語", "🌉", "𝄞", "\n").Array[0, 80].Select(string.Concat), Gen.Bool).Sample((text, bytePairs) =>
    {
        var files = new DocumentText(text + "\n", ["a.txt"], []);
        try
        {
            var data = TrainJson.Parted(files, "a.txt", bytePairs ? t => new BytePairTokenizer(t, 260) : t => new CharacterTokenizer(t));
            string training = data.Tokenizer!.Decode([.. ((TokenStream)data.Training).Tokens]), held = data.Tokenizer.Decode([.. ((TokenStream)data.HeldOut).Tokens]);
            Assert.Equal(files.Text, training + held);
            Assert.InRange(held.Length - files.Text.Length / 10.0, 0, 2);
        }
        catch (DocumentException refused)
        {
            // Either part then has one token: of two parts of UTF-16, or of all the pairs that were joined.
            Assert.Contains("is too short", refused.Message);
            Assert.InRange(files.Text.Length, 0, bytePairs ? 60 : 20);
        }
    });

    [Fact]
    public void A_pipe_or_a_device_is_refused_and_nobody_waits()
    {
        Put("a.txt", "some text"u8);
        Put("empty.txt", []);
        using (var made = Process.Start("mkfifo", In("pipe.txt")))
            made.WaitForExit();
        File.CreateSymbolicLink(In("to-pipe"), In("pipe.txt"));
        foreach (string path in (string[])[In("pipe.txt"), In("to-pipe"), "/dev/null", "/dev/zero"])
            Assert.StartsWith($"{path}: this file is empty, or a pipe or device. ", Assert.Throws<DocumentException>(() => Documents.ReadAll([path])).Message, StringComparison.Ordinal);
        var all = Documents.ReadAll([folder]);
        Assert.Equal("some text", all.Text.TrimEnd('\n'));
    }

    [Fact]
    public void Endings_begin_with_a_dot_in_any_case()
    {
        Put("a.TSV", "a\tb\n"u8);
        Put("b.tsv", "c\td\n"u8);
        Put("tsv", "no"u8);
        Put("c.d.ts", "let c"u8);
        Assert.Equal("a,b\nc,d\n", Documents.ReadAll([folder], ".tsv").Text);
        Assert.Equal("a,b\nc,d\n", Documents.ReadAll([folder], ".TSV").Text);
        Assert.Equal("let c\n", Documents.ReadAll([folder], ".d.ts").Text);
        foreach (string wrong in (string[])["tsv", "*.tsv", "", "."])
            Assert.Equal($"$.data.endings[1]: an ending begins with its dot, such as \".tsv\"; this is \"{wrong}\".", Refused($$""" "endings": [".a", "{{wrong}}"] """));
        Assert.StartsWith("$.data.endings[0]: ", Refused(""" "endings": [null] """), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_said_of_files_is_refused_with_its_path()
    {
        Put("a.txt", Encoding.UTF8.GetBytes(new string('a', 200)));
        Assert.Equal("$.data.vocabulary: must be 256 or more, not 100.", Refused(""" "tokenizer": "bytePairs", "vocabulary": 100 """));
        Assert.Equal("$.data.sha256: must be 64 hex digits, not \"abc\".", Refused(""" "sha256": "abc" """));
        Assert.Equal($"$.data.sha256: must be 64 hex digits, not \"{new string('g', 64)}\".", Refused($$""" "sha256": "{{new string('g', 64)}}" """));
        string sum = Documents.ReadAll([In("a.txt")]).Sha256;
        Assert.Equal(8, TrainJson.Read(OnFiles($$""" "sha256": "{{sum.ToUpperInvariant()}}" """), folder).Recipe.SequenceLength);
        // Who wrote the checksum is told to take it out.
        string changed = Assert.Throws<DocumentException>(() => TrainJson.Read(OnFiles($$""" "sha256": "{{new string('0', 64)}}" """), folder)).Message;
        Assert.EndsWith("Put the old files back, or begin anew in another folder and without $.data.sha256.", changed, StringComparison.Ordinal);
    }

    string Refused(string members) => Assert.Throws<SweepFormatException>(() => TrainJson.Read(OnFiles(members), folder)).Message;

    static string OnFiles(string members) => $$"""
        {"data": {"type": "files", "paths": ["a.txt"], {{members}} }, "model": {"context": 8, "width": 8, "layers": 1, "heads": 2}, "rule": {"type": "adamW"}, "schedule": {"type": "constant", "value": 0.01}, "batchSize": 2, "steps": 3}
        """;

    [Fact]
    public void A_run_on_files_goes_on_bit_by_bit_and_not_with_other_files()
    {
        Put("a.txt", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 200).Select(i => $"line {i * i % 97}\n"))));
        var spec = Read();
        TrainRun.Run(spec, In("whole"), cancel: TestContext.Current.CancellationToken);
        TrainRun.Run(spec with { Steps = 7 }, In("parted"), threads: 1, cancel: TestContext.Current.CancellationToken);
        TrainRun.Run(Read(), In("parted"), cancel: TestContext.Current.CancellationToken);
        foreach (string file in (string[])["checkpoint.safetensors", "trace.csv", "text.sha256"])
            Assert.Equal(File.ReadAllBytes(In($"whole/{file}")), File.ReadAllBytes(In($"parted/{file}")));

        // The same characters in another order: the model fits, the text does not.
        File.WriteAllText(In("a.txt"), string.Concat(Enumerable.Range(0, 200).Reverse().Select(i => $"line {i * i % 97}\n")));
        Assert.Contains("this run was begun with other text", Assert.Throws<DocumentException>(() => TrainRun.Run(Read(), In("parted"), cancel: TestContext.Current.CancellationToken)).Message);

        TrainSpec Read() => TrainJson.Read("""
            {"data": {"type": "files", "paths": ["a.txt"]}, "model": {"context": 8, "width": 8, "layers": 1, "heads": 2}, "rule": {"type": "adamW"},
             "schedule": {"type": "constant", "value": 0.01}, "batchSize": 2, "steps": 12, "record": 1, "checkpoint": 4, "evaluate": 5}
            """, folder);
    }
}
