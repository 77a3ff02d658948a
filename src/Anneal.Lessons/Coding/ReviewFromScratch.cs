using Anneal.Live;

namespace Anneal.Lessons;

/// <summary>Two steps of the practice queue, written by the reader: when to ask again, and what a right answer does to a memory.</summary>
public static class ReviewFromScratch
{
    static readonly double[] stabilities = [0.05, 7.7, 24, 80, 300], more = [0.4, 1, 2.3065, 3.6, 11, 46.3, 163, 497], waits = [1, 5, 10, 30, 100], days = [1, 2, 3, 7, 20, 60, 200, 700];

    static readonly DateTimeOffset start = new(2027, 1, 4, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The wait in whole days: stability and target.</summary>
    public static CodingExercise<Func<double, double, double>> Wait { get; } = new("wait-for-a-target",
        "Write the wait: after how many whole days, at least one, has the chance to remember fallen to the target?",
        (stability, target) => new Fsrs { Retention = target }.Interval(stability))
    {
        Step = "question",
        Trials =
        [
            new("the questions shown", f => stabilities.Select(s => f(s, 0.8)), new Input("stability", stabilities), new("target", 0.8)),
            new("a target of 0.9", f => more.Select(s => f(s, 0.9))),
            new("a target of 0.97", f => more.Select(s => f(s, 0.97))),
            new("a target of 0.7", f => more.Select(s => f(s, 0.7))),
        ],
        Slips =
        [
            new((s, target) => Days(s, target, w => w), "The page counts whole days: round."),
            new((s, target) => Days(s, target, Math.Round), "The shortest wait is one day: take the larger of 1 and the rounded number."),
            new((s, target) => Days(s, target, w => Math.Max(1, Math.Floor(w))), "You cut the fraction off. Round to the nearest day."),
            new((s, target) => Days(s, target, w => Math.Max(1, Math.Ceiling(w))), "You round up. Round to the nearest day."),
            new((s, _) => Math.Max(1, Math.Round(s)), "That is the stability itself, the wait for a target of 0.9. Here the target is another."),
            new((s, target) => Math.Max(1, Math.Round(s * Math.Log(target) / Math.Log(0.9))), "That is the wait on an exponential curve. This curve is a power: it falls more slowly later on."),
            new((s, target) => Days(Factor * s, target, w => Math.Max(1, Math.Round(w))), "F is missing: divide the stability by it."),
            new((s, target) => Math.Max(1, Math.Round(s / Factor * (Math.Pow(target, 1 / Power) - 1))), "The exponent has a minus: raise the target to the power of −1/w."),
            new((s, target) => Math.Max(1, Math.Round(s / Factor * (Math.Pow(target, -Power) - 1))), "The curve has the power −w. Solved for the days, it has the power −1/w."),
        ],
    };

    /// <summary>The stability after a right answer: stability before, difficulty, whole days waited.</summary>
    public static CodingExercise<Func<double, double, double, double>> Stability { get; } = new("stability-after-a-success",
        "Write the stability after a right answer, from the stability before, the difficulty and the days waited.",
        (stability, difficulty, wait) => new Fsrs().Next(new(stability, difficulty, MemoryPhase.Review, 0, start, start), Grade.Good, start.AddDays(wait)).Stability)
    {
        Step = "answer",
        Trials =
        [
            new("the waits shown", f => waits.Select(t => f(10, 5, t)), new Input("days", waits), new("stability", 10), new("difficulty", 5)),
            new("an easy question", f => days.Select(t => f(40, 1, t))),
            new("the hardest question", f => days.Select(t => f(3, 10, t))),
            new("a weak memory", f => days.Select(t => f(0.3, 6, t))),
        ],
        Slips =
        [
            new((s, d, t) => s * Growth(s, d, Recall(s, t)), "That is what is added. The old stability remains: multiply it by 1 plus the growth."),
            new((s, d, t) => s * (1 + Growth(s, d, 1 - Recall(s, t))), "1 − R is what was nearly lost, and it makes the memory grow. You have R there."),
            new((s, d, t) => s * (1 + Growth(1, d, Recall(s, t))), "The factor of S to the power −0.1666 is missing: strong memories grow less."),
            new((s, d, t) => s * (1 + Growth(1 / s, d, Recall(s, t))), "The power of S is negative: strong memories grow less."),
            new((s, d, t) => s * (1 + Growth(s, 11 - d, Recall(s, t))), "It is 11 − D: a difficult question gains less."),
            new((s, d, t) => s * (1 + Growth(s, d, Math.Pow(0.9, t / s))), "That takes the chance from an exponential curve. It comes from the power curve above."),
            new((s, d, _) => s * (1 + Growth(s, d, 0.9)), "You take a chance of 0.9, as if every answer came just when due. Compute it from the days."),
            new((s, d, t) => s * (1 + Growth(s, d, Recall(s, t)) + Math.Exp(Fsrs.Parameters[8]) * (11 - d) * Math.Pow(s, -Fsrs.Parameters[9])), "The −1 behind the exponential is missing: without a wait nothing is gained."),
        ],
    };

    static double Power => Fsrs.Parameters[20];

    static double Factor => Math.Pow(0.9, -1 / Power) - 1;

    static double Recall(double s, double t) => Math.Pow(1 + Factor * t / s, -Power);

    /// <summary>The days until the chance has fallen to the target, made whole in one way or another.</summary>
    static double Days(double s, double target, Func<double, double> whole) => whole(s / Factor * (Math.Pow(target, -1 / Power) - 1));

    /// <summary>What a right answer adds, as a share of the stability.</summary>
    static double Growth(double s, double d, double r) => Math.Exp(Fsrs.Parameters[8]) * (11 - d) * Math.Pow(s, -Fsrs.Parameters[9]) * (Math.Exp(Fsrs.Parameters[10] * (1 - r)) - 1);
}
