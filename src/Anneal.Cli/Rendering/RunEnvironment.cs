using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Anneal.Cli;

/// <summary>What a notebook's results may depend on beside files: the machine, the runtime and how they are set.</summary>
/// <param name="Cores">Processors that the runtime may use: work is split by their number.</param>
/// <param name="Lanes">Numbers that are computed side by side.</param>
/// <param name="TimeZone">The local time, with its rules.</param>
/// <param name="Culture">The culture of this process, and what tells those that cells ask for by name.</param>
/// <param name="Runtime">The runtime and the system under it.</param>
/// <param name="Variables">Environment variables that set the runtime; those that its command line sets for itself do not count.</param>
internal sealed record RunEnvironment(int Cores, string Lanes, string TimeZone, string Culture, string Runtime, string Variables)
{
    static readonly string[] Locale = ["LANG", "LANGUAGE", "TZ"];

    /// <summary>That of this process, which its children inherit.</summary>
    public static RunEnvironment Current() => new(
        Environment.ProcessorCount,
        $"{Vector<byte>.Count} {Vector128.IsHardwareAccelerated} {Vector256.IsHardwareAccelerated} {Vector512.IsHardwareAccelerated}",
        TimeZoneInfo.Local.ToSerializedString(),
        $"{CultureInfo.CurrentCulture.Name} {CultureInfo.CurrentUICulture.Name}",
        $"{RuntimeInformation.FrameworkDescription} {RuntimeInformation.RuntimeIdentifier} {RuntimeInformation.OSDescription}",
        string.Join('\n', Variable().Order(StringComparer.Ordinal)));

    static IEnumerable<string> Variable() =>
        from System.Collections.DictionaryEntry variable in Environment.GetEnvironmentVariables()
        let name = (string)variable.Key
        where Locale.Contains(name) || name.StartsWith("LC_", StringComparison.Ordinal) || name.StartsWith("COMPlus_", StringComparison.Ordinal)
            || (name.StartsWith("DOTNET_", StringComparison.Ordinal) && !name.StartsWith("DOTNET_CLI_", StringComparison.Ordinal))
        select $"{name}={variable.Value}";
}
