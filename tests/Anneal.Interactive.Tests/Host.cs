using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.CSharp;
using Microsoft.DotNet.Interactive.Events;

namespace Anneal.Interactive.Tests;

/// <summary>The original kernel in this process, with the extension loaded and the library referred to.</summary>
public sealed class Host : IDisposable
{
    public Host() : this(loaded: true)
    {
    }

    Host(bool loaded)
    {
        Kernel = new() { new CSharpKernel() };
        Kernel.DefaultKernelName = "csharp";
        if (!loaded)
            return;
        AnnealExtension.Load(Kernel);
        Run($"#r \"{typeof(Schedule).Assembly.Location}\"\nusing Anneal;");
    }

    /// <summary>A kernel that knows nothing of Anneal.</summary>
    public static Host Bare() => new(loaded: false);

    public CompositeKernel Kernel { get; }

    /// <summary>Runs a cell, which must not fail.</summary>
    public IReadOnlyList<KernelEvent> Run(string code)
    {
        var events = Send(new SubmitCode(code));
        Assert.Null(events.OfType<CommandFailed>().FirstOrDefault()?.Message);
        return events;
    }

    /// <summary>What a cell shows in a MIME type, joined.</summary>
    public string Shown(string code, string mimeType = "text/html") =>
        string.Join('\n', Run(code).OfType<DisplayEvent>().SelectMany(e => e.FormattedValues).Where(v => v.MimeType == mimeType).Select(v => v.Value));

    /// <summary>Why a cell fails.</summary>
    public string Failure(string code) => string.Join('\n', Send(new SubmitCode(code)).OfType<CommandFailed>().Select(e => e.Message));

    /// <summary>What is offered at the end of a line.</summary>
    public IReadOnlyList<CompletionItem> Completions(string line) =>
        [.. Send(new RequestCompletions(line, new(0, line.Length))).OfType<CompletionsProduced>().SelectMany(e => e.Completions)];

    /// <summary>The help at a place in a line.</summary>
    public string Help(string line, int at) =>
        string.Join('\n', Send(new RequestHoverText(line, new(0, at))).OfType<HoverTextProduced>().SelectMany(e => e.Content).Select(v => v.Value));

    IReadOnlyList<KernelEvent> Send(KernelCommand command) => Kernel.SendAsync(command).GetAwaiter().GetResult().Events;

    public void Dispose() => Kernel.Dispose();
}
