using System.Text.Json;
using Anneal.Live.Figures;
using Microsoft.Playwright;

namespace Anneal.Browser.Tests;

/// <summary>Figures of lessons whose knobs take any value: the page computes what the library computes here.</summary>
public class LiveFigureTests(Browser browser)
{
    /// <summary>Pages that carry the library, and how many figures ask for it.</summary>
    static readonly Dictionary<string, int> counts = Pages.Site.ToDictionary(file => file, file => File.ReadAllText(file).Split("<figure class=\"output chart\"").Count(part => part.Split('>')[0].Contains(" data-live=\"", StringComparison.Ordinal)));

    public static TheoryData<string> LivePages => [.. counts.Where(page => page.Value > 0).Select(page => page.Key)];

    [Fact]
    public void Every_figure_of_the_library_is_on_a_page_once() => Assert.Equal(LiveFigures.All.Count, counts.Values.Sum());

    [Theory, MemberData(nameof(LivePages))]
    public void A_page_with_the_library_has_at_most_nine_megabytes(string file) => Assert.InRange(new FileInfo(file).Length, 3_000_000, 9_000_000);

    [Theory, MemberData(nameof(LivePages))]
    public async Task Dragged_or_typed_every_value_shows_what_the_library_computes(string file)
    {
        await using var open = await browser.Open(file);
        // Until a knob is touched the library is a text like any other.
        Assert.True(await open.Page.EvaluateAsync<bool>("document.getElementById('live-library').textContent.length > 1e6"));
        await foreach (var (figure, recipe) in Figures(open))
        {
            var live = LiveFigures.All.Single(f => f.Name == recipe.GetProperty("name").GetString());
            double[] values = [.. live.Knobs.Select(knob => knob.Value)];
            for (int i = 0; i < live.Knobs.Count; i++)
            {
                var knob = live.Knobs[i];
                var slide = figure.Locator("input[type=range]").Nth(i);
                var typed = figure.Locator("input[type=text]").Nth(i);
                Assert.Equal(1, await figure.GetByRole(AriaRole.Slider, new() { Name = knob.Name, Exact = true }).CountAsync());

                // Typed, between two stops.
                values[i] = knob.Whole ? Math.Round(0.37 * knob.Min + 0.63 * knob.Max) : Math.Round(0.7713 * knob.Min + 0.2287 * knob.Max, 5);
                await typed.FillAsync(values[i].ToString("R", System.Globalization.CultureInfo.InvariantCulture));
                await Shows(live, values);

                // Dragged.
                await slide.ScrollIntoViewIfNeededAsync();
                var box = (await slide.BoundingBoxAsync())!;
                await open.Page.Mouse.MoveAsync(box.X + box.Width / 2, box.Y + box.Height / 2);
                await open.Page.Mouse.DownAsync();
                await open.Page.Mouse.MoveAsync(box.X + box.Width * 0.4f, box.Y + box.Height / 2, new() { Steps = 5 });
                await open.Page.Mouse.UpAsync();
                values[i] = double.Parse(await typed.InputValueAsync(), System.Globalization.CultureInfo.InvariantCulture);
                Assert.InRange(values[i], knob.Min, knob.Max);
                await Shows(live, values);
                Assert.Equal(await typed.InputValueAsync(), await slide.GetAttributeAsync("aria-valuetext"));

                // By keyboard, one step.
                double before = values[i];
                await slide.PressAsync("ArrowRight");
                values[i] = double.Parse(await typed.InputValueAsync(), System.Globalization.CultureInfo.InvariantCulture);
                Assert.True(values[i] >= before);
                await Shows(live, values);

                // What is no value is marked, and the picture stays.
                await typed.FillAsync("1e9");
                Assert.Equal("true", await typed.GetAttributeAsync("aria-invalid"));
                await Assertions.Expect(figure.Locator(".told")).ToContainTextAsync($"{knob.Name} is a ");
                await typed.FillAsync(values[i].ToString("R", System.Globalization.CultureInfo.InvariantCulture));
                await Shows(live, values);
            }
            string text = live.At(values).Text;
            await Assertions.Expect(figure.Locator("[role=status]")).ToHaveTextAsync(text);

            async Task Shows(LiveFigure live, double[] values)
            {
                var expected = live.At(values);
                await Assertions.Expect(figure.Locator(".told")).ToHaveTextAsync(expected.Text);
                var lines = await figure.EvaluateAsync<double?[][][]>("""
                    f => {
                        const chart = JSON.parse(f.querySelector('script').textContent), places = chart.frames?.[0]?.traces ?? chart.data.map((_, i) => i);
                        return places.map(i => f.querySelector('.plot').data[i]).map(({ x, y }) => [Array.from(x), Array.from(y)]);
                    }
                    """);
                Assert.Equal(expected.Lines.Count, lines.Length);
                foreach (var (line, drawn) in expected.Lines.Zip(lines))
                {
                    Close(line.X, drawn[0], 1e-12);
                    Close(line.Y, drawn[1], 1e-12);
                }
            }
        }
        Assert.Empty(open.Messages);
        Assert.Single(open.Requests, url => url.StartsWith("file:", StringComparison.Ordinal));
        Assert.All(open.Requests, url => Assert.Matches("^(file|data|blob):", url));
        await open.Page.EvaluateAsync(Pages.Axe);
        Assert.Empty(await open.Page.EvaluateAsync<string[]>("axe.run('.controls', { resultTypes: ['violations'] }).then(report => report.violations.map(v => v.id))"));
    }

    /// <summary>The stops that the notebook drew beforehand are pictures of the same figure.</summary>
    [Theory, MemberData(nameof(LivePages))]
    public async Task The_stops_are_what_the_library_computes_there(string file)
    {
        await using var open = await browser.Open(file);
        await foreach (var (figure, recipe) in Figures(open))
        {
            var live = LiveFigures.All.Single(f => f.Name == recipe.GetProperty("name").GetString());
            var chart = JsonDocument.Parse((await figure.Locator("script").TextContentAsync())!).RootElement;
            if (!chart.TryGetProperty("frames", out var frames))
            {
                Drawn(live.At(), chart.GetProperty("data").EnumerateArray());
                continue;
            }
            foreach (var frame in frames.EnumerateArray())
                Drawn(live.At(double.Parse(frame.GetProperty("name").GetString()!.Replace(",", "", StringComparison.Ordinal), System.Globalization.CultureInfo.InvariantCulture)), frame.GetProperty("data").EnumerateArray());
        }

        static void Drawn(LivePicture picture, IEnumerable<JsonElement> traces)
        {
            Assert.Equal(picture.Lines.Count, traces.Count());
            foreach (var (line, trace) in picture.Lines.Zip(traces))
            {
                // Charts keep nine digits, and four where more could not be seen.
                Close(line.X, Numbers(trace.GetProperty("x")), 1e-3);
                Close(line.Y, Numbers(trace.GetProperty("y")), 1e-3);
            }
        }

        static double?[] Numbers(JsonElement list) => [.. list.EnumerateArray().Select(x => x.ValueKind == JsonValueKind.Number ? x.GetDouble() : (double?)null)];
    }

    [Fact]
    public async Task Where_the_library_cannot_run_a_figure_keeps_its_stops()
    {
        string file = LivePages.Select(page => page.Data).First();
        await using var tab = await browser.Tab("delete window.Worker; delete window.DecompressionStream");
        await tab.Page.GotoAsync(new Uri(file).AbsoluteUri);
        var figure = tab.Page.Locator("figure[data-live]").First;
        await figure.ScrollIntoViewIfNeededAsync();
        await figure.Locator("input[type=text]").First.FillAsync("0.0333");
        await Assertions.Expect(figure.Locator(".told")).ToContainTextAsync("has only its stops");
        var slider = figure.GetByRole(AriaRole.Slider);
        await slider.PressAsync("ArrowRight");
        Assert.Equal("0.05", await slider.GetAttributeAsync("aria-valuetext"));
        await tab.Until("document.querySelector('figure[data-live] .plot').data.at(-1).x[1] === 2");
        Assert.Empty(tab.Messages);
    }

    [Fact]
    public async Task A_picture_that_failed_does_not_stop_the_next()
    {
        await using var open = await browser.Open(LivePages.Select(page => page.Data).First());
        await foreach (var (figure, recipe) in Figures(open))
        {
            var live = LiveFigures.All.Single(f => f.Name == recipe.GetProperty("name").GetString());
            await open.Page.EvaluateAsync("(() => { const real = Plotly.relayout; Plotly.relayout = () => { Plotly.relayout = real; return Promise.reject(new Error('There is no room.')); }; })()");
            var typed = figure.Locator("input[type=text]").First;
            await typed.FillAsync(live.Knobs[0].Max.ToString("R", System.Globalization.CultureInfo.InvariantCulture));
            await Assertions.Expect(figure.Locator(".told")).ToHaveTextAsync("There is no room.");
            await typed.FillAsync(live.Knobs[0].Min.ToString("R", System.Globalization.CultureInfo.InvariantCulture));
            await Assertions.Expect(figure.Locator(".told")).ToHaveTextAsync(live.At(live.Knobs[0].Min).Text);
        }
        Assert.Empty(open.Messages);
    }

    [Theory, MemberData(nameof(LivePages))]
    public async Task On_a_phone_the_knobs_fit(string file)
    {
        await using var open = await browser.Open(file, width: 390);
        await foreach (var (figure, _) in Figures(open))
        {
            await figure.Locator("input[type=range]").First.PressAsync("ArrowRight");
            await Assertions.Expect(figure.Locator("[role=status]")).Not.ToBeEmptyAsync();
            Assert.All(await figure.Locator(".controls input").EvaluateAllAsync<double[]>("all => all.map(input => input.getBoundingClientRect().right)"), right => Assert.InRange(right, 60, 390));
        }
        Assert.Equal(390, await open.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }

    [Fact]
    public async Task On_paper_stands_what_the_knobs_were_turned_to()
    {
        await using var open = await browser.Open(LivePages.Select(page => page.Data).First());
        await foreach (var (figure, recipe) in Figures(open))
        {
            var live = LiveFigures.All.Single(f => f.Name == recipe.GetProperty("name").GetString());
            await open.Page.EmulateMediaAsync(new() { Media = Media.Print });
            await Assertions.Expect(figure.Locator(".told")).ToBeHiddenAsync(); // nobody drags on paper
            await open.Page.EmulateMediaAsync(new() { Media = Media.Screen });
            var typed = figure.Locator("input[type=text]").First;
            await typed.FillAsync(live.Knobs[0].Max.ToString("R", System.Globalization.CultureInfo.InvariantCulture));
            await Assertions.Expect(figure.Locator(".told")).Not.ToHaveTextAsync("Drag, or type any value.");
            await open.Page.EmulateMediaAsync(new() { Media = Media.Print });
            await Assertions.Expect(figure.Locator(".told")).ToBeVisibleAsync();
            await Assertions.Expect(typed).ToBeVisibleAsync();
            await Assertions.Expect(figure.GetByText(live.Knobs[0].Name, new() { Exact = true }).First).ToBeVisibleAsync();
            await Assertions.Expect(figure.Locator("input[type=range]").First).ToBeHiddenAsync();
            await open.Page.EmulateMediaAsync(new() { Media = Media.Screen });
        }
    }

    static async IAsyncEnumerable<(ILocator Figure, JsonElement Recipe)> Figures(OpenPage open)
    {
        var figures = open.Page.Locator("figure[data-live]");
        int count = await figures.CountAsync();
        Assert.True(count > 0);
        for (int i = 0; i < count; i++)
        {
            await figures.Nth(i).ScrollIntoViewIfNeededAsync();
            yield return (figures.Nth(i), JsonDocument.Parse((await figures.Nth(i).GetAttributeAsync("data-live"))!).RootElement);
        }
    }

    /// <summary>The same numbers but for roundings, which are a share of the largest of them.</summary>
    static void Close(IReadOnlyList<double> expected, double?[] actual, double share)
    {
        double scale = expected.Select(Math.Abs).Max();
        Assert.Equal(expected.Count, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.InRange(pair.Second ?? double.NaN, pair.First - share * scale, pair.First + share * scale));
    }
}
