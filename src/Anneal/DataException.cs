namespace Anneal;

/// <summary>Data that cannot be used: the message names the file, the place and the reason.</summary>
public sealed class DataException(string message, Exception? inner = null) : FormatException(message, inner);
