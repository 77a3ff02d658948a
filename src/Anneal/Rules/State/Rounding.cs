namespace Anneal;

/// <summary>How a number is brought to fewer bits.</summary>
public enum Rounding
{
    /// <summary>Away from 0 with the probability that keeps the mean: of a thousand small changes as many survive as should.</summary>
    Stochastic,

    /// <summary>To the nearest number, ties to even: a change of less than half a unit of the last place is lost, however often it comes.</summary>
    Nearest,
}
