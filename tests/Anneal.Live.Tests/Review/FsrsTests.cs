using System.Text.Json;
using CsCheck;

namespace Anneal.Live.Tests.Review;

/// <summary>The scheduler against what its authors' own programs computed (tests/golden/fsrs.json), and the laws it follows.</summary>
public class FsrsTests
{
    static readonly JsonElement golden = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "golden", "fsrs.json"))).RootElement;
    static readonly DateTimeOffset start = new(2026, 11, 29, 12, 30, 0, TimeSpan.Zero);

    static readonly Gen<(double Stability, double Difficulty, double Days)> memories =
        Gen.Select(Gen.Double[-2, 3.5], Gen.Double[1, 10], Gen.Double[0, 400], (power, difficulty, days) => (Math.Pow(10, power), difficulty, days));

    static IEnumerable<JsonElement[]> Rows(string name) => golden.GetProperty(name).EnumerateArray().Select(row => row.EnumerateArray().ToArray());

    static MemoryState State(double stability, double difficulty, double days) => new(stability, difficulty, MemoryPhase.Review, 0, start - TimeSpan.FromDays(days), start);

    [Fact]
    public void The_parameters_are_the_authors_defaults() =>
        Assert.Equal(golden.GetProperty("parameters").EnumerateArray().Select(w => w.GetDouble()), Fsrs.Parameters);

    [Fact]
    public void Every_answer_changes_the_memory_as_in_both_reference_implementations()
    {
        int rows = 0;
        foreach (var row in Rows("memory"))
        {
            rows++;
            var state = row[0].ValueKind == JsonValueKind.Null ? null : State(row[0].GetDouble(), row[1].GetDouble(), row[2].GetDouble());
            var next = new Fsrs().Next(state, (Grade)row[3].GetInt32(), start);
            // ts-fsrs rounds what it returns, and the chance to remember within, to eight decimals; a difference of 5e-9 in that moves the stability by
            // up to 10.7 · 6.5 · 0.8 · S^0.83 · 5e-9, which is 2e-7 of it at most for the stabilities recorded.
            Assert.Equal(row[4].GetDouble(), next.Stability, 5e-9 + 3e-7 * next.Stability);
            Assert.Equal(row[5].GetDouble(), next.Difficulty, 2e-8);
            // fsrs-rs computes with 24 bits, 6e-8, through powers and exponentials; where S′ is far below S, two digits cancel.
            Assert.Equal(row[6].GetDouble(), next.Stability, 1e-5 * next.Stability);
            Assert.Equal(row[7].GetDouble(), next.Difficulty, 2e-6);
        }
        Assert.Equal(664, rows);
    }

    [Fact]
    public void The_chance_to_remember_is_the_recorded_one() =>
        Assert.All(Rows("recall"), row => Assert.Equal(row[2].GetDouble(), Fsrs.Recall(row[0].GetDouble(), row[1].GetDouble()), 5.1e-9));

    [Fact]
    public void The_interval_is_the_recorded_one_at_five_retentions() =>
        Assert.All(Rows("interval"), row => Assert.Equal(row[2].GetInt32(), new Fsrs { Retention = row[0].GetDouble() }.Interval(row[1].GetDouble())));

    [Fact]
    public void Histories_have_the_days_and_the_memory_that_the_authors_state()
    {
        var histories = golden.GetProperty("histories");
        var scheduler = new Fsrs();
        MemoryState? state = null;
        var days = new List<int>();
        foreach (var grade in histories[0].GetProperty("grades").EnumerateArray())
        {
            state = scheduler.Next(state, (Grade)grade.GetInt32(), state?.Due ?? start);
            days.Add((state.Due - state.Last).Days);
        }
        Assert.Equal(histories[0].GetProperty("days").EnumerateArray().Select(d => d.GetInt32()), days);

        (state, var now) = (null, start);
        foreach (var (grade, wait) in histories[1].GetProperty("grades").EnumerateArray().Zip(histories[1].GetProperty("waits").EnumerateArray()))
            state = scheduler.Next(state, (Grade)grade.GetInt32(), now += TimeSpan.FromDays(wait.GetInt32()));
        // In single precision, six answers long.
        Assert.Equal(histories[1].GetProperty("stability").GetDouble(), state!.Stability, 5e-5);
        Assert.Equal(histories[1].GetProperty("difficulty").GetDouble(), state.Difficulty, 5e-6);
    }

    [Fact]
    public void Remembering_makes_a_memory_more_stable_and_the_longer_the_wait_the_more() => memories.Sample(m =>
    {
        var state = State(m.Stability, m.Difficulty, 1 + m.Days);
        double[] grown = [.. new[] { Grade.Hard, Grade.Good, Grade.Easy }.Select(grade => new Fsrs().Next(state, grade, start).Stability)];
        Assert.True(m.Stability < grown[0] && grown[0] < grown[1] && grown[1] < grown[2], string.Join(", ", grown));
        Assert.True(new Fsrs().Next(state, Grade.Good, start + TimeSpan.FromDays(1)).Stability > grown[1]);
    });

    [Fact]
    public void Forgetting_never_makes_it_more_stable_and_makes_it_harder_up_to_the_limit() => memories.Sample(m =>
    {
        var state = State(m.Stability, m.Difficulty, m.Days);
        var next = new Fsrs().Next(state, Grade.Again, start);
        Assert.True(next.Stability <= state.Stability && next.Difficulty >= Math.Min(9.97, state.Difficulty), $"{state} became {next}");
    });

    [Fact]
    public void The_chance_to_remember_begins_at_1_is_0_9_at_the_stability_and_falls() => memories.Sample(m =>
    {
        Assert.Equal(1, Fsrs.Recall(m.Stability, 0));
        Assert.Equal(0.9, Fsrs.Recall(m.Stability, m.Stability), 1e-14);
        Assert.True(Fsrs.Recall(m.Stability, m.Days + 1) < Fsrs.Recall(m.Stability, m.Days));
    });

    [Fact]
    public void After_the_interval_the_chance_to_remember_is_the_retention_to_half_a_day() => Gen.Select(Gen.Double[5, 3000], Gen.Double[0.75, 0.97]).Sample((stability, retention) =>
    {
        int days = new Fsrs { Retention = retention }.Interval(stability);
        Assert.True(days == 1 || (Fsrs.Recall(stability, days - 0.5 - 1e-9) >= retention && Fsrs.Recall(stability, days + 0.5 + 1e-9) <= retention));
    });

    [Fact]
    public void An_easier_grade_never_comes_back_sooner() => memories.Sample(m =>
    {
        var state = State(m.Stability, m.Difficulty, m.Days);
        var due = Enum.GetValues<Grade>().Select(grade => new Fsrs().Next(state, grade, start).Due);
        Assert.Equal(due.Order(), due);
    });

    [Fact]
    public void Short_steps_come_before_days()
    {
        var first = new Fsrs().Next(null, Grade.Good, start);
        Assert.Equal((MemoryPhase.Learning, 1, start + TimeSpan.FromMinutes(10)), (first.Phase, first.Step, first.Due));
        var hard = new Fsrs().Next(null, Grade.Hard, start);
        Assert.Equal((MemoryPhase.Learning, 0, start + TimeSpan.FromMinutes(5.5)), (hard.Phase, hard.Step, hard.Due));
        var second = new Fsrs().Next(first, Grade.Good, first.Due);
        Assert.Equal((MemoryPhase.Review, 0, first.Due + TimeSpan.FromDays(2)), (second.Phase, second.Step, second.Due));
        var forgotten = new Fsrs().Next(second, Grade.Again, second.Due);
        Assert.Equal((MemoryPhase.Relearning, 0, second.Due + TimeSpan.FromMinutes(10)), (forgotten.Phase, forgotten.Step, forgotten.Due));
        Assert.Equal(forgotten.Due + TimeSpan.FromMinutes(15), new Fsrs().Next(forgotten, Grade.Hard, forgotten.Due).Due);
        Assert.Equal(MemoryPhase.Review, new Fsrs { RelearningSteps = [] }.Next(second, Grade.Again, second.Due).Phase);
        Assert.Equal(MemoryPhase.Review, new Fsrs { LearningSteps = [] }.Next(null, Grade.Again, start).Phase);
    }

    [Fact]
    public void A_clock_that_went_back_or_stands_at_the_end_of_time_breaks_nothing()
    {
        var state = State(100, 5, 0);
        Assert.Equal(new Fsrs().Next(state, Grade.Good, start).Stability, new Fsrs().Next(state, Grade.Good, start - TimeSpan.FromDays(30)).Stability);
        Assert.Equal(1, Fsrs.Recall(state, start - TimeSpan.FromDays(30)));
        Assert.Equal(DateTimeOffset.MaxValue, new Fsrs().Next(state, Grade.Good, DateTimeOffset.MaxValue).Due);
    }
}
