namespace Anneal.Charts

open System
open System.IO
open System.Net
open System.Threading
open Plotly.NET

/// A chart for notebook hosts that show HTML and know nothing of plotly.js.
/// The first chart a process shows brings plotly.js along, the others use that copy: 3.6 MB once, and no network.
/// A later chart whose first one is gone (its cell was cleared, the file opened anew) asks the network after a while,
/// and where there is none the description and the table remain.
module internal ChartHtml =
    let private plotly =
        lazy
            (match typeof<GenericChart>.Assembly.GetManifestResourceStream "Plotly.NET.plotly-2.28.0.min.js" with
             | null -> invalidOp "Plotly.NET no longer brings plotly.js 2.28.0 along."
             | stream ->
                 use reader = new StreamReader(stream)
                 reader.ReadToEnd())

    let private encode (text: string) = string (WebUtility.HtmlEncode text)

    /// JSON that can stand inside a script element, whatever text it holds.
    let scriptSafe (json: string) =
        json.Replace("<", "\\u003c").Replace("\u2028", "\\u2028").Replace("\u2029", "\\u2029")

    /// plotly.js as a plain script even where a module loader is on the page, which would otherwise take it for itself.
    let private library () =
        $"<script>(function (define, module, exports) {{\n{plotly.Value}\n}}).call(window);</script>"

    let private script (id: string) (figure: string) =
        $"""<script>(function () {{
  var box = document.getElementById("{id}"), figure = {scriptSafe figure}, waited = 0;
  function draw() {{
    if (window.Plotly) {{
      figure.layout.font = Object.assign({{}}, figure.layout.font, {{ color: getComputedStyle(box).color }});
      window.Plotly.newPlot(box, figure);
      return;
    }}
    waited += 100;
    if (waited === 2000) {{
      var source = document.createElement("script");
      source.src = "https://cdn.plot.ly/plotly-2.28.0.min.js";
      document.head.appendChild(source);
    }}
    if (waited < 60000) setTimeout(draw, 100);
  }}
  draw();
}})();</script>"""

    let private cell (value: objnull) =
        match DataTable.cell value with
        | null -> ""
        | :? float as number -> Text.number 6 number
        | :? IFormattable as number -> number.ToString(null, Globalization.CultureInfo.InvariantCulture)
        | other -> encode (string other)

    let private table (table: DataTable) =
        let row tag cells =
            cells
            |> List.map (fun c -> $"<{tag}>{c}</{tag}>")
            |> String.concat ""
            |> sprintf "<tr>%s</tr>"

        let head = table.Columns |> List.map encode |> row "th"
        let body = table.Rows |> List.map (List.map cell >> row "td") |> String.concat ""

        $"<details><summary>Data</summary><table><thead>{head}</thead><tbody>{body}</tbody></table></details>"

    /// The chart as a figure element; bringsLibrary says whether plotly.js comes before it.
    let figure (bringsLibrary: bool) (id: string) (json: string) (description: string) (data: DataTable option) =
        String.concat
            "\n"
            [
                "<figure style=\"margin:0\">"
                $"<div id=\"{id}\" role=\"img\" aria-label=\"{encode description}\"></div>"
                $"<figcaption>{encode description}</figcaption>"
                data |> Option.map table |> Option.defaultValue ""
                if bringsLibrary then
                    library ()
                script id json
                "</figure>"
            ]

    let mutable private shown = 0

    /// The same, with the library when this is the first chart that this process shows.
    let show json description data =
        figure (Interlocked.Exchange(&shown, 1) = 0) $"chart-{Guid.NewGuid():N}" json description data

    /// A page of its own: the chart with its description, its table and plotly.js in one document.
    let page (title: string) json (description: string) data =
        String.concat
            "\n"
            [
                "<!DOCTYPE html>"
                "<html lang=\"en\">"
                "<head>"
                "<meta charset=\"utf-8\">"
                "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
                "<meta name=\"color-scheme\" content=\"light dark\">"
                $"<title>{encode title}</title>"
                "<style>body { font-family: sans-serif; margin: 1rem }</style>"
                "</head>"
                "<body>"
                figure true "chart" json description data
                "</body>"
                "</html>"
                ""
            ]
