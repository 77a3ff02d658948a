using System.Text.Json;

namespace Anneal.Lessons.Tests;

public class LessonQuizTests
{
    /// <summary>Every lesson's quiz by its name.</summary>
    public static TheoryData<string> Lessons => [.. QuizRegister.All.Select(quiz => quiz.Lesson)];

    [Theory, MemberData(nameof(Lessons))]
    public void A_quiz_has_at_least_twelve_questions_of_at_least_four_kinds(string lesson)
    {
        var quiz = Quiz.Of(lesson);
        Assert.True(quiz.Items.Count >= 12, $"{quiz.Items.Count} questions");
        Assert.True(quiz.Items.Select(item => item.Kind).Distinct().Count() >= 4, string.Join(", ", quiz.Items.Select(item => item.Kind).Distinct()));
        Assert.Distinct(quiz.Items.Select(item => item.Id));
    }

    [Theory, MemberData(nameof(Lessons))]
    public void Every_question_names_a_section_of_its_lesson(string lesson)
    {
        var headings = Headings(lesson);
        Assert.All(Quiz.Of(lesson).Items, item => Assert.Contains(item.Section, headings));
    }

    [Theory, MemberData(nameof(Lessons))]
    public void The_lesson_ends_with_its_quiz(string lesson) =>
        Assert.Contains($"Quiz.Of(\\\"{lesson[..2]}\\\")", File.ReadAllText(Notebook(lesson)), StringComparison.Ordinal);

    [Theory, MemberData(nameof(Lessons))]
    public void A_guesser_gets_at_most_a_fifth(string lesson) =>
        Assert.InRange(Quiz.Of(lesson).GuesserScore, 0, 0.2);

    [Theory, MemberData(nameof(Lessons))]
    public void Whoever_takes_the_longest_or_the_shortest_option_does_no_better_than_a_guesser_who_is_lucky(string lesson)
    {
        var choices = Quiz.Of(lesson).Items.Select(item => item.Variant(0)).OfType<ChoiceQuestion>().Where(choice => choice.Options.All(option => option.Curve is null)).ToList();
        int longest = choices.Count(choice => choice.Options.MaxBy(option => option.Text.Length)!.IsRight);
        int shortest = choices.Count(choice => choice.Options.MinBy(option => option.Text.Length)!.IsRight);
        Assert.True(longest <= choices.Count / 2, $"the right option is the longest in {longest} of {choices.Count}");
        Assert.True(shortest <= choices.Count / 2, $"the right option is the shortest in {shortest} of {choices.Count}");
    }

    [Theory, MemberData(nameof(Lessons))]
    public void The_letter_of_a_curve_says_where_it_stands_and_not_whether_it_is_right(string lesson)
    {
        foreach (var choice in Quiz.Of(lesson).Items.SelectMany(item => Enumerable.Range(0, Quiz.Variants).Select(item.Variant)).OfType<ChoiceQuestion>())
            if (choice.Options.All(option => option is { Curve: not null, Text.Length: 1 }))
                Assert.Equal(choice.Options.Select(option => option.Text).Order(StringComparer.Ordinal), choice.Options.Select(option => option.Text));
    }

    [Theory, MemberData(nameof(Lessons))]
    public void Every_wrong_option_has_its_own_words_and_every_text_ends_as_a_sentence(string lesson)
    {
        foreach (var item in Quiz.Of(lesson).Items)
            for (int variant = 0; variant < Quiz.Variants; variant++)
            {
                var question = item.Variant(variant);
                Assert.Matches("[.?!:]$|\\)$", question.Text);
                Assert.EndsWith(".", question.Why, StringComparison.Ordinal);
                var options = Options(question);
                Assert.All(options.Where(option => !option.IsRight), option => Assert.False(string.IsNullOrWhiteSpace(option.Feedback), $"{item.Id}: {option.Text}"));
                Assert.Distinct(options.Select(option => (option.Text, option.Feedback)));
            }
    }

    [Theory, MemberData(nameof(Lessons))]
    public void A_variant_is_the_same_every_time_and_says_no_raw_rounding_error(string lesson)
    {
        foreach (var item in Quiz.Of(lesson).Items)
            for (int variant = 0; variant < Quiz.Variants; variant++)
            {
                string once = Written(item.Variant(variant));
                Assert.Equal(once, Written(item.Variant(variant)));
                Assert.DoesNotMatch(@"\d\.\d*(?:0000000\d|9999999\d)", once);
                Assert.DoesNotMatch(@"(?<![\p{L}\d)])-\d", once);
            }
    }

    [Theory, MemberData(nameof(Lessons))]
    public void Every_number_has_a_hint_that_can_be_told_from_the_right_answer_in_every_variant(string lesson)
    {
        foreach (var item in Quiz.Of(lesson).Items)
            for (int variant = 0; variant < 20; variant++)
                if (item.Variant(variant) is NumberQuestion number)
                    Assert.All(number.Parts, part => Assert.True(part.Hints.Count > 0, $"{item.Id}, {part.Label}: {number.Text}"));
    }

    [Theory, MemberData(nameof(Lessons))]
    public void Every_gap_stands_once_in_its_formula(string lesson)
    {
        foreach (var formula in Quiz.Of(lesson).Items.Select(item => item.Variant(0)).OfType<FormulaQuestion>())
            Assert.All(Enumerable.Range(0, formula.Gaps.Count), i => Assert.Equal(2, formula.Formula.Split($"{{{i}}}").Length));
    }

    static IEnumerable<Option> Options(Question question) => question switch
    {
        ChoiceQuestion choice => choice.Options,
        FormulaQuestion formula => formula.Gaps.SelectMany((gap, i) => gap.Options.Select(option => option with { Text = $"{i}: {option.Text}" })),
        _ => [],
    };

    static string Written(Question question) => question switch
    {
        ChoiceQuestion choice => $"{question.Text} {question.Why} {string.Join(" | ", choice.Options.Select(option => option.Text + option.Feedback))}",
        OrderQuestion order => $"{question.Text} {question.Why} {string.Join(" | ", order.Items)}",
        _ => $"{question.Text} {question.Why}",
    };

    static HashSet<string> Headings(string lesson)
    {
        using var notebook = JsonDocument.Parse(File.ReadAllText(Notebook(lesson)));
        return [.. notebook.RootElement.GetProperty("cells").EnumerateArray()
            .Where(cell => cell.GetProperty("cell_type").GetString() == "markdown")
            .SelectMany(cell => cell.GetProperty("source").EnumerateArray().Select(line => line.GetString()!.TrimEnd('\n')))
            .Where(line => line.StartsWith('#')).Select(line => line.TrimStart('#').Trim())];
    }

    static string Notebook(string lesson)
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Workbook.sln")))
            folder = Path.GetDirectoryName(folder)!;
        return Path.Combine(folder, "notebooks", lesson + ".ipynb");
    }
}
