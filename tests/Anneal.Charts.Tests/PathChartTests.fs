module Anneal.Charts.Tests.PathChartTests

open System
open Anneal
open Anneal.Objectives
open Anneal.Charts
open Xunit

let objective = Rosenbrock()
let straight = [| for t in 0..10 -> [| -1.2 + 0.2 * float t; 1.0 |] |]
let short = [| [| -1.2; 1.0 |]; [| 1.0; 1.0 |] |]

[<Fact>]
let ``contours show the window and mark the minimum`` () =
    let figure = PathChart.contours true objective |> Json.figure
    Assert.Equal("contour", Json.text [ "data"; "0"; "type" ] figure)
    Assert.Equal<float list>([ -2.0; 2.0 ], Json.numbers [ "layout"; "xaxis"; "range" ] figure)
    Assert.Equal<float list>([ 1.0 ], Json.numbers [ "data"; "1"; "x" ] figure)

[<Fact>]
let ``plain levels are the values themselves`` () =
    let figure = PathChart.contours false objective |> Json.figure
    let x = Json.numbers [ "data"; "0"; "x" ] figure
    let y = Json.numbers [ "data"; "0"; "y" ] figure
    let z = Json.numbers [ "data"; "0"; "z"; "7" ] figure
    let value = objective.Value [| x[3]; y[7] |]
    // four digits are drawn
    Assert.Equal(value, z[3], 1e-3 * value)

[<Fact>]
let ``paths are drawn as they were taken`` () =
    let view = PathChart.paths objective [ "straight"; "short" ] [ straight; short ]
    let figure = Json.figure view
    Assert.Equal("straight", Json.text [ "data"; "2"; "name" ] figure)
    Assert.Equal(11, Json.count [ "data"; "2"; "x" ] figure)
    Assert.Contains("short ends after 1 steps at (1, 1) with value 0", view.Description)

[<Fact>]
let ``a path that blows up is drawn as far as a browser can place it`` () =
    let wild =
        [| [| -1.2; 1.0 |]; [| 300.0; -5.0 |]; [| -2e30; 1.0 |]; [| nan; nan |] |]

    let figure = PathChart.paths objective [ "wild" ] [ wild ] |> Json.figure
    Assert.Equal<float list>([ -1.2; 300.0 ], Json.numbers [ "data"; "2"; "x" ] figure)
    let race = PathChart.race objective [ "wild" ] [ wild ]
    Assert.Equal<float list>([ 300.0 ], Json.numbers [ "frames"; "3"; "data"; "1"; "x" ] (Json.figure race))
    Assert.Contains("wild ends after 3 steps at (not a number, not a number)", race.Description)

[<Fact>]
let ``in a race every frame moves trails and heads and leaves the contours alone`` () =
    let figure =
        PathChart.race objective [ "straight"; "short" ] [ straight; short ]
        |> Json.figure

    Assert.Equal(11, Json.count [ "frames" ] figure)
    Assert.Equal<float list>([ 2.0; 3.0; 4.0; 5.0 ], Json.numbers [ "frames"; "4"; "traces" ] figure)
    Assert.Equal(5, Json.count [ "frames"; "4"; "data"; "0"; "x" ] figure)
    // the short path waits at its end
    Assert.Equal<float list>([ 1.0 ], Json.numbers [ "frames"; "4"; "data"; "3"; "x" ] figure)
    Assert.Equal(11, Json.count [ "layout"; "sliders"; "0"; "steps" ] figure)
    // plotly.js would lose the contours without a redraw
    let pace =
        Json.at [ "layout"; "updatemenus"; "0"; "buttons"; "0"; "args"; "1"; "frame"; "redraw" ] figure

    Assert.True(pace.GetBoolean())
    Assert.Equal("Play", Json.text [ "layout"; "updatemenus"; "0"; "buttons"; "0"; "label" ] figure)

[<Fact>]
let ``a race opens at its last step`` () =
    let figure =
        PathChart.race objective [ "straight"; "short" ] [ straight; short ]
        |> Json.figure

    Assert.Equal(11, Json.count [ "data"; "2"; "x" ] figure)
    Assert.Equal(10, (Json.at [ "layout"; "sliders"; "0"; "active" ] figure).GetInt32())

[<Fact>]
let ``a long race has no more frames than a reader sees`` () =
    let long = [| for t in 0..5_000 -> [| float t / 5_000.0; 1.0 |] |]
    let figure = PathChart.race objective [ "long" ] [ long ] |> Json.figure
    Assert.InRange(Json.count [ "frames" ] figure, 20, 61)
    Assert.Equal("5000", Json.text [ "frames"; "60"; "name" ] figure)
    Assert.InRange(figure.GetRawText().Length, 1, 400_000)

[<Fact>]
let ``what cannot be drawn is refused by name`` () =
    let refused (action: unit -> ChartView) =
        Assert.Throws<ArgumentException>(fun () -> action () |> ignore).Message

    Assert.Contains(
        "Contours need a function of two numbers; Diagonal quadratic has 3.",
        refused (fun () -> PathChart.contours true (DiagonalQuadratic [| 1.0; 2.0; 3.0 |]))
    )

    Assert.Contains("2 names, 1 paths", refused (fun () -> PathChart.paths objective [ "a"; "b" ] [ short ]))

    Assert.Contains("a is not", refused (fun () -> PathChart.race objective [ "a" ] [ [| [| 1.0 |] |] ]))
