namespace Anneal.Cli;

/// <summary>What was asked for on the command line cannot be done as asked; exit code 2.</summary>
internal sealed class UsageException(string message) : Exception(message);
