namespace Anneal.Charts

open Anneal

/// Charts of recorded training runs.
[<AbstractClass; Sealed>]
type TraceChart =
    static member private lines
        (title: string)
        (y: string)
        (value: TracePoint -> float)
        (names: string seq)
        (traces: Trace seq)
        =
        LineChart.plain
            title
            "step (updates made)"
            y
            names
            [
                for trace in traces -> [| for point in trace.Points -> float point.Step, value point |]
            ]

    /// Loss against step on a logarithmic axis, one line per run.
    static member losses (names: string seq) (traces: Trace seq) =
        TraceChart.lines "Loss" "loss" _.Loss names traces |> ChartView.logY

    /// One run at a glance: loss, learning rate, length of the gradient, and how far an update moves the weights relative
    /// to their length (about a thousandth in a healthy run).
    static member health(trace: Trace) =
        // four panels with titles of their own: a legend would say them again, and on a phone there is room for one word below each
        let panel title y value =
            TraceChart.lines title y value [ title ] [ trace ] |> ChartView.axes "step" y

        [
            panel "Loss" "loss" _.Loss |> ChartView.logY
            panel "Learning rate" "rate" _.Rate
            |> ChartView.mapLayout (Properties.set [ "yaxis"; "rangemode" ] "tozero")
            panel "Gradient" "norm" _.GradientNorm |> ChartView.logY
            panel "Update / weights" "ratio" _.UpdateRatio |> ChartView.logY
        ]
        |> ChartView.grid 2
        |> ChartView.mapLayout (Properties.set [ "showlegend" ] false)

    /// All that a run logged, one panel for each column: what `anneal train` writes, diagnostics included, read by `TraceTable.Read`.
    static member table(table: TraceTable) =
        [
            for line in table.Lines do
                let panel =
                    LineChart.plain
                        line.Name
                        "step (updates made)"
                        line.Name
                        [ line.Name ]
                        [ Array.zip (Array.ofSeq line.Steps) (Array.ofSeq line.Values) ]
                    |> ChartView.axes "step" line.Name

                if line.IsWide then panel |> ChartView.logY else panel
        ]
        |> ChartView.grid 2
        |> ChartView.mapLayout (Properties.set [ "showlegend" ] false)
