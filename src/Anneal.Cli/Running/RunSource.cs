using Anneal.Runs;

namespace Anneal.Cli;

/// <summary>A run's configuration from a file, standard input, or the command line itself.</summary>
internal static class RunSource
{
    public static string Text(string config) => config != "-" && !Path.Exists(config) && (config.TrimStart() is ['{' or '-', ..] || config.Contains("--", StringComparison.Ordinal)) ? config
        : Input.Text(config);

    public static RunConfiguration Read(string config, string? framework, string? given) => RunConfigurations.Read(Text(config), framework, Given(given));

    static Given? Given(string? given) => given is null ? null : Runs.Given.Parse(given);
}
