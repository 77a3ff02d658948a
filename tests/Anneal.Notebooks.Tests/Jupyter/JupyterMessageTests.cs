using System.Text.Json.Nodes;
using NetMQ;

namespace Anneal.Notebooks.Tests;

public class JupyterMessageTests
{
    static JupyterMessage Message => JupyterMessage.Create("s", "execute_reply", new() { ["text"] = "µ 😀 </script>" }, null, ["client"u8.ToArray()]);

    [Fact]
    public void A_message_is_read_as_it_was_written()
    {
        var read = JupyterMessage.Read(Message.ToFrames("key"), "key")!;
        Assert.Equal(("execute_reply", "µ 😀 </script>"), (read.Type, read.Content.Text("text")));
        Assert.Equal("client"u8.ToArray(), read.Route.Single());
    }

    // Reference: HMAC-SHA256 of header, parent, metadata and content by Python's hmac with the key "a" and the JSON {} four times.
    [Fact]
    public void The_signature_is_the_protocols()
    {
        var frames = new JupyterMessage([], [], [], [], []).ToFrames("a");
        Assert.Equal("4b0de7677cd67f5e6509d7394a557bdf05e49271c358bfcdb9c00b8cdcc62605", frames[1].ConvertToString());
    }

    [Fact]
    public void A_message_of_a_stranger_is_not_read()
    {
        Assert.Null(JupyterMessage.Read(Message.ToFrames("another key"), "key"));
        var changed = Message.ToFrames("key");
        changed.RemoveFrame(changed.Last);
        changed.Append(new JsonObject { ["text"] = "changed" }.ToJsonString());
        Assert.Null(JupyterMessage.Read(changed, "key"));
    }

    [Theory]
    [InlineData("only one frame")]
    [InlineData("<IDS|MSG>")]
    public void Frames_that_are_no_message_are_not_read(string frame) =>
        Assert.Null(JupyterMessage.Read(new NetMQMessage([new NetMQFrame(frame)]), ""));

    [Fact]
    public void Parts_that_are_not_JSON_objects_are_not_read() =>
        Assert.Null(JupyterMessage.Read(new NetMQMessage(new[] { "<IDS|MSG>", "", "{}", "{}", "[1]", "{" }.Select(f => new NetMQFrame(f))), ""));
}
