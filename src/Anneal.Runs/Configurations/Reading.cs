namespace Anneal.Runs;

/// <summary>One configuration while it is read: its text, what was given beside it, and what was noticed on the way.</summary>
sealed class Reading(MapNode root, ConfigurationFormat format, Given given)
{
    public MapNode Root { get; } = root;

    public ConfigurationFormat Format { get; } = format;

    public Given Given { get; } = given;

    /// <summary>The keys that decide something.</summary>
    public List<Setting> Settings { get; } = [];

    /// <summary>What was noticed while reading.</summary>
    public List<RunFinding> Findings { get; } = [];

    /// <summary>The whole file.</summary>
    public Section Top(NumberStyle numbers = NumberStyle.Converted) => new(this, Root, "", Format is ConfigurationFormat.Yaml or ConfigurationFormat.Json ? numbers : NumberStyle.Converted);

    public double WorldSize => Given.Find("worldSize") ?? 1;

    public void Warn(string code, string key, Place place, string sentence, Severity severity = Severity.Warning) => Findings.Add(new(severity, code, key, place, sentence));
}
