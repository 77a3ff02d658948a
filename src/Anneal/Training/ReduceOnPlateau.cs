namespace Anneal;

/// <summary>What a plateau remembers: all of it, so a run resumes from this value alone.</summary>
/// <param name="Best">The best report so far.</param>
/// <param name="BadReports">Reports since then that were no better.</param>
/// <param name="CooldownCounter">Reports that a cooldown still lasts.</param>
/// <param name="Factor">What the rate is multiplied by now.</param>
public readonly record struct PlateauState(double Best, int BadReports, int CooldownCounter, double Factor);

/// <summary>Cuts the rate when the reports stop getting better: feedback, so a state machine and not a schedule.</summary>
/// <remarks>
/// <code>better:   m &lt; best − RelativeThreshold · best − AbsoluteThreshold     (PlateauMode.Max: the other way round)
/// a cut:    factor ← max(factor · Factor, Floor),   then Cooldown reports are not counted</code>
/// The machine is pure: <c>(state, metric) → (state, factor)</c>. The factor multiplies any schedule, such as a warm-up.
/// A report that is not a number is never better.
/// </remarks>
/// <param name="Factor">What a cut multiplies by: above 0, below 1.</param>
/// <param name="Patience">Bad reports that are borne, 0 or more; see <see cref="PlateauCounting"/>.</param>
/// <param name="Mode">Which reports are better.</param>
/// <param name="RelativeThreshold">A better report is better by this fraction of the best: from 0, below 1.</param>
/// <param name="AbsoluteThreshold">… and by this much more: finite, 0 or above.</param>
/// <param name="Cooldown">Reports after a cut that are not counted, 0 or more.</param>
/// <param name="Floor">The lowest factor: from 0 to 1.</param>
/// <param name="Epsilon">A cut that lowers the factor by no more than this is left out: finite, 0 or above.</param>
/// <param name="Counting">Whose rules of counting are followed.</param>
public sealed record ReduceOnPlateau(double Factor = 0.1, int Patience = 10, PlateauMode Mode = PlateauMode.Min,
    double RelativeThreshold = 1e-4, double AbsoluteThreshold = 0, int Cooldown = 0, double Floor = 0, double Epsilon = 0,
    PlateauCounting Counting = PlateauCounting.PyTorch)
{
    /// <summary>What a cut multiplies by: above 0, below 1.</summary>
    public double Factor { get; } = Require.Below(1, "1", Require.Positive(Factor), nameof(Factor));

    /// <summary>Bad reports that are borne, 0 or more.</summary>
    public int Patience { get; } = (int)Require.NotNegative(Patience);

    /// <summary>Which reports are better.</summary>
    public PlateauMode Mode { get; } = Require.Known(Mode);

    /// <summary>A better report is better by this fraction of the best: from 0, below 1.</summary>
    public double RelativeThreshold { get; } = Require.Below(1, "1", Require.NotNegative(RelativeThreshold), nameof(RelativeThreshold));

    /// <summary>A better report is better by this much: finite, 0 or above.</summary>
    public double AbsoluteThreshold { get; } = Require.NotNegative(AbsoluteThreshold);

    /// <summary>Reports after a cut that are not counted, 0 or more.</summary>
    public int Cooldown { get; } = (int)Require.NotNegative(Cooldown);

    /// <summary>The lowest factor: from 0 to 1.</summary>
    public double Floor { get; } = Require.Fraction(Floor);

    /// <summary>A cut that lowers the factor by no more than this is left out.</summary>
    public double Epsilon { get; } = Require.NotNegative(Epsilon);

    /// <summary>Whose rules of counting are followed.</summary>
    public PlateauCounting Counting { get; } = Require.Known(Counting);

    /// <summary>Before the first report: anything is better than this.</summary>
    public PlateauState Start => new(Best: Mode == PlateauMode.Min ? double.PositiveInfinity : double.NegativeInfinity, BadReports: 0, CooldownCounter: 0, Factor: 1);

    /// <summary>The state after one more report, and the factor that the rate is multiplied by from now on.</summary>
    public (PlateauState State, double Factor) Next(PlateauState state, double metric)
    {
        var next = Counting == PlateauCounting.PyTorch ? PyTorch(state, metric) : Keras(state, metric);
        return (next, next.Factor);
    }

    /// <summary>The rate in effect after each report, when update t + 1 follows report t: <paramref name="schedule"/> times the factor.</summary>
    /// <param name="schedule">What the factor multiplies.</param>
    /// <param name="metrics">The reports, in order.</param>
    /// <param name="updatesPerReport">Updates between two reports, above 0.</param>
    public IEnumerable<double> Rates(Schedule schedule, IEnumerable<double> metrics, double updatesPerReport = 1)
    {
        var state = Start;
        int reports = 0;
        foreach (double metric in metrics)
        {
            (state, double factor) = Next(state, metric);
            yield return schedule.At(++reports * updatesPerReport) * factor;
        }
    }

    PlateauState PyTorch(PlateauState state, double metric)
    {
        bool better = IsBetter(metric, state.Best);
        int bad = better || state.CooldownCounter > 0 ? 0 : state.BadReports + 1;
        state = state with { Best = better ? metric : state.Best, BadReports = bad, CooldownCounter = Math.Max(0, state.CooldownCounter - 1) };
        return bad > Patience ? Cut(state) : state;
    }

    PlateauState Keras(PlateauState state, double metric)
    {
        if (state.CooldownCounter > 0)
            state = state with { CooldownCounter = state.CooldownCounter - 1, BadReports = 0 };
        if (IsBetter(metric, state.Best))
            return state with { Best = metric, BadReports = 0 };
        if (state.CooldownCounter > 0)
            return state;
        state = state with { BadReports = state.BadReports + 1 };
        return state.BadReports >= Patience ? Cut(state) : state;
    }

    PlateauState Cut(PlateauState state)
    {
        double factor = Math.Max(state.Factor * Factor, Floor);
        return state with { BadReports = 0, CooldownCounter = Cooldown, Factor = state.Factor - factor > Epsilon ? factor : state.Factor };
    }

    bool IsBetter(double metric, double best)
    {
        double size = Counting == PlateauCounting.PyTorch ? best : Math.Abs(best);
        double margin = double.IsInfinity(best) ? 0 : RelativeThreshold * size + AbsoluteThreshold;
        return Mode == PlateauMode.Min ? metric < best - margin : metric > best + margin;
    }
}
