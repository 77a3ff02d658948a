using System.Buffers.Binary;

namespace Anneal.Notebooks.Tests;

public sealed class MessageFormatTests
{
    static byte[] Bytes(Message message)
    {
        using var stream = new MemoryStream();
        MessageFormat.Write(new BinaryWriter(stream), message);
        return stream.ToArray();
    }

    static readonly Cell Text = new("a", CellKind.Markdown, "markdown", "text", ["check"]) { Attachments = new Dictionary<string, Attachment> { ["x.png"] = new("image/png", "AA==") } };

    static readonly Message[] Messages =
    [
        new OpenSession("/folder", "fsharp", 5), new RunCell(3, "csharp", "1"), new InterruptCell(), new AskAboutCode(CodeQuestion.Description, "csharp", "x", 1), new CodeAnswer(["a", "b"], 1, 2),
        new RunNotebook(new("name", "/path", "csharp", [Text]), 5, true), new CellBegun(3), new OutputAdded(new Display(new Dictionary<string, string> { ["text/plain"] = "a" }, true), 2),
        new OutputAdded(new StreamText(true, "a"), 0), new OutputAdded(new Failure("n", "m", 1, "s", ["t"]) { File = "f" }, 1), new OutputReplaced(new Display(new Dictionary<string, string>()), 1),
        new CellEnded(TimeSpan.FromSeconds(1)), new NotebookEnded(), new Exiting(4), new WarmUpPage(new("name", "/path", "csharp", [Text])), new PageMade("why"), new PageMade(null),
        new MakePage(new(new("name", "/path", "csharp", [Text]), [new(Text, [new StreamText(false, "x")], TimeSpan.FromTicks(7))]), new PageSettings { Index = new("a", "b"), Solutions = false, Library = new("i", "s", "f") }, "p.html"),
    ];

    [Fact]
    public void Every_message_comes_back_as_it_was()
    {
        foreach (var message in Messages)
            Assert.Equal(Bytes(message), Bytes(MessageFormat.Read(Bytes(message))));
        var page = (MakePage)MessageFormat.Read(Bytes(Messages[^1]));
        Assert.Equal((new PageLink("a", "b"), false, new PageLibrary("i", "s", "f")), (page.Settings.Index, page.Settings.Solutions, page.Settings.Library));
        Assert.Equal("AA==", page.Run.Cells[0].Cell.Attachments["x.png"].Content);
    }

    /// <summary>Bytes that a cell writes into the pipe: they are a message or they are refused, and nothing else.</summary>
    [Fact]
    public void Junk_is_a_message_or_is_refused()
    {
        var random = new Random(13);
        for (int i = 0; i < 200_000; i++)
        {
            byte[] bytes = i % 2 == 0 ? new byte[random.Next(40)] : Bytes(Messages[random.Next(Messages.Length)]);
            if (i % 2 == 0)
                random.NextBytes(bytes);
            else
                for (int n = random.Next(1, 4); n > 0; n--)
                    bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            try
            {
                MessageFormat.Read(bytes);
            }
            catch (InvalidDataException)
            {
            }
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    public void A_message_of_impossible_length_is_refused_before_memory_is_taken(int length)
    {
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, length);
        Assert.Throws<InvalidDataException>(() => new Channel(new MemoryStream(bytes)).Receive());
    }

    [Fact]
    public void Cells_begin_in_order_and_end_once()
    {
        var code = new Cell("c", CellKind.Code, "csharp", "1", []);
        var record = new RunRecord(new("n", "/n", "csharp", [Text, code, Text with { Id = "d" }, code with { Id = "e" }]), new RunSettings());
        Assert.Throws<InvalidDataException>(() => record.End(TimeSpan.Zero));
        Assert.Throws<InvalidDataException>(() => record.Begin(0));
        Assert.Throws<InvalidDataException>(() => record.Begin(99));
        record.Begin(1);
        Assert.False(record.IsDone);
        Assert.Throws<InvalidDataException>(() => record.Begin(3));
        record.End(TimeSpan.Zero);
        Assert.False(record.IsDone);
        record.Begin(3);
        record.End(TimeSpan.Zero);
        Assert.True(record.IsDone);
    }
}
