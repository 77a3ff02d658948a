using System.Text.Json;

namespace Anneal.Cli.Tests;

public sealed class JupyterCommandTests : IDisposable
{
    readonly CommandLine _command = new();

    [Fact]
    public async Task Installing_tells_Jupyter_how_to_start_a_kernel_for_each_language()
    {
        var (exitCode, output, _) = await _command.RunAsync("jupyter", "install", "--prefix", "env");
        Assert.Equal(0, exitCode);
        foreach (var (name, title, language) in new[] { ("anneal", "C#", "csharp"), ("anneal-fsharp", "F#", "fsharp") })
        {
            string folder = Path.Combine(_command.Folder, "env", "share", "jupyter", "kernels", name);
            Assert.Contains(Path.Combine("kernels", name), output);
            using var spec = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "kernel.json"), TestContext.Current.CancellationToken));
            Assert.Equal((title, $"Anneal ({title})", "message"), (spec.RootElement.GetProperty("language").GetString(),
                spec.RootElement.GetProperty("display_name").GetString(), spec.RootElement.GetProperty("interrupt_mode").GetString()));
            string[] argv = [.. spec.RootElement.GetProperty("argv").EnumerateArray().Select(a => a.GetString()!)];
            Assert.Equal(["jupyter", "run", "{connection_file}", "--language", language], argv[^5..]);
            Assert.All(argv[..^5], program => Assert.True(File.Exists(program)));
            Assert.True(File.Exists(Path.Combine(folder, "logo-svg.svg")));
        }
    }

    [Theory]
    [InlineData("""{"transport": "ipc"}""", "over tcp only")]
    [InlineData("""{"signature_scheme": "hmac-md5"}""", "hmac-sha256 only")]
    [InlineData("""{"shell_port": 1}""", "no number \"control_port\"")]
    [InlineData("[", "not a Jupyter connection file")]
    public async Task What_is_no_connection_file_is_refused(string text, string words)
    {
        await File.WriteAllTextAsync(Path.Combine(_command.Folder, "connection.json"), text, TestContext.Current.CancellationToken);
        var (exitCode, _, error) = await _command.RunAsync("jupyter", "run", "connection.json");
        Assert.Equal(2, exitCode);
        Assert.Contains(words, error);
    }

    [Fact]
    public async Task Two_places_are_refused() =>
        Assert.Contains("choose one", (await _command.RunAsync("jupyter", "install", "--user", "--prefix", "env")).Error);

    public void Dispose() => _command.Dispose();
}
