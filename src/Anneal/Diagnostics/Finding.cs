namespace Anneal.Diagnostics;

/// <summary>How much a finding matters.</summary>
public enum Severity
{
    /// <summary>Good to know; often meant so.</summary>
    Info,

    /// <summary>Probably not meant.</summary>
    Warning,

    /// <summary>Cannot be right.</summary>
    Error,
}

/// <summary>Something about a schedule that its author may want to know before a long run.</summary>
/// <param name="Severity">How much it matters.</param>
/// <param name="Code">A short name that does not change.</param>
/// <param name="Step">Where it is.</param>
/// <param name="Sentence">What it is, with numbers.</param>
public sealed record Finding(Severity Severity, string Code, double Step, string Sentence);
