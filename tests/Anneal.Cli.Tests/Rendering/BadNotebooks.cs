namespace Anneal.Cli.Tests;

/// <summary>Notebooks that do their worst, and a good one, rendered once with one command.</summary>
public sealed class BadNotebooks : IAsyncLifetime
{
    public CommandLine Command { get; } = new();

    public int ExitCode { get; private set; }

    public string Output { get; private set; } = "";

    public string Error { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        Command
            .Notebook("good.dib", "#!csharp\nConsole.WriteLine(\"the good page\");\n")
            .Notebook("loop.dib", "#!csharp\nConsole.WriteLine(\"before\");\n#!csharp\nwhile (true) { }\n")
            .Notebook("finally.dib", "#!csharp\ntry { throw new Exception(); } finally { while (true) { } }\n")
            .Notebook("overflow.dib", "#!csharp\nint F(int n) => F(n + 1) + 1;\nF(0)\n")
            .Notebook("exit.dib", "#!csharp\nEnvironment.Exit(3);\n")
            .Notebook("thread.dib", """
                #!csharp
                var thread = new System.Threading.Thread(() => throw new InvalidOperationException("thrown behind"));
                thread.Start();
                thread.Join();
                System.Threading.Thread.Sleep(2000);
                """)
            .Notebook("managed.dib", "#!csharp\nvar all = new List<byte[]>();\nwhile (true) all.Add(new byte[10_000_000]);\n")
            .Notebook("native.dib", """
                #!csharp
                using System.Runtime.InteropServices;
                while (true)
                    for (var (p, i) = (Marshal.AllocHGlobal(10_000_000), 0); i < 10_000_000; i += 1000)
                        Marshal.WriteByte(p, i, 1);
                """);
        (ExitCode, Output, Error) = await Command.RenderAsync("--timeout", "8", "--memory", "0.6");
    }

    public ValueTask DisposeAsync()
    {
        Command.Dispose();
        return ValueTask.CompletedTask;
    }
}
