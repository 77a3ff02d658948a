namespace Anneal.Runs;

/// <summary>A run's configuration or log cannot be read; the message names the key and where it stands, and says what to do.</summary>
public class ConfigurationException : FormatException
{
    /// <param name="message">What is wrong and what to do.</param>
    /// <param name="place">Where, if it is in the text.</param>
    /// <param name="key">The file's own name for it.</param>
    public ConfigurationException(string message, Place place = default, string? key = null)
        : base(place.IsKnown ? $"{place}: {message}" : message) => (Place, Key, Reason) = (place, key, message);

    /// <summary>Where it stands.</summary>
    public Place Place { get; }

    /// <summary>The file's own name for it.</summary>
    public string? Key { get; }

    /// <summary>The message without the place.</summary>
    public string Reason { get; }
}

/// <summary>The framework itself refuses the configuration when the run starts.</summary>
public sealed class RefusedByFrameworkException(string message, Place place = default, string? key = null) : ConfigurationException(message, place, key);

/// <summary>A number decides the rates and is not in the file: it must be given beside it.</summary>
/// <param name="name">Its name, as <c>--given</c> takes it.</param>
/// <param name="meaning">What it is.</param>
public sealed class MissingGivenException(string name, string meaning)
    : ConfigurationException($"{name} is not in the file and decides the rates: {meaning}. Give it as --given {name}=NUMBER.", key: name)
{
    /// <summary>The name that is missing.</summary>
    public string Name { get; } = name;
}
