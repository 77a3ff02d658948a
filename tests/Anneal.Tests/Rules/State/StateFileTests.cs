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
    public void A_file_with_one_byte_altered_is_refused_or_says_the_same()
    {
        byte[] data = Saved(new AdamW());
        var whole = StateFile.Load(new AdamW(), Shape, new MemoryStream(data));
        for (int i = 0; i < data.Length; i++)
        {
            byte[] altered = [.. data];
            altered[i] ^= 1;
            try
            {
                // A space of the header may become another character of no meaning; nothing else gets through.
                Assert.True(whole.SameAs(StateFile.Load(new AdamW(), Shape, new MemoryStream(altered))), $"byte {i}");
            }
            catch (StateFormatException)
            {
            }
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
            var state = Stepped(new AdamW(), Precision.SingleWithBFloat16State);
            StateFile.Save(state, path);
            Assert.True(state.SameAs(StateFile.Load(new AdamW(), Shape, path, Precision.SingleWithBFloat16State)));
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
