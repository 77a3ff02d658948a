using System.Globalization;

namespace Anneal.Live;

/// <summary>A question of a quiz, as far as the queue has to know it.</summary>
/// <param name="Id">Lesson and id, such as <c>09-cosine-by-hand/half-way</c>.</param>
/// <param name="Lesson">Its lesson.</param>
/// <param name="Section">The section that teaches the answer.</param>
public sealed record ReviewItem(string Id, string Lesson, string Section);

/// <summary>An answer that a reader gave.</summary>
/// <param name="Item">The question.</param>
/// <param name="Right">Whether it was right.</param>
/// <param name="At">When, in ISO 8601.</param>
public sealed record GivenAnswer(string Item, bool Right, string At);

/// <summary>What a page asks: all questions, all answers, and the time.</summary>
/// <param name="Now">The time, in ISO 8601.</param>
/// <param name="Items">All questions, in the course's order.</param>
/// <param name="Answers">All answers, in any order; those to unknown questions are passed over.</param>
public sealed record ReviewQuestion(string Now, IReadOnlyList<ReviewItem> Items, IReadOnlyList<GivenAnswer> Answers);

/// <summary>How well one question is remembered.</summary>
/// <param name="Id">The question.</param>
/// <param name="Recall">The chance to remember it now; 0 for one that was never answered.</param>
/// <param name="State">Its memory; null for one that was never answered.</param>
/// <param name="IsDue">Whether it should be asked now.</param>
public sealed record ReviewStrength(string Id, double Recall, MemoryState? State, bool IsDue);

/// <summary>How well a lesson, or a section of it, is remembered.</summary>
/// <param name="Lesson">The lesson.</param>
/// <param name="Section">The section; null for the lesson as a whole.</param>
/// <param name="Questions">How many questions it has.</param>
/// <param name="Answered">How many of them were answered at least once.</param>
/// <param name="Due">How many should be asked now.</param>
/// <param name="Strength">The mean chance to remember its questions now; those never answered count 0.</param>
public sealed record ReviewGroup(string Lesson, string? Section, int Questions, int Answered, int Due, double Strength);

/// <summary>What a page shows of the queue.</summary>
/// <param name="Due">What should be asked now, the most likely forgotten first.</param>
/// <param name="Next">When the next question becomes due; null where none waits.</param>
/// <param name="Items">Every question, in the order asked for.</param>
/// <param name="Groups">Every lesson, each followed by its sections.</param>
public sealed record ReviewAnswer(IReadOnlyList<string> Due, DateTimeOffset? Next, IReadOnlyList<ReviewStrength> Items, IReadOnlyList<ReviewGroup> Groups);

/// <summary>The practice queue: the memory of every question is computed anew from all answers, so records can be merged by joining their answers.</summary>
public static class LiveReview
{
    /// <summary>A question answered right comes back after days, one answered wrong after ten minutes.</summary>
    public static Fsrs Scheduler { get; } = new() { LearningSteps = [TimeSpan.FromMinutes(10)] };

    /// <summary>What is due, and how well everything is remembered.</summary>
    /// <remarks>
    /// An answer from the future was given under a wrong clock: when, nobody knows. It counts as given with the first answer to its question that is not,
    /// and where there is none as given now, with the question due: otherwise the question would stay away until that future.
    /// </remarks>
    /// <exception cref="FormatException">The time cannot be read.</exception>
    public static ReviewAnswer Look(ReviewQuestion question)
    {
        var now = Read(question.Now) ?? throw new FormatException($"“{question.Now}” is no time in ISO 8601, such as 2027-01-31T12:00:00Z.");
        var answers = question.Answers.Select(answer => (Answer: answer, At: Read(answer.At))).Where(given => given.At is not null)
            .OrderBy(given => given.At).ToLookup(given => given.Answer.Item);
        ReviewStrength[] items = [.. question.Items.Select(item =>
        {
            var given = answers[item.Id].Select(given => (given.Answer.Right, At: given.At!.Value)).ToArray();
            var known = given.Where(answer => answer.At <= now).ToArray();
            var ahead = given.Where(answer => answer.At > now).Select(answer => answer with { At = known is [var first, ..] ? first.At : now });
            var state = ahead.Concat(known).Aggregate((MemoryState?)null, (state, answer) => Scheduler.Next(state, answer.Right ? Grade.Good : Grade.Again, answer.At));
            return new ReviewStrength(item.Id, state is null ? 0 : Fsrs.Recall(state, now), state, state is not null && (known.Length == 0 || state.Due <= now));
        })];
        return new(
            [.. items.Where(item => item.IsDue).OrderBy(item => item.Recall).Select(item => item.Id)],
            items.Where(item => item is { State: not null, IsDue: false }).Select(item => item.State!.Due).Order().Cast<DateTimeOffset?>().FirstOrDefault(),
            items,
            [.. Groups([.. question.Items.Zip(items)])]);
    }

    static IEnumerable<ReviewGroup> Groups(IReadOnlyList<(ReviewItem Item, ReviewStrength Strength)> all)
    {
        foreach (var lesson in all.GroupBy(pair => pair.Item.Lesson))
        {
            yield return Group(lesson.Key, null, [.. lesson.Select(pair => pair.Strength)]);
            foreach (var section in lesson.GroupBy(pair => pair.Item.Section))
                yield return Group(lesson.Key, section.Key, [.. section.Select(pair => pair.Strength)]);
        }
    }

    static ReviewGroup Group(string lesson, string? section, IReadOnlyList<ReviewStrength> items) =>
        new(lesson, section, items.Count, items.Count(item => item.State is not null), items.Count(item => item.IsDue), items.Average(item => item.Recall));

    static DateTimeOffset? Read(string time) => DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var read) ? read : null;
}
