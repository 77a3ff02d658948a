namespace Anneal.RuleOptions;

/// <summary>The lines of a matrix that share a second moment.</summary>
public enum MomentLines
{
    /// <summary>Rows: the outputs.</summary>
    Rows,

    /// <summary>Rows of a tall or square matrix, columns of a wide one: the more numerous.</summary>
    Longer,
}
