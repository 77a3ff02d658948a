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
    [InlineData("Wall time,Step,Value\n1717000000.1,0,0\n1717000001.2,10,1e-5\n1717000002.3,20,2e-5\n")]
    [InlineData(" [2025-05-01 10:00:00] iteration        0/     500 | consumed samples:      0 | learning rate: 0.000000E+00 | lm loss: 1.05E+01 |\n > a line of something else\n iteration       10/     500 | learning rate: 1.000000E-05 | lm loss: 9.9E+00 |\n iteration       20/     500 | learning rate: 2.000000E-05 |\n")]
    [InlineData("step 0: loss 10.5, lr=0.0\nstep 10: loss 9.1, lr=1e-05\nstep 20: loss 8.7, lr=2e-05\n")]
    [InlineData("{'loss': 2.5, 'learning_rate': 0.0, 'step': 0}\n{'loss': '2.4', 'learning_rate': '1e-05', 'step': 10}\n{'eval_loss': 1.0, 'step': 15}\n{'loss': nan, 'learning_rate': 2e-05, 'step': 20}\n")]
    [InlineData("step,rate,loss,weight_norm,gradient_norm,update_norm,validation_loss\n0,0,2.5,1,1,1,\n10,1E-05,2.4,1,1,1,2.6\n20,2E-05,2.3,1,1,1,\n")]
    [InlineData("step,rate\n0,0\n10,1E-05\n20,2E-05\n")]
    [InlineData("step      0 of 600  rate 0  loss 2.5000  held out 2.6000  |g| 1  |Δw|/|w| 1e-3  0 tokens/s\nstep     10 of 600  rate 1e-5  loss 2.4\nstep     20 of 600  rate 2e-5  loss 2.3\n")]
    public void Rate_and_step_are_found_by_name(string text)
    {
        var log = RunLogs.Read(new StringReader(text));
        Assert.Equal([0, 10, 20], log.Steps);
        Assert.Equal([0, 1e-5, 2e-5], log.Rates);
    }

    [Fact]
    public void Of_a_sweep_s_logs_the_first_run_is_read_and_its_own_rate()
    {
        var log = RunLogs.Read(new StringReader("method,rate,seed,step,step_rate,loss\n\"cosine, long\",0.5,3,10,1e-5,2.5\n\"cosine, long\",0.5,3,20,2e-5,2.4\n\"cosine, long\",0.5,4,10,1e-5,2.5\nline,0.5,3,10,7e-5,2.5\n"));
        Assert.Equal(("step_rate", "step"), (log.RateName, log.StepName));
        Assert.Equal([10, 20], log.Steps);
        Assert.Equal([1e-5, 2e-5], log.Rates);
        Assert.Contains("\"cosine, long\",0.5,3", Assert.Single(log.Remarks));
        Assert.Contains("2 rows of other runs", log.Remarks[0]);
    }

    [Fact]
    public void A_rate_of_something_else_is_not_taken_where_a_learning_rate_is_there() =>
        Assert.Equal("lr", RunLogs.Read(new StringReader("step,rate,lr\n0,512,0.1\n1,513,0.2\n")).RateName);

    [Fact]
    public void A_folder_is_read_by_the_trace_in_it()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            Assert.Contains("neither a TensorBoard event file", Assert.Throws<ConfigurationException>(() => RunLogs.Read(folder)).Message);
            File.WriteAllText(Path.Combine(folder, "trace.csv"), "step,rate,loss\n0,0.1,2\n5,0.2,1\n");
            var log = RunLogs.Read(folder);
            Assert.Equal([0, 5], log.Steps);
            Assert.Equal("rate", log.RateName);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
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

    [Fact]
    public void Of_a_trainers_state_that_is_cut_off_the_beginning_is_read()
    {
        string whole = "{\n  \"global_step\": 30,\n  \"log_history\": [\n    {\"learning_rate\": 0.0, \"step\": 0},\n    {\"learning_rate\": 1e-5, \"step\": 10},\n    {\"learning_rate\": 2e-5, \"step\": 20},\n    {\"learning_rate\": 3e-5, \"step\": 30}\n  ]\n}";
        var log = RunLogs.Read(new StringReader(whole[..whole.IndexOf("3e-5", StringComparison.Ordinal)]));
        Assert.Equal([0, 10, 20], log.Steps);
        Assert.Contains("line 7", Assert.Single(log.Remarks));
        Assert.Throws<ConfigurationException>(() => RunLogs.Read(new StringReader(whole[..40])));
    }

    [Fact]
    public void Entries_without_a_step_are_counted()
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "{'loss': 2.5, 'learning_rate': 1e-05, 'epoch': 0.1}\n{'loss': 2.4, 'learning_rate': 2e-05, 'epoch': 0.2}\n");
            Assert.Equal([0, 1], RunLogs.Read(file).Steps);
            Assert.Equal([25, 50], RunLogs.Read(file, null, null, every: 25).Steps);
            File.WriteAllText(file, "step,lr\n1,0.1\n");
            Assert.Contains("its own steps", Assert.Throws<ConfigurationException>(() => RunLogs.Read(file, null, null, every: 25)).Message);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
