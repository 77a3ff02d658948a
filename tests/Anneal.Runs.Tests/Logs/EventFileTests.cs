namespace Anneal.Runs.Tests;

/// <summary>The file was written by protobufjs from TensorBoard's published .proto, its checksums by @aws-crypto/crc32c: nothing of ours wrote it.</summary>
public class EventFileTests
{
    static byte[] Bytes { get; } = File.ReadAllBytes(RecordedRun.Golden("tensorboard/events.out.tfevents.run"));

    [Fact]
    public void Every_scalar_is_read()
    {
        var remarks = new List<string>();
        var scalars = EventFile.Scalars(new MemoryStream(Bytes), remarks);
        Assert.Empty(remarks);
        Assert.Equal(["tensor/lr", "train/learning_rate", "train/loss"], scalars.Keys.Order(StringComparer.Ordinal));
        Assert.All(scalars.Values, values => Assert.Equal(150, values.Count));
        Assert.All(scalars["train/learning_rate"], point => Assert.Equal((float)SyntheticRun.Plan.RateAt(point.Step), (float)point.Value, 1e-9f));
        Assert.Equal(scalars["train/learning_rate"], scalars["tensor/lr"]);
    }

    [Fact]
    public void A_run_is_compared_with_it()
    {
        var log = RunLogs.Read(RecordedRun.Golden("tensorboard/events.out.tfevents.run"));
        Assert.Equal("train/learning_rate", log.RateName);
        Assert.True(RunComparer.Compare(SyntheticRun.Plan, log).AsPlanned);
    }

    [Fact]
    public void A_folder_of_event_files_is_one_log() => Assert.Equal(150, RunLogs.Read(RecordedRun.Golden("tensorboard")).Count);

    [Theory]
    [InlineData(3)]
    [InlineData(11)]
    [InlineData(200)]
    [InlineData(5_001)]
    public void What_comes_before_the_end_of_a_cut_file_is_read(int missing)
    {
        var remarks = new List<string>();
        var scalars = EventFile.Scalars(new MemoryStream(Bytes[..^missing]), remarks);
        string remark = Assert.Single(remarks);
        Assert.Contains("cut off", remark);
        Assert.Contains("at byte", remark);
        Assert.InRange(scalars["train/loss"].Count, 150 - missing / 100 - 2, 150);
    }

    [Fact]
    public void A_record_that_does_not_match_its_checksum_is_left_out()
    {
        byte[] broken = [.. Bytes];
        int at = broken.AsSpan().LastIndexOf("train/loss"u8);
        broken[at] ^= 1;
        var remarks = new List<string>();
        var scalars = EventFile.Scalars(new MemoryStream(broken), remarks);
        Assert.Contains("checksum", Assert.Single(remarks));
        Assert.Equal(149, scalars["train/loss"].Count);
        Assert.Equal(150, scalars["train/learning_rate"].Count);
    }

    [Fact]
    public void A_wrong_length_ends_the_reading()
    {
        byte[] broken = [.. Bytes];
        broken[8] ^= 1; // the checksum of the first record's length
        var remarks = new List<string>();
        Assert.Empty(EventFile.Scalars(new MemoryStream(broken), remarks));
        Assert.Contains("at byte 0", Assert.Single(remarks));
    }
}
