using Microsoft.DotNet.Interactive;

namespace Anneal.Interactive;

/// <summary>Brings Anneal into a .NET Interactive kernel: its values show themselves, and the directives <c>#!schedule</c>, <c>#!race</c> and <c>#!explain</c> ask them.</summary>
/// <remarks>
/// The package does this by itself when a C# cell loads it with <c>#r "nuget: Anneal.Interactive"</c>. In F#, import <c>notebooks/boot.dib</c> of the
/// repository instead: F# cells of that host do not compile after any package was restored.
/// </remarks>
public static class AnnealExtension
{
    static readonly Lock once = new();
    static bool shows;

    /// <summary>Loads the extension into the kernel that runs the calling cell; outside of any kernel it does nothing.</summary>
    public static void Load()
    {
        if (KernelInvocationContext.Current?.HandlingKernel.RootKernel is { } kernel)
            Load(kernel);
    }

    /// <summary>Loads the extension into a kernel and all kernels in it. A second time changes nothing.</summary>
    public static void Load(Kernel kernel)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        lock (once)
            if (!shows)
            {
                Shown.Register();
                shows = true;
            }
        var root = kernel.RootKernel;
        if (root.KernelInfo.SupportedDirectives.Any(d => d.Name == ScheduleDirective.Name))
            return;
        ScheduleDirective.AddTo(root);
        ExplainDirective.AddTo(root);
        RaceDirective.AddTo(root);
    }
}
