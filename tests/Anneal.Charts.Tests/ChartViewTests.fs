module Anneal.Charts.Tests.ChartViewTests

open System.Text.Json
open Anneal.Charts
open Plotly.NET
open Xunit

let view =
    Chart.Line(xy = [ 0.0, 1.0; 1.0, nan; 2.0, 0.25 ], Name = "a </script> b")
    |> Theme.apply "Title" "step" "rate"
    |> ChartView.describe "One line & a gap."

[<Fact>]
let ``the chart carries its description and its data`` () =
    let figure = Json.figure view
    Assert.Equal("One line & a gap.", Json.text [ "layout"; "meta"; "description" ] figure)
    let table = figure |> Json.at [ "layout"; "meta"; "table" ]
    Assert.Equal("step", Json.text [ "columns"; "0" ] table)
    Assert.Equal("rate", Json.text [ "columns"; "1" ] table)
    Assert.Equal<float list>([ 2.0; 0.25 ], Json.numbers [ "rows"; "2" ] table)

[<Fact>]
let ``what is not a number is a gap`` () =
    let figure = Json.figure view
    Assert.Equal(JsonValueKind.Null, (Json.at [ "data"; "0"; "y"; "1" ] figure).ValueKind)
    Assert.Equal(JsonValueKind.Null, (Json.at [ "layout"; "meta"; "table"; "rows"; "1"; "1" ] figure).ValueKind)

[<Fact>]
let ``no template and no background travel along`` () =
    let layout = Json.figure view |> Json.at [ "layout" ]
    Assert.False(Json.has "template" layout)
    Assert.Equal("rgba(0,0,0,0)", Json.text [ "paper_bgcolor" ] layout)
    Assert.Equal("rgba(0,0,0,0)", Json.text [ "plot_bgcolor" ] layout)
    Assert.InRange(view.Json.Length, 1, 2_000)

[<Fact>]
let ``numbers are as long as a screen can show`` () =
    let figure =
        Chart.Line(xy = [ 0.0, 1.0 / 3.0 ])
        |> ChartView.describe "a third"
        |> Json.figure

    Assert.Equal("0.333333333", (Json.at [ "data"; "0"; "y"; "0" ] figure).GetRawText())

[<Fact>]
let ``hosts find three forms by the names of the members`` () =
    let forms = Json.shown view

    Assert.Equal<string list>([ "application/vnd.plotly.v1+json"; "text/html"; "text/plain" ], List.map fst forms)

    Assert.Equal("One line & a gap.", dict(forms)["text/plain"])

[<Fact>]
let ``HTML can hold any text`` () =
    let html = dict (Json.shown view) |> fun forms -> forms["text/html"]
    let script = html.Substring(html.LastIndexOf "<script>")
    Assert.Contains("a \\u003c/script> b", script)
    Assert.Equal(script.IndexOf "</script>", script.LastIndexOf "</script>")
    Assert.Contains("One line &amp; a gap.", html)

[<Fact>]
let ``one chart of a page brings plotly.js along`` () =
    let html bringsLibrary =
        ChartHtml.figure bringsLibrary "c" view.Json view.Description view.Data

    Assert.InRange((html true).Length, 3_000_000, 4_000_000)
    Assert.InRange((html false).Length, 1, 10_000)

[<Fact>]
let ``functions return new views`` () =
    let changed =
        view
        |> ChartView.title "Other"
        |> ChartView.axes "t" "η"
        |> ChartView.names [ "b" ]
        |> ChartView.logY

    let before, after = Json.figure view, Json.figure changed
    Assert.Equal("Title", Json.text [ "layout"; "title"; "text" ] before)
    Assert.Equal("a </script> b", Json.text [ "data"; "0"; "name" ] before)
    Assert.Equal("Other", Json.text [ "layout"; "title"; "text" ] after)
    Assert.Equal("b", Json.text [ "data"; "0"; "name" ] after)
    Assert.Equal("η", Json.text [ "layout"; "yaxis"; "title"; "text" ] after)
    Assert.Equal("log", Json.text [ "layout"; "yaxis"; "type" ] after)
    Assert.False(before |> Json.at [ "layout"; "yaxis" ] |> Json.has "type")

[<Fact>]
let ``a table of one's own replaces the points`` () =
    let rows: objnull list list = [ [ "mean"; 0.5 ] ]

    let table =
        view
        |> ChartView.withTable [ "what"; "value" ] rows
        |> Json.figure
        |> Json.at [ "layout"; "meta"; "table" ]

    Assert.Equal("value", Json.text [ "columns"; "1" ] table)
    Assert.Equal("mean", Json.text [ "rows"; "0"; "0" ] table)

[<Fact>]
let ``lines on different steps are listed one after the other`` () =
    let table =
        [
            Chart.Line(xy = [ 0.0, 1.0; 1.0, 2.0 ], Name = "a")
            Chart.Line(xy = [ 0.5, 3.0 ], Name = "b")
        ]
        |> Chart.combine
        |> Theme.apply "" "step" "rate"
        |> ChartView.describe ""
        |> Json.figure
        |> Json.at [ "layout"; "meta"; "table" ]

    Assert.Equal("series", Json.text [ "columns"; "0" ] table)
    Assert.Equal("b", Json.text [ "rows"; "2"; "0" ] table)

[<Fact>]
let ``a slider has a frame for every position and axes wide enough for all`` () =
    let position height =
        Chart.Line(xy = [ 0.0, 0.0; 1.0, height ])
        |> Theme.apply "" "x" "y"
        |> ChartView.describe ""

    let figure =
        [ position 1.0; position 10.0 ]
        |> ChartView.slider "height" [ "1"; "10" ]
        |> Json.figure

    Assert.Equal(2, Json.count [ "frames" ] figure)
    Assert.Equal<float list>([ 0.0; 10.0 ], Json.numbers [ "frames"; "1"; "data"; "0"; "y" ] figure)
    let slider = figure |> Json.at [ "layout"; "sliders"; "0" ]
    Assert.Equal("animate", Json.text [ "steps"; "1"; "method" ] slider)
    Assert.Equal("10", Json.text [ "steps"; "1"; "args"; "0"; "0" ] slider)
    Assert.Equal("10", Json.text [ "frames"; "1"; "name" ] figure)
    Assert.Equal<float list>([ -0.4; 10.4 ], Json.numbers [ "layout"; "yaxis"; "range" ] figure)

let private recipe =
    """{"name": "heights", "knobs": [{"name": "height", "min": 1, "max": 10}]}"""

[<Fact>]
let ``a live chart has a slider over its stops, moves only what differs, and says which figure it is`` () =
    let position height =
        [
            Chart.Line(xy = [ 0.0, 0.0; 1.0, 1.0 ], Name = "still")
            Chart.Line(xy = [ 0.0, 0.0; 1.0, height ], Name = "moving")
        ]
        |> Chart.combine
        |> Theme.apply "" "x" "y"
        |> ChartView.describe ""

    let figure = ChartView.live (recipe, [ 1.0; 10.0 ], position) |> Json.figure

    Assert.Equal(recipe, Json.text [ "layout"; "meta"; "live" ] figure)
    Assert.Equal("height: ", Json.text [ "layout"; "sliders"; "0"; "currentvalue"; "prefix" ] figure)
    Assert.Equal<float list>([ 1.0 ], Json.numbers [ "frames"; "1"; "traces" ] figure)
    Assert.Equal<float list>([ 0.0; 10.0 ], Json.numbers [ "frames"; "1"; "data"; "0"; "y" ] figure)

[<Fact>]
let ``a live figure needs a knob`` () =
    let message =
        Assert
            .Throws<System.ArgumentException>(fun () ->
                ChartView.live ("""{"name": "n", "knobs": []}""", [ 1.0 ], (fun _ -> view))
                |> ignore)
            .Message

    Assert.Contains("at least one knob", message)

[<Theory>]
[<InlineData(0, "The live figure with the knob height has no stops. Give it two or more values of the knob.")>]
[<InlineData(1,
             "A live figure needs stops at which its lines differ, or nothing in it can move; at 1 they are all the same.")>]
[<InlineData(2,
             "A live figure needs stops at which its lines differ, or nothing in it can move; at 1, 2 they are all the same.")>]
let ``a live figure needs stops at which something moves`` (stops: int) (says: string) =
    let refused =
        Assert.Throws<System.ArgumentException>(fun () ->
            ChartView.live (recipe, [ for i in 1..stops -> float i ], (fun _ -> view))
            |> ignore)

    Assert.StartsWith(says, refused.Message)
    Assert.Equal("stops", refused.ParamName)

[<Fact>]
let ``a slider refuses a label too few`` () =
    let message =
        Assert.Throws<System.ArgumentException>(fun () -> ChartView.slider "x" [ "1" ] [ view; view ] |> ignore).Message

    Assert.Contains("1 labels, 2 views", message)

[<Fact>]
let ``a saved chart is a page with its description, its data and plotly.js`` () =
    let path =
        System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"{System.Guid.NewGuid()}.html")

    try
        ChartView.save path view
        let page = System.IO.File.ReadAllText path
        Assert.StartsWith("<!DOCTYPE html>", page)
        Assert.Contains("aria-label=\"One line &amp; a gap.\"", page)
        Assert.Contains("<th>step</th><th>rate</th>", page)
        Assert.InRange(page.Length, 3_000_000, 5_000_000)
        Assert.DoesNotContain("<script src=", page)
    finally
        System.IO.File.Delete path
