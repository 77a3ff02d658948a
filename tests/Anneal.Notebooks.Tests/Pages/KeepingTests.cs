using Jint;

namespace Anneal.Notebooks.Tests;

/// <summary>What the buttons of the record say, in a JavaScript engine without a page.</summary>
public class KeepingTests
{
    readonly Engine engine = new();

    public KeepingTests()
    {
        engine.Execute("function addEventListener() { }"); // what pages have
        foreach (string name in (string[])["make", "record", "keeping"])
            engine.Execute(Asset.Text($"page/{name}.js"));
    }

    [Theory]
    [InlineData(0, 0, "Saved: 0 answers of all lessons in this browser.")]
    [InlineData(1, 1, "Saved: 1 answer and 1 note of all lessons in this browser.")]
    [InlineData(2, 2, "Saved: 2 answers and 2 notes of all lessons in this browser.")]
    public void What_is_saved_is_counted_in_words(int answers, int notes, string said) => Assert.Equal(said, engine.Evaluate($"savedWords({answers}, {notes})").AsString());

    [Theory]
    [InlineData(1, 1, 1, "1 answer added, 1 was here already, 1 note added or brought up to date.")]
    [InlineData(3, 0, 0, "3 answers added, 0 were here already.")]
    [InlineData(0, 2, 2, "0 answers added, 2 were here already, 2 notes added or brought up to date.")]
    public void What_is_loaded_is_counted_in_words(int added, int known, int notes, string said) =>
        Assert.Equal(said, engine.Evaluate($$"""loadedWords({ added: {{added}}, known: {{known}}, notes: {{notes}}, refused: 0, full: 0, apart: 0 })""").AsString());

    [Theory]
    [InlineData("Promise.reject(new Error('The file is gone.'))", "a.json could not be read: The file is gone. Nothing was changed. Choose it again, or a copy of it.")]
    [InlineData("Promise.resolve('{')", "This file is not JSON. Choose one that “Save my answers” wrote.")]
    [InlineData("""Promise.resolve('{"type": "anneal-record", "version": 2, "answers": []}')""", "0 answers added, 0 were here already.")]
    public void Whatever_becomes_of_a_chosen_file_is_said(string text, string said) =>
        Assert.Equal(said, engine.Evaluate($$"""loadRecord({ name: "a.json", text: () => {{text}} })""").UnwrapIfPromise(TestContext.Current.CancellationToken).AsString());
}
