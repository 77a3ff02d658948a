using System.Text;

namespace Anneal.Notebooks;

/// <summary>Why a cell failed, where it failed.</summary>
static class FailureHtml
{
    public static string Render(Failure failure)
    {
        StringBuilder html = new($"<div class=\"output failure\"><p class=\"name\">{Html.Escape(failure.Name)}</p>\n<p>{Html.Escape(failure.Message)}</p>\n");
        if (failure.Line is { } line)
            html.Append($"<pre><span class=\"line\">{Html.Escape(failure.File is { } file ? $"{file}, " : "")}line {line}</span>  {Html.Escape(failure.SourceLine ?? "")}</pre>\n");
        if (failure.Trace.Count > 0)
            html.Append($"<details><summary>Stack trace</summary><pre>{Html.Escape(string.Join('\n', failure.Trace))}</pre></details>\n");
        return html.Append("</div>\n").ToString();
    }
}
