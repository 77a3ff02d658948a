namespace Anneal.Interactive.Tests;

public class DirectiveTests(Host host) : IClassFixture<Host>
{
    [Fact]
    public void Schedule_shows_curve_explanation_and_table()
    {
        string html = host.Shown("#!schedule \"warmup(3e-4, 500) > cosine(3e-4, 9500)\"");
        Assert.Contains("role=\"img\"", html);
        Assert.Contains("500 … 10000: falling from 0.0003 to 0, CosineDecay", html);
        Assert.Contains("<summary>Data</summary>", html);
    }

    [Fact]
    public void Schedule_goes_as_far_as_it_is_asked() =>
        Assert.Contains("η(250) = 0.00015", host.Shown("#!schedule \"warmup(3e-4, 500) > cosine(3e-4, 9500)\" --to 250"));

    [Fact]
    public void Code_after_a_directive_runs() => Assert.Contains("42", host.Shown("#!explain \"cosine(0.1, 100)\"\n6 * 7"));

    [Fact]
    public void Explain_says_what_a_schedule_and_what_a_rule_is()
    {
        string schedule = host.Shown("#!explain \"cosine(0.1, 100, 0.01)\"");
        Assert.Contains("falling from 0.1 to 0.01, CosineDecay", schedule);
        Assert.DoesNotContain("role=\"img\"", schedule);
        Assert.Contains("beta2", host.Shown("#!explain adamW"));
        Assert.Contains("0.95", host.Shown("""#!explain {"type": "momentum", "beta": 0.95}"""));
        Assert.Contains("falling from 0.3 to 0", host.Shown("""#!explain {"type": "cosineDecay", "peak": 0.3, "steps": 100}"""));
    }

    [Fact]
    public void Race_draws_the_paths_and_ranks_the_rules()
    {
        string html = host.Shown("#!race \"sgd@0.002, momentum@0.0005, adamW@0.05\" --problem beale --steps 300");
        Assert.Equal(2, System.Text.RegularExpressions.Regex.Count(html, "role=\"img\""));
        Assert.All(["Sgd at 0.002", "Momentum at 0.0005", "AdamW at 0.05"], name => Assert.Contains($"<td>{name}</td>", html));
        Assert.Contains("<td>300</td>", html);
    }

    [Theory]
    [InlineData("#!schedule \"cosinus(0.1, 100)\"", "cosinus")]
    [InlineData("#!schedule \"cosine(0.1, 100)\" --to far", "--to takes a number, such as --to 1000, not far.")]
    [InlineData("#!schedule \"cosine(0.1, 100)\" --to -1", "--to is a step from 0 to 2^53, not -1.")]
    [InlineData("#!schedule {\"type\": \"cosineDecay\", \"peak\": 0.1}", "cosineDecay lacks steps")]
    [InlineData("#!explain {\"type\": 3}", "$.type")]
    [InlineData("#!schedule", "Missing required parameter '--notation'")]
    [InlineData("#!explain adamX", "There is no rule 'adamX'")]
    [InlineData("#!race \"sgd\" --problem everest", "There is no function 'everest'")]
    [InlineData("#!race \"sgd\" --steps 0", "--steps is from 1 to 100000, not 0.")]
    [InlineData("#!race \"sgd\" --rate 0,1", "'0,1' is not a number: write a tenth as 0.1")]
    [InlineData("#!race \"sgd\" --steps 1,000", "--steps takes a number, such as --steps 1000, not 1,000.")]
    [InlineData("#!race \",\"", "A race needs rules")]
    public void What_cannot_be_done_is_said_without_a_stack_trace(string cell, string message)
    {
        string said = host.Failure(cell);
        Assert.Contains(message, said);
        Assert.DoesNotContain("   at ", said);
    }

    [Fact]
    public void Directives_and_their_values_complete()
    {
        Assert.Subset(host.Completions("#!").Select(c => c.InsertText).ToHashSet(), new HashSet<string> { "#!schedule", "#!race", "#!explain" });
        Assert.Contains("\"cosine(0.1, 100, floor: 0.01)\"", host.Completions("#!schedule ").Select(c => c.InsertText));
        Assert.Contains("adamW", host.Completions("#!explain ").Select(c => c.InsertText));
        Assert.Contains("lion", host.Completions("#!race ").Select(c => c.InsertText));
        Assert.Contains("Rosenbrock", host.Completions("#!race \"sgd\" --problem ").Select(c => c.InsertText));
    }

    [Fact]
    public void Everything_that_completes_is_accepted()
    {
        Assert.All(Suggestions.Schedules, text => Assert.NotEmpty(ScheduleHtml.Explained(ScheduleNotation.Parse(text.Trim('"')), 10)));
        Assert.All(Suggestions.Objectives, name => Assert.Equal(name, TestFunction.Named(name).GetType().Name));
    }

    [Theory]
    [InlineData("#!schedule \"cosine(0.1, 100)\"", 4, "Shows a schedule")]
    [InlineData("#!race \"sgd\" --steps 5", 3, "--problem")]
    [InlineData("#!explain adamW", 5, "Explains a schedule or an optimizer")]
    [InlineData("#!race \"sgd\" --steps 5", 15, "Updates to make; 500 unless given.")]
    public void Directives_and_options_have_help(string line, int at, string text) => Assert.Contains(text, host.Help(line, at));
}
