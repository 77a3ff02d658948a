namespace Anneal.Notebooks.Tests;

/// <summary>Cells in a child process of their own, one after the other, as a front end sends them.</summary>
public sealed class LiveSessionTests : IDisposable
{
    readonly List<Message> _heard = [];

    readonly LiveSession _session;
    int _number;

    public LiveSessionTests() => _session = new(new(AppContext.BaseDirectory, "csharp", 1000), new(), message =>
    {
        lock (_heard)
            _heard.Add(message);

    });

    async Task<(Failure? Failure, string Text)> RunAsync(string code)
    {
        lock (_heard)
            _heard.Clear();
        var died = await _session.RunAsync(new(++_number, "csharp", code));
        lock (_heard)
            return (died ?? _heard.OfType<OutputAdded>().Select(m => m.Output).OfType<Failure>().FirstOrDefault(), string.Concat(_heard.OfType<OutputAdded>().Select(m => m.Output switch
            {
                StreamText stream => stream.Text,
                Display display => display.Data["text/plain"],
                _ => "",
            })));
    }

    [Fact]
    public async Task Cells_share_what_they_declare() => Assert.Equal((null, "42"), (await RunAsync("var x = 41;"), await RunAsync("x + 1")).Item2);

    [Theory]
    [InlineData("while (true) { }")]
    [InlineData("System.Threading.Thread.Sleep(-1);")]
    [InlineData("await Task.Delay(-1);")]
    [InlineData("while (true) Console.Write(\"more\");")]
    public async Task A_cell_is_interrupted_again_and_again_and_values_stay(string endless)
    {
        await RunAsync("var kept = 7;");
        for (int i = 0; i < 3; i++)
        {
            var running = RunAsync($"Console.WriteLine(\"on\"); {endless}");
            while (!Heard)
                await Task.Delay(20, TestContext.Current.CancellationToken);
            _session.Interrupt();
            var message = (await running).Failure?.Message ?? "";
            Assert.True(message.StartsWith("The cell was interrupted.", StringComparison.Ordinal), message);
        }
        Assert.Equal((null, "7"), await RunAsync("kept"));
    }

    bool Heard
    {
        get
        {
            lock (_heard)
                return _heard.Count > 0;
        }
    }

    [Fact]
    public async Task A_cell_that_cannot_be_interrupted_is_ended_and_the_next_one_runs()
    {
        var running = RunAsync("Console.WriteLine(\"on\"); try { throw new Exception(); } catch { while (true) { } }");
        while (!Heard)
            await Task.Delay(20, TestContext.Current.CancellationToken);
        _session.Interrupt();
        var failure = (await running).Failure!;
        Assert.Equal("interrupted", failure.Name);
        Assert.EndsWith("All values are gone with it. Run the notebook again from its first cell.", failure.Message);
        Assert.Equal((null, "2"), await RunAsync("1 + 1"));
    }

    [Fact]
    public async Task An_import_prepares_a_language_when_it_is_first_used()
    {
        string file = Path.Combine(AppContext.BaseDirectory, "live-import.dib");
        await File.WriteAllTextAsync(file, "#!csharp\nusing System.IO;\n#!fsharp\nopen System.IO\n", TestContext.Current.CancellationToken);
        Assert.Equal((null, ""), await RunAsync("#!import \"live-import.dib\""));
        Assert.Equal((null, "a/b"), await RunAsync("#!fsharp\nPath.Combine(\"a\", \"b\").Replace('\\\\', '/')"));
    }

    public void Dispose() => _session.Dispose();
}
