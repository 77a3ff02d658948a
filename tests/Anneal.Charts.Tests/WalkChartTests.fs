module Anneal.Charts.Tests.WalkChartTests

open System
open Anneal
open Anneal.Objectives
open Anneal.Charts
open Xunit

let private parabola x = x * x
let private drawn = WalkChart.on "Walk" "weight w" "loss" parabola (-2.0, 2.0)

[<Fact>]
let ``a walk stands on the graph`` () =
    let figure = drawn [ "down" ] [ [| 2.0; -1.0; 0.5 |] ] |> Json.figure
    Assert.Equal<float list>([ 2.0; -1.0; 0.5 ], Json.numbers [ "data"; "1"; "x" ] figure)
    Assert.Equal<float list>([ 4.0; 1.0; 0.25 ], Json.numbers [ "data"; "1"; "y" ] figure)
    Assert.Equal("weight w", Json.text [ "layout"; "xaxis"; "title"; "text" ] figure)

[<Fact>]
let ``the curve spans the drawn part and its heights are the function's`` () =
    let figure = drawn [ "down" ] [ [| 1.0 |] ] |> Json.figure
    let x = Json.numbers [ "data"; "0"; "x" ] figure
    let y = Json.numbers [ "data"; "0"; "y" ] figure
    Assert.Equal(-2.0, List.head x)
    Assert.Equal(2.0, List.last x)

    for x, y in List.zip x y do
        // five digits are drawn
        Assert.Equal(x * x, y, 1e-4)

[<Fact>]
let ``a walk that leaves the picture ends with the step that left, however far it went`` () =
    let view = drawn [ "away" ] [ [| 1.0; -3.0; 1e300; 0.0 |] ]
    Assert.Equal<float list>([ 1.0; -3.0 ], Json.numbers [ "data"; "1"; "x" ] (Json.figure view))
    let view = drawn [ "away" ] [ [| 1.0; 1e300 |] ]
    Assert.Equal<float list>([ 1.0; 6.0 ], Json.numbers [ "data"; "1"; "x" ] (Json.figure view))

[<Fact>]
let ``a delegate draws the same walk as a function`` () =
    let walks = [ [| 2.0; -1.0; 0.5 |] ]

    let view =
        WalkChart.Graph("Walk", "weight w", "loss", Func<float, float> parabola, -2.0, 2.0, [ "down" ], walks)

    Assert.Equal((drawn [ "down" ] walks).Json, view.Json)

[<Fact>]
let ``the description tells where each walk ends`` () =
    let view = drawn [ "down"; "up" ] [ [| 2.0; 0.5 |]; [| 1.0 |] ]
    Assert.Contains("down stands after 1 updates at 0.5, height 0.25; up stands after 0", view.Description)

[<Fact>]
let ``no walks, a name too few, and a walk without a start are refused`` () =
    for names, walks in [ [], []; [ "a" ], [ [| 1.0 |]; [| 1.0 |] ]; [ "a" ], [ [||] ] ] do
        Assert.Throws<ArgumentException>(fun () -> drawn names walks |> ignore)
        |> ignore

[<Fact>]
let ``a slider over contours moves the paths alone and tells every position`` () =
    let objective = Saddle()

    let path (y: float) = [| [| 1.0; y |]; [| 0.5; y |] |]

    let view =
        PathChart.slider objective "y" [ "0"; "1" ] [ "across" ] [ [ path 0.0 ]; [ path 1.0 ] ]

    let figure = Json.figure view
    Assert.Equal(2, Json.count [ "frames" ] figure)
    // the contours and the two minima are places 0 to 2
    Assert.Equal<float list>([ 3.0 ], Json.numbers [ "frames"; "1"; "traces" ] figure)
    Assert.Equal<float list>([ 1.0; 1.0 ], Json.numbers [ "frames"; "1"; "data"; "0"; "y" ] figure)
    Assert.Contains("y 1: Paths over the contours of Saddle: across ends after 1 steps at (0.5, 1)", view.Description)
