using System.Globalization;
using System.IO.Compression;
using Anneal.Live;
using Anneal.Live.Tests;
using Anneal.Tests.Schedules;
using Microsoft.Playwright;

namespace Anneal.Browser.Tests;

/// <summary>The lab: the library inside a page, opened from a file with the network off.</summary>
public class LabTests(Browser browser)
{
    const int Schedules = 500, Steps = 20;

    static readonly string lab = Pages.Built("site", "lab.html");

    async Task<OpenPage> Open(string fragment = "", int width = 1280)
    {
        var open = await browser.Open(lab, width, fragment: fragment);
        await open.Page.EvaluateAsync("window.anneal.ready.then(() => 0)");
        return open;
    }

    [Fact]
    public void It_is_one_file_of_at_most_three_and_a_half_megabytes_deflated()
    {
        using var deflated = new MemoryStream();
        using (var deflate = new DeflateStream(deflated, CompressionLevel.SmallestSize, leaveOpen: true))
            deflate.Write(File.ReadAllBytes(lab));
        Assert.InRange(deflated.Length, 1_000_000, 3_500_000);
        Assert.InRange(new FileInfo(lab).Length, 1_000_000, 6_000_000);
    }

    [Fact]
    public async Task Rates_of_random_schedules_are_the_library_s()
    {
        var random = new Random(16);
        var asked = Enumerable.Range(0, Schedules).Select(i =>
        {
            var schedule = Any.Drawn(new Random(i));
            double[] steps = [0, .. Enumerable.Range(1, Steps - 1).Select(_ => random.Next(3) switch { 0 => random.Next(300), 1 => 300 * random.NextDouble(), _ => random.Next(100_000) })];
            return (Schedule: schedule, Notation: ScheduleNotation.Print(schedule), Steps: steps.Where(step => Answers(schedule, step)).ToArray());
        }).ToList();
        await using var open = await Open();
        var answered = await open.Page.EvaluateAsync<double[][]>("asked => asked.map(([notation, steps]) => window.anneal.rates(notation, steps))",
            asked.Select(a => new object[] { a.Notation, a.Steps }).ToArray());
        Assert.Equal(Schedules, answered.Length);
        int exact = 0, same = 0;
        foreach (var ((schedule, notation, steps), rates) in asked.Zip(answered))
        {
            double[] ours = [.. steps.Select(schedule.At)];
            same += ours.SequenceEqual(rates) ? 1 : 0;
            if (IsArithmetic(schedule))
            {
                exact++;
                Assert.True(ours.SequenceEqual(rates), $"{notation}: these are sums, products, quotients and roots, and must have the same bits.");
                continue;
            }
            double unit = Math.BitIncrement(ours.Max()) - ours.Max();
            for (int i = 0; i < steps.Length; i++)
                Assert.True(Math.Abs(ours[i] - rates[i]) <= 4 * unit, string.Create(CultureInfo.InvariantCulture, $"{notation} at {steps[i]:R}: {rates[i]:R} in the page, {ours[i]:R} here, {Math.Abs(ours[i] - rates[i]) / unit} units of the peak"));
        }
        TestContext.Current.SendDiagnosticMessage($"{exact} of {Schedules} schedules are arithmetic and must have the same bits; {same} have them");
        Assert.InRange(exact, Schedules / 20, Schedules);
    }

    /// <summary>A strict schedule refuses the steps behind its end, a formula that goes on those where it has no value, and what grows for ever is too large at some.</summary>
    static bool Answers(Schedule schedule, double step)
    {
        try
        {
            return double.IsFinite(schedule.At(step));
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>Whether a schedule is made of + − × ÷ √ alone: those a browser rounds as everyone does.</summary>
    static bool IsArithmetic(Schedule schedule)
    {
        bool itself = schedule is Constant or LinearDecay or PiecewiseConstant or Warmup or OneBasedWarmup or InverseSqrtDecay or InverseTimeDecay { Power: 1 }
            or Interpolated { Shape: Easing.Linear } or WarmupStableDecay { Shape: Easing.Linear } or Cooldown { Shape: Easing.Linear or Easing.OneMinusSqrt }
            or Sequence or Continuation or Take or Continued or Strict or Reversed or Scaled or Shifted or Stretched or Clamped or Max or Min or Sum or Product or Staircase;
        return itself && Forms.Of(schedule, "notation").Take(schedule).All(value => value switch
        {
            Schedule part => IsArithmetic(part),
            IReadOnlyList<Segment> parts => parts.All(IsArithmetic),
            _ => true,
        });
    }

    [Theory]
    [InlineData("warmup(3e-4, 500) > cosine(3e-4, 9500)", 10_000)]
    [InlineData("inverseTime(0.1, decay: 0.05)", 1_000)]
    [InlineData("restarts(0.1, 20, lengthFactor: 2, floor: 0.001)", 200)]
    public async Task The_explanation_is_the_command_s(string notation, double last)
    {
        await using var open = await Open();
        string told = await open.Page.EvaluateAsync<string>("([notation, last]) => window.anneal.explain(notation, last)", new object[] { notation, last });
        Assert.Equal(ScheduleReport.Lines(ScheduleNotation.Parse(notation), last), told.Split('\n'));
    }

    [Theory]
    [InlineData("cosine(0.1, 100, flor: 0.01)")]
    [InlineData("cosine(0.1, 0)")]
    [InlineData("cosin(0.1, 100)")]
    [InlineData("constant(0.1) > cosine(0.1, 100)")]
    public async Task A_mistake_is_told_as_on_the_command_line(string notation)
    {
        string message = Assert.Throws<ScheduleFormatException>(() => ScheduleNotation.Parse(notation)).Message;
        await using var open = await Open();
        Assert.Equal(message, await open.Page.EvaluateAsync<string>("notation => { try { return window.anneal.rates(notation, [0]) } catch (refused) { return refused.message } }", notation));
        await open.Page.GetByRole(AriaRole.Textbox, new() { Name = "Schedule 1", Exact = true }).FillAsync(notation);
        await Assertions.Expect(open.Page.Locator("#caret-0")).ToHaveTextAsync(message, new() { UseInnerText = false });
        Assert.Equal("true", await open.Page.Locator("#entries textarea").GetAttributeAsync("aria-invalid"));
    }

    [Fact]
    public async Task The_address_opens_with_its_schedules_and_follows_what_is_done()
    {
        const string one = "warmup(0.1, 20) > linear(0.1, 80)", two = "exponential(0.1, 0.5, every: 1e+1)";
        await using var open = await Open($"#schedule={Uri.EscapeDataString(one)}&schedule={Uri.EscapeDataString(two)}&to=200&y=log");
        Assert.Equal([one, two], await open.Page.EvaluateAsync<string[]>("[...document.querySelectorAll('#entries textarea')].map(t => t.value)"));
        Assert.Equal("200", await open.Page.Locator("#to").InputValueAsync());
        Assert.True(await open.Page.Locator("#y-log").IsCheckedAsync());
        await open.Page.GetByLabel("Step", new() { Exact = true }).FillAsync("25");
        await open.Page.Locator("#export-target").SelectOptionAsync("optax");
        await open.Until("location.hash.endsWith('&at=25&y=log&as=optax')");
        await open.Page.ReloadAsync();
        await open.Page.EvaluateAsync("window.anneal.ready.then(() => 0)");
        await open.Until("document.querySelector('#at').value === '25' && document.querySelector('#export-target').value === 'optax' && document.querySelector('#exported').textContent.includes('jnp')");
        await open.Page.GetByRole(AriaRole.Textbox, new() { Name = "Schedule 2", Exact = true }).FillAsync("linear(0.2, 100)");
        await open.Until("decodeURIComponent(location.hash).includes('schedule=linear(0.2, 100)')");
        // A form writes spaces as plus signs.
        await open.Page.EvaluateAsync("location.hash = 'schedule=warmup(0.1,+20)+%3E+linear(0.1,+80)'");
        await open.Until($"document.querySelectorAll('#entries textarea').length === 1 && document.querySelector('#entries textarea').value === '{one}'");
        Assert.Empty(open.Messages);
    }

    [Fact]
    public async Task A_slider_moves_its_number_and_everything_follows()
    {
        await using var open = await Open("#schedule=linear(0.1,100)");
        var steps = open.Page.GetByLabel("linear steps");
        await steps.FillAsync("200");
        Assert.Equal("linear(0.1,200)", await open.Page.Locator("#entries textarea").InputValueAsync());
        await open.Until("document.querySelector('#facts tbody tr:first-child td').textContent === '200'");
        await steps.PressAsync("ArrowRight");
        await open.Until("document.querySelector('#facts tbody tr:first-child td').textContent === '201'");
        Assert.Contains("linear", await open.Page.Locator("#details").InnerTextAsync());
        Assert.Empty(open.Messages);
    }

    /// <summary>A long schedule is looked at on another thread; until the answer is there, the numbers have moved along with what was written.</summary>
    [Fact]
    public async Task A_slider_that_is_faster_than_the_answer_writes_one_number()
    {
        await using var open = await Open("#schedule=noise(cosine(0.1,%20100000),%200.2)");
        await open.Until("document.querySelectorAll('#entries input[type=range]').length >= 2 && document.querySelector('#caret-0').textContent === ''");
        string written = await open.Page.EvaluateAsync<string>("""
            (() => {
                const [first, second] = document.querySelectorAll('#entries input[type=range]');
                for (const [slider, place] of [[first, 100], [first, 900], [second, 77], [first, 333], [second, 4321]]) {
                    slider.value = place;
                    slider.dispatchEvent(new Event('input'));
                }
                return document.querySelector('#entries textarea').value;
            })()
            """);
        Assert.Matches(@"^noise\(cosine\(0\.\d{2,5}, \d+\), 0\.2\)$", written);
        await open.Until("document.querySelector('#caret-0').textContent === ''");
        Assert.Equal(written, await open.Page.Locator("#entries textarea").InputValueAsync());
        Assert.Empty(open.Messages);
    }

    [Fact]
    public async Task Four_schedules_stand_side_by_side_and_can_be_taken_away_again()
    {
        await using var open = await Open("#schedule=linear(0.1,100)");
        var add = open.Page.GetByRole(AriaRole.Button, new() { Name = "Add a schedule" });
        for (int i = 0; i < 3; i++)
            await add.ClickAsync();
        Assert.True(await add.IsDisabledAsync());
        await open.Page.GetByText("Gallery: schedules to begin with").ClickAsync();
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Triangles" }).ClickAsync();
        await open.Until("document.querySelectorAll('#facts thead th').length === 4 && document.querySelectorAll('#drawing svg g path[stroke-width=\"2.2\"]').length === 4");
        Assert.StartsWith("triangles", await open.Page.GetByRole(AriaRole.Textbox, new() { Name = "Schedule 4", Exact = true }).InputValueAsync());
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Remove schedule 2" }).ClickAsync();
        await open.Until("document.querySelectorAll('#entries textarea').length === 3");
        Assert.Empty(open.Messages);
    }

    [Fact]
    public async Task Beside_another_the_gallery_s_schedule_is_as_long_and_as_high()
    {
        await using var open = await Open("#schedule=wsd(6e-4,20000,600,2000)");
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Add a schedule" }).ClickAsync();
        await open.Page.GetByText("Gallery: schedules to begin with").ClickAsync();
        await Assertions.Expect(open.Page.Locator("#chosen")).ToHaveTextAsync("A click puts it in place of schedule 2, as long and as high as schedule 1.");
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Warm-up, then cosine" }).ClickAsync();
        await open.Until("document.querySelectorAll('#entries textarea')[1].value === 'warmup(6e-4, 600) > cosine(6e-4, 19400, floor: 6e-5)'");
        Assert.Equal("entry active", await open.Page.Locator("#entries .entry").Nth(1).GetAttributeAsync("class"));
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Copy link" }).ClickAsync();
        await Assertions.Expect(open.Page.Locator("#sent")).ToContainTextAsync("put what begins with # behind its address there");
        Assert.Empty(open.Messages);
    }

    [Fact]
    public async Task Every_crossing_of_a_rate_is_told()
    {
        await using var open = await Open("#schedule=wsd(3e-4,20000,600,2000)");
        await open.Page.GetByLabel("Rate to be crossed").FillAsync("1e-4");
        await Assertions.Expect(open.Page.Locator("#facts tr").Filter(new() { HasText = "crosses rate" }).Locator("td")).ToHaveTextAsync("up at step 200, down at step 19,333.3");
        Assert.Empty(open.Messages);
    }

    [Fact]
    public async Task A_dragged_length_is_a_round_number()
    {
        await using var open = await Open("#schedule=wsd(3e-4,10000,500,1000)");
        var slide = open.Page.GetByLabel("wsd steps");
        var box = (await slide.BoundingBoxAsync())!;
        await open.Page.Mouse.ClickAsync(box.X + box.Width * 0.53f, box.Y + box.Height / 2);
        double steps = ScheduleNotation.Parse(await open.Page.Locator("#entries textarea").InputValueAsync()) is WarmupStableDecay wsd ? wsd.Steps : double.NaN;
        Assert.InRange(steps, 19_000, 24_000);
        Assert.Equal(0, steps % 100);
    }

    [Fact]
    public async Task What_was_read_can_be_taken_along_at_once()
    {
        await using var open = await Open();
        await open.Until("document.querySelector('#details .katex') !== null"); // until then the page grows
        await open.Page.GetByLabel("Configuration").FillAsync("OneCycleLR(optimizer, max_lr=0.1, total_steps=1000)");
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Read it" }).ClickAsync();
        await open.Page.Locator("#export-target").SelectOptionAsync("optax");
        string notation = LiveSchedules.Import("OneCycleLR(optimizer, max_lr=0.1, total_steps=1000)").Notation!;
        await Assertions.Expect(open.Page.Locator("#exported")).ToHaveTextAsync(LiveSchedules.Export(notation, "optax", double.NaN), new() { UseInnerText = false });
        // Beside the others, and the place where one reads stays.
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Put it beside" }).ScrollIntoViewIfNeededAsync();
        double before = await open.Page.EvaluateAsync<double>("document.querySelector('#imported').getBoundingClientRect().top");
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Put it beside" }).ClickAsync();
        await open.Until("document.querySelectorAll('#entries textarea').length === 2");
        // A page scrolls by whole pixels.
        Assert.Equal(before, await open.Page.EvaluateAsync<double>("document.querySelector('#imported').getBoundingClientRect().top"), 2.0);
        for (int i = 3; i <= 4; i++)
            await open.Page.GetByRole(AriaRole.Button, new() { Name = "Put it beside" }).ClickAsync();
        Assert.Equal(0, await open.Page.GetByRole(AriaRole.Button, new() { Name = "Put it beside" }).CountAsync());
        Assert.Empty(open.Messages);
    }

    [Theory]
    [InlineData("linear(0.1,100)", "")]
    [InlineData("linear(3e-5,10000)", "&y=log")]
    [InlineData("inverseSqrt(3e-4,500)", "&x=log&y=log&to=100000")]
    public async Task A_curve_fills_its_axes(string notation, string axes)
    {
        await using var open = await Open($"#schedule={notation}{axes}");
        double[] filled = await open.Page.EvaluateAsync<double[]>("""
            (() => {
                const svg = document.querySelector('#drawing svg'), curve = svg.querySelector('g path[stroke-width="2.2"]').getBBox();
                return [curve.width / svg.clientWidth, curve.height / svg.clientHeight];
            })()
            """);
        Assert.All(filled, share => Assert.InRange(share, 0.5, 100));
    }

    [Fact]
    public async Task Another_framework_s_configuration_shows_what_it_is()
    {
        await using var open = await Open();
        await open.Page.GetByLabel("Configuration").FillAsync("""{"framework": "pytorch", "scheduler": "StepLR", "params": {"lr": 0.1, "step_size": 30}}""");
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Read it" }).ClickAsync();
        await Assertions.Expect(open.Page.Locator("#imported")).ToContainTextAsync("StepLR of pytorch is here: step(0.1, 0.1, 30)");
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Put it in place of the schedule" }).ClickAsync();
        await open.Until("document.querySelector('#entries textarea').value === 'step(0.1, 0.1, 30)'");
        Assert.Equal("0", await open.Page.Locator("#export-which").InputValueAsync());
        await open.Page.GetByLabel("Configuration").FillAsync("""{"framework": "pytorch", "scheduler": "StepLR", "params": {"lr": 0.1}}""");
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Read it" }).ClickAsync();
        await Assertions.Expect(open.Page.Locator("#imported")).ToContainTextAsync("$.params.step_size");
    }

    [Fact]
    public async Task The_arguments_of_a_trainer_show_their_schedule_or_what_is_missing()
    {
        await using var open = await Open();
        async Task Read(string steps)
        {
            await open.Page.GetByLabel("Configuration").FillAsync($$"""{"output_dir": "out", "num_train_epochs": 3.0, "learning_rate": 3e-4, "lr_scheduler_type": "cosine", "lr_scheduler_kwargs": {}, "warmup_ratio": 0.05, "warmup_steps": 0, "max_steps": {{steps}}}""");
            await open.Page.GetByRole(AriaRole.Button, new() { Name = "Read it" }).ClickAsync();
        }
        await Read("10000");
        await Assertions.Expect(open.Page.Locator("#imported")).ToContainTextAsync("cosine of huggingface-transformers is here: warmup(0.0003, 500) > ");
        await Read("-1");
        await Assertions.Expect(open.Page.Locator("#imported .failure")).ToContainTextAsync("$.max_steps is missing or not above 0");
        Assert.Empty(open.Messages);
    }

    /// <summary>Its stack in the page is another than that of the tests beside the library, and what overflows it ends the library for good.</summary>
    [Theory, InlineData(190), InlineData(3_000), InlineData(20_000)]
    public async Task What_is_nested_deep_is_refused_and_the_library_goes_on(int depth)
    {
        await using var open = await Open();
        string[] broken = await open.Page.EvaluateAsync<string[]>("""
            texts => texts.flatMap(text => Object.entries({
                import: () => anneal.import(text), look: () => anneal.look(text), rates: () => anneal.rates(text, [0]), race: () => anneal.race.begin(text),
                rule: () => anneal.race.largestRate(text, 1), advice: () => anneal.advice.propose(text), base: () => anneal.advice.write({}, "train", "", text), trace: () => anneal.trace(text),
            }).flatMap(([name, ask]) => {
                try { ask(); return []; } catch (fault) { return fault instanceof RangeError || fault instanceof WebAssembly.RuntimeError || /stack|memory|unreachable|exited|assert/i.test(fault.message) ? [`${name} of ${text.slice(0, 60)}: ${fault}`] : []; }
            }))
            """, DeepTexts.Of(depth).ToArray());
        Assert.Empty(broken);
        Assert.Equal(0.05, await open.Page.EvaluateAsync<double>("anneal.rates('linear(0.1, 100)', [50])[0]"));
        // Typed and pasted, as people would.
        await open.Page.Locator("#entries textarea").First.FillAsync(new string('(', depth));
        await Assertions.Expect(open.Page.Locator("#caret-0")).Not.ToBeEmptyAsync();
        await open.Page.GetByLabel("Configuration").FillAsync("LinearLR(lr=" + new string('[', depth) + new string(']', depth) + ")");
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Read it" }).ClickAsync();
        await Assertions.Expect(open.Page.Locator("#imported .failure")).Not.ToBeEmptyAsync();
        Assert.Empty(open.Messages);
    }

    /// <summary>The example of the document, from its text, with nothing else beside it than the script.</summary>
    [Fact]
    public async Task A_page_of_one_s_own_has_the_library_with_one_script()
    {
        string folder = Directory.CreateTempSubdirectory("anneal-own-").FullName, example = File.ReadAllText(Path.Combine(Pages.Root, ".github", "LAB.md")).Split("```html\n")[1].Split("```")[0];
        File.Copy(Pages.Built("site", "anneal.js"), Path.Combine(folder, "anneal.js"));
        await File.WriteAllTextAsync(Path.Combine(folder, "own.html"), example, TestContext.Current.CancellationToken);
        await using var open = await browser.Open(Path.Combine(folder, "own.html"));
        await Assertions.Expect(open.Page.Locator("#rate")).ToHaveTextAsync("0.05");
        Assert.True(await open.Page.EvaluateAsync<bool>("window.own = anneal.worker(), own.apart"));
        Assert.Equal(0.05, await open.Page.EvaluateAsync<double>("own.ask('Rates', 'linear(0.1, 100)', [50]).then(rates => rates[0])"));
        Assert.Empty(open.Messages);
        Assert.Equal(2, open.Requests.Count(url => url.StartsWith("file:", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_a_run_logged_is_drawn_column_by_column_beside_the_schedule()
    {
        await using var open = await Open("#schedule=linear(0.1,20)");
        async Task Give(string name, string text) => await open.Page.Locator("#trace-file").SetInputFilesAsync(new FilePayload { Name = name, MimeType = "text/csv", Buffer = System.Text.Encoding.UTF8.GetBytes(text) });
        await Give("trace.csv", "step,rate,loss,validation_loss,sharpness\n0,0.1,2.5,2.6,400\n10,0.05,2,,\n20,0,1.5,1.75,2\n");
        await Assertions.Expect(open.Page.Locator("#trace-said")).ToHaveTextAsync("trace.csv: 4 columns; the rate is rate.");
        string names = string.Join(' ', await open.Page.Locator("#trace figcaption b").AllTextContentsAsync());
        Assert.Equal("rate loss validation_loss sharpness", names);
        await Assertions.Expect(open.Page.Locator("#trace figcaption").Nth(0)).ToContainTextAsync("schedule 1 at these steps");
        await Assertions.Expect(open.Page.Locator("#trace figcaption").Nth(3)).ToContainTextAsync("from 2 to 400, last 2");
        await open.Until("[...document.querySelectorAll('#trace figure > div')].every(box => box.querySelector('svg'))");
        int[] curves = await open.Page.EvaluateAsync<int[]>("[...document.querySelectorAll('#trace figure > div svg')].map(svg => svg.querySelectorAll('g path[stroke-width=\"2.2\"]').length)");
        Assert.Equal([2, 1, 1, 1], curves);
        // The plan and what was logged are one line.
        Assert.True(await open.Page.EvaluateAsync<bool>("new Set([...document.querySelectorAll('#trace-0 g path[stroke-width=\"2.2\"]')].map(path => path.getAttribute('d'))).size === 1"));
        // Another schedule is another line.
        await open.Page.Locator("#entries textarea").First.FillAsync("constant(0.1)");
        await open.Until("new Set([...document.querySelectorAll('#trace-0 g path[stroke-width=\"2.2\"]')].map(path => path.getAttribute('d'))).size === 2");
        await Give("far.csv", "step,loss\n4000000000000000,2\n");
        await open.Until("document.querySelectorAll('#trace svg').length === 1");
        await Give("logs.csv", "method,rate,seed,step,step_rate,loss\na,1,1,10,0.1,2\na,1,1,20,0.2,1\na,1,2,10,0.1,2\n");
        await Assertions.Expect(open.Page.Locator("#trace-said")).ToHaveTextAsync("logs.csv: 4 columns; the rate is step_rate; the first run is shown, 1 row of others is not.");
        // What stands for each tensor lies together, and is drawn once it is opened.
        await Give("tensors.csv", "step,tensor,weight_norm,update_ratio\n0,a.weight,4,0.5\n0,b,1,0.25\n10,a.weight,5,0.25\n10,b,2,0.125\n");
        await Assertions.Expect(open.Page.Locator("#trace-said")).ToHaveTextAsync("tensors.csv: 4 columns in 2 groups.");
        Assert.Equal(["a.weight", "b"], await open.Page.Locator("#trace summary").AllTextContentsAsync());
        Assert.Equal(["weight_norm", "update_ratio", "weight_norm", "update_ratio"], await open.Page.Locator("#trace figcaption b").AllTextContentsAsync());
        await open.Until("document.querySelectorAll('#trace details:first-child svg').length === 2");
        Assert.Equal(2, await open.Page.Locator("#trace svg").CountAsync());
        await open.Page.Locator("#trace summary").Nth(1).ClickAsync();
        await open.Until("document.querySelectorAll('#trace details:last-child svg').length === 2");
        await Assertions.Expect(open.Page.Locator("#trace details").Nth(1).Locator("figcaption").Nth(1)).ToContainTextAsync("from 0.125 to 0.25, last 0.125");
        await Give("cat.csv", "meow\n");
        await Assertions.Expect(open.Page.Locator("#trace-said")).ToContainTextAsync("one of them must be step");
        Assert.Equal(0, await open.Page.Locator("#trace figure").CountAsync());
        Assert.Empty(open.Messages);
    }

    [Fact]
    public async Task Every_export_is_the_library_s()
    {
        const string notation = "warmup(0.1, 20) > cosine(0.1, 80)";
        await using var open = await Open($"#schedule={Uri.EscapeDataString(notation)}");
        foreach (string target in LiveSchedules.Targets)
        {
            Assert.Equal(LiveSchedules.Export(notation, target, double.NaN), await open.Page.EvaluateAsync<string>("([notation, target]) => window.anneal.export(notation, target)", new[] { notation, target }));
            await open.Page.Locator("#export-target").SelectOptionAsync(target);
        }
        await open.Until("document.querySelector('#exported').textContent.startsWith('step,rate\\n0,0\\n')");
        var download = await open.Page.RunAndWaitForDownloadAsync(() => open.Page.GetByRole(AriaRole.Button, new() { Name = "Chart as SVG" }).ClickAsync());
        Assert.Equal("schedule.svg", download.SuggestedFilename);
        Assert.StartsWith("<svg", await File.ReadAllTextAsync(await download.PathAsync(), TestContext.Current.CancellationToken));
        download = await open.Page.RunAndWaitForDownloadAsync(() => open.Page.GetByRole(AriaRole.Button, new() { Name = "Chart as PNG" }).ClickAsync());
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], (await File.ReadAllBytesAsync(await download.PathAsync(), TestContext.Current.CancellationToken))[..4]);
        Assert.Empty(open.Messages);
    }

    [Fact]
    public async Task A_long_table_is_written_on_another_thread_and_can_be_stopped()
    {
        await using var open = await Open("#schedule=linear(0.1,100)&to=300000&as=csv");
        await Assertions.Expect(open.Page.Locator("#exported")).ToContainTextAsync("(Copy and Save take all of it)");
        await open.Page.EvaluateAsync("(() => { window.longest = 0; const write = window.anneal.export; window.anneal.export = (source, target, last) => { window.longest = Math.max(window.longest, last ?? 0); return write(source, target, last); }; })()");
        var save = open.Page.Locator("#save-export");
        var download = await open.Page.RunAndWaitForDownloadAsync(() => save.ClickAsync());
        Assert.Equal("schedule.csv", download.SuggestedFilename);
        Assert.Equal(LiveSchedules.Export("linear(0.1,100)", "csv", 300_000), await File.ReadAllTextAsync(await download.PathAsync(), TestContext.Current.CancellationToken));
        await Assertions.Expect(save).ToHaveTextAsync("Save");

        await open.Page.Locator("#to").FillAsync("9000000");
        await open.Until("location.hash.includes('to=9000000')");
        await save.ClickAsync();
        await Assertions.Expect(save).ToHaveTextAsync("Stop");
        await Assertions.Expect(open.Page.Locator("#copy-export")).ToBeDisabledAsync();
        await save.ClickAsync();
        await Assertions.Expect(save).ToHaveTextAsync("Save");
        await Assertions.Expect(open.Page.Locator("#copy-export")).ToBeEnabledAsync();
        await Assertions.Expect(open.Page.Locator("#exported")).ToContainTextAsync("step,rate");
        Assert.InRange(await open.Page.EvaluateAsync<double>("window.longest"), 1, 10_000); // what the page's own thread wrote

        // What is refused is told, and not taken along as if it were the table.
        await open.Page.Locator("#to").FillAsync("20000000");
        await open.Until("location.hash.includes('to=20000000')");
        await save.ClickAsync();
        await Assertions.Expect(open.Page.Locator("#exported")).ToHaveTextAsync("A table ends at a step from 0 to 10000000, not 20000000.");
        Assert.Empty(open.Messages);
    }

    [Fact]
    public async Task What_cannot_be_written_cannot_be_taken_along()
    {
        string knots = string.Join(", ", Enumerable.Range(1, 300).Select(step => $"{step}")), rates = string.Join(", ", Enumerable.Range(0, 301).Select(step => $"{1 + step % 2}"));
        string notation = $"piecewise([{knots}], [{rates}])", refusal = Assert.Throws<ScheduleFormatException>(() => LiveSchedules.Export(notation, "pytorch", double.NaN)).Message;
        await using var open = await Open($"#schedule={Uri.EscapeDataString(notation)}&as=pytorch");
        await Assertions.Expect(open.Page.Locator("#exported")).ToHaveTextAsync(refusal);
        await Assertions.Expect(open.Page.Locator("#copy-export")).ToBeDisabledAsync();
        await Assertions.Expect(open.Page.Locator("#save-export")).ToBeDisabledAsync();
        await open.Page.Locator("#export-target").SelectOptionAsync("json");
        await Assertions.Expect(open.Page.Locator("#save-export")).ToBeEnabledAsync();
    }

    [Fact]
    public async Task A_saved_chart_says_which_line_is_which()
    {
        await using var open = await Open("#schedule=linear(0.1,100)&schedule=cosine(0.1,100)&at=50");
        var download = await open.Page.RunAndWaitForDownloadAsync(() => open.Page.GetByRole(AriaRole.Button, new() { Name = "Chart as SVG" }).ClickAsync());
        var svg = System.Xml.Linq.XDocument.Load(await download.PathAsync()).Root!;
        string[] texts = [.. svg.Descendants().Where(e => e.Name.LocalName == "text").Select(e => e.Value)];
        Assert.Contains("linear(0.1, 100)", texts);
        Assert.Contains("cosine(0.1, 100)", texts);
        Assert.DoesNotContain("var(", svg.ToString()); // outside the page nobody knows its colours by name
        Assert.DoesNotContain(svg.Descendants(), e => (string?)e.Attribute("class") == "cursor");
        double height = (double)svg.Attribute("height")!;
        Assert.All(svg.Elements().Where(e => e.Attribute("y") is not null), e => Assert.InRange((double)e.Attribute("y")!, 0, height));
    }

    [Fact]
    public async Task The_formula_is_typeset_and_nothing_is_asked_of_the_network()
    {
        await using var open = await Open();
        await open.Until("document.querySelector('#details .katex') !== null");
        Assert.Empty(open.Messages);
        Assert.All(open.Requests, url => Assert.Matches("^(file|data|blob):", url));
        Assert.Single(open.Requests, url => url.StartsWith("file:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_step_that_is_pointed_at_is_read_out_exactly()
    {
        await using var open = await Open("#schedule=linear(0.1,100)");
        await open.Page.GetByLabel("Step", new() { Exact = true }).FillAsync("25");
        await open.Until("document.querySelector('#readings').textContent.trim() === 'rate 0.075'");
        Assert.Equal("25", await open.Page.EvaluateAsync<string>("String(document.querySelector('#at-slider').value / 10)"));
    }

    [Fact]
    public async Task Runs_of_random_optimizers_are_the_library_s()
    {
        // Convex functions, on which a rounding error does not choose the valley.
        string[] functions = ["diagonalQuadratic", "quadratic", "longValley"];
        string[] rules = [.. LiveRaces.Rules.Select(rule => rule.Json)];
        var random = new Random(17);
        var asked = Enumerable.Range(0, Runs).Select(i =>
        {
            double[] start = [4 * random.NextDouble() - 2, 4 * random.NextDouble() - 2];
            string rate = Math.Pow(10, -4 + 3 * random.NextDouble()).ToString("R", CultureInfo.InvariantCulture);
            return (Function: functions[random.Next(3)], Rule: rules[i % rules.Length], Start: start, Rate: rate, Updates: random.Next(1, 201));
        }).ToList();
        await using var open = await Open();
        var answered = await open.Page.EvaluateAsync<double[][]>("""
            asked => asked.map(([race, updates]) => {
                const id = window.anneal.race.begin(race), points = window.anneal.race.advance(id, updates);
                window.anneal.race.end(id);
                return points.map(x => Number.isFinite(x) ? x : 1e300);
            })
            """, asked.Select(a => new object[] { Race(a.Function, a.Rule, a.Start, a.Rate), a.Updates }).ToArray());
        int same = 0, exact = 0;
        foreach (var (a, theirs) in asked.Zip(answered))
        {
            double[] ours = Run(a.Start);
            // What a rounding of the start does to the run bounds what the roundings of another mathematical library may do: a thousand of them here.
            double[] moved = Run([.. a.Start.Select(Math.BitIncrement)]);
            Assert.Equal(ours.Length, theirs.Length);
            double size = ours.Skip(1).Select(Math.Abs).Append(1).Max(), sensitivity = 0;
            bool isSame = ours.SequenceEqual(theirs);
            same += isSame ? 1 : 0;
            if (IsArithmetic(RuleJson.Read(a.Rule)) && a.Function is not "quadratic") // which is turned, by a sine and a cosine
            {
                exact++;
                Assert.True(isSame, $"{a.Rule} on {a.Function} at {a.Rate}: these are sums, products, quotients and roots, and must have the same bits.");
            }
            for (int i = 0; i < ours.Length; i++)
            {
                sensitivity = Math.Max(sensitivity, Math.Abs(ours[i] - moved[i]));
                Assert.True(Math.Abs(ours[i] - theirs[i]) <= 1e-12 * size + 1000 * sensitivity,
                    string.Create(CultureInfo.InvariantCulture, $"{a.Rule} on {a.Function} at {a.Rate}, number {i} of {ours.Length}: {theirs[i]:R} in the page, {ours[i]:R} here"));
            }

            double[] Run(double[] start) => [.. LiveRace.Read(Race(a.Function, a.Rule, start, a.Rate)).Advance(a.Updates).Select(x => double.IsFinite(x) ? x : 1e300)];
        }
        TestContext.Current.SendDiagnosticMessage($"{exact} of {Runs} runs are arithmetic and must have the same bits; {same} have them");
        Assert.InRange(exact, Runs / 10, Runs);

        static string Race(string function, string rule, double[] start, string rate) => string.Create(CultureInfo.InvariantCulture,
            $$$"""{"function": "{{{function}}}", "start": [{{{start[0]:R}}}, {{{start[1]:R}}}], "rules": [{"rule": {{{rule}}}, "rate": "{{{rate}}}"}]}""");
    }

    /// <summary>
    /// Whether the gallery's rule is made of + − × ÷ √ and fused products alone: those a browser rounds as everyone does. The others raise β to the number of updates, or take another power, root or logarithm.
    /// </summary>
    static bool IsArithmetic(Rule rule) => rule is Sgd or Momentum or Nesterov or Preconditioned or AdaGrad or AdaDelta or RmsProp { BiasCorrection: false } or Ftrl { Power: -0.5 } or Madgrad
        or NovoGrad or Came or Lars or Lion or Rprop or SophiaG or DAdaptSgd or Shampoo or Lbfgs;

    [Fact]
    public async Task Rules_race_when_told_to_and_stop_when_told_to()
    {
        await using var open = await Open();
        await open.Page.GetByRole(AriaRole.Tab, new() { Name = "Optimizers" }).ClickAsync();
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Step", Exact = true }).ClickAsync();
        await open.Until($"{Updates} === 1");
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Play" }).ClickAsync();
        await open.Until($"{Updates} > 50");
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
        int held = await open.Page.EvaluateAsync<int>(Updates);
        await open.Page.WaitForTimeoutAsync(300);
        Assert.Equal(held, await open.Page.EvaluateAsync<int>(Updates));
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Reset" }).ClickAsync();
        await open.Until($"{Updates} === 0");
        // To compare rules after so many updates, the race stops there, and goes on from there when told to.
        await open.Page.GetByLabel("until update").FillAsync("40");
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Play" }).ClickAsync();
        await open.Until($"{Updates} === 40 && document.querySelector('#race-play').textContent === 'Play'");
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Play" }).ClickAsync();
        await open.Until($"{Updates} > 40");
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Reset" }).ClickAsync();
        await open.Page.Locator("#function").SelectOptionAsync("himmelblau");
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Add a rule" }).ClickAsync();
        await open.Page.GetByLabel("Rate of rule 4: a number or a schedule").FillAsync("cosin(0.1, 100)");
        await Assertions.Expect(open.Page.Locator("#race-error")).ToContainTextAsync("did you mean 'cosine'?");
        await open.Page.GetByLabel("Rate of rule 4: a number or a schedule").FillAsync("cosine(0.1, 100)");
        await Assertions.Expect(open.Page.Locator("#race-error")).ToBeEmptyAsync();
        await Assertions.Expect(open.Page.GetByLabel("Rate of rule 4, by factors")).ToBeDisabledAsync(); // it would put a number in the schedule's place
        await Assertions.Expect(open.Page.GetByLabel("Rate of rule 1, by factors")).ToBeEnabledAsync();
        await open.Until("location.hash.startsWith('#race=')");
        Assert.Empty(open.Messages);
    }

    [Fact]
    public async Task Every_rule_of_the_gallery_can_be_chosen_and_runs()
    {
        await using var open = await Open();
        await open.Page.GetByRole(AriaRole.Tab, new() { Name = "Optimizers" }).ClickAsync();
        foreach (var rule in LiveRaces.Rules)
        {
            await open.Page.GetByLabel("Rule 1", new() { Exact = true }).SelectOptionAsync(rule.Name);
            await open.Until($"{Updates} === 0 && document.querySelector('#standing tbody tr td:nth-child(2)').textContent === '{rule.Name}'");
            await open.Page.GetByRole(AriaRole.Button, new() { Name = "Step", Exact = true }).ClickAsync();
            await open.Until($"{Updates} === 1 || document.querySelector('#race-error').textContent !== ''");
            await Assertions.Expect(open.Page.Locator("#race-error")).ToBeEmptyAsync();
        }
        Assert.Empty(open.Messages);
    }

    [Fact]
    public async Task A_sweep_has_its_rates_above_it_and_ends_its_races()
    {
        await using var tab = await browser.Tab("""
            window.races = 0;
            window.addEventListener("DOMContentLoaded", () => {
                const worker = window.anneal.worker;
                window.anneal.worker = () => {
                    const engine = worker(), ask = engine.ask;
                    engine.ask = async (name, ...question) => {
                        if (name === "BeginRace") window.races++;
                        if (name === "EndRace") window.races--;
                        // As if the library gave up at one rate.
                        if (name === "AdvanceRace" && window.refuses) throw new Error("no");
                        return ask(name, ...question);
                    };
                    return engine;
                };
            });
            """);
        await tab.Page.GotoAsync(new Uri(lab).AbsoluteUri);
        await tab.Page.EvaluateAsync("window.anneal.ready.then(() => 0)");
        await tab.Page.GetByRole(AriaRole.Tab, new() { Name = "Optimizers" }).ClickAsync();
        await Assertions.Expect(tab.Page.Locator("#race-hint")).ToContainTextAsync("momentum with β = 0.9 below 0.003794");
        await tab.Until("window.races === 1");
        await tab.Until("document.querySelector('#said').textContent !== ''"); // what was to be said of the schedules is said
        foreach (string refuses in (string[])["false", "true"])
        {
            await tab.Page.EvaluateAsync($"window.refuses = {refuses}");
            await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Try the rates" }).ClickAsync();
            await tab.Until("document.querySelectorAll('#sweep td[title]').length === 93 && document.querySelector('#stop-sweep').hidden");
            Assert.Equal(["1e-5", "1e-4", "0.001", "0.01", "0.1", "1", "10"], await tab.Page.Locator("#sweep .scale td").AllTextContentsAsync());
            // Whoever does not see the colours is told each value, where the limits are, and when it is over.
            Assert.Equal(["", "▾ above 2/L"], await tab.Page.Locator("#sweep .limit td").AllTextContentsAsync());
            Assert.Equal(93, await tab.Page.EvaluateAsync<int>("[...document.querySelectorAll('#sweep td[title]')].filter(cell => cell.getAttribute('aria-label') === cell.title && /^rate [^:]+: /.test(cell.title)).length"));
            Assert.Equal(LargestRates, await tab.Page.EvaluateAsync<string[]>("[...document.querySelectorAll('#sweep td.edge')].map(cell => cell.title.match(/^rate ([^:]+): .*, above its largest stable rate$/)[1])"));
            string outcome = refuses == "true" ? "no rate works" : "best at [-0-9.e]+";
            await tab.Until($"/^All rates are tried. sgd: {outcome}. momentum: {outcome}. adamW: {outcome}.$/.test(document.querySelector('#said').textContent)");
            await tab.Until("window.races === 1");
            // What is no lower than the start is not coloured, and of the others the lower is the stronger.
            double[][] cells = await tab.Page.EvaluateAsync<double[][]>("[...document.querySelectorAll('#sweep td[title]')].map(cell => [Number(cell.title.match(/: ([-0-9.e,]+)/)?.[1].replaceAll(',', '') ?? NaN), parseFloat(cell.style.getPropertyValue('--share'))]).filter(([value]) => value === value)");
            const double atStart = 24.2; // of Rosenbrock's function at (-1.2, 1)
            Assert.All(cells, cell => Assert.InRange(cell[1], 0, cell[0] < atStart ? 100 : 0));
            if (refuses == "true")
                continue;
            double[][] ordered = [.. cells.OrderBy(cell => cell[0])];
            Assert.Equal(100, ordered[0][1]);
            Assert.All(ordered.Zip(ordered.Skip(1)), pair => Assert.True(pair.First[1] >= pair.Second[1]));
            await Assertions.Expect(tab.Page.Locator("#sweep caption")).ToContainTextAsync("no colour 24.2 or more, as at the start.");
        }
        // Where nearly every rate is below 2/L, the mark stands on its other side and keeps its column as narrow as the others.
        await tab.Page.EvaluateAsync("window.refuses = false");
        await tab.Page.Locator("#function").SelectOptionAsync("diagonalQuadratic");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Try the rates" }).ClickAsync();
        await tab.Until("document.querySelectorAll('#sweep td[title]').length === 93 && document.querySelector('#stop-sweep').hidden");
        double[] widths = await tab.Page.EvaluateAsync<double[]>("[...document.querySelectorAll('#sweep td[title]')].slice(0, 31).map(cell => cell.getBoundingClientRect().width)");
        Assert.InRange(widths.Max() / widths.Min(), 1, 1.3);
        Assert.Empty(tab.Messages);
    }

    [Fact]
    public async Task A_long_race_is_drawn_again_whole()
    {
        // After a change of width every path is drawn anew, a piece a frame; in the end it is the same picture as drawn at once for paper.
        await using var open = await Open("#race=" + Uri.EscapeDataString("""{"function": "longValley", "noise": 0.5, "speed": 10000, "rules": [{"rule": {"type": "sgd"}, "rate": "0.001"}]}"""));
        await open.Until("document.querySelectorAll('#standing tbody tr').length === 1");
        await open.Page.EvaluateAsync("document.querySelector('#race-play').click()");
        await open.Until($"{Updates} > 22000"); // beyond 20,000 every second point is forgotten
        await open.Page.EvaluateAsync("document.querySelector('#race-play').click()");
        const string inked = "(() => { const p = document.querySelector('#paths'), c = Object.assign(document.createElement('canvas'), { width: p.width, height: p.height }), pen = c.getContext('2d', { willReadFrequently: true }); pen.drawImage(p, 0, 0); const d = pen.getImageData(0, 0, c.width, c.height).data; let n = 0; for (let i = 3; i < d.length; i += 4) if (d[i] > 100) n++; return n; })()";
        await open.Page.EvaluateAsync("new Promise(done => setTimeout(done, 500))");
        int before = await open.Page.EvaluateAsync<int>(inked);
        Assert.InRange(before, 500, 1_000_000);
        await open.Page.EvaluateAsync("dispatchEvent(new Event('resize'))");
        await open.Page.EvaluateAsync("new Promise(done => setTimeout(done, 200))");
        await open.Until($"Math.abs({inked} - {before}) < 0.1 * {before}");
        Assert.Empty(open.Messages);
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Whatever_is_open_it_is_accessible(ColorScheme scheme)
    {
        await using var open = await browser.Open(lab, scheme: scheme, fragment: "#schedule=wsd(3e-4,20000,600,2000)&cross=1e-4&y=log");
        await open.Page.EvaluateAsync("window.anneal.ready.then(() => 0)");
        await open.Page.EvaluateAsync(Pages.Axe);
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Add a schedule" }).ClickAsync();
        await open.Page.GetByText("Gallery: schedules to begin with").ClickAsync();
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Warm-up, then cosine" }).ClickAsync();
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Copy link" }).ClickAsync();
        await open.Page.GetByLabel("Configuration").FillAsync("OneCycleLR(optimizer, max_lr=0.1, total_steps=1000)");
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Read it" }).ClickAsync();
        await Assertions.Expect(open.Page.Locator("#facts")).ToContainTextAsync("down at step");
        await IsAccessible("two schedules, their crossings, the gallery, a line of Python");
        await open.Page.GetByRole(AriaRole.Textbox, new() { Name = "Schedule 2", Exact = true }).FillAsync("cosin(0.1, 100)");
        await open.Page.GetByLabel("Configuration").FillAsync("StepLR(optimizer)");
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Read it" }).ClickAsync();
        await Assertions.Expect(open.Page.Locator("#imported .failure")).ToBeVisibleAsync();
        await IsAccessible("what cannot be read");
        await open.Page.GetByRole(AriaRole.Tab, new() { Name = "Optimizers" }).ClickAsync();
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Step", Exact = true }).ClickAsync();
        await open.Page.GetByText("Noisy gradients").ClickAsync();
        await open.Page.GetByText("Settings", new() { Exact = true }).First.ClickAsync();
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Try the rates" }).ClickAsync();
        await open.Until("document.querySelector('#stop-sweep').hidden");
        await open.Page.GetByLabel("Rate of rule 1: a number or a schedule").FillAsync("cosin(0.1, 100)");
        await Assertions.Expect(open.Page.Locator("#race-error")).ToContainTextAsync("did you mean");
        await IsAccessible("the optimizers, a sweep, a rate that cannot be read");

        async Task IsAccessible(string what) => Assert.Empty(await open.Page.EvaluateAsync<string[]>(
            "axe.run({ resultTypes: ['violations'] }).then(({ violations }) => violations.map(v => `${v.id}: ${v.nodes[0].html} — ${v.nodes[0].failureSummary}`))")
            is { Length: > 0 } found ? found.Select(text => $"{what}: {text}") : []);
    }

    [Fact]
    public async Task On_paper_stand_the_choices_and_the_pictures()
    {
        await using var open = await Open("#schedule=wsd(3e-4,20000,600,2000)&cross=1e-4");
        await open.Page.EmulateMediaAsync(new() { Media = Media.Print });
        foreach (string shown in (string[])["#entries textarea", "#drawing svg", "#readings", "#cross", "#exported"])
            await Assertions.Expect(open.Page.Locator(shown)).ToBeVisibleAsync();
        Assert.Equal(0, await open.Page.EvaluateAsync<int>("[...document.querySelectorAll('main :is(input[type=range], button:not([aria-selected=true]), #foreign, #to)')].filter(one => one.checkVisibility()).length"));
        await open.Page.EmulateMediaAsync(new() { Media = Media.Screen });
        await open.Page.GetByRole(AriaRole.Tab, new() { Name = "Optimizers" }).ClickAsync();
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Step", Exact = true }).ClickAsync();
        await open.Until($"{Updates} === 1");
        await open.Page.EmulateMediaAsync(new() { Media = Media.Print });
        await open.Page.EvaluateAsync("dispatchEvent(new Event('beforeprint'))");
        foreach (string shown in (string[])["#function", "#map", "#standing", "#losses svg", "#rules input[type=text]"])
            await Assertions.Expect(open.Page.Locator(shown).First).ToBeVisibleAsync();
        await Assertions.Expect(open.Page.Locator("#paths")).ToBeHiddenAsync(); // an empty sheet is white on paper: the lines are on the ground
        Assert.Empty(open.Messages);
    }

    [Fact]
    public async Task A_worker_answers_as_the_page_does_and_can_be_stopped()
    {
        await using var open = await Open();
        Assert.True(await open.Page.EvaluateAsync<bool>("window.worker = window.anneal.worker(), window.worker.apart"));
        Assert.True(await open.Page.EvaluateAsync<bool>("""
            window.worker.ask('Rates', 'cosine(0.1, 100)', [0, 33, 50]).then(rates => String(Array.from(rates)) === String(window.anneal.rates('cosine(0.1, 100)', [0, 33, 50])))
            """));
        Assert.Equal(Assert.Throws<ScheduleFormatException>(() => ScheduleNotation.Parse("cosin(0.1, 100)")).Message,
            await open.Page.EvaluateAsync<string>("window.worker.ask('Rates', 'cosin(0.1, 100)', [0]).catch(refused => refused.message)"));
        Assert.Equal("Stopped.", await open.Page.EvaluateAsync<string>("""
            (() => { const answer = window.worker.ask('Bound', 'linear(1, 200000)', 200000).catch(fault => fault.message); return Promise.resolve().then(() => { setTimeout(window.worker.stop); return answer; }); })()
            """));
        // What is asked after that, or was asked of one that was stopped before it had started, is told the same and is not done by the page instead.
        Assert.Equal("Stopped.", await open.Page.EvaluateAsync<string>("window.worker.ask('Rates', 'constant(1)', [0]).catch(fault => fault.message)"));
        Assert.Equal("Stopped.", await open.Page.EvaluateAsync<string>("(() => { const worker = window.anneal.worker(), answer = worker.ask('Rates', 'constant(1)', [0]).catch(fault => fault.message); worker.stop(); return answer; })()"));
        Assert.Empty(open.Messages);
    }

    [Fact]
    public async Task Without_workers_rules_race_on_the_page_s_own_thread()
    {
        await using var tab = await browser.Tab("delete window.Worker");
        await tab.Page.GotoAsync(new Uri(lab).AbsoluteUri);
        await tab.Page.EvaluateAsync("window.anneal.ready.then(() => 0)");
        await tab.Page.GetByRole(AriaRole.Tab, new() { Name = "Optimizers" }).ClickAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Step", Exact = true }).ClickAsync();
        await tab.Until($"{Updates} === 1");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Play" }).ClickAsync();
        await tab.Until($"{Updates} > 50");
        Assert.Empty(tab.Messages);
    }

    [Fact]
    public async Task A_race_is_in_its_address()
    {
        string race = Uri.EscapeDataString("""{"function":"beale","start":[1,1],"rules":[{"rule":{"type":"lion"},"rate":"0.01"}]}""");
        await using var open = await Open($"#race={race}");
        await open.Until("document.querySelector('#tab-optimizers').getAttribute('aria-selected') === 'true' && document.querySelectorAll('#rules .entry').length === 1");
        await open.Page.Locator("#race-link").ClickAsync();
        await Assertions.Expect(open.Page.Locator("#race-sent")).ToContainTextAsync("put what begins with # behind its address there");
        // Pressed again while it says that it has copied, it is itself again afterwards.
        await open.Page.Locator("#race-link").ClickAsync();
        await Assertions.Expect(open.Page.Locator("#race-link")).ToHaveTextAsync("Copy link");
        Assert.Equal("beale", await open.Page.Locator("#function").InputValueAsync());
        Assert.Equal("lion", await open.Page.GetByLabel("Rule 1", new() { Exact = true }).InputValueAsync());
        Assert.Equal("1", await open.Page.Locator("#start-y").InputValueAsync());
    }

    [Fact]
    public async Task A_bound_over_many_updates_is_added_up_elsewhere()
    {
        await using var tab = await browser.Tab("""
            window.here = [];
            window.addEventListener("DOMContentLoaded", () => {
                const bound = window.anneal.bound;
                window.anneal.bound = (notation, last) => { window.here.push(notation); return bound(notation, last); };
            });
            """);
        await tab.Page.GotoAsync(new Uri(lab).AbsoluteUri + "#schedule=linear(0.1,10000)&schedule=linear(0.1,200000)");
        await tab.Until("['#bound-0', '#bound-1'].every(id => / at .* times these rates/.test(document.querySelector(id)?.textContent))");
        Assert.Equal(["linear(0.1,10000)"], await tab.Page.EvaluateAsync<string[]>("window.here"));
        Assert.Equal(await tab.Page.EvaluateAsync<string>("(b => `${b.best}`.slice(0, 5))(window.anneal.bound('linear(0.1,200000)'))"), await tab.Page.EvaluateAsync<string>("document.querySelector('#bound-1').textContent.slice(0, 5)"));
        // What a short one costs this thread, at once: the promise is a twentieth of a second.
        double spent = await tab.Page.EvaluateAsync<double>("Math.min(...Array.from({ length: 5 }, () => { const began = performance.now(); window.anneal.bound('cosine(0.1, 10000)'); return performance.now() - began; }))");
        TestContext.Current.SendDiagnosticMessage($"the bound over 10,000 updates takes {spent:0.0} ms");
        Assert.InRange(spent, 0, 50);
        Assert.Empty(tab.Messages);
    }

    [Fact]
    public async Task A_rate_above_the_largest_that_can_stay_is_told()
    {
        await using var open = await Open("#race=" + Uri.EscapeDataString("""{"function": "longValley", "rules": [{"rule": {"type": "sgd"}, "rate": "0.021"}, {"rule": {"type": "momentum"}, "rate": "cosine(0.039, 100)"}, {"rule": {"type": "nesterov"}, "rate": "0.01"}]}"""));
        await Assertions.Expect(open.Page.Locator("#race-hint")).ToContainTextAsync("sgd below 0.02 (0.021 is above), momentum with β = 0.9 below 0.038 (0.039 is above), nesterov with β = 0.9 below 0.01357.");
        await open.Page.GetByLabel("Rate of rule 1: a number or a schedule").FillAsync("0.019");
        await Assertions.Expect(open.Page.Locator("#race-hint")).ToContainTextAsync("sgd below 0.02, momentum");
        Assert.Empty(open.Messages);
    }

    /// <summary>The first rates of the sweep, 5 to a power of ten, above 2/L and 3.8/L at Rosenbrock's minimum, where L = 1001.6.</summary>
    static readonly string[] LargestRates = ["0.00251", "0.00398"];

    const int Runs = 200;

    internal const string Updates = "Number(document.querySelector('#standing tbody td:nth-child(3)').textContent.replaceAll(',', ''))";
}
