namespace Anneal.Notebooks;

/// <summary>The interpreters of one process, started in the background when they will be needed, awaited when they are.</summary>
internal sealed class KernelPool
{
    readonly Lazy<Task<Kernel>> _csharp = new(() => Task.Run<Kernel>(() => new CSharpKernel()));
    readonly Lazy<Task<Kernel>> _fsharp = new(() => Task.Run<Kernel>(() => new FSharpKernel()));

    /// <summary>Starts an interpreter without waiting for it.</summary>
    public void Warm(string language) => _ = Starting(language);

    /// <summary>An interpreter that has been started, or null.</summary>
    public Kernel? Started(string language) =>
        (language == CellLanguages.CSharp ? _csharp : _fsharp) is { IsValueCreated: true } kernel ? kernel.Value.GetAwaiter().GetResult() : null;

    public Kernel this[string language] => Starting(language).GetAwaiter().GetResult();

    Task<Kernel> Starting(string language) => language == CellLanguages.CSharp ? _csharp.Value : _fsharp.Value;
}
