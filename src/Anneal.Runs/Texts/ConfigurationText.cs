using System.Text.RegularExpressions;

namespace Anneal.Runs;

/// <summary>What a configuration is written in.</summary>
public enum ConfigurationFormat
{
    /// <summary>YAML.</summary>
    Yaml,

    /// <summary>JSON.</summary>
    Json,

    /// <summary>TOML.</summary>
    Toml,

    /// <summary>Python assignments of literals, as MMEngine has them.</summary>
    Python,

    /// <summary>The arguments of a command line.</summary>
    Arguments,
}

/// <summary>A configuration's text as a tree; the format is recognised from the text.</summary>
static partial class ConfigurationText
{
    public static (MapNode Root, ConfigurationFormat Format) Read(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
            throw new ConfigurationException("the configuration is empty");
        var format = Recognise(text);
        var root = format switch
        {
            ConfigurationFormat.Json => JsonText.Read(text),
            ConfigurationFormat.Toml => TomlText.Read(text),
            ConfigurationFormat.Python => PythonText.Read(text),
            ConfigurationFormat.Arguments => ArgumentsText.Read(text),
            _ => YamlText.Read(text),
        };
        return (root as MapNode ?? throw new ConfigurationException($"a configuration is a map of keys to values; this is {root.Description}"), format);
    }

    static ConfigurationFormat Recognise(string text)
    {
        string start = text.TrimStart();
        if (start[0] == '{')
            return ConfigurationFormat.Json;
        if (Shebang().IsMatch(start))
            return ConfigurationFormat.Arguments;
        if (TomlTable().IsMatch(text))
            return ConfigurationFormat.Toml;
        if (YamlKey().IsMatch(text) && !ArgumentsText.IsOption(start.Split(' ', '\n', '=')[0]))
            return ConfigurationFormat.Yaml;
        if (Option().IsMatch(text))
            return ConfigurationFormat.Arguments;
        return PythonAssignment().IsMatch(text) ? PythonLiterals().IsMatch(text) ? ConfigurationFormat.Python : ConfigurationFormat.Toml : ConfigurationFormat.Yaml;
    }

    [GeneratedRegex(@"^\s*\[{1,2}[\w.""' -]+\]{1,2}\s*(#.*)?$", RegexOptions.Multiline)]
    private static partial Regex TomlTable();

    [GeneratedRegex(@"^[\w.""'-]+\s*:(\s|$)", RegexOptions.Multiline)]
    private static partial Regex YamlKey();

    /// <summary>A script of a shell, whatever else it looks like.</summary>
    [GeneratedRegex(@"^#!.*sh\b")]
    private static partial Regex Shebang();

    [GeneratedRegex(@"(^|\s)--?[A-Za-z]")]
    private static partial Regex Option();

    [GeneratedRegex(@"^\w+\s*=[^=]", RegexOptions.Multiline)]
    private static partial Regex PythonAssignment();

    [GeneratedRegex(@"=\s*(dict\(|\[|\(|None|True|False)|^(from|import)\s", RegexOptions.Multiline)]
    private static partial Regex PythonLiterals();
}
