using System.Text;

namespace Anneal.Notebooks;

/// <summary>What stands around the text of every page: head, bar, table of contents, links to other pages, scripts.</summary>
static class PageShell
{
    static readonly Lazy<string> Style = new(() => Asset.Style("source-serif-4/source-serif-4.css") + Asset.Text("page/page.css"));
    static readonly Lazy<string> FormulaStyle = new(() => Asset.Style("katex/katex.min.css"));
    static readonly Lazy<string> Plotly = new(() => Asset.Text("plotly/plotly-cartesian.min.js"));

    public static string Wrap(PageState page, string title, string main, PageSettings settings, PageApplication? program = null)
    {
        var early = Asset.Text("page/theme.js");
        List<string> scripts = [Asset.Text("page/page.js")];
        bool asks = main.Contains("class=\"quiz\"", StringComparison.Ordinal), answers = main.Contains("answer-box", StringComparison.Ordinal);
        bool computes = page.Computed > 0;
        if (computes && settings.Library is { } library)
            program ??= new() { Scripts = [library.Script], Data = [(library.Id, File.ReadAllText(library.File))] };
        if (asks || answers || computes)
            scripts.AddRange([Asset.Text("page/make.js"), Asset.Text("page/numbers.js")]);
        if (answers)
            scripts.Add(Asset.Text("page/answers.js"));
        if (asks)
            scripts.AddRange(((string[])["record", "keeping", "question", "markdown", "notes", "quiz"]).Select(name => Asset.Text($"page/{name}.js")));
        if (settings.Searchable)
            scripts.Add(Asset.Text("page/search.js"));
        if (computes)
            scripts.Add(Asset.Text("page/knobs.js"));
        if (page.Charts > 0)
            scripts.AddRange([Plotly.Value, Asset.Text("page/charts.js")]);
        scripts.AddRange(program?.Scripts ?? []);
        var contents = page.Outline.Headings.Count(h => h.Level is 2 or 3) > 1 ? page.Outline.ToHtml() : null;
        StringBuilder html = new();
        html.Append($"""
            <!DOCTYPE html>
            <html lang="{Html.Escape(settings.Language)}">
            <head>
            <meta charset="utf-8">
            {PageFile.Mark}
            <meta http-equiv="Content-Security-Policy" content="{Policy([early, .. scripts], program?.RunsWebAssembly ?? false)}">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{Html.Escape($"{(settings.Number is null ? "" : settings.Number + " ")}{title}{(title == settings.Site ? "" : $" · {settings.Site}")}")}</title>
            {(settings.Description is null ? "" : $"<meta name=\"description\" content=\"{Html.Escape(settings.Description)}\">\n")}<link rel="icon" href="data:image/svg+xml,{Uri.EscapeDataString(Asset.Text("page/icon.svg"))}">
            <style>{(page.HasFormulas ? FormulaStyle.Value : "")}{Style.Value}{program?.Style}</style>
            <script>{early}</script>
            </head>
            <body>
            <a class="skip" href="#main">Skip to the text</a>

            """);
        html.Append(Bar(settings, main));
        html.Append($"<div class=\"frame{(contents is null ? " without-contents" : "")}\">\n");
        if (contents is not null)
            html.Append($"""<nav class="contents" aria-label="On this page"><details open><summary>On this page</summary>{contents}</details></nav>""").Append('\n');
        html.Append($"<main id=\"main\" tabindex=\"-1\">\n{main}</main>\n</div>\n");
        html.Append(Footer(settings));
        foreach (var (id, text) in program?.Data ?? [])
            html.Append($"<script type=\"text/plain\" id=\"{Html.Escape(id)}\">{text}</script>\n");
        foreach (var script in scripts)
            html.Append($"<script>{script}</script>\n");
        return html.Append("</body>\n</html>\n").ToString();
    }

    /// <summary>Nothing may be loaded; only these very scripts run. Styles stay open because formulas and charts are placed by style attributes.</summary>
    static string Policy(IEnumerable<string> scripts, bool runsWebAssembly) =>
        $"default-src 'none'; script-src {string.Join(' ', scripts.Select(Asset.Hash))}{(runsWebAssembly ? " 'wasm-unsafe-eval' blob:" : "")}; style-src 'unsafe-inline'; img-src data: blob:; font-src data:; base-uri 'none'; form-action 'none'";

    static string Bar(PageSettings settings, string main)
    {
        var home = settings.Index is { } index ? $"<a class=\"site\" href=\"{Html.Escape(index.Href)}\">{Html.Escape(settings.Site)}</a>" : $"<span class=\"site\">{Html.Escape(settings.Site)}</span>";
        var near = settings.References.Where(link => !link.IsMore).ToList();
        var further = settings.References.Where(link => link.IsMore).ToList();
        var references = near.Count == 0 ? "" : $"<nav class=\"references\" aria-label=\"Further pages\">{string.Concat(near.Select(Link))}</nav>";
        if (further.Count > 0)
            references += $"<details class=\"lessons references\"><summary>More</summary><nav aria-label=\"Reference\"><ol>{string.Concat(further.Select(link => $"<li>{Link(link)}</li>"))}</ol></nav></details>";
        var code = main.Contains("<details class=\"source\"", StringComparison.Ordinal) ? """<button type="button" id="show-code" hidden aria-pressed="false">Code</button>""" : "";
        var checks = main.Contains("<details class=\"claims\"", StringComparison.Ordinal) ? """<button type="button" id="show-checks" hidden aria-pressed="false">Checks</button>""" : "";
        var score = main.Contains("class=\"answer-box\"", StringComparison.Ordinal) ? """<span id="score" role="status"></span>""" : "";
        var quiz = main.Contains("class=\"quiz\"", StringComparison.Ordinal) ? """<span role="status" hidden><a id="quiz-score" href="#quiz"></a></span>""" : "";
        return $"""<header class="bar">{home}{Lessons(settings)}{references}<div class="tools">{score}{quiz}{code}{checks}<button type="button" id="theme" hidden>Theme</button></div></header>""" + "\n";
    }

    static string Link(PageLink link) => $"<a href=\"{Html.Escape(link.Href)}\">{Html.Escape(link.Title)}</a>";

    /// <summary>The list of all lessons, part by part; those that are planned are no links.</summary>
    static string Lessons(PageSettings settings)
    {
        if (settings.Parts.Count == 0)
            return "";
        StringBuilder html = new("<details class=\"lessons\"><summary>Lessons</summary><nav aria-label=\"Lessons\">");
        foreach (var part in settings.Parts)
        {
            html.Append(part.Title.Length == 0 ? "<div>" : $"<div><p>{Html.Escape(part.Title)}</p>").Append("<ol>");
            foreach (var lesson in part.Lessons)
            {
                var here = lesson.Number == settings.Number ? " aria-current=\"page\"" : "";
                var words = $"<span>{Html.Escape(lesson.Number)}</span> {Html.Escape(lesson.Title)}";
                html.Append(lesson.Href is { } href ? $"<li><a href=\"{Html.Escape(href)}\"{here}>{words}</a></li>" : $"<li class=\"planned\">{words} <small>planned</small></li>");
            }
            html.Append("</ol></div>");
        }
        if (settings.References.Count > 0)
            html.Append("<div class=\"also\"><p>Reference</p><ol>").AppendJoin("", settings.References.Select(link => $"<li>{Link(link)}</li>")).Append("</ol></div>");
        return html.Append("</nav></details>").ToString();
    }

    static string Footer(PageSettings settings)
    {
        var pages = new[] { (settings.Previous, "Previous", "previous"), (settings.Index, "Contents", "index"), (settings.Next, "Next", "next") }
            .Where(p => p.Item1 is not null)
            .Select(p => $"<a class=\"{p.Item3}\" href=\"{Html.Escape(p.Item1!.Href)}\"><small>{p.Item2}</small> {Html.Escape(p.Item1.Title)}</a>");
        return $"<footer><nav class=\"pages\" aria-label=\"Pages\">{string.Concat(pages)}</nav></footer>\n".Replace("""<nav class="pages" aria-label="Pages"></nav>""", "");
    }
}
