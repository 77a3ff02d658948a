namespace Anneal.Live;

/// <summary>When to ask again: FSRS-6, the free spaced repetition scheduler, with its default parameters w₀, …, w₂₀. A value: it remembers nothing.</summary>
/// <remarks>
/// <code>
/// chance to remember after t days   R(t) = (1 + F · t / S)^−w₂₀,  F = 0.9^(−1/w₂₀) − 1, so that R(S) = 0.9
/// first answer, grade G             S = w_{G−1},  D = w₄ − exp(w₅ · (G − 1)) + 1
/// remembered                        S′ = S · (1 + exp(w₈) · (11 − D) · S^−w₉ · (exp(w₁₀ · (1 − R)) − 1) · [w₁₅ if hard] · [w₁₆ if easy])
/// forgotten                         S′ = min(w₁₁ · D^−w₁₂ · ((S + 1)^w₁₃ − 1) · exp(w₁₄ · (1 − R)), S / exp(w₁₇ · w₁₈))
/// within a day                      S′ = S · exp(w₁₇ · (G − 3 + w₁₈)) · S^−w₁₉, not below S unless forgotten
/// difficulty                        D′ = w₇ · D₀(easy) + (1 − w₇) · (D − w₆ · (G − 3) · (10 − D) / 9), from 1 to 10
/// </code>
/// with G from 1 (again) to 4 (easy), stability S in days and difficulty D.
/// <see href="https://github.com/open-spaced-repetition/awesome-fsrs/wiki/The-Algorithm">The algorithm</see> by its authors; parameters as in ts-fsrs 5.4 and py-fsrs 6.
/// Intervals are not spread by chance: the same answers give the same days on every machine.
/// </remarks>
public sealed record Fsrs
{
    const double MinStability = 0.001, MaxStability = 36_500;

    /// <summary>The default parameters w₀, …, w₂₀, fitted by the authors to some hundred million answers.</summary>
    public static IReadOnlyList<double> Parameters { get; } =
    [
        0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
    ];

    static readonly double factor = Math.Pow(0.9, -1 / Parameters[20]) - 1;

    /// <summary>The chance to remember at which a question is asked again.</summary>
    public double Retention { get; init; } = 0.9;

    /// <summary>Waits until a new question is counted in days; the authors' default is 1 and 10 minutes.</summary>
    public IReadOnlyList<TimeSpan> LearningSteps { get; init; } = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10)];

    /// <summary>Waits until a forgotten question is counted in days again.</summary>
    public IReadOnlyList<TimeSpan> RelearningSteps { get; init; } = [TimeSpan.FromMinutes(10)];

    /// <summary>The longest wait in days.</summary>
    public int MaxInterval { get; init; } = 36_500;

    /// <summary>The chance to remember after some days.</summary>
    /// <param name="stability">In days.</param>
    /// <param name="days">Since the last answer; parts of a day count.</param>
    public static double Recall(double stability, double days) => Math.Pow(1 + factor * days / stability, -Parameters[20]);

    /// <summary>The chance to remember at a moment.</summary>
    public static double Recall(MemoryState state, DateTimeOffset now) => Recall(state.Stability, Math.Max(0, (now - state.Last).TotalDays));

    /// <summary>After how many whole days the chance to remember has fallen to <see cref="Retention"/>.</summary>
    public int Interval(double stability) =>
        (int)Math.Clamp(Math.Round(stability / factor * (Math.Pow(Retention, -1 / Parameters[20]) - 1)), 1, MaxInterval);

    /// <summary>The state after an answer.</summary>
    /// <param name="state">The state before it; null if it is the first.</param>
    /// <param name="grade">How it went.</param>
    /// <param name="now">When. As the authors' programs do, whole days since the last answer count, and less than a day is a formula of its own.</param>
    public MemoryState Next(MemoryState? state, Grade grade, DateTimeOffset now)
    {
        var (stability, difficulty) = state is null ? First(grade) : After(state, grade, Math.Max(0, Math.Floor((now - state.Last).TotalDays)));
        var (phase, step, wait) = Wait(state?.Phase ?? MemoryPhase.Learning, state?.Step ?? 0, grade, stability);
        return new(stability, difficulty, phase, step, now, wait < DateTimeOffset.MaxValue - now ? now + wait : DateTimeOffset.MaxValue);
    }

    static (double Stability, double Difficulty) First(Grade grade) => (Parameters[(int)grade - 1], Math.Clamp(FirstDifficulty(grade), 1, 10));

    static double FirstDifficulty(Grade grade) => Parameters[4] - Math.Exp(Parameters[5] * ((int)grade - 1)) + 1;

    static (double Stability, double Difficulty) After(MemoryState state, Grade grade, double days)
    {
        var (s, d, r) = (state.Stability, state.Difficulty, Recall(state.Stability, days));
        double stability = days < 1 ? WithinADay(s, grade) : grade == Grade.Again ? Forgotten(s, d, r) : Remembered(s, d, r, grade);
        double damped = d - Parameters[6] * ((int)grade - 3) * (10 - d) / 9;
        double difficulty = Parameters[7] * FirstDifficulty(Grade.Easy) + (1 - Parameters[7]) * damped;
        return (Math.Clamp(stability, MinStability, MaxStability), Math.Clamp(difficulty, 1, 10));
    }

    static double WithinADay(double s, Grade grade)
    {
        double growth = Math.Exp(Parameters[17] * ((int)grade - 3 + Parameters[18])) * Math.Pow(s, -Parameters[19]);
        return s * (grade == Grade.Again ? growth : Math.Max(growth, 1));
    }

    static double Remembered(double s, double d, double r, Grade grade) => s * (1 + Math.Exp(Parameters[8]) * (11 - d) * Math.Pow(s, -Parameters[9])
        * (Math.Exp(Parameters[10] * (1 - r)) - 1) * (grade == Grade.Hard ? Parameters[15] : 1) * (grade == Grade.Easy ? Parameters[16] : 1));

    static double Forgotten(double s, double d, double r) => Math.Min(
        Parameters[11] * Math.Pow(d, -Parameters[12]) * (Math.Pow(s + 1, Parameters[13]) - 1) * Math.Exp(Parameters[14] * (1 - r)),
        s / Math.Exp(Parameters[17] * Parameters[18]));

    /// <summary>The phase after an answer, the step in it, and the time until the question is asked again.</summary>
    (MemoryPhase Phase, int Step, TimeSpan Wait) Wait(MemoryPhase phase, int step, Grade grade, double stability)
    {
        var inDays = (MemoryPhase.Review, 0, TimeSpan.FromDays(Interval(stability)));
        if (phase == MemoryPhase.Review)
            return grade != Grade.Again || RelearningSteps.Count == 0 ? inDays : (MemoryPhase.Relearning, 0, RelearningSteps[0]);
        var steps = phase == MemoryPhase.Learning ? LearningSteps : RelearningSteps;
        if (steps.Count == 0 || (step >= steps.Count && grade != Grade.Again))
            return inDays;
        return grade switch
        {
            Grade.Again => (phase, 0, steps[0]),
            Grade.Hard => (phase, step, step > 0 ? steps[step] : steps.Count == 1 ? 1.5 * steps[0] : (steps[0] + steps[1]) / 2),
            Grade.Good when step + 1 < steps.Count => (phase, step + 1, steps[step + 1]),
            _ => inDays,
        };
    }
}
