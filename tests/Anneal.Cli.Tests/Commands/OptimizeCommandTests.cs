namespace Anneal.Cli.Tests;

/// <summary><c>anneal optimize</c> as people call it.</summary>
public sealed class OptimizeCommandTests : IDisposable
{
    readonly CommandLine command = new();

    public void Dispose() => command.Dispose();

    [Fact]
    public async Task A_race_lists_the_lowest_first_and_each_rule_may_have_a_rate_of_its_own()
    {
        var (code, output, error) = await command.RunAsync(
            "optimize", "--race", """sgd, sgd@0.1, {"type": "momentum", "beta": 0.5, "nesterov": true}@constant(0.05)""", "--schedule", "0.001", "--problem", "diagonalQuadratic", "--steps", "50");
        Assert.Equal((0, ""), (code, error));
        string[] lines = output.Trim().Split('\n');
        Assert.StartsWith("Diagonal quadratic from (2, 0.8), value 4.8, 50 steps, rate constant(0.001):", lines[0]);
        Assert.Equal(["Momentum at constant(0.05)", "Sgd at 0.1"], lines[1..3].Select(l => l.Split("  ", StringSplitOptions.RemoveEmptyEntries)[0].Split(" (")[0].Trim()).Order());
        Assert.StartsWith("Sgd ", lines[3].Trim());
    }

    [Fact]
    public async Task A_run_that_blows_up_stops_before_the_step_says_where_and_fails()
    {
        var (code, output, error) = await command.RunAsync("optimize", "--rule", "sgd", "--schedule", "1", "--chart", "wild.html");
        Assert.Equal(1, code);
        Assert.Matches(@"^Sgd stopped: the (loss|gradient) is -?(Infinity|NaN).* at step \d+; the weights are as they were before it\.\s*$", error);
        Assert.DoesNotContain("NaN", output);
        string page = File.ReadAllText(Path.Combine(command.Folder, "wild.html"));
        Assert.Contains("stopped: the", page);
        Assert.DoesNotContain("PathChart.race", page);
    }

    [Fact]
    public async Task A_race_goes_on_without_the_one_that_blew_up()
    {
        var (code, output, error) = await command.RunAsync("optimize", "--race", "sgd@1,adamW", "--schedule", "0.01");
        Assert.Equal(0, code);
        Assert.StartsWith("Sgd at 1 stopped:", error);
        Assert.StartsWith("AdamW", output.Trim().Split('\n')[1].Trim());
    }

    [Theory]
    [InlineData(2, "There is no rule 'foo'; there are sgd, ", "--rule", "foo")]
    [InlineData(2, "There is no rule 'foo'; there are sgd, ", "--race", "sgd,foo")]
    [InlineData(2, "A race needs rules; there are sgd, ", "--race", ",")]
    [InlineData(2, "'sgd@1@2' is no rule with a rate", "--race", "sgd@1@2")]
    [InlineData(2, "There is no function 'foo'; there are DiagonalQuadratic, ", "--rule", "sgd", "--problem", "foo")]
    [InlineData(2, "Say --rule or --race.", "--rule", "sgd", "--race", "sgd")]
    [InlineData(2, "--steps must be from 1 to 10000000.", "--rule", "sgd", "--steps", "0")]
    [InlineData(2, "There is no file 'none.json'", "--rule", "sgd", "--schedule", "none.json")]
    [InlineData(1, "'0,1' is not a number: write a tenth as 0.1", "--rule", "sgd", "--schedule", "0,1")]
    [InlineData(1, "'1.000.000' is not a number", "--race", "sgd@1.000.000")]
    [InlineData(1, "Value must be a finite number, 0 or above; it is -1.", "--rule", "sgd", "--schedule", "-1")]
    [InlineData(1, "$.beta1: Beta1 must be 0 or above and below 1; it is 1.5.", "--rule", """{"type": "adamW", "beta1": 1.5}""")]
    [InlineData(1, "$.betta: adamW has no such member; did you mean 'beta1'? Its members are beta1, beta2, epsilon, decay", "--rule", """{"type": "adamW", "betta": 0.5}""")]
    public async Task What_cannot_be_run_is_refused(int expected, string message, params string[] arguments)
    {
        var (code, output, error) = await command.RunAsync(["optimize", .. arguments]);
        Assert.Equal((expected, ""), (code, output));
        Assert.StartsWith(message, error);
    }
}
