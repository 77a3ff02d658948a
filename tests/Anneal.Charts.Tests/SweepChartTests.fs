module Anneal.Charts.Tests.SweepChartTests

open System
open System.Text.Json
open Anneal.Charts
open Xunit

[<Fact>]
let ``a heat map marks the best cell and leaves out what blew up`` () =
    let view =
        SweepChart.heatMap "rate" [ 0.1; 1.0 ] "momentum" [ 0.0; 0.9 ] [ [| 1.0; 0.01 |]; [| 0.1; infinity |] ]

    let figure = Json.figure view
    Assert.Equal("1", Json.text [ "data"; "1"; "x"; "0" ] figure)
    Assert.Equal("0", Json.text [ "data"; "1"; "y"; "0" ] figure)
    Assert.Equal(-2.0, (Json.at [ "data"; "0"; "z"; "0"; "1" ] figure).GetDouble())
    Assert.Equal(JsonValueKind.Null, (Json.at [ "data"; "0"; "z"; "1"; "1" ] figure).ValueKind)
    Assert.Contains("the best, 0.01, is at rate 1 and momentum 0", view.Description)

[<Fact>]
let ``a U-curve ends where a seed blew up`` () =
    let view =
        SweepChart.uCurves [ "a" ] [ 0.1; 1.0; 10.0 ] [ [| [| 2.0; 4.0 |]; [| 1.0; 1.0 |]; [| 1.0; nan |] |] ]

    let figure = Json.figure view
    Assert.Equal(3.0, (Json.at [ "data"; "0"; "y"; "0" ] figure).GetDouble())
    Assert.Equal(JsonValueKind.Null, (Json.at [ "data"; "0"; "y"; "2" ] figure).ValueKind)
    Assert.Contains("a is best at rate 1 with loss 1", view.Description)

[<Fact>]
let ``a U-curve has a place for losses of 0 and below: the lower end of its axis`` () =
    let view =
        SweepChart.uCurves
            [ "a"; "b" ]
            [ 0.1; 1.0; 10.0 ]
            [
                [| [| 2.0; 4.0 |]; [| -1.0; -0.5 |]; [| 0.0; 0.0 |] |]
                [| [| 20.0; 20.0 |]; [| 5.0; 5.0 |]; [| 4.0; 4.0 |] |]
            ]

    let figure = Json.figure view
    Assert.Equal<float list>([ 3.0; 0.3; 0.3 ], Json.numbers [ "data"; "0"; "y" ] figure)
    // both ends hold what is drawn: the least mean is 3, the greatest number 20
    let range = Json.numbers [ "layout"; "yaxis"; "range" ] figure
    Assert.Equal(log10 0.3, range[0], 1e-8)
    Assert.InRange(range[1], log10 20.0, log10 30.0)
    Assert.Equal("log", Json.text [ "layout"; "yaxis"; "type" ] figure)
    Assert.NotEqual<string>("triangle-down-open", Json.text [ "data"; "0"; "marker"; "symbol"; "0" ] figure)
    Assert.Equal("triangle-down-open", Json.text [ "data"; "0"; "marker"; "symbol"; "1" ] figure)
    Assert.False((Json.at [ "data"; "0"; "cliponaxis" ] figure).GetBoolean())
    Assert.StartsWith("−0.75 at ", Json.text [ "data"; "0"; "hovertemplate"; "1" ] figure)
    // the intervals of the first point go down to the axis, and up by Student's t: 12.706 · 1 (two values, 2 and 4)
    Assert.Equal(2.7, (Json.at [ "data"; "0"; "error_y"; "arrayminus"; "0" ] figure).GetDouble(), 1e-8)
    Assert.Equal(12.7062, (Json.at [ "data"; "0"; "error_y"; "array"; "0" ] figure).GetDouble(), 1e-4)
    Assert.Equal<float list>([ 0.0; 0.0; 0.0 ], Json.numbers [ "data"; "1"; "error_y"; "arrayminus" ] figure)
    Assert.Contains("a is best at rate 1 with loss −0.75", view.Description)
    Assert.Contains("are triangles at its lower end", view.Description)
    Assert.Equal<string list>([ "a"; "1"; "-0.75" ], (Option.get view.Data).Rows[1] |> List.take 3 |> List.map string)

[<Fact>]
let ``a U-curve of losses that are all 0 or below has a plain axis`` () =
    let view =
        SweepChart.uCurves [ "a" ] [ 0.1; 1.0 ] [ [| [| -2.0; -4.0 |]; [| 0.0; 0.0 |] |] ]

    let figure = Json.figure view
    Assert.Equal<float list>([ -3.0; 0.0 ], Json.numbers [ "data"; "0"; "y" ] figure)
    Assert.False(Json.at [ "layout"; "yaxis" ] figure |> Json.has "type")
    Assert.DoesNotContain("triangles", view.Description)

[<Fact>]
let ``a name with tags is text in the figure and stays as it is in the table`` () =
    let name = "<b>&lt;</b>\nx"

    for view in
        [
            SweepChart.uCurves [ name ] [ 0.1; 1.0 ] [ [| [| 2.0; 4.0 |]; [| 1.0; 1.0 |] |] ]
            SweepChart.predicted [ name ] [ [| 1.0; 2.0 |] ] [ [| 1.0; 2.0 |] ]
        ] do
        Assert.Equal("&lt;b&gt;&amp;lt;&lt;/b&gt; x", Json.text [ "data"; "0"; "name" ] (Json.figure view))

    let ranking = SweepChart.ranking "loss" [ name ] [ [| 1.0; 2.0 |] ]
    Assert.DoesNotContain("<b>", Json.text [ "data"; "0"; "y"; "0" ] (Json.figure ranking))

[<Fact>]
let ``an infinite loss does not take the numbers off the axis`` () =
    let view =
        SweepChart.uCurves [ "a" ] [ 0.1; 1.0; 10.0 ] [ [| [| 2000.0 |]; [| 1.0 |]; [| infinity |] |] ]

    // 3 decades: one number for each
    Assert.Equal(1.0, (Json.at [ "layout"; "yaxis"; "dtick" ] (Json.figure view)).GetDouble())

[<Fact>]
let ``a ranking is in order of the means`` () =
    let view =
        SweepChart.ranking "loss" [ "worse"; "better" ] [ [| 3.0; 5.0 |]; [| 1.0; 2.0 |] ]

    let figure = Json.figure view
    Assert.Equal("better", Json.text [ "data"; "0"; "y"; "0" ] figure)
    Assert.Equal<float list>([ 1.5; 4.0 ], Json.numbers [ "data"; "0"; "x" ] figure)
    Assert.StartsWith("Ranking by loss: means with 95 % intervals, least first: better 1.5", view.Description)
    // beside the names a phone has no room for more
    Assert.Equal("loss, mean and 95 % interval", Json.text [ "layout"; "xaxis"; "title"; "text" ] figure)

[<Fact>]
let ``intervals keep the order given and stand below each other in a row`` () =
    let view =
        SweepChart.intervalGroups
            "difference"
            [ "line"; "cosine" ]
            [
                "near", [| 1.0, 0.5, 2.0; -1.0, -3.0, 0.0 |]
                "far", [| 2.0, 1.0, 3.0; 0.0, -1.0, 1.0 |]
            ]

    let figure = Json.figure view
    Assert.Equal<float list>([ 1.0; -1.0 ], Json.numbers [ "data"; "0"; "x" ] figure)
    Assert.Equal<float list>([ 1.0; 1.0 ], Json.numbers [ "data"; "0"; "error_x"; "array" ] figure)
    Assert.Equal<float list>([ 0.5; 2.0 ], Json.numbers [ "data"; "0"; "error_x"; "arrayminus" ] figure)
    Assert.True(Json.numbers [ "data"; "0"; "y" ] figure < Json.numbers [ "data"; "1"; "y" ] figure)
    Assert.Equal("cosine", Json.text [ "layout"; "yaxis"; "ticktext"; "1" ] figure)
    Assert.Contains("cosine, far: 0 (−1 to 1)", view.Description)

[<Fact>]
let ``rank correlation asks for the order alone`` () =
    let title bounds measured =
        SweepChart.predicted [ "a" ] [ bounds ] [ measured ]
        |> Json.figure
        |> Json.text [ "layout"; "title"; "text" ]

    Assert.Equal("Spearman's rank correlation 1.000 over 3<br>points", title [| 1.0; 2.0; 3.0 |] [| 0.1; 50.0; 51.0 |])
    // ranks 1 2 3 4 against 2 1 4 3: 1 − 6·4/(4·15) = 0.6
    Assert.Equal(
        "Spearman's rank correlation 0.600 over 4<br>points",
        title [| 1.0; 2.0; 3.0; 4.0 |] [| 2.0; 1.0; 4.0; 3.0 |]
    )

[<Fact>]
let ``lists that do not match are refused with both counts`` () =
    let refused (action: unit -> ChartView) =
        Assert.Throws<ArgumentException>(fun () -> action () |> ignore).Message

    Assert.Contains(
        "2 rate, 1 losses in a row",
        refused (fun () -> SweepChart.heatMap "rate" [ 0.1; 1.0 ] "m" [ 0.0 ] [ [| 1.0 |] ])
    )

    Assert.Contains("1 names, 2 lists of values", refused (fun () -> SweepChart.ranking "l" [ "a" ] [ [||]; [||] ]))

[<Fact>]
let ``residuals are measured less predicted`` () =
    let figure =
        RegressionChart.residuals "mpg" [ 10.0; 20.0 ] [ 13.0; 16.0 ] |> Json.figure

    Assert.Equal<float list>([ 3.0; -4.0 ], Json.numbers [ "data"; "0"; "y" ] figure)
    // √((9 + 16)/2)
    Assert.Equal("Residuals, root mean square 3.536 mpg", Json.text [ "layout"; "title"; "text" ] figure)

[<Fact>]
let ``each coefficient has a line`` () =
    let figure =
        RegressionChart.coefficients "step" [ 0.0; 1.0 ] [ "w"; "b" ] [ [| 0.0; 0.0 |]; [| 1.0; -1.0 |] ]
        |> Json.figure

    Assert.Equal("b", Json.text [ "data"; "1"; "name" ] figure)
    Assert.Equal<float list>([ 0.0; -1.0 ], Json.numbers [ "data"; "1"; "y" ] figure)

[<Fact>]
let ``a fit shows its curves and the points they were fitted to`` () =
    let figure =
        RegressionChart.fits "x" "y" [| 0.0, 3.0; 1.0, 4.0 |] [ "line" ] [ [| 0.0, 2.0; 1.0, 5.0 |] ]
        |> Json.figure

    Assert.Equal<float list>([ 2.0; 5.0 ], Json.numbers [ "data"; "0"; "y" ] figure)
    Assert.Equal("data", Json.text [ "data"; "1"; "name" ] figure)
    Assert.Equal<float list>([ 3.0; 4.0 ], Json.numbers [ "data"; "1"; "y" ] figure)

[<Fact>]
let ``an interval may be longer on one side`` () =
    let figure =
        SweepChart.intervals "difference" [ "b"; "a" ] [ 1.0, 0.0, 4.0; -1.0, -2.0, 0.5 ]
        |> Json.figure

    Assert.Equal<float list>([ 1.0; -1.0 ], Json.numbers [ "data"; "0"; "x" ] figure)
    Assert.Equal<float list>([ 3.0; 1.5 ], Json.numbers [ "data"; "0"; "error_x"; "array" ] figure)
    Assert.Equal<float list>([ 1.0; 1.0 ], Json.numbers [ "data"; "0"; "error_x"; "arrayminus" ] figure)
