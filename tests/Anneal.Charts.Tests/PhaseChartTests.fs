module Anneal.Charts.Tests.PhaseChartTests

open System
open System.Text.Json
open Anneal.Charts
open Xunit

let map rows =
    PhaseChart.map
        "Map"
        ("rate", [| 0.0; 1.0; 2.0 |])
        ("momentum", [| 0.0; 0.9 |])
        ("factor", rows)
        [ "edge", [| 0.0, 0.0; 2.0, 0.9 |] ]
        [ "calm", 0.5, 0.3; "wild", 1.5, 0.6 ]

[<Fact>]
let ``a map has its values on true axes, borders in front, and regions by name`` () =
    let view = map [| [| 1.0; 0.5; nan |]; [| 0.9; 0.25; 0.75 |] |]
    let figure = Json.figure view
    Assert.Equal("heatmap", Json.text [ "data"; "0"; "type" ] figure)
    Assert.Equal<float list>([ 0.0; 1.0; 2.0 ], Json.numbers [ "data"; "0"; "x" ] figure)
    Assert.Equal(0.25, (Json.at [ "data"; "0"; "z"; "1"; "1" ] figure).GetDouble())
    Assert.Equal(JsonValueKind.Null, (Json.at [ "data"; "0"; "z"; "0"; "2" ] figure).ValueKind)
    // each border twice: white, and black upon it
    Assert.Equal<float list>([ 0.0; 0.9 ], Json.numbers [ "data"; "1"; "y" ] figure)
    Assert.Equal<float list>([ 0.0; 0.9 ], Json.numbers [ "data"; "2"; "y" ] figure)
    Assert.Equal("wild", Json.text [ "layout"; "annotations"; "1"; "text" ] figure)
    Assert.Equal(1.5, (Json.at [ "layout"; "annotations"; "1"; "x" ] figure).GetDouble())
    Assert.Contains("Regions: calm, wild. Borders: edge.", view.Description)

[<Fact>]
let ``a map's table has every setting of a small map`` () =
    match (map [| [| 1.0; 0.5; nan |]; [| 0.9; 0.25; 0.75 |] |]).Data with
    | Some table ->
        Assert.Equal<string list>([ "rate"; "momentum"; "factor" ], table.Columns)
        Assert.Equal(6, table.Rows.Length)
        Assert.Equal<float list>([ 1.0; 0.9; 0.25 ], [ for cell in table.Rows[4] -> unbox<float> cell ])
    | None -> Assert.Fail "no table"

[<Fact>]
let ``a map whose rows do not fit its axes is refused by name`` () =
    let refused rows =
        Assert.Throws<ArgumentException>(fun () -> map rows |> ignore).Message

    Assert.Contains("2 momentum, 1 rows of values", refused [| [| 1.0; 1.0; 1.0 |] |])
    Assert.Contains("3 rate, 1 values in a row", refused [| [| 1.0 |]; [| 1.0 |] |])

[<Fact>]
let ``roots run around the unit circle on axes of one scale`` () =
    let figure =
        PhaseChart.roots "Roots" [ "first" ] [ [| 1.0, 0.0; 0.5, 0.5 |] ] |> Json.figure

    let circle =
        List.zip (Json.numbers [ "data"; "0"; "x" ] figure) (Json.numbers [ "data"; "0"; "y" ] figure)

    Assert.All(circle, (fun (x, y) -> Assert.Equal(1.0, x * x + y * y, 1e-8)))
    Assert.Equal("x", Json.text [ "layout"; "yaxis"; "scaleanchor" ] figure)
    Assert.Equal("first", Json.text [ "data"; "1"; "name" ] figure)
    Assert.Equal<float list>([ 0.0; 0.5 ], Json.numbers [ "data"; "1"; "y" ] figure)

[<Fact>]
let ``a setting is marked on its map, with its run and its roots below`` () =
    let figure =
        map [| [| 1.0; 0.5; nan |]; [| 0.9; 0.25; 0.75 |] |]
        |> PhaseChart.setting [| 0.5, 0.9 |] [| 1.0; -0.5; 0.25 |] [| 0.5, 0.1; 0.5, -0.1 |]
        |> Json.figure

    let points (trace: int) axis =
        Json.numbers [ "data"; string trace; axis ] figure

    let mark, run, roots = 3, 4, 6 // after the map and its border, which is drawn twice; the circle comes before the roots
    Assert.Equal<float list>([ 0.5; 0.9 ], points mark "x" @ points mark "y")
    Assert.Equal<float list>([ 1.0; -0.5; 0.25 ], points run "y")
    Assert.Equal<float list>([ 0.1; -0.1 ], points roots "y")
    Assert.Equal("x3", Json.text [ "data"; string roots; "xaxis" ] figure)
    Assert.Equal("x3", Json.text [ "layout"; "yaxis3"; "scaleanchor" ] figure)
