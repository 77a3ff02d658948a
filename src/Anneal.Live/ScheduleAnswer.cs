namespace Anneal.Live;

/// <summary>What a page shows of a schedule, or why it cannot be read.</summary>
public sealed record ScheduleAnswer
{
    /// <summary>Why the notation cannot be read, with a caret under the place; null where it can.</summary>
    public string? Error { get; init; }

    /// <summary>Where the notation stops being one, counted from 0.</summary>
    public int? Position { get; init; }

    /// <summary>The schedule as it is printed.</summary>
    public string? Notation { get; init; }

    /// <summary>The formula with its numbers, as LaTeX.</summary>
    public string? Formula { get; init; }

    /// <summary>The last step that was looked at.</summary>
    public double Last { get; init; }

    /// <summary>Why it is not the step that was asked for.</summary>
    public string? Cut { get; init; }

    /// <summary>The rates at steps 0 and <see cref="Last"/>.</summary>
    public double First { get; init; }

    /// <inheritdoc cref="First"/>
    public double End { get; init; }

    /// <summary>The lowest and highest rate.</summary>
    public double Lowest { get; init; }

    /// <inheritdoc cref="Lowest"/>
    public double Highest { get; init; }

    /// <summary>Σ η over the updates before <see cref="Last"/>.</summary>
    public double Sum { get; init; }

    /// <summary>Their mean.</summary>
    public double Mean { get; init; }

    /// <summary>Σ η².</summary>
    public double SumOfSquares { get; init; }

    /// <summary>The parts, in order.</summary>
    public IReadOnlyList<PhaseAnswer> Phases { get; init; } = [];

    /// <summary>Where the rate jumps.</summary>
    public IReadOnlyList<JumpAnswer> Jumps { get; init; } = [];

    /// <summary>How many parts and jumps there are where not all are listed.</summary>
    public int PhaseCount { get; init; }

    /// <inheritdoc cref="PhaseCount"/>
    public int JumpCount { get; init; }

    /// <summary>What to look at twice.</summary>
    public IReadOnlyList<FindingAnswer> Findings { get; init; } = [];

    /// <summary>Whether both conditions of Robbins and Monro hold; null where that cannot be decided.</summary>
    public bool? RobbinsMonro { get; init; }

    /// <summary>Why Σ η diverges or not.</summary>
    public string? RatesReason { get; init; }

    /// <summary>Why Σ η² converges or not.</summary>
    public string? SquaresReason { get; init; }

    /// <summary>The numbers of the notation, which can be moved.</summary>
    public IReadOnlyList<Slider> Sliders { get; init; } = [];
}

/// <summary>One part of a schedule.</summary>
public sealed record PhaseAnswer(double From, double To, string Trend, double RateAtStart, double RateAtEnd, string Source);

/// <summary>A step at which the rate jumps.</summary>
public sealed record JumpAnswer(double Step, double Before, double After);

/// <summary>Something to look at twice.</summary>
public sealed record FindingAnswer(string Severity, string Code, double Step, string Sentence);

/// <summary>The last-iterate bound for distance 1 and gradients of norm 1, or why there is none.</summary>
/// <param name="Updates">How many updates it is for.</param>
/// <param name="AsIs">For the rates as they are.</param>
/// <param name="BestScale">The factor that makes it smallest.</param>
/// <param name="Best">At that factor.</param>
/// <param name="Reason">Why there is no bound; null where there is.</param>
public sealed record BoundAnswer(long Updates, double AsIs, double BestScale, double Best, string? Reason);

/// <summary>What a framework's configuration became here, or why it was refused.</summary>
/// <param name="Error">The path to what is refused and the reason; null where nothing is.</param>
/// <param name="Framework">Whose it is; null for a schedule of ours as JSON.</param>
/// <param name="Scheduler">Its name there.</param>
/// <param name="Notation">The rate; null for a scheduler that listens to a metric.</param>
/// <param name="Momentum">The momentum, where the scheduler moves it too.</param>
/// <param name="Remark">What a scheduler that listens to a metric does.</param>
public sealed record ImportAnswer(string? Error, string? Framework = null, string? Scheduler = null, string? Notation = null, string? Momentum = null, string? Remark = null);

/// <summary>A step at which the rate comes to a value.</summary>
/// <param name="Step">Where, between two updates if need be.</param>
/// <param name="Way">"up" where the rate comes to the value or above it, "down" where it falls below it.</param>
public sealed record CrossingAnswer(double Step, string Way);

/// <summary>Where the rate crosses a value.</summary>
/// <param name="Crossings">In their order; up and down take turns.</param>
/// <param name="IsAll">Whether there are no more.</param>
/// <param name="Text">In words.</param>
public sealed record CrossingsAnswer(IReadOnlyList<CrossingAnswer> Crossings, bool IsAll, string Text);
