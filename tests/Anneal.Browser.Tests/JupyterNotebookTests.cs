using Microsoft.Playwright;

namespace Anneal.Browser.Tests;

/// <summary>The kernel behind a real Jupyter Notebook, used as a reader uses it: with keys and buttons.</summary>
public class JupyterNotebookTests(Browser browser, JupyterServer server) : IClassFixture<JupyterServer>
{
    const string Interrupt = "[data-jupyter-action='jupyter-notebook:interrupt-kernel']", Restart = "[data-jupyter-action='jupyter-notebook:confirm-restart-kernel']";

    IPage _page = null!;

    [Fact]
    public async Task A_reader_types_runs_completes_interrupts_restarts_and_sees_charts()
    {
        await using var open = await browser.OpenAddress($"{server.Address}/notebooks/try.ipynb");
        _page = open.Page;
        await _page.Locator(".code_cell .CodeMirror").First.ClickAsync();
        await UntilIdle();

        Assert.Equal("42", await Run("6 * 7"));
        Assert.Equal("6", await Run("#!fsharp\n[ 1; 2; 3 ] |> List.sum"));

        // One completion is put in at once; of several, one is chosen from a list.
        await Type("Math.Sqr");
        await _page.Keyboard.PressAsync("Tab");
        await Expect("Math.Sqrt");
        await _page.Keyboard.TypeAsync("(16)");
        Assert.Equal("4", await RunTyped());
        await Type("Math.Ta");
        await _page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(_page.Locator("#complete")).ToContainTextAsync("Tanh");
        await _page.Keyboard.PressAsync("Escape");

        // The signature and what the documentation says.
        await Type("Math.Cos");
        await _page.Keyboard.PressAsync("Shift+Tab");
        await Assertions.Expect(_page.Locator("#tooltip")).ToContainTextAsync("double Math.Cos(double d)");
        await _page.Keyboard.PressAsync("Escape");

        await Type("var kept = 5; Console.WriteLine(\"on\"); while (true) { }");
        await _page.Keyboard.PressAsync("Shift+Enter");
        await Assertions.Expect(_page.Locator(".output_stdout").Last).ToContainTextAsync("on");
        await _page.ClickAsync(Interrupt);
        await Assertions.Expect(_page.Locator(".output_error").Last).ToContainTextAsync("interrupted");
        // What is asked for before the interrupted cell has ended is dropped with it.
        await UntilIdle();
        Assert.Equal("2", await Run("1 + 1"));

        await Run("var gone = 1;");
        await _page.ClickAsync(Restart);
        await _page.Locator(".modal.in .btn-danger").ClickAsync();
        await Assertions.Expect(_page.Locator(".modal.in")).ToHaveCountAsync(0);
        await UntilIdle();
        Assert.Contains("does not exist", await Run("gone"));

        await Run("#!import \"boot.dib\"");
        await Run("#!fsharp\n[ CosineDecay(0.1, 100.0) ] |> Seq.cast<Schedule> |> ScheduleChart.curves 100");
        await Assertions.Expect(_page.Locator(".output_html svg.main-svg").First).ToBeVisibleAsync();
        await _page.Locator(".output_html svg.main-svg").First.ScrollIntoViewIfNeededAsync();
        Directory.CreateDirectory(Pages.Built("jupyter"));
        await _page.ScreenshotAsync(new() { Path = Path.Combine(Pages.Built("jupyter"), "notebook.png") });
    }

    /// <summary>Types into a new cell at the end and runs it.</summary>
    /// <returns>What the cell shows.</returns>
    async Task<string> Run(string code)
    {
        await Type(code);
        return await RunTyped();
    }

    async Task Type(string code)
    {
        // The editor would close brackets and indent by itself: a whole text goes in as by a paste.
        await _page.EvaluateAsync("""
            code => {
                const notebook = Jupyter.notebook, cell = notebook.insert_cell_at_bottom('code');
                notebook.select(notebook.ncells() - 1);
                notebook.edit_mode();
                cell.code_mirror.setOption('autoCloseBrackets', false);
                cell.code_mirror.focus();
                cell.code_mirror.replaceSelection(code);
            }
            """, code);
    }

    async Task<string> RunTyped()
    {
        await _page.EvaluateAsync("Jupyter.notebook.execute_cell()");
        await UntilIdle();
        return (await _page.EvaluateAsync<string>("Jupyter.notebook.get_selected_cell().output_area.element.find('.output_subarea').text()")).Trim();
    }

    async Task UntilIdle()
    {
        await Assertions.Expect(_page.Locator("#kernel_indicator_icon")).ToHaveClassAsync(new System.Text.RegularExpressions.Regex("kernel_idle_icon"), new() { Timeout = 60_000 });
        await _page.WaitForFunctionAsync("Jupyter.notebook.get_cells().every(c => c.cell_type !== 'code' || c.element.find('.input_prompt').text().indexOf('*') < 0)", null, new() { Timeout = 60_000 });
    }

    async Task Expect(string code) =>
        await _page.WaitForFunctionAsync("code => Jupyter.notebook.get_selected_cell().get_text() === code", code, new() { Timeout = 30_000 });
}
