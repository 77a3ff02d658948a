using System.Text;

namespace Anneal.Experiments.Tests;

public sealed class JournalTests
{
    static byte[] Written(params (string Trial, TrialResult Result)[] results)
    {
        var stream = new MemoryStream();
        using var journal = Journal.On(stream);
        foreach (var (trial, result) in results)
            journal.Add(trial, result);
        journal.Close();
        return stream.ToArray();
    }

    static readonly (string Trial, TrialResult Result)[] Some =
    [
        ("0f00", new(0.25)), ("0f01", new(1 / 3.0, 0.5)), ("0f02", new(double.PositiveInfinity, double.NaN, "the loss at step 3 is ∞, \"far\" too large")), ("0f03", new(-0.0, 1)),
    ];

    static string Refusal(byte[] bytes) => Assert.Throws<SweepException>(() => Journal.On(new MemoryStream(bytes))).Message;

    [Fact]
    public void What_is_written_is_read_back()
    {
        using var journal = Journal.On(new MemoryStream(Written(Some)));
        Assert.All(Some, s => Assert.Equal(s.Result, journal[s.Trial]));
    }

    [Fact]
    public void A_journal_cut_anywhere_gives_its_whole_lines_and_goes_on()
    {
        byte[] bytes = Written(Some);
        for (int n = 0; n <= bytes.Length; n++)
        {
            int whole = bytes.AsSpan(0, n).Count((byte)'\n');
            using var journal = Journal.On(new MemoryStream(bytes[..n]));
            Assert.Equal(whole, Some.Count(s => journal[s.Trial] is { } found && found == s.Result));
        }
    }

    [Fact]
    public void A_bit_changed_anywhere_is_noticed_and_the_line_is_named()
    {
        byte[] bytes = Written(Some);
        for (int i = 0; i < 8 * bytes.Length; i++)
        {
            // A changed end of the last line tears it: it is run again, as after a kill.
            if (i / 8 == bytes.Length - 1)
                continue;
            byte[] changed = [.. bytes];
            changed[i / 8] ^= (byte)(1 << i % 8);
            Assert.Matches($"line {bytes.AsSpan(0, i / 8).Count((byte)'\n') + 1} (is damaged|gives)", Refusal(changed));
        }
    }

    static byte[] Line(string text) => Encoding.UTF8.GetBytes(text + "\n");

    /// <summary>A line whose checksum is right, whatever it says.</summary>
    static byte[] Sound(string text)
    {
        string sum = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
        return Line($"{text[..^1]},\"sum\":\"{sum}\"}}");
    }

    [Fact]
    public void Each_kind_of_damage_has_a_message_of_its_own()
    {
        string sound = Encoding.UTF8.GetString(Written(Some[0])).TrimEnd('\n');
        (byte[] Line, string Says)[] kinds =
        [
            (Line(sound.Replace("0.25", "0.26")), "its checksum does not match, so something in it was changed"),
            (Line(sound.Replace("0f00", "0f01")), "its checksum does not match, so something in it was changed"),
            (Line("{\"trial\":\"0f00\",\"result\":{\"loss\":0.25}}"), "it has no checksum: an earlier version or another program wrote it"),
            (Line("null"), "it is null, not an object"),
            (Line("[1]"), "it is a list, not an object"),
            (Line(""), "it is no JSON of a trial's result"),
            (Line("\0\0\0"), "it is no JSON of a trial's result"),
            (Line("<html>"), "it is no JSON of a trial's result: <html>"),
            (Sound("{\"trial\":null,\"result\":{\"loss\":1}}"), "its trial is null, not a key"),
            (Sound("{\"result\":{\"loss\":1}}"), "its trial is missing, not a key"),
            (Sound("{\"trial\":\"\",\"result\":{\"loss\":1}}"), "its trial is \"\", not a key"),
            (Sound("{\"trial\":\"0f00\",\"result\":null}"), "its result is null, not an object with a loss"),
            (Sound("{\"trial\":\"0f00\"}"), "its result is missing, not an object with a loss"),
            (Sound("{\"trial\":\"0f00\",\"result\":{}}"), "its result has no loss, or a value of the wrong kind"),
            (Sound("{\"trial\":\"0f00\",\"result\":{\"loss\":null}}"), "its result has no loss, or a value of the wrong kind"),
            (Sound("{\"trial\":\"0f00\",\"result\":{\"loss\":\"low\"}}"), "its result has no loss, or a value of the wrong kind"),
            (Sound("{\"trial\":\"0f00\",\"trial\":\"0f01\",\"result\":{\"loss\":1}}"), "where trial, result and sum should stand once each"),
            (Sound("{\"trial\":\"0f00\",\"result\":{\"loss\":1},\"more\":1}"), "where trial, result and sum should stand once each"),
        ];
        foreach (var (line, says) in kinds)
        {
            string refusal = Refusal([.. Written(Some[1]), .. line]);
            Assert.Contains("line 2 is damaged: ", refusal);
            Assert.Contains(says, refusal);
            Assert.EndsWith("Remove that line: its trial will be run again.", refusal);
        }
    }

    [Fact]
    public void A_trial_repeated_with_another_loss_is_refused_and_with_the_same_one_is_not()
    {
        byte[] one = Written(("0f00", new(0.25))), other = Written(("0f00", new(0.5)));
        Assert.Contains("line 2 gives the trial 0f00 the loss 0.5, but a line before it 0.25", Refusal([.. one, .. other]));
        using var journal = Journal.On(new MemoryStream([.. one, .. one]));
        Assert.Equal(new(0.25), journal["0f00"]);
    }
}
