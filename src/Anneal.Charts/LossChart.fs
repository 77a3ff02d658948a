namespace Anneal.Charts

open System
open Plotly.NET

/// What happens step by step: losses, their spread over seeds, and the numbers a rule keeps.
[<AbstractClass; Sealed>]
type LossChart =
    static member private steps(count: int) =
        [| for t in 0 .. count - 1 -> float t |]

    static member private lines (names: string list) (series: float[] list) =
        Refuse.empty "series" series.Length
        Refuse.unequal "names" names.Length "series" series.Length

        List.zip names series
        |> List.mapi (fun i (name, values) ->
            let shown = Lines.thin 600 (Array.indexed values)
            Lines.line i name (shown |> Array.map (fst >> float)) (Array.map snd shown))
        |> Chart.combine

    /// A run that has blown up leaves through the top, a hundredfold of the highest start, so that the others can be read.
    static member private readable (losses: float[] list) (view: ChartView) =
        let shown =
            losses
            |> Seq.collect id
            |> Seq.filter (fun l -> l > 0.0 && Double.IsFinite l)
            |> Array.ofSeq

        let start = losses |> Seq.choose Array.tryHead |> Seq.fold max 0.0

        if start > 0.0 && shown.Length > 0 && Array.max shown > 1e6 * start then
            let low, high = log10 (Array.min shown), log10 (100.0 * start)
            let air = 0.04 * (high - low)

            view
            |> ChartView.mapLayout (Properties.set [ "yaxis"; "range" ] [ low - air; high + air ])
        else
            view

    /// Loss against step on a logarithmic axis: names, and for each the losses from step 0 on.
    static member curves (names: string seq) (losses: float[] seq) =
        let names, losses = List.ofSeq names, List.ofSeq losses

        let told =
            List.zip names losses
            |> List.map (fun (name, l) -> $"{name} from {Text.number 4 l[0]} to {Text.number 4 (Array.last l)}")
            |> String.concat ", "

        LossChart.lines names losses
        |> Theme.apply "Loss" "step (updates made)" "loss"
        |> ChartView.describe $"Loss against step on a logarithmic axis: {told}."
        |> LossChart.readable losses
        |> ChartView.logY

    /// Loss against step over several seeds: the mean and the band that holds the true mean with 95 % confidence.
    /// For each name a list of runs, all as long as one another. A band that goes below 0 is drawn down to the end of the axis.
    static member bands (names: string seq) (runs: float[][] seq) =
        let runs = List.ofSeq runs

        let longest =
            runs |> List.map (Array.map Array.length >> Array.fold max 0) |> List.fold max 0

        LossChart.bandsAt (LossChart.steps longest) names runs

    /// The same where losses were not recorded at every step: at gives the steps of the first, second, … recorded loss.
    static member bandsAt (at: float seq) (names: string seq) (runs: float[][] seq) =
        let at, names, runs = Array.ofSeq at, List.ofSeq names, List.ofSeq runs
        Refuse.empty "runs" runs.Length
        Refuse.unequal "names" names.Length "runs" runs.Length

        let summaries =
            [
                for name, seeds in List.zip names runs ->
                    if seeds.Length = 0 || seeds |> Array.exists (fun s -> s.Length <> seeds[0].Length) then
                        invalidArg "runs" $"The runs of {name} must be as long as one another."

                    if seeds[0].Length > at.Length then
                        invalidArg "at" $"There are {at.Length} steps for the {seeds[0].Length} losses of {name}."

                    let shown = Lines.thin 300 [| 0 .. seeds[0].Length - 1 |]

                    name,
                    shown |> Array.map (fun i -> at[i]),
                    [| for i in shown -> Interval.ofValues [| for seed in seeds -> seed[i] |] |]
            ]

        let all = summaries |> Seq.collect (fun (_, _, at) -> at)
        let bottom = LogAxis.bottom all

        [
            for i, (_, steps, at) in List.indexed summaries ->
                Lines.band i steps (at |> Array.map (_.Low >> LogAxis.cut bottom)) (at |> Array.map _.High)
            for i, (name, steps, at) in List.indexed summaries -> Lines.line i name steps (at |> Array.map _.Mean)
        ]
        |> Chart.combine
        |> Theme.apply "Loss over seeds" "step (updates made)" "mean loss, 95 % band"
        |> ChartView.describe (
            summaries
            |> List.map (fun (name, _, at) ->
                let e = Array.last at
                $"{name} ends at {Text.number 4 e.Mean}, 95 %% interval {Text.number 4 e.Low} to {Text.number 4 e.High}")
            |> String.concat "; "
            |> sprintf "Mean loss against step with 95 %% bands over the seeds: %s."
            |> fun told ->
                if bottom.IsSome then
                    $"""{told} {LogAxis.goesOn "A band"}"""
                else
                    told
        )
        |> ChartView.mapLayout (LogAxis.within bottom all)
        |> ChartView.logY
        |> ChartView.withTable
            [ "series"; "step"; "mean"; "low"; "high" ]
            [
                for name, steps, at in summaries do
                    for t, a in Lines.thin 41 (Array.zip steps at) -> ([ name; t; a.Mean; a.Low; a.High ]: objnull list)
            ]

    /// Anything else that changes step by step, one line per name, such as effective rates, s_k or m_k of each weight:
    /// a title, the name of the value with its unit, names, and the values from step 0 on.
    static member series (title: string) (value: string) (names: string seq) (values: float[] seq) =
        let names = List.ofSeq names

        LossChart.lines names (List.ofSeq values)
        |> Theme.apply title "step (updates made)" value
        |> ChartView.describe $"""{title}: {value} against step for {String.concat ", " names}."""

    /// The same from points: values[t][i] is what coordinate i has at step t.
    static member coordinates (title: string) (value: string) (points: float[] seq) =
        let points = Array.ofSeq points
        Refuse.empty "points" points.Length
        let coordinates = [ 0 .. points[0].Length - 1 ]

        LossChart.series
            title
            value
            [ for i in coordinates -> $"coordinate {i}" ]
            [ for i in coordinates -> points |> Array.map (fun p -> p[i]) ]
