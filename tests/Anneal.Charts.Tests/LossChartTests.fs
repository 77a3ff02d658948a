module Anneal.Charts.Tests.LossChartTests

open System
open Anneal.Charts
open Xunit

[<Fact>]
let ``losses stand on a logarithmic axis over steps from 0`` () =
    let view = LossChart.curves [ "a"; "b" ] [ [| 4.0; 2.0; 1.0 |]; [| 3.0; 3.0 |] ]
    let figure = Json.figure view
    Assert.Equal("log", Json.text [ "layout"; "yaxis"; "type" ] figure)
    Assert.Equal<float list>([ 0.0; 1.0; 2.0 ], Json.numbers [ "data"; "0"; "x" ] figure)
    Assert.Contains("a from 4 to 1, b from 3 to 3", view.Description)

[<Fact>]
let ``a run that blows up leaves through the top and the others stay readable`` () =
    let layout (losses: float[] list) =
        LossChart.curves [ for i in 1 .. losses.Length -> string i ] losses
        |> Json.figure
        |> Json.at [ "layout"; "yaxis" ]

    let wild = layout [ [| 24.0; 1e80; 1e200; infinity |]; [| 10.0; 1.0; 0.1 |] ]

    let range =
        [ for end' in wild.GetProperty("range").EnumerateArray() -> end'.GetDouble() ]

    Assert.Equal(log10 2400.0, range[1], 0.2)
    Assert.Equal(-1.0, range[0], 0.2)
    Assert.Equal(1.0, wild.GetProperty("dtick").GetDouble())
    // where nothing blew up the axis is left to fit all
    Assert.False((layout [ [| 24.0; 1e5; 1.0 |] ]).TryGetProperty("range") |> fst)

[<Fact>]
let ``a band holds the mean and Student's 95 percent interval`` () =
    // Three seeds 1, 2, 3: mean 2, standard deviation 1, t(0.975; 2) = 4.302652729911275 (tables), half width 4.3027/√3.
    let view = LossChart.bands [ "a" ] [ [| [| 1.0 |]; [| 2.0 |]; [| 3.0 |] |] ]
    let row = (Option.get view.Data).Rows.Head |> List.map string
    let value i = Double.Parse row[i]
    Assert.Equal(2.0, value 2)
    Assert.Equal(2.0 - 4.302652729911275 / sqrt 3.0, value 3, 1e-9)
    Assert.Equal(2.0 + 4.302652729911275 / sqrt 3.0, value 4, 1e-9)

[<Fact>]
let ``a band that goes below 0 is drawn down to the end of its logarithmic axis`` () =
    // Two seeds, 1 and 3: mean 2, half width 12.706 (Student, one degree of freedom); then 5 and 5, which has no width.
    let view = LossChart.bands [ "a" ] [ [| [| 1.0; 5.0 |]; [| 3.0; 5.0 |] |] ]
    let figure = Json.figure view
    let outline = Json.numbers [ "data"; "0"; "y" ] figure
    let range = Json.numbers [ "layout"; "yaxis"; "range" ] figure
    // there along the upper side, and back along the lower
    Assert.Equal(14.706, outline[0], 1e-3)
    Assert.Equal<float list>([ 5.0; 5.0; 0.2 ], List.tail outline)
    Assert.Equal(log10 0.2, range[0], 1e-8)
    Assert.InRange(range[1], log10 14.8, log10 25.0)
    Assert.EndsWith("A band that reaches the bottom of the chart goes on below it, to 0 or less.", view.Description)
    // the table keeps what was computed
    Assert.True((Option.get view.Data).Rows.Head[3] |> nonNull |> unbox<float> < -10.0)

[<Fact>]
let ``a band above 0 leaves the axis as it is`` () =
    let view = LossChart.bands [ "a" ] [ [| [| 1.0 |]; [| 1.01 |] |] ]
    Assert.False(Json.figure view |> Json.at [ "layout"; "yaxis" ] |> Json.has "range")
    Assert.DoesNotContain("bottom", view.Description)

[<Fact>]
let ``losses recorded now and then stand at their steps`` () =
    let figure =
        LossChart.bandsAt [ 1.0; 11.0; 21.0 ] [ "a" ] [ [| [| 3.0; 2.0; 1.0 |]; [| 4.0; 2.0; 1.0 |] |] ]
        |> Json.figure

    Assert.Equal<float list>([ 1.0; 11.0; 21.0 ], Json.numbers [ "data"; "1"; "x" ] figure)
    Assert.Equal<float list>([ 3.5; 2.0; 1.0 ], Json.numbers [ "data"; "1"; "y" ] figure)

[<Fact>]
let ``a loss without a step is refused`` () =
    let message =
        Assert
            .Throws<ArgumentException>(fun () -> LossChart.bandsAt [ 1.0 ] [ "a" ] [ [| [| 3.0; 2.0 |] |] ] |> ignore)
            .Message

    Assert.Contains("There are 1 steps for the 2 losses of a.", message)

[<Fact>]
let ``bands lie under their lines and out of the legend`` () =
    let figure =
        LossChart.bands [ "a" ] [ [| [| 1.0; 1.0 |]; [| 2.0; 1.0 |] |] ] |> Json.figure

    Assert.Equal("toself", Json.text [ "data"; "0"; "fill" ] figure)
    Assert.False((Json.at [ "data"; "0"; "showlegend" ] figure).GetBoolean())
    Assert.Equal("a", Json.text [ "data"; "1"; "name" ] figure)

[<Fact>]
let ``coordinates become one line each`` () =
    let figure =
        LossChart.coordinates "Second moments" "s" [ [| 1.0; 10.0 |]; [| 2.0; 20.0 |] ]
        |> Json.figure

    Assert.Equal("coordinate 1", Json.text [ "data"; "1"; "name" ] figure)
    Assert.Equal<float list>([ 10.0; 20.0 ], Json.numbers [ "data"; "1"; "y" ] figure)

[<Fact>]
let ``a long run is thinned and keeps its ends`` () =
    let figure =
        LossChart.curves [ "a" ] [ [| for t in 0..99_999 -> 1.0 + float t |] ]
        |> Json.figure

    Assert.InRange(Json.count [ "data"; "0"; "x" ] figure, 100, 600)
    Assert.Equal(99_999.0, Json.numbers [ "data"; "0"; "x" ] figure |> List.last)

[<Fact>]
let ``runs of different lengths are refused`` () =
    let message =
        Assert
            .Throws<ArgumentException>(fun () -> LossChart.bands [ "a" ] [ [| [| 1.0 |]; [| 1.0; 2.0 |] |] ] |> ignore)
            .Message

    Assert.Contains("The runs of a must be as long as one another.", message)
