module Anneal.Charts.Tests.PanelsTests

open Anneal.Charts
open Plotly.NET
open Xunit

let panel title height =
    Chart.Line(xy = [ 0.0, 0.0; 1.0, height ], Name = $"line of {title}")
    |> Theme.apply title "x" $"y of {title}"
    |> ChartView.describe $"About {title}."

[<Fact>]
let ``panels have axes, titles and places of their own`` () =
    let figure = ChartView.beside [ panel "a" 1.0; panel "b" 10.0 ] |> Json.figure
    Assert.Equal("x2", Json.text [ "data"; "1"; "xaxis" ] figure)
    Assert.Equal("y2", Json.text [ "data"; "1"; "yaxis" ] figure)
    Assert.Equal("y of b", Json.text [ "layout"; "yaxis2"; "title"; "text" ] figure)
    Assert.Equal("y2", Json.text [ "layout"; "xaxis2"; "anchor" ] figure)
    Assert.Equal("b", Json.text [ "layout"; "annotations"; "1"; "text" ] figure)
    let left = Json.numbers [ "layout"; "xaxis"; "domain" ] figure
    let right = Json.numbers [ "layout"; "xaxis2"; "domain" ] figure
    Assert.True(left[1] < right[0], "the panels overlap")
    Assert.Equal(1.0, right[1])

[<Fact>]
let ``a long title takes more lines, and the drawing makes room above each row`` () =
    let long = "A title of more than forty letters, as some need it"

    let layout (views: ChartView list) (columns: int) =
        ChartView.grid columns views |> Json.figure |> Json.at [ "layout" ]

    let short = [ panel "a" 1.0; panel "b" 1.0 ]

    let number name (layout: System.Text.Json.JsonElement) =
        (layout.GetProperty(name: string)).GetDouble()

    let top layout =
        Json.at [ "margin" ] layout |> number "t"

    // three lines where there are two columns: two lines more, each 17 pixels high, whichever of the two is the long one
    for place, views in
        [
            "0", [ panel long 1.0; panel "b" 1.0 ]
            "1", [ panel "a" 1.0; panel long 1.0 ]
        ] do
        let wide = layout views 2
        let title = Json.text [ "annotations"; place; "text" ] wide |> Json.found "title"
        Assert.Equal(3, title.Split("<br>").Length)
        Assert.Equal(top (layout short 2) + 34.0, top wide)
        Assert.Equal(number "height" (layout short 2) + 34.0, number "height" wide)

    // below each other it stands in the gap, which is as much wider
    let gap layout =
        (Json.numbers [ "yaxis"; "domain" ] layout)[0]
        - (Json.numbers [ "yaxis2"; "domain" ] layout)[1]

    let below = layout [ panel "a" 1.0; panel long 1.0 ] 1
    Assert.Equal(top (layout short 1), top below)
    Assert.Equal(gap (layout short 1) + 17.0 / 560.0, gap below, 1e-8)

[<Fact>]
let ``one chart stands above others in the whole width, with its colour bar beside it`` () =
    let map =
        PhaseChart.map
            "Map"
            ("a", [| 0.0; 1.0 |])
            ("b", [| 0.0; 1.0 |])
            ("c", [| [| 0.0; 1.0 |]; [| 1.0; 0.0 |] |])
            []
            []

    let figure = map |> ChartView.above [ panel "a" 1.0; panel "b" 1.0 ] |> Json.figure

    let domain axis =
        Json.numbers [ "layout"; axis; "domain" ] figure

    Assert.Equal<float list>([ 0.0; 1.0 ], domain "xaxis")
    Assert.True((domain "xaxis2")[1] < (domain "xaxis3")[0])
    Assert.Equal<float list>(domain "yaxis2", domain "yaxis3")
    Assert.True((domain "yaxis2")[1] < (domain "yaxis")[0])

    let bar name =
        (Json.at [ "data"; "0"; "colorbar"; name ] figure).GetDouble()

    Assert.Equal(domain "yaxis" |> List.average, bar "y", 1e-12)
    Assert.Equal((domain "yaxis")[1] - (domain "yaxis")[0], bar "len", 1e-12)

[<Fact>]
let ``a series of several panels is named once, and hidden as one`` () =
    let shared title =
        LineChart.plain title "x" "y" [ "a"; $"only in {title}" ] [ [| 0.0, 1.0 |]; [| 0.0, 2.0 |] ]

    let figure = ChartView.beside [ shared "left"; shared "right" ] |> Json.figure
    Assert.False((Json.at [ "data"; "2"; "showlegend" ] figure).GetBoolean())

    for trace in [ "0"; "2" ] do
        Assert.Equal("a", Json.text [ "data"; trace; "legendgroup" ] figure)

    for trace in [ "0"; "1"; "3" ] do
        Assert.False((Json.at [ "data"; trace ] figure).TryGetProperty("showlegend") |> fst, $"trace {trace}")

[<Fact>]
let ``series of one name that look different are both named`` () =
    let second =
        LineChart.plain "right" "x" "y" [ "first"; "a" ] [ [| 0.0, 1.0 |]; [| 0.0, 2.0 |] ]

    let first = LineChart.plain "left" "x" "y" [ "a" ] [ [| 0.0, 1.0 |] ]
    let figure = ChartView.beside [ first; second ] |> Json.figure

    for trace in [ "0"; "1"; "2" ] do
        Assert.False((Json.at [ "data"; trace ] figure).TryGetProperty("showlegend") |> fst, $"trace {trace}")

[<Fact>]
let ``rows run from the top`` () =
    let figure = ChartView.grid 1 [ panel "a" 1.0; panel "b" 10.0 ] |> Json.figure
    let upper = Json.numbers [ "layout"; "yaxis"; "domain" ] figure
    let lower = Json.numbers [ "layout"; "yaxis2"; "domain" ] figure
    Assert.True(lower[1] < upper[0], "the panels overlap")
    Assert.Equal(1.0, upper[1])

[<Fact>]
let ``descriptions and tables are joined`` () =
    let view = ChartView.beside [ panel "a" 1.0; panel "b" 10.0 ]
    Assert.Equal("About a. About b.", view.Description)
    let table = Option.get view.Data
    Assert.Equal<string list>([ "chart"; "series"; "x"; "y" ], table.Columns)
    Assert.Equal<string list>([ "b"; "y of b"; "1"; "10" ], List.last table.Rows |> List.map string)

[<Fact>]
let ``small multiples share their axes`` () =
    let figure =
        ChartView.smallMultiples 2 [ panel "a" 1.0; panel "b" 10.0 ] |> Json.figure

    Assert.Equal<float list>(
        Json.numbers [ "layout"; "yaxis"; "range" ] figure,
        Json.numbers [ "layout"; "yaxis2"; "range" ] figure
    )

[<Fact>]
let ``marks move with their panel`` () =
    let figure =
        ChartView.beside [ panel "a" 1.0; panel "b" 10.0 |> ChartView.level "limit" 5.0 ]
        |> Json.figure

    Assert.Equal("y2", Json.text [ "layout"; "shapes"; "0"; "yref" ] figure)
    Assert.Equal("x2 domain", Json.text [ "layout"; "shapes"; "0"; "xref" ] figure)

[<Fact>]
let ``panels of panels and moving panels are refused`` () =
    let refused (views: ChartView list) =
        Assert.Throws<System.ArgumentException>(fun () -> ChartView.beside views |> ignore).Message

    let two = ChartView.beside [ panel "a" 1.0; panel "b" 10.0 ]
    let moving = [ panel "a" 1.0 ] |> ChartView.slider "s" [ "1" ]
    Assert.Contains("cannot be a panel", refused [ two; two ])
    Assert.Contains("moves", refused [ moving ])
    Assert.Contains("at least one chart", refused [])
