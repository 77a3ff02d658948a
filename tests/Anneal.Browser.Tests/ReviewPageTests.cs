using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Anneal.Lessons;
using Anneal.Live;
using Microsoft.Playwright;

namespace Anneal.Browser.Tests;

/// <summary>The review page: what is due comes back, nothing is lost, and the library inside it computes when.</summary>
public partial class ReviewPageTests(Browser browser)
{
    static readonly Quiz quiz = Quiz.Of("09");
    static readonly string lesson = Pages.Built("site", quiz.Lesson + ".html"), review = Pages.Built("site", "review.html");
    static readonly DateTimeOffset start = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);
    static readonly int all = QuizRegister.All.Sum(q => q.Items.Count);

    static async Task Show(IPage page, string file = "")
    {
        await page.GotoAsync(new Uri(file.Length == 0 ? review : file).AbsoluteUri);
        await page.EvaluateAsync("window.anneal?.ready.then(() => 0)");
    }

    static async Task<string?> Text(IPage page, string selector) => await page.Locator(selector).TextContentAsync();

    static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    static ILocator Question(IPage page, int i) => page.Locator(".quiz .question").Nth(i);

    [Fact]
    public async Task What_was_answered_comes_back_three_days_later_the_weakest_first()
    {
        await using var open = await browser.Open(lesson, fragment: "#quiz");
        await open.Page.Context.Clock.SetFixedTimeAsync(start.UtcDateTime);
        await QuizForm.AnswerRight(Question(open.Page, 0), quiz.Items[0].Variant(0));
        await QuizForm.AnswerWrong(Question(open.Page, 1), quiz.Items[1].Variant(0));
        var later = await open.Page.Context.NewPageAsync();
        await Show(later);
        Assert.Equal("Nothing is due now. The next comes back in 10 minutes.", await Text(later, "#summary"));
        await open.Page.CloseAsync();
        await later.CloseAsync();

        await using OpenPage back = new(open.Page.Context, await open.Page.Context.NewPageAsync());
        await back.Page.Context.Clock.SetFixedTimeAsync(start.AddDays(3).UtcDateTime);
        await Show(back.Page);
        Assert.Equal("2 questions due now.", await Text(back.Page, "#summary"));
        Assert.Equal($"Review: 2 due, 1 right, 2 of {all} answered", await Text(back.Page, "#quiz-score"));
        await Button(back.Page, "Practise what is due").ClickAsync();
        foreach (int i in (int[])[1, 0])
        {
            var again = quiz.Items[i].Variant(await Variants(back.Page, i) > 1 ? 1 : 0);
            Assert.Equal(again.Text, await Text(back.Page, "#question legend"));
            Assert.Contains("Last time: ", await Text(back.Page, "#question .before"), StringComparison.Ordinal);
            await QuizForm.AnswerRight(back.Page.Locator("#question"), again);
            Assert.StartsWith("Right.", await Text(back.Page, "#question .feedback"), StringComparison.Ordinal);
            Assert.Contains($"Taught in {quiz.Items[i].Section}", await Text(back.Page, "#after"), StringComparison.Ordinal);
            await back.Page.Locator("#question button.reset").ClickAsync();
        }
        Assert.Equal("2 of 2 right in this round.", await Text(back.Page, "#status"));
        Assert.StartsWith("Nothing is due now. The next comes back in ", await Text(back.Page, "#summary"), StringComparison.Ordinal);
        Assert.Empty(back.Messages);
    }

    /// <summary>How many variants the page has of a question of the lesson.</summary>
    static async Task<int> Variants(IPage page, int i) => await page.EvaluateAsync<int>(
        "([lesson, i]) => JSON.parse(document.getElementById('review-lessons').textContent).find(l => l.quiz.lesson === lesson).quiz.items[i].variants.length", new object[] { quiz.Lesson, i });

    [Fact]
    public async Task Export_clear_and_import_lose_nothing()
    {
        await using var open = await browser.Open(lesson, fragment: "#quiz");
        var page = open.Page;
        for (int i = 0; i < 3; i++)
            await QuizForm.AnswerRight(Question(page, i), quiz.Items[i].Variant(0));
        var (place, text) = await WriteNote(page, "A *note* of mine");
        await Show(page);
        string? score = await Text(page, "#quiz-score"), strengths = await Text(page, "#lessons");
        Assert.Contains($"3 right, 3 of {all} answered", score, StringComparison.Ordinal);
        var download = await page.RunAndWaitForDownloadAsync(() => Button(page, "Save my answers").ClickAsync());
        string file = await download.PathAsync();

        var second = await page.Context.NewPageAsync();
        await Show(second);
        await Button(page, "Clear everything").ClickAsync();
        Assert.Equal(score, await Text(page, "#quiz-score"));
        await Button(page, "Really clear all answers and notes? Save them first.").ClickAsync();
        Assert.Contains($"0 of {all} answered", await Text(page, "#quiz-score"), StringComparison.Ordinal);
        Assert.Equal(0, await page.EvaluateAsync<int>("Object.keys(localStorage).filter(key => key.startsWith('anneal/')).length"));
        await Assertions.Expect(second.Locator("#quiz-score")).ToContainTextAsync($"0 of {all} answered");
        await Assertions.Expect(second.Locator("#note-list article")).ToHaveCountAsync(0);

        await page.SetInputFilesAsync("#load-answers", file);
        await Assertions.Expect(page.Locator("#tools [role=status]")).ToHaveTextAsync("3 answers added, 0 were here already, 1 note added or brought up to date.");
        Assert.Equal(score, await Text(page, "#quiz-score"));
        Assert.Equal(strengths, await Text(page, "#lessons"));
        await Assertions.Expect(second.Locator("#quiz-score")).ToHaveTextAsync(score!);
        foreach (var tab in (IPage[])[page, second])
        {
            await Assertions.Expect(tab.Locator("#note-list textarea")).ToHaveValueAsync(text);
            await Assertions.Expect(tab.Locator("#note-list h3")).ToContainTextAsync(place);
            Assert.Equal("note", await Text(tab, "#note-list .shown em"));
        }
        Assert.Empty(open.Messages);
    }

    /// <summary>Writes into the first section's note of the lesson that is shown.</summary>
    static async Task<(string Section, string Text)> WriteNote(IPage page, string text)
    {
        var note = page.Locator("details.note").First;
        if (!await note.Locator("textarea").IsVisibleAsync())
            await note.Locator("summary").ClickAsync();
        await note.Locator("textarea").FillAsync(text);
        await note.Locator("textarea").BlurAsync();
        string label = (await note.Locator("textarea").GetAttributeAsync("aria-label"))!;
        return (Quoted().Match(label).Groups[1].Value, text);
    }

    [GeneratedRegex("“(.*)”")]
    private static partial Regex Quoted();

    [Fact]
    public async Task A_long_note_is_told_and_kept_whole_found_and_saved_as_markdown()
    {
        await using var open = await browser.Open(lesson);
        string text = $"# Head\n\n{string.Concat(Enumerable.Repeat("- cosine <b>word</b>\n", 400))}end";
        var (section, _) = await WriteNote(open.Page, text);
        Assert.Contains($"{text.Length - 8_000} more than a note should have", await open.Page.Locator("details.note .count").First.TextContentAsync(), StringComparison.Ordinal);
        await open.Page.ReloadAsync();
        Assert.Equal(text, await open.Page.Locator("details.note textarea").First.InputValueAsync());
        Assert.StartsWith("Your note: # Head - cosine", await open.Page.Locator("details.note summary").First.TextContentAsync(), StringComparison.Ordinal);

        await Show(open.Page);
        Assert.Equal(0, await open.Page.Locator("#note-list b").CountAsync());
        foreach (var (words, found) in ((string, string)[])[("COSINE end", "1 of 1 note"), ("Adam", "0 of 1 note"), ("", "")])
        {
            await open.Page.Locator("#search-notes input").FillAsync(words);
            Assert.Equal(found, await Text(open.Page, "#found"));
            Assert.Equal(found.StartsWith('0') ? 0 : 1, await open.Page.Locator("#note-list article:visible").CountAsync());
        }
        var download = await open.Page.RunAndWaitForDownloadAsync(() => Button(open.Page, "Save notes as Markdown").ClickAsync());
        Assert.Equal($"# 09 {await Title(open.Page)}\n\n## {section}\n\n{text}\n", await File.ReadAllTextAsync(await download.PathAsync(), TestContext.Current.CancellationToken));
    }

    static async Task<string> Title(IPage page) => await page.EvaluateAsync<string>("JSON.parse(document.getElementById('review-lessons').textContent).find(l => l.number === '09').title");

    [Fact]
    public async Task Two_tabs_that_write_one_note_keep_both_texts()
    {
        await using var open = await browser.Open(lesson);
        var second = await open.Page.Context.NewPageAsync();
        await second.GotoAsync(new Uri(lesson).AbsoluteUri);
        // Typed in both before either is kept.
        await second.EvaluateAsync("document.querySelector('details.note').open = true; document.querySelector('details.note textarea').value = 'of the second tab'");
        await WriteNote(open.Page, "of the first tab");
        await second.Locator("details.note textarea").First.DispatchEventAsync("change");
        string both = await second.Locator("details.note textarea").First.InputValueAsync();
        Assert.Contains("of the first tab", both, StringComparison.Ordinal);
        Assert.Contains("of the second tab", both, StringComparison.Ordinal);
        Assert.Contains("Another tab had changed this note", await second.Locator("details.note .told").First.TextContentAsync(), StringComparison.Ordinal);
        await Assertions.Expect(open.Page.Locator("details.note textarea").First).ToHaveValueAsync(both);
    }

    [Fact]
    public async Task The_memory_of_random_histories_is_the_library_s()
    {
        await using var open = await browser.Open(review);
        await Show(open.Page);
        var random = new Random(19);
        for (int i = 0; i < 40; i++)
        {
            double day = 0;
            GivenAnswer[] answers = [.. Enumerable.Range(0, random.Next(1, 15)).Select(_ =>
            {
                day += random.Next(3) == 0 ? random.NextDouble() : random.Next(60) * random.NextDouble();
                return new GivenAnswer("a", random.Next(4) > 0, start.AddDays(day).UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));
            })];
            ReviewQuestion question = new(start.AddDays(day + 30 * random.NextDouble()).UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture), [new("a", "09", "s")], answers);
            var ours = LiveReview.Look(question);
            var theirs = await open.Page.EvaluateAsync<JsonElement>("question => window.anneal.review(JSON.parse(question))", JsonSerializer.Serialize(question, JsonSerializerOptions.Web));
            var item = theirs.GetProperty("items")[0];
            // Another mathematical library: some units in the last place for each power and exponential.
            Assert.Equal(ours.Items[0].State!.Stability, item.GetProperty("state").GetProperty("stability").GetDouble(), 1e-12 * ours.Items[0].State!.Stability);
            Assert.Equal(ours.Items[0].Recall, item.GetProperty("recall").GetDouble(), 1e-12);
            Assert.Equal(ours.Items[0].State!.Due, item.GetProperty("state").GetProperty("due").GetDateTimeOffset());
            Assert.Equal(ours.Due.Count, theirs.GetProperty("due").GetArrayLength());
        }
    }

    [Fact]
    public async Task Without_the_library_it_says_what_is_missing_and_still_practises()
    {
        string file = Path.Combine(Directory.CreateTempSubdirectory("anneal-pages-").FullName, "review.html");
        await File.WriteAllTextAsync(file, Library().Replace(await File.ReadAllTextAsync(review, TestContext.Current.CancellationToken), ""), TestContext.Current.CancellationToken);
        await using var open = await browser.Open(file);
        Assert.Contains("The library that computes it is not in this page", await open.Page.Locator("#missing").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal("You have not answered any question yet.", await Text(open.Page, "#summary"));
        await open.Page.Locator($"summary:has-text('{quiz.Lesson[..2]} ')").First.ClickAsync();
        await open.Page.GetByRole(AriaRole.Button, new() { NameRegex = new($"^Practise this lesson: {quiz.Lesson[..2]} ") }).ClickAsync();
        await QuizForm.AnswerRight(open.Page.Locator("#question"), quiz.Items[0].Variant(0));
        Assert.StartsWith("Right.", await Text(open.Page, "#question .feedback"), StringComparison.Ordinal);
        await Button(open.Page, "Stop practising").ClickAsync();
        Assert.Equal("1 of 1 right in this round.", await Text(open.Page, "#status"));
        Assert.Equal("1 of the 1 question you answered was right the last time.", await Text(open.Page, "#summary"));
        Assert.Empty(open.Messages);
    }

    [GeneratedRegex("<script type=\"text/plain\" id=\"live-library\">[^<]*</script>")]
    private static partial Regex Library();

    [Theory]
    [InlineData(1280, ColorScheme.Light), InlineData(1280, ColorScheme.Dark), InlineData(390, ColorScheme.Light)]
    public async Task While_one_practises_it_is_accessible_and_fits(int width, ColorScheme scheme)
    {
        await using var open = await browser.Open(review, width, scheme);
        await Show(open.Page);
        await Button(open.Page, "New questions").ClickAsync();
        await QuizForm.AnswerWrong(open.Page.Locator("#question"), QuizRegister.All[0].Items[0].Variant(0));
        Assert.Contains("It comes back in 10 minutes", await Text(open.Page, "#after"), StringComparison.Ordinal);
        Assert.Equal(width, await open.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        await open.Page.EvaluateAsync(Pages.Axe);
        Assert.Equal("[]", await open.Page.EvaluateAsync<string>("axe.run({ resultTypes: ['violations'] }).then(({ violations }) => JSON.stringify(violations.filter(v => ['serious', 'critical'].includes(v.impact)).map(v => [v.id, v.nodes[0].html])))"));
    }
}
