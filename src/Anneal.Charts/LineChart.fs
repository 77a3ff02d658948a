namespace Anneal.Charts

open Plotly.NET

/// Lines through given points, for what has no chart of its own.
[<AbstractClass; Sealed>]
type LineChart =
    /// A title, the names of both axes with their units, names, and for each its points.
    static member plain (title: string) (x: string) (y: string) (names: string seq) (lines: (float * float)[] seq) =
        let names, lines = List.ofSeq names, List.ofSeq lines
        Refuse.empty "lines" lines.Length
        Refuse.unequal "names" names.Length "lines" lines.Length

        List.zip names lines
        |> List.mapi (fun i (name, points) -> Lines.line i name (Array.map fst points) (Array.map snd points))
        |> Chart.combine
        |> Theme.apply title x y
        |> ChartView.describe $"""{title}: {y} against {x} for {String.concat ", " names}."""

    /// The same against steps, both axes logarithmic: a power of t is a straight line, and its exponent is the slope.
    static member powers (title: string) (y: string) (names: string seq) (lines: (float * float)[] seq) =
        LineChart.plain title "step (updates made)" y names lines
        |> ChartView.logX
        |> ChartView.logY
