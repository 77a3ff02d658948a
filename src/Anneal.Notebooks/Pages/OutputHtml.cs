using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Anneal.Notebooks;

/// <summary>What a cell put out, in the richest form that a page can show.</summary>
static partial class OutputHtml
{
    static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <exception cref="NotebookException">It cannot be shown.</exception>
    public static string Render(PageState page, Output output)
    {
        try
        {
            return Shown(page, output);
        }
        catch (Exception e) when (e is not (NotebookException or OutOfMemoryException))
        {
            throw page.Fault($"An output cannot be shown. {e.Message}", e);
        }
    }

    static string Shown(PageState page, Output output) => output switch
    {
        StreamText { IsError: true } stream => Text(stream.Text, "stream error", "Standard error"),
        StreamText stream => Text(stream.Text, "stream", "Standard output"),
        Display display => Render(page, display),
        Failure failure => FailureHtml.Render(failure),
        _ => throw new ArgumentException($"A page cannot show a {output.GetType().Name}.", nameof(output)),
    };

    static string Render(PageState page, Display display)
    {
        var data = display.Data;
        return data.TryGetValue("application/vnd.plotly.v1+json", out var chart) ? ChartHtml.Render(page, chart)
            : data.TryGetValue("text/html", out var html) ? $"<div class=\"output html\">{HtmlFragment.Clean(page, html)}</div>\n"
            : data.TryGetValue("text/markdown", out var markdown) ? $"<div class=\"output text\">{MarkdownHtml.Render(page, markdown, NoFiles, inOutline: false)}</div>\n"
            : Image(page, data) is { } image ? image
            : data.TryGetValue("text/latex", out var tex) ? $"<div class=\"output formula\">{page.Formula(tex.Trim().Trim('$'), display: true)}</div>\n"
            : data.FirstOrDefault(d => d.Key.EndsWith("json", StringComparison.Ordinal)).Value is { } json ? Text(Tidy(json), "json", "JSON")
            : data.TryGetValue("text/plain", out var plain) ? Text(plain, "plain", "Result")
            : Text($"This output has only forms that a page cannot show: {string.Join(", ", data.Keys)}.", "plain", "Result");
    }

    static readonly Dictionary<string, Attachment> NoFiles = [];

    static string? Image(PageState page, IReadOnlyDictionary<string, string> data)
    {
        foreach (var mime in (string[])["image/svg+xml", "image/png", "image/jpeg", "image/gif", "image/webp"])
            if (data.TryGetValue(mime, out var content))
            {
                if (Images.DataAddress(mime, content) is not { } address)
                    return Text($"This output should be an image of type {mime}, but it is not base64.", "plain", "Result");
                var words = data.GetValueOrDefault("text/plain") ?? (mime == "image/svg+xml" ? SvgTitle(content) : null);
                var number = ++page.Figures;
                var caption = words is null ? "" : $" {Html.Escape(words)}";
                return $"<figure class=\"output image\"><img src=\"{address}\" alt=\"{Html.Escape(words ?? $"Figure {number}")}\">"
                    + $"<figcaption><b>Figure {number}.</b>{caption}</figcaption></figure>\n";
            }
        return null;
    }

    static string? SvgTitle(string svg) => SvgTitleElement().Match(svg) is { Success: true } title ? System.Net.WebUtility.HtmlDecode(title.Groups[1].Value).Trim() : null;

    static string Text(string text, string kind, string label) =>
        $"<div class=\"output {kind}\"><pre role=\"group\" aria-label=\"{label}\">{Html.Escape(Ansi().Replace(text, "").TrimEnd('\n', '\r'))}</pre></div>\n";

    static string Tidy(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return JsonSerializer.Serialize(document.RootElement, Indented);
        }
        catch (JsonException)
        {
            return json; // shown as it is: its author sees what is wrong
        }
    }

    [GeneratedRegex("\e\\[[0-9;]*[A-Za-z]")]
    private static partial Regex Ansi();

    [GeneratedRegex("<title[^>]*>(.*?)</title>", RegexOptions.Singleline)]
    private static partial Regex SvgTitleElement();
}
