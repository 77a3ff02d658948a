namespace Anneal.Runs;

/// <summary>How one framework's configurations are recognised and read.</summary>
abstract class RunFramework
{
    /// <summary>Its name: what <c>--framework</c> takes.</summary>
    public abstract string Name { get; }

    /// <summary>How sure it is that a configuration is its own: 0 for not at all, 10 for certain.</summary>
    public abstract int Recognise(MapNode root, ConfigurationFormat format);

    /// <summary>Reads it.</summary>
    /// <exception cref="ConfigurationException">It cannot be read, or the framework would refuse it.</exception>
    public abstract RunConfiguration Read(Reading reading);

    /// <summary>How many of the keys are there.</summary>
    protected static int Count(MapNode root, params ReadOnlySpan<string> paths)
    {
        int count = 0;
        foreach (string path in paths)
            count += root.Has(path) ? 1 : 0;
        return count;
    }
}
