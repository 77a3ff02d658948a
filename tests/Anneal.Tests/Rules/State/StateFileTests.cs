using System.Text;

namespace Anneal.Tests;

public class StateFileTests
{
    static readonly Layout Shape = Layout.Of(4);

    [Fact]
    public void The_file_is_safetensors_with_named_tensors()
    {
        byte[] data = Saved(new AdamW());
        long length = BitConverter.ToInt64(data);
        string header = Encoding.UTF8.GetString(data, 8, (int)length);
        Assert.Contains("\"m\":{\"dtype\":\"F64\",\"shape\":[4],\"data_offsets\":[0,32]}", header);
        Assert.Contains("\"v\":{\"dtype\":\"F64\",\"shape\":[4],\"data_offsets\":[32,64]}", header);
        Assert.Contains("\"kind\":\"AdamW\"", header);
        Assert.Equal(8 + length + 64, data.Length);
        Assert.Equal(0, length % 8);
    }

    [Fact]
    public void A_file_cut_short_anywhere_is_refused()
    {
        byte[] data = Saved(new AdamW());
        for (int n = 0; n < data.Length; n++)
            Assert.Throws<StateFormatException>(() => StateFile.Load(new AdamW(), Shape, new MemoryStream(data[..n])));
    }

    [Fact]
    public void A_file_with_one_bit_altered_anywhere_is_refused()
    {
        byte[] data = Saved(new AdamW());
        for (int i = 0; i < 8 * data.Length; i++)
        {
            byte[] altered = [.. data];
            altered[i / 8] ^= (byte)(1 << i % 8);
            Assert.Throws<StateFormatException>(() => StateFile.Load(new AdamW(), Shape, new MemoryStream(altered)));
        }
    }

    [Theory]
    [InlineData("\"dtype\":\"F64\"", "\"dtype\":\"F32\"", "'m' is in F32; it should be in F64.")]
    [InlineData("\"shape\":[4]", "\"shape\":[2,2]", "'m' has the shape [2, 2]; it should have [4].")]
    [InlineData("\"shape\":[4]", "\"shape\":[5]", "'m' has the shape [5]; it should have [4].")]
    [InlineData("[0,32]", "[0,40]", "'m' takes the bytes from 0 to 40; it should take 32.")]
    [InlineData("[0,32]", "[8,40]", "'m' begins at byte 8; what stands before it ends at 0.")]
    [InlineData("[32,64]", "[0,32]", "'v' begins at byte 0; what stands before it ends at 32.")]
    [InlineData("[0,32]", "[-32,0]", "a place or size of 'm' is no whole number from 0")]
    [InlineData("\"m\":", "\"q\":", "The state has a tensor 'q', which this rule does not remember.")]
    [InlineData("\"v\":", "\"m\":", "'m' stands in its header twice")]
    [InlineData("\"steps\":\"1\"", "\"steps\":\"1 2\"", "its steps should be 1 whole numbers")]
    [InlineData("\"steps\":\"1\"", "\"steps\":\"-1\"", "its steps should be 1 whole numbers")]
    [InlineData("\"steps\":\"1\"", "\"steps\":\"2\"", "checksum does not match")]
    [InlineData("\"sha256\"", "\"sha255\"", "it has no checksum")]
    [InlineData("anneal-state-2", "anneal-state-1", "The state is of version anneal-state-1; this library reads anneal-state-2.")]
    public void Every_tensor_is_checked_before_it_is_read(string there, string instead, string reason)
    {
        string text = Encoding.Latin1.GetString(Saved(new AdamW()));
        int end = 8 + (int)BitConverter.ToInt64(Encoding.Latin1.GetBytes(text[..8]));
        string header = text[8..end];
        int at = header.IndexOf(there, StringComparison.Ordinal);
        header = header.Remove(at, there.Length).Insert(at, instead);
        byte[] altered = [.. BitConverter.GetBytes((long)header.Length), .. Encoding.Latin1.GetBytes(header + text[end..])];
        Assert.Contains(reason, Refusal(() => StateFile.Load(new AdamW(), Shape, new MemoryStream(altered))));
    }

    [Fact]
    public void What_follows_the_last_tensor_is_refused() =>
        Assert.Contains("something follows", Refusal(() => StateFile.Load(new AdamW(), Shape, new MemoryStream([.. Saved(new AdamW()), 0]))));

    [Fact]
    public void Other_hyperparameters_load_only_when_asked_to_and_are_told()
    {
        byte[] data = Saved(new ClipByGlobalNorm(new AdamW(), 1));
        var other = new ClipByGlobalNorm(new AdamW(Beta2: 0.95, Decay: 0.1), 2);
        string[] expected = ["inner.beta2: 0.999 in the state, 0.95 here", "inner.decay: 0.01 in the state, 0.1 here", "maxNorm: 1 in the state, 2 here"];
        string refusal = Refusal(() => StateFile.Load(other, Shape, new MemoryStream(data)));
        Assert.All(expected, e => Assert.Contains(e, refusal));
        IReadOnlyList<string> told = [];
        var state = StateFile.Load(other, Shape, new MemoryStream(data), acceptDifferences: d => told = d);
        Assert.Equal(expected.Order(), told.Order());
        other.Step(state, new double[4], new double[4], 0.1);
        StateFile.Load(new ClipByGlobalNorm(new AdamW(), 1), Shape, new MemoryStream(data), acceptDifferences: _ => Assert.Fail("Nothing differs."));
    }

    [Fact]
    public void Layouts_that_print_alike_are_told_apart()
    {
        Layout one = Layout.Of(("a", [1]), ("b", [1])), other = Layout.Of(("a [1], b", [2]));
        var rule = new AdamW();
        using var memory = new MemoryStream();
        StateFile.Save(rule.Start(one), memory);
        Assert.Throws<StateFormatException>(() => StateFile.Load(rule, other, new MemoryStream(memory.ToArray())));
    }

    [Fact]
    public void A_save_that_fails_leaves_the_old_file_and_nothing_else()
    {
        string folder = Directory.CreateTempSubdirectory("anneal-state-").FullName, path = Path.Combine(folder, "state");
        try
        {
            StateFile.Save(new Sgd().Start(Shape), path);
            byte[] before = File.ReadAllBytes(path);
            Assert.Throws<ArgumentException>(() => StateFile.Save(new TwiceNamed().Start(Shape), path));
            Assert.Equal(before, File.ReadAllBytes(path));
            Assert.Equal([path], Directory.GetFiles(folder));
            File.WriteAllText(path + ".unfinished", "left by a machine that stopped");
            StateFile.Save(new AdamW().Start(Shape), path);
            Assert.Equal([path], Directory.GetFiles(folder));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void More_than_two_gigabytes_are_written_and_read_tensor_by_tensor()
    {
        // Forty tensors that share their numbers: 2.6 GB in the file, 64 MB in memory. The file is not kept, but made again from its header.
        byte[] numbers = new byte[1 << 26];
        new Random(1).NextBytes(numbers);
        StatePart[] parts = [.. Enumerable.Range(0, 40).Select(i => new Shared($"t{i}", numbers))];
        var written = new Tape(numbers, default);
        Safetensors.Write(written, [new("kind", "shared")], parts);
        Assert.Equal(40L << 26, written.Length - written.Head.Length);
        byte[] room = new byte[numbers.Length];
        StatePart[] read = [.. Enumerable.Range(0, 40).Select(i => new Shared($"t{i}", room))];
        Safetensors.Read(new Tape(numbers, written.Head), _ => read);
        Assert.True(room.AsSpan().SequenceEqual(numbers));
        numbers[^1] ^= 1;
        Assert.Contains("checksum", Assert.Throws<StateFormatException>(() => Safetensors.Read(new Tape(numbers, written.Head), _ => read)).Message);
    }

    /// <summary>A tensor whose numbers others have as well.</summary>
    sealed class Shared(string name, byte[] numbers) : StatePart(name, "F64", numbers.Length / 8)
    {
        public override Span<byte> Bytes => numbers;
    }

    /// <summary>A file of a header and the same numbers again and again: what is written must be that, and is not kept.</summary>
    sealed class Tape(byte[] numbers, byte[]? head) : Stream
    {
        long at;

        public byte[] Head { get; private set; } = head ?? [];

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => at;
        public override long Position { get => at; set => throw new NotSupportedException(); }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (at == 0)
                Head = buffer.ToArray();
            else
                Assert.True(buffer.SequenceEqual(numbers.AsSpan((int)((at - Head.Length) % numbers.Length), buffer.Length)));
            at += buffer.Length;
        }

        public override int Read(Span<byte> buffer)
        {
            bool isHead = at < Head.Length;
            int from = (int)(isHead ? at : (at - Head.Length) % numbers.Length);
            var rest = (isHead ? Head : numbers).AsSpan(from);
            int count = at >= Head.Length + 40L * numbers.Length ? 0 : Math.Min(buffer.Length, rest.Length);
            rest[..count].CopyTo(buffer);
            at += count;
            return count;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));
        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));
        public override void Flush() { }
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
    }

    sealed record TwiceNamed : Rule
    {
        protected internal override IReadOnlyList<Slot> Slots(Layout layout) => ["m", "m"];

        protected internal override void Update<L>(in Pass<L> pass)
        {
        }
    }

    [Fact]
    public void A_state_of_another_rule_layout_or_precision_is_refused()
    {
        byte[] data = Saved(new AdamW());
        Assert.Equal("A state of AdamW does not fit Lion.", Refusal(() => StateFile.Load(new Lion(), Shape, new MemoryStream(data))));
        Assert.Equal("The state is for weights [4], not for weights [2, 2].", Refusal(() => StateFile.Load(new AdamW(), Layout.Of(2, 2), new MemoryStream(data))));
        Assert.Equal("The state is in Double precision, not Single.", Refusal(() => StateFile.Load(new AdamW(), Shape, new MemoryStream(data), Precision.Single)));
    }

    [Fact]
    public void A_file_on_disk_comes_back()
    {
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid()}.safetensors");
        try
        {
            var state = Stepped(new AdamW(Beta2: 0.95), Precision.SingleWithBFloat16State);
            StateFile.Save(state, path);
            Assert.True(state.SameAs(StateFile.Load(new AdamW(Beta2: 0.95), Shape, path, Precision.SingleWithBFloat16State)));
        }
        finally
        {
            File.Delete(path);
        }
    }

    static string Refusal(Action act) => Assert.Throws<StateFormatException>(act).Message;

    static byte[] Saved(Rule rule)
    {
        var state = rule.Start(Shape);
        rule.Step(state, new double[] { 1, 2, 3, 4 }, [0.5, -1, 2, 0], 0.1);
        using var memory = new MemoryStream();
        StateFile.Save(state, memory);
        return memory.ToArray();
    }

    static RuleState Stepped(Rule rule, Precision precision)
    {
        var state = rule.Start(Shape, precision);
        rule.Step(state, new float[] { 1, 2, 3, 4 }, [0.5f, -1, 2, 0], 0.1);
        return state;
    }
}
