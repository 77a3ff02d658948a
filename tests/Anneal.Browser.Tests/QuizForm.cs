using System.Globalization;
using Anneal.Lessons;
using Microsoft.Playwright;

namespace Anneal.Browser.Tests;

/// <summary>A question's form, answered as its own data say.</summary>
static class QuizForm
{
    public static Task AnswerRight(ILocator form, Question question) => Answer(form, question, right: true);

    public static Task AnswerWrong(ILocator form, Question question) => Answer(form, question, right: false);

    static async Task Answer(ILocator form, Question question, bool right)
    {
        switch (question)
        {
            case ChoiceQuestion choice:
                await form.Locator("input").Nth(IndexOf(choice.Options, right)).CheckAsync();
                break;
            case NumberQuestion number:
                for (int part = 0; part < number.Parts.Count; part++)
                    await form.Locator("input").Nth(part).FillAsync((number.Parts[part].Expected + (right ? 0 : 1e6)).ToString("R", CultureInfo.InvariantCulture));
                break;
            case FormulaQuestion formula:
                for (int gap = 0; gap < formula.Gaps.Count; gap++)
                    await form.Locator("select").Nth(gap).SelectOptionAsync($"{IndexOf(formula.Gaps[gap].Options, right)}");
                break;
            case OrderQuestion order when right:
                for (int place = 0; place < order.Items.Count; place++)
                    for (int from = await PlaceOf(form, order.Items[place]); from > place; from--)
                        await form.Locator("li").Nth(from).Locator("button").First.ClickAsync();
                break;
        }
        await form.Locator("[type=submit]").ClickAsync();
    }

    static int IndexOf(IReadOnlyList<Option> options, bool right) => options.ToList().FindIndex(option => option.IsRight == right);

    static async Task<int> PlaceOf(ILocator form, string item) =>
        (await form.Locator("li span").AllTextContentsAsync()).ToList().IndexOf(item);
}
