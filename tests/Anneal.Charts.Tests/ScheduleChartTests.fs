module Anneal.Charts.Tests.ScheduleChartTests

open System
open Anneal
open Anneal.Charts
open Plotly.NET
open Xunit

let cosine = CosineDecay(Peak = 0.1, Steps = 100, Floor = 0.01)

let wsd =
    Warmup(Peak = 0.1, Steps = 20).Then(Constant(0.1).For(50)).Then(CosineDecay(Peak = 0.1, Steps = 30))

let jump = Constant(1.0).For(10.5).Then(Constant 2.0)

[<Fact>]
let ``one line per schedule, named by the schedule`` () =
    let names =
        (ScheduleChart.curves 120.0 Gallery.Schedules).Chart
        |> GenericChart.getTraces
        |> List.map (fun t -> t.TryGetTypedPropertyValue<string> "name" |> Option.get)

    Assert.Equal<string list>([ for s in Gallery.Schedules -> ScheduleNotation.Print s ], names)

[<Fact>]
let ``every point lies on the schedule, and the last step is drawn`` () =
    for schedule in Gallery.Schedules do
        let points = ScheduleChart.points 120.0 schedule
        Assert.All(points, (fun (t, rate) -> Assert.Equal(schedule.At t, rate)))
        Assert.Equal(120.0, fst (Array.last points))

[<Fact>]
let ``a jump is drawn on both sides`` () =
    let points = ScheduleChart.points 20.0 jump
    let at = points |> Array.findIndex (fun (t, _) -> t = 10.5)
    let before, rate = points[at - 1]
    Assert.InRange(10.5 - before, 0.0, 1e-7)
    Assert.Equal(1.0, rate)
    Assert.Equal((10.5, 2.0), points[at])

[<Fact>]
let ``jumps between the drawn steps are found without being told`` () =
    let staircase = ExponentialDecay(Peak = 1.0, Factor = 0.999).Staircase(700.0)
    let points = ScheduleChart.points 7_000 staircase

    for jump in 700.0..700.0..6_300.0 do
        let before, after =
            points
            |> Array.pairwise
            |> Array.find (fun ((_, a), (t, b)) -> t >= jump - 1e-3 && b < a)

        Assert.InRange(fst before, jump - 1e-4, jump)
        Assert.InRange(fst after, jump, jump + 1e-4)

[<Fact>]
let ``a long run needs no more points than a screen shows`` () =
    Assert.InRange((ScheduleChart.points 1e6 cosine).Length, 100, 500)

[<Fact>]
let ``the slope of the warm-up is peak over steps`` () =
    let figure =
        ScheduleChart.slope 20.0 [ Warmup(Peak = 0.1, Steps = 20) ] |> Json.figure

    for slope in Json.numbers [ "data"; "0"; "y" ] figure |> List.take 20 do
        // three roundings of rates up to 0.1, and the nine digits a chart carries
        Assert.Equal(0.005, slope, 1e-9)

[<Fact>]
let ``the budget counts the updates made`` () =
    let figure = ScheduleChart.budget 20.0 [ jump ] |> Json.figure
    let steps = Json.numbers [ "data"; "0"; "x" ] figure
    let sums = Json.numbers [ "data"; "0"; "y" ] figure
    let at step = sums[List.findIndex ((=) step) steps]
    Assert.Equal(0.0, at 0.0)
    Assert.Equal(10.0, at 10.0)
    Assert.Equal(11.0, at 11.0)
    Assert.Equal(13.0, at 12.0)

[<Fact>]
let ``area is mean times length`` () =
    let view = ScheduleChart.area 100.0 cosine
    // half a cosine wave from 0.1 to 0.01 averages to their mean
    Assert.Equal("Area 5.5 = mean rate 0.055 × 100 steps", Json.text [ "layout"; "title"; "text" ] (Json.figure view))

[<Fact>]
let ``phases are named by what the rate does`` () =
    let view = ScheduleChart.phases 100.0 wsd

    Assert.Contains("warm-up from step 0 to 20, stable from step 20 to 70, decay from step 70 to 100", view.Description)

    let layout = Json.figure view |> Json.at [ "layout" ]
    Assert.Equal(3, Json.count [ "shapes" ] layout)
    Assert.Equal("stable", Json.text [ "annotations"; "1"; "text" ] layout)

[<Fact>]
let ``a slider shows each schedule in turn`` () =
    let floors = [ 0.0; 0.01; 0.02 ]

    let figure =
        ScheduleChart.slider 100 "floor" floors [ for f in floors -> CosineDecay(Peak = 0.1, Steps = 100, Floor = f) ]
        |> Json.figure

    Assert.Equal<float list>(
        floors,
        [
            for i in 0..2 -> Json.numbers [ "frames"; string i; "data"; "0"; "y" ] figure |> List.last
        ]
    )

[<Fact>]
let ``two sliders are independent: one swaps x, one swaps y`` () =
    let figure =
        ScheduleChart.sliders (
            "floor",
            [ 0.0; 0.05 ],
            "length",
            [ 100.0; 200.0 ],
            fun floor length -> CosineDecay(Peak = 0.1, Steps = length, Floor = floor)
        )
        |> Json.figure

    let swapped slider property =
        Json.numbers [ "layout"; "sliders"; slider; "steps"; "1"; "args"; "0"; property; "0" ] figure

    Assert.Equal(0.05, swapped "0" "y" |> List.last)
    Assert.Equal(200.0, swapped "1" "x" |> List.last)
    Assert.Equal((Json.numbers [ "data"; "0"; "x" ] figure).Length, (swapped "1" "x").Length)

[<Fact>]
let ``two sliders refuse a curve that does more than stretch`` () =
    let warmedUp floor length : Schedule =
        Warmup(Peak = 0.1, Steps = 10).Then(CosineDecay(Peak = 0.1, Steps = length, Floor = floor))

    let message =
        Assert
            .Throws<ArgumentException>(fun () ->
                ScheduleChart.sliders ("floor", [ 0.0 ], "length", [ 100.0; 200.0 ], warmedUp)
                |> ignore)
            .Message

    Assert.Contains("floor 0 and length 200", message)

[<Fact>]
let ``the table lists a jump's step once, with the rate of the update`` () =
    let table = (ScheduleChart.curves 20.0 [ jump ]).Data |> Option.get
    let rows = [ for row in table.Rows -> unbox<float> row[0], unbox<float> row[1] ]
    Assert.Equal<(float * float) list>([ 10.0, 1.0; 10.5, 2.0; 11.0, 2.0 ], rows |> List.skip 10 |> List.take 3)

[<Fact>]
let ``the budget of a schedule is the sum of its rates`` () =
    for schedule in Gallery.Schedules do
        let steps =
            ScheduleChart.budget 100.0 [ schedule ] |> _.Chart |> GenericChart.getTraces

        let values name =
            [|
                for v in steps.Head.TryGetTypedPropertyValue<float[]> name |> Option.get -> v
            |]

        let sums = Array.zip (values "x") (values "y") |> dict
        let expected = Seq.sum [ for t in 0..99 -> schedule.At(float t) ]
        // a hundred additions of numbers up to the sum, each off by half a last place at most, on either side
        Assert.Equal(expected, sums[100.0], 200.0 * 1.2e-16 * max 1.0 expected)

/// F# cannot derive from a record of C#; a function it can give.
let halving = Schedule.Of("halving", fun t -> 0.1 * 0.5 ** floor (t / 30.0))

[<Fact>]
let ``a schedule written in F# composes`` () =
    let whole = Warmup(Peak = 0.1, Steps = 10).Then(halving.For(60))
    Assert.Equal<float list>([ 0.0; 0.1; 0.05; 0.025 ], [ for t in [ 0.0; 10.0; 40.0; 80.0 ] -> whole.At t ])

[<Fact>]
let ``a schedule written in F# is charted under its name, with its jump drawn`` () =
    let names =
        (ScheduleChart.curves 60.0 [ halving; cosine ]).Chart
        |> GenericChart.getTraces
        |> List.map (fun t -> t.TryGetTypedPropertyValue<string> "name" |> Option.get)

    Assert.Equal<string list>([ "halving"; ScheduleNotation.Print cosine ], names)

    let before, after =
        ScheduleChart.points 60.0 halving
        |> Array.pairwise
        |> Array.find (fun ((_, a), (_, b)) -> a <> b)

    Assert.InRange(fst before, 29.99, 30.0)
    Assert.InRange(fst after, 30.0, 30.01)

[<Fact>]
let ``a schedule written in F# has no JSON, and the message names it`` () =
    let error =
        Assert.Throws<ScheduleFormatException>(fun () -> ScheduleJson.Write(halving.For 10) |> ignore)

    Assert.StartsWith("halving is a schedule of your own", error.Message)

let private fragments (view: ChartView) =
    let meta = Json.figure view |> Json.at [ "layout"; "meta" ]

    if Json.has "links" meta then
        [
            for link in (Json.at [ "links" ] meta).EnumerateArray() ->
                Json.text [ "part" ] link |> string, Json.text [ "fragment" ] link |> string
        ]
    else
        []

/// Every chart of schedules, by the name of the function that makes it.
let private charts: (string * ChartView) list =
    [
        "curves", ScheduleChart.curves 120.0 [ cosine; wsd ]
        "slope", ScheduleChart.slope 120.0 [ cosine ]
        "budget", ScheduleChart.budget 120.0 [ cosine ]
        "area", ScheduleChart.area 120.0 cosine
        "gallery", ScheduleChart.gallery 120.0 [ cosine; wsd ]
        "momentum", ScheduleChart.momentum 120.0 cosine wsd
        "phases", ScheduleChart.phases 120.0 wsd
        "slider", ScheduleChart.slider 120.0 "floor" [ 0.01; 0.02 ] [ cosine; cosine ]
        "sliders",
        ScheduleChart.sliders (
            "floor",
            [ 0.0; 0.05 ],
            "length",
            [ 100.0; 200.0 ],
            fun floor length -> CosineDecay(Peak = 0.1, Steps = length, Floor = floor)
        )
    ]

[<Fact>]
let ``every chart of schedules leads to the lab`` () =
    let functions =
        typeof<ScheduleChart>.GetMethods(Reflection.BindingFlags.Public ||| Reflection.BindingFlags.Static)
        |> Seq.filter (fun f -> f.ReturnType = typeof<ChartView> && f.Name <> "inLab")
        |> Seq.map _.Name
        |> Seq.sort

    Assert.Equal<string list>(List.ofSeq functions, charts |> List.map fst |> List.sort)

    for name, view in charts do
        Assert.True(fragments view <> [], $"ScheduleChart.{name} has no link to the lab.")

[<Fact>]
let ``a link to the lab has the schedules in notation and the length`` () =
    let cosine' = "schedule=cosine%280.1%2C%20100%2C%20floor%3A%200.01%29&to=120"
    Assert.Equal<(string * string) list>([ "", cosine' ], fragments (ScheduleChart.curves 120.0 [ cosine ]))
    let _, both = fragments (dict charts).["curves"] |> List.exactlyOne
    Assert.Equal(2, both.Split("schedule=").Length - 1)
    Assert.Equal<string list>([ "as first drawn" ], fragments (dict charts).["slider"] |> List.map fst)
    Assert.EndsWith("100%29&to=100", fragments (dict charts).["sliders"] |> List.exactlyOne |> snd)

[<Fact>]
let ``panels keep their links, each under its title`` () =
    let panels =
        [
            for name, s in [ "falls", cosine :> Schedule; "own", halving; "warms up", wsd ] ->
                ScheduleChart.curves 120.0 [ s ] |> ChartView.title name
        ]

    for view in
        [
            ChartView.smallMultiples 2 panels
            ChartView.grid 2 panels
            ChartView.beside panels
        ] do
        Assert.Equal<string list>([ "falls"; "warms up" ], fragments view |> List.map fst)

[<Fact>]
let ``more schedules than the lab shows, and one without notation, have no link`` () =
    let one: Schedule = cosine
    Assert.Equal(1, (ScheduleChart.curves 120.0 (List.replicate 4 one) |> fragments).Length)
    Assert.Equal<(string * string) list>([], ScheduleChart.curves 120.0 (List.replicate 5 one) |> fragments)
    Assert.Equal<(string * string) list>([], ScheduleChart.curves 120.0 [ halving; cosine ] |> fragments)
