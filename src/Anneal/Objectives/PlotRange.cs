namespace Anneal.Objectives;

/// <summary>A rectangle of the plane: what a chart of a function of two numbers shows.</summary>
/// <param name="Left">Least x.</param>
/// <param name="Right">Greatest x.</param>
/// <param name="Bottom">Least y.</param>
/// <param name="Top">Greatest y.</param>
public readonly record struct PlotRange(double Left, double Right, double Bottom, double Top);
