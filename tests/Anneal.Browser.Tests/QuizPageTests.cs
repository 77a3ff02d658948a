using System.Text.Json;
using Anneal.Lessons;
using Microsoft.Playwright;

namespace Anneal.Browser.Tests;

/// <summary>The quiz at the end of a lesson: answered, kept, saved to a file, cleared and loaded again.</summary>
public class QuizPageTests(Browser browser)
{
    static readonly Quiz quiz = Quiz.Of("09");
    static readonly string lesson = Pages.Built("site", quiz.Lesson + ".html");

    [Fact]
    public async Task Every_question_can_be_answered_right_and_the_header_counts()
    {
        await using var open = await browser.Open(lesson, fragment: "#quiz");
        Assert.Equal($"Quiz: 0 right, 0 of {quiz.Items.Count} answered, not begun", await Header(open.Page));
        for (int i = 0; i < quiz.Items.Count; i++)
        {
            await Answer(open.Page, i);
            Assert.StartsWith("Right.", await Question(open.Page, i).Locator(".feedback").TextContentAsync(), StringComparison.Ordinal);
        }
        Assert.Equal($"Quiz: {quiz.Items.Count} right, {quiz.Items.Count} of {quiz.Items.Count} answered, all right", await Header(open.Page));
        Assert.Empty(open.Messages);
    }

    [Fact]
    public async Task A_wrong_answer_gets_its_own_words_and_the_right_one_is_shown()
    {
        int i = IndexOf<ChoiceQuestion>();
        var question = (ChoiceQuestion)quiz.Items[i].Variant(0);
        int wrong = question.Options.ToList().FindIndex(option => !option.IsRight);
        await using var open = await browser.Open(lesson, fragment: "#quiz");
        var form = Question(open.Page, i);
        await form.Locator("[type=submit]").ClickAsync();
        Assert.Equal("Choose one.", await form.Locator(".feedback").TextContentAsync());
        await form.Locator("input").Nth(wrong).CheckAsync();
        await form.Locator("[type=submit]").ClickAsync();
        Assert.Equal($"Not right. {question.Options[wrong].Feedback} {question.Why}", await form.Locator(".feedback").TextContentAsync());
        Assert.Equal(question.Options.Single(option => option.IsRight).Text, await form.Locator(".option.right").TextContentAsync());
        Assert.Equal($"Quiz: 0 right, 1 of {quiz.Items.Count} answered, under way", await Header(open.Page));
    }

    [Fact]
    public async Task Answers_survive_closing_two_tabs_a_file_and_clearing()
    {
        await using var open = await browser.Open(lesson, fragment: "#quiz");
        await Answer(open.Page, 0);
        var second = await open.Page.Context.NewPageAsync();
        await second.GotoAsync(new Uri(lesson).AbsoluteUri + "#quiz");
        Assert.Contains("Last time: right", await Question(second, 0).TextContentAsync(), StringComparison.Ordinal);
        await Answer(second, 1);
        string two = $"Quiz: 2 right, 2 of {quiz.Items.Count} answered, under way";
        Assert.Equal(two, await Header(second));
        await Assertions.Expect(open.Page.Locator("#quiz-score")).ToHaveTextAsync(two);

        var download = await second.RunAndWaitForDownloadAsync(() => second.GetByRole(AriaRole.Button, new() { Name = "Save my answers" }).ClickAsync());
        string file = await download.PathAsync();
        using (var saved = JsonDocument.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)))
            Assert.Equal(2, saved.RootElement.GetProperty("answers").GetArrayLength());

        await second.EvaluateAsync("localStorage.clear()");
        await second.ReloadAsync();
        Assert.Equal($"Quiz: 0 right, 0 of {quiz.Items.Count} answered, not begun", await Header(second));
        for (int round = 0; round < 2; round++)
        {
            await second.SetInputFilesAsync("#load-answers", file);
            await Assertions.Expect(second.Locator(".record [role=status]")).ToHaveTextAsync(round == 0 ? "2 answers added, 0 were here already." : "0 answers added, 2 were here already.");
        }
        Assert.Equal(two, await Header(second));
        await second.SetInputFilesAsync("#load-answers", new FilePayload { Name = "other.json", MimeType = "application/json", Buffer = "{}"u8.ToArray() });
        await Assertions.Expect(second.Locator(".record [role=status]")).ToContainTextAsync("not a record of answers");
        Assert.Equal(two, await Header(second));
    }

    [Fact]
    public async Task What_cannot_be_kept_is_told_and_still_in_the_file()
    {
        await using var open = await browser.Open(lesson, fragment: "#quiz");
        await open.Page.EvaluateAsync("() => { Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }; }");
        await Answer(open.Page, 0);
        Assert.Contains("could not keep the answer", await Question(open.Page, 0).Locator(".feedback").TextContentAsync(), StringComparison.Ordinal);
        // Closing the page would lose it: the browser asks first.
        var asked = new TaskCompletionSource<string>();
        open.Page.Dialog += async (_, dialog) =>
        {
            asked.TrySetResult(dialog.Type);
            await dialog.DismissAsync();
        };
        await open.Page.CloseAsync(new() { RunBeforeUnload = true });
        Assert.Equal("beforeunload", await asked.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
        var download = await open.Page.RunAndWaitForDownloadAsync(() => open.Page.GetByRole(AriaRole.Button, new() { Name = "Save my answers" }).ClickAsync());
        using var saved = JsonDocument.Parse(await File.ReadAllTextAsync(await download.PathAsync(), TestContext.Current.CancellationToken));
        Assert.Equal(1, saved.RootElement.GetProperty("answers").GetArrayLength());
        // In a file, it is not lost.
        asked = new();
        var closed = new TaskCompletionSource();
        open.Page.Close += (_, _) => closed.TrySetResult();
        await open.Page.CloseAsync(new() { RunBeforeUnload = true });
        await closed.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.False(asked.Task.IsCompleted);
    }

    static int IndexOf<T>() => quiz.Items.ToList().FindIndex(item => item.Variant(0) is T);

    static ILocator Question(IPage page, int i) => page.Locator(".quiz .question").Nth(i);

    static async Task<string?> Header(IPage page) => await page.Locator("#quiz-score").TextContentAsync();

    static Task Answer(IPage page, int i) => QuizForm.AnswerRight(Question(page, i), quiz.Items[i].Variant(0));
}
