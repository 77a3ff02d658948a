module Anneal.Charts.Tests.LineChartTests

open System
open Anneal.Charts
open Xunit

let private square = [| for x in 1.0 .. 3.0 -> x, x * x |]

[<Fact>]
let ``a line goes through its points, on plain axes with their names`` () =
    let figure =
        LineChart.plain "Squares" "side (m)" "area (m²)" [ "square" ] [ square ]
        |> Json.figure

    Assert.Equal<float list>([ 1.0; 2.0; 3.0 ], Json.numbers [ "data"; "0"; "x" ] figure)
    Assert.Equal<float list>([ 1.0; 4.0; 9.0 ], Json.numbers [ "data"; "0"; "y" ] figure)
    Assert.Equal("side (m)", Json.text [ "layout"; "xaxis"; "title"; "text" ] figure)

[<Fact>]
let ``powers stand on logarithmic axes over steps`` () =
    let view = LineChart.powers "Squares" "area" [ "square" ] [ square ]
    let figure = Json.figure view
    Assert.Equal("log", Json.text [ "layout"; "xaxis"; "type" ] figure)
    Assert.Equal("log", Json.text [ "layout"; "yaxis"; "type" ] figure)
    Assert.Contains("area against step (updates made) for square", view.Description)

[<Fact>]
let ``a logarithmic axis has room for its numbers, however many decades it spans`` () =
    let dtick (decades: float) =
        let view =
            LineChart.plain "Powers" "x" "y" [ "power" ] [ [| 1.0, 1.0; 2.0, 10.0 ** decades |] ]
            |> ChartView.logY

        (Json.at [ "layout"; "yaxis"; "dtick" ] (Json.figure view)).GetDouble()

    Assert.Equal(1.0, dtick 3.0)
    Assert.Equal(1.0, dtick 11.5)
    Assert.Equal(2.0, dtick 12.5)
    Assert.Equal(3.0, dtick 29.0)

[<Fact>]
let ``a name too few is refused`` () =
    Assert.Throws<ArgumentException>(fun () -> LineChart.plain "t" "x" "y" [ "a" ] [ square; square ] |> ignore)
    |> ignore
