namespace Anneal.Runs.Tests;

public class RunLogsTests
{
    [Theory]
    [InlineData("step,loss,learning_rate\n0,2.5,0\n10,2.4,1e-5\n20,2.3,2e-5\n")]
    [InlineData("global_step;lr-AdamW;loss\n0;0;2.5\n10;1e-5;2.4\n20;2e-5;2.3\n")]
    [InlineData("step\tnote\ttrain/lr\n0\t\"a, b\"\t0\n10\t\t1e-5\n20\t\t2e-5\n")]
    [InlineData("{\"step\": 0, \"lr\": 0.0}\n{\"step\": 10, \"lr\": 1e-5}\n{\"step\": 15, \"eval_loss\": 1.0}\n{\"step\": 20, \"lr\": 2e-5}\n")]
    [InlineData("{\"_step\": 0, \"optim\": {\"lr\": 0.0}}\n{\"_step\": 10, \"optim\": {\"lr\": 1e-5}}\n{\"_step\": 20, \"optim\": {\"lr\": 2e-5}}\n")]
    [InlineData("{\n  \"best_metric\": null,\n  \"log_history\": [\n    {\"epoch\": 0.1, \"learning_rate\": 0.0, \"loss\": 2.5, \"step\": 0},\n    {\"learning_rate\": 1e-5, \"step\": 10},\n    {\"eval_loss\": 2.0, \"step\": 10},\n    {\"learning_rate\": 2e-5, \"step\": 20}\n  ]\n}")]
    public void Rate_and_step_are_found_by_name(string text)
    {
        var log = RunLogs.Read(new StringReader(text));
        Assert.Equal([0, 10, 20], log.Steps);
        Assert.Equal([0, 1e-5, 2e-5], log.Rates);
    }

    [Fact]
    public void A_name_that_is_not_there_is_refused_with_those_that_are()
    {
        var refused = Assert.Throws<ConfigurationException>(() => RunLogs.Read(new StringReader("step,loss,rate_of_things\n1,2,3\n"), rate: "rate_of_thing"));
        Assert.Contains("did you mean rate_of_things?", refused.Message);
    }

    [Fact]
    public void Without_a_rate_the_names_are_listed() => Assert.Contains("loss", Assert.Throws<ConfigurationException>(() => RunLogs.Read(new StringReader("step,loss\n1,2\n"))).Message);

    [Fact]
    public void A_broken_line_is_told_and_left_out()
    {
        var log = RunLogs.Read(new StringReader("{\"step\": 0, \"lr\": 0.1}\n{\"step\": 1, \"lr\"\n{\"step\": 2, \"lr\": 0.2}\n"));
        Assert.Equal(2, log.Count);
        Assert.Contains("line 2", Assert.Single(log.Remarks));
    }
}
