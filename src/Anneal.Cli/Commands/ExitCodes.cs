namespace Anneal.Cli;

/// <summary>What the command ends with, besides 0 where all is well and 1 where something is not.</summary>
internal static class ExitCodes
{
    /// <summary>What was asked for cannot be done as asked.</summary>
    public const int Usage = 2;

    /// <summary>Interrupted: 128 and the number of SIGINT, as shells count it.</summary>
    public const int Stopped = 130;
}
