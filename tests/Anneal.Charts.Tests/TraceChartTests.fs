module Anneal.Charts.Tests.TraceChartTests

open Anneal
open Anneal.Charts
open Xunit

let private point step loss =
    TracePoint(step, 0.1, loss, WeightNorm = 2.0, GradientNorm = 3.0, UpdateNorm = 0.5)

let private trace = Trace [| point 0L 8.0; point 10L 4.0 |]

[<Fact>]
let ``losses stand at the steps at which they were recorded`` () =
    let figure = TraceChart.losses [ "run" ] [ trace ] |> Json.figure
    Assert.Equal<float list>([ 0.0; 10.0 ], Json.numbers [ "data"; "0"; "x" ] figure)
    Assert.Equal<float list>([ 8.0; 4.0 ], Json.numbers [ "data"; "0"; "y" ] figure)
    Assert.Equal("log", Json.text [ "layout"; "yaxis"; "type" ] figure)

[<Fact>]
let ``health shows four sides of a run`` () =
    let figure = TraceChart.health trace |> Json.figure

    let first panel =
        Json.numbers [ "data"; string panel; "y" ] figure |> List.head

    Assert.Equal<float list>([ 8.0; 0.1; 3.0; 0.25 ], [ for panel in 0..3 -> first panel ])
    Assert.Equal("step", Json.text [ "layout"; "xaxis2"; "title"; "text" ] figure)
    Assert.Equal("tozero", Json.text [ "layout"; "yaxis2"; "rangemode" ] figure)
    Assert.False((Json.at [ "layout"; "showlegend" ] figure).GetBoolean())

[<Fact>]
let ``a table has a panel for each column, logarithmic where its numbers span decades`` () =
    let table =
        TraceTable.Read "step,rate,loss,sharpness\n0,0.5,2.5,400\n10,0.25,2.0,\n20,0.125,1.5,2\n"

    let figure = TraceChart.table table |> Json.figure
    Assert.Equal<float list>([ 0.0; 20.0 ], Json.numbers [ "data"; "2"; "x" ] figure)
    Assert.Equal<float list>([ 400.0; 2.0 ], Json.numbers [ "data"; "2"; "y" ] figure)
    Assert.Equal<float list>([ 0.5; 0.25; 0.125 ], Json.numbers [ "data"; "0"; "y" ] figure)
    Assert.Equal("log", Json.text [ "layout"; "yaxis3"; "type" ] figure)
    Assert.Equal("sharpness", Json.text [ "layout"; "yaxis3"; "title"; "text" ] figure)
