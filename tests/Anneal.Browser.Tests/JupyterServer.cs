using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace Anneal.Browser.Tests;

/// <summary>A Jupyter Notebook with the kernel installed, over a folder that looks like a clone: notebooks/boot.dib and artifacts/lib.</summary>
public sealed class JupyterServer : IAsyncLifetime
{
    readonly string _folder = Directory.CreateTempSubdirectory("anneal-jupyter-").FullName;
    Process? _server;

    /// <summary>The server's address, without a slash at the end.</summary>
    public string Address { get; } = $"http://127.0.0.1:{FreePort()}";

    public async ValueTask InitializeAsync()
    {
        string notebooks = Directory.CreateDirectory(Path.Combine(_folder, "notebooks")).FullName;
        Directory.CreateDirectory(Path.Combine(_folder, "artifacts"));
        Directory.CreateSymbolicLink(Path.Combine(_folder, "artifacts", "lib"), Pages.Built("lib"));
        File.Copy(Path.Combine(Pages.Root, "notebooks", "boot.dib"), Path.Combine(notebooks, "boot.dib"));
        await File.WriteAllTextAsync(Path.Combine(notebooks, "try.ipynb"), new JsonObject
        {
            ["nbformat"] = 4,
            ["nbformat_minor"] = 5,
            ["metadata"] = new JsonObject { ["kernelspec"] = new JsonObject { ["name"] = "anneal", ["display_name"] = "Anneal (C#)", ["language"] = "C#" } },
            ["cells"] = new JsonArray(new JsonObject
            {
                ["id"] = "first",
                ["cell_type"] = "code",
                ["metadata"] = new JsonObject(),
                ["execution_count"] = null,
                ["outputs"] = new JsonArray(),
                ["source"] = "",
            }),
        }.ToJsonString());
        await EndAsync(Start("dotnet", Pages.Built("bin", "Anneal.Cli", "release", "Anneal.Cli.dll"), "jupyter", "install"));
        _server = Start("jupyter", "notebook", "--no-browser", "--allow-root", $"--port={new Uri(Address).Port}", "--ip=127.0.0.1",
            "--NotebookApp.token=", "--NotebookApp.password=", $"--notebook-dir={notebooks}");
        await UntilItAnswersAsync();
    }

    Process Start(string program, params string[] arguments)
    {
        var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["JUPYTER_DATA_DIR"] = Path.Combine(_folder, "jupyter"), ["JUPYTER_RUNTIME_DIR"] = Path.Combine(_folder, "runtime") },
        })!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    static async Task EndAsync(Process process)
    {
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }

    async Task UntilItAnswersAsync()
    {
        using var client = new HttpClient();
        for (var patience = Stopwatch.StartNew(); ;)
            try
            {
                using var answer = await client.GetAsync(new Uri($"{Address}/api/kernelspecs"));
                Assert.Contains("\"anneal\"", await answer.Content.ReadAsStringAsync());
                return;
            }
            catch (HttpRequestException)
            {
                Assert.True(patience.Elapsed < TimeSpan.FromMinutes(1), "jupyter notebook did not answer within a minute.");
                await Task.Delay(200);
            }
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            _server.Kill(entireProcessTree: true);
            await _server.WaitForExitAsync();
            _server.Dispose();
        }
        Directory.Delete(_folder, recursive: true);
    }
}
