using System.Text.Json;
using Anneal.Lessons;

namespace Anneal.Browser.Tests;

/// <summary>Firefox, which keeps what pages from files store for each page apart: nothing is lost, the page says so, and the file takes it along.</summary>
public class FirefoxReviewTests
{
    static readonly Quiz quiz = Quiz.Of("09");
    static readonly string lesson = Pages.Built("site", quiz.Lesson + ".html"), review = Pages.Built("site", "review.html");

    const string Note = "A *note* of mine";

    const string Score = "document.getElementById('quiz-score').textContent", Record = "JSON.stringify(Object.entries(localStorage).filter(([key]) => key.startsWith('anneal/')).sort())";

    /// <summary>Answers a question with the first of its right options, and says what it is told.</summary>
    static string Answer(int question, int option) => $$"""
        (() => {
            const form = document.querySelectorAll('.quiz .question')[{{question}}];
            form.querySelectorAll('input')[{{option}}].click();
            form.querySelector('[type=submit]').click();
            return form.querySelector('.feedback').textContent;
        })()
        """;

    const string Write = $$"""
        (() => {
            const note = document.querySelector('details.note');
            note.open = true;
            note.querySelector('textarea').value = {{Quoted}};
            note.querySelector('textarea').dispatchEvent(new Event('change', { bubbles: true }));
            return note.querySelector('textarea').value;
        })()
        """;

    const string Quoted = "'" + Note + "'";

    /// <summary>What the button saves.</summary>
    const string Saved = """
        (async () => {
            let file;
            URL.createObjectURL = blob => { file = blob; return '#'; };
            [...document.querySelectorAll('button')].find(b => b.textContent === 'Save my answers').click();
            return await file.text();
        })()
        """;

    /// <summary>Gives the page a file and waits for what it says about it.</summary>
    static string Load(string text) => $$"""
        (async () => {
            const files = new DataTransfer(), status = document.querySelector('#tools [role=status]');
            files.items.add(new File([{{JsonSerializer.Serialize(text)}}], 'anneal-answers.json', { type: 'application/json' }));
            const input = document.getElementById('load-answers');
            input.files = files.files;
            input.dispatchEvent(new Event('change', { bubbles: true }));
            while (status.textContent === '') await new Promise(next => setTimeout(next, 20));
            return status.textContent;
        })()
        """;

    [Fact]
    public async Task Answers_and_notes_outlive_the_browser_and_go_from_page_to_page_as_a_file()
    {
        string profile = Path.Combine(Directory.CreateTempSubdirectory("anneal-firefox-").FullName, "profile");
        int question = quiz.Items.ToList().FindIndex(item => item.Variant(0) is ChoiceQuestion);
        int right = ((ChoiceQuestion)quiz.Items[question].Variant(0)).Options.ToList().FindIndex(o => o.IsRight);
        string kept, score;
        await using (var first = await Firefox.Start(profile))
        {
            await first.Show(lesson);
            Assert.StartsWith("Right.", await first.Text(Answer(question, right)), StringComparison.Ordinal);
            Assert.Equal(Note, await first.Text(Write));
            (kept, score) = (await first.Text(Record), await first.Text(Score));
            Assert.Contains("1", score, StringComparison.Ordinal);
            Assert.Contains(Note, kept, StringComparison.Ordinal);
        }

        string saved;
        await using (var second = await Firefox.Start(profile))
        {
            await second.Show(lesson);
            Assert.Equal((kept, score), (await second.Text(Record), await second.Text(Score)));
            Assert.Equal(Note, await second.Text("document.querySelector('details.note textarea').value"));
            saved = await second.Text(Saved);

            await second.Show(review);
            Assert.Equal("[]", await second.Text(Record));
            Assert.Contains("This browser keeps them for each page apart: take them from page to page as a file.", await second.Text("document.querySelector('#tools .record').textContent"), StringComparison.Ordinal);
            Assert.Equal("1 answer added, 0 were here already, 1 note added or brought up to date.", await second.Text(Load(saved)));
        }

        await using var third = await Firefox.Start(profile);
        await third.Show(review);
        await third.Text("window.anneal.ready.then(() => '')");
        Assert.Contains($"1 right, 1 of {QuizRegister.All.Sum(q => q.Items.Count)} answered", await third.Text(Score), StringComparison.Ordinal);
        Assert.Equal(Note, await third.Text("document.querySelector('#note-list textarea').value"));
        Assert.StartsWith("0 answers added, 1 ", await third.Text(Load(saved)), StringComparison.Ordinal);
    }
}
