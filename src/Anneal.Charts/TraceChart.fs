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
        let panel title y value =
            TraceChart.lines title y value [ title ] [ trace ]

        [
            panel "Loss" "loss" _.Loss |> ChartView.logY
            panel "Learning rate" "rate" _.Rate
            panel "Gradient" "norm" _.GradientNorm |> ChartView.logY
            panel "Update / weights" "ratio" _.UpdateRatio |> ChartView.logY
        ]
        |> ChartView.grid 2
