namespace Anneal;

/// <summary>The first <paramref name="Steps"/> steps of any schedule; then the rate it had reached is held.</summary>
/// <param name="Whole">What is cut.</param>
/// <param name="Steps">Where it is cut, in updates, above 0.</param>
public sealed record Cut(Schedule Whole, double Steps) : Segment(Steps)
{
    protected override double Rate(double t) => Whole.At(Math.Min(t, Steps));
}
