module Anneal.Charts.Tests.BowlChartTests

open System
open Anneal.Charts
open Xunit

let turned = array2D [ [ 7.0; -10.0 ]; [ -10.0; 19.0 ] ]
let way = [| [| 1.0; 0.5 |]; [| 0.25; -0.5 |] |]
let view = BowlChart.paths "Bowl" "x₁" "x₂" turned 2.0 [ "way" ] [ way ]

[<Fact>]
let ``every level line is a line of one value and the values grow`` () =
    let figure = Json.figure view

    let levels =
        [
            for k in 0..8 ->
                let xs = Json.numbers [ "data"; string k; "x" ] figure
                let ys = Json.numbers [ "data"; string k; "y" ] figure

                let values = List.map2 (fun x y -> 7.0 * x * x - 20.0 * x * y + 19.0 * y * y) xs ys
                // four digits are drawn; products of two near the flat direction cancel to a share of them
                Assert.All(values, (fun v -> Assert.Equal(values.Head, v, 5e-3 * values.Head)))
                values.Head
        ]

    // radii k/10 of √46·2
    Assert.Equal(46.0 * 4.0 / 100.0, levels.Head, 1e-2)
    Assert.Equal(81.0, levels[8] / levels.Head, 0.5)

[<Fact>]
let ``both axes have one scale and the path is drawn as it was taken`` () =
    let figure = Json.figure view
    Assert.Equal("x", Json.text [ "layout"; "yaxis"; "scaleanchor" ] figure)
    Assert.Equal<float list>([ -2.0; 2.0 ], Json.numbers [ "layout"; "xaxis"; "range" ] figure)
    Assert.Equal<float list>([ 1.0; 0.25 ], Json.numbers [ "data"; "10"; "x" ] figure)
    Assert.Contains("way ends after 1 steps at (0.25, −0.5)", view.Description)
    // ½·(7 − 10 + 4.75) at the start
    Assert.Equal(0.875, view.Data.Value.Rows.Head[4] :?> float, 1e-12)

[<Fact>]
let ``side by side each panel keeps its own scale and a name stands once in the legend`` () =
    let figure = BowlChart.beside [ view; view ] |> Json.figure
    Assert.Equal("x2", Json.text [ "layout"; "yaxis2"; "scaleanchor" ] figure)
    Assert.False((Json.at [ "data"; "21"; "showlegend" ] figure).GetBoolean())

[<Fact>]
let ``what is no bowl is refused`` () =
    let paths curvature =
        BowlChart.paths "Saddle" "x" "y" (array2D curvature) 1.0 [ "way" ] [ way ]
        |> ignore

    for curvature in
        [
            [ [ 1.0; 2.0 ]; [ 2.0; 1.0 ] ]
            [ [ 1.0; 0.5 ]; [ 0.0; 1.0 ] ]
            [ [ -1.0; 0.0 ]; [ 0.0; -1.0 ] ]
        ] do
        Assert.Throws<ArgumentException>(fun () -> paths curvature) |> ignore
