namespace Anneal.Charts

open System
open Plotly.NET

/// Walks on the graph of a function of one number: where each update puts the weight, and how high it stands there.
[<AbstractClass; Sealed>]
type WalkChart =
    static member private curvePoints = 201

    static member private told (f: float -> float) (name: string) (walk: float[]) =
        let last = Array.last walk
        $"{name} stands after {walk.Length - 1} updates at {Text.number 4 last}, height {Text.number 4 (f last)}"

    /// A title, the names of both axes with their units, the function and the part of it that is drawn, names, and for
    /// each walk the places it visits, the start first. A walk that leaves the drawn part leaves the picture.
    static member on
        (title: string)
        (x: string)
        (y: string)
        (f: float -> float)
        (left: float, right: float)
        (names: string seq)
        (walks: float[] seq)
        =
        let names, walks = List.ofSeq names, List.ofSeq walks
        Refuse.empty "walks" walks.Length
        Refuse.unequal "names" names.Length "walks" walks.Length

        if walks |> List.exists Array.isEmpty then
            invalidArg (nameof walks) "A walk needs at least its start."

        let width = right - left

        let xs =
            [|
                for i in 0 .. WalkChart.curvePoints - 1 -> left + width * float i / float (WalkChart.curvePoints - 1)
            |]

        let heights = xs |> Array.map f
        let least, greatest = Array.min heights, Array.max heights
        let air = 0.06 * (greatest - least)

        // the part of a walk that can be seen, and the first step out of it, pulled back to where numbers are still numbers
        let visible (walk: float[]) =
            let inside v = v >= left && v <= right

            let seen =
                match walk |> Array.tryFindIndex (inside >> not) with
                | Some out -> Array.truncate (out + 1) walk
                | None -> walk

            seen |> Array.map (fun v -> max (left - width) (min (right + width) v))

        let curve =
            Lines.line 0 "loss" xs (heights |> Array.map (DataTable.shorten 5))
            |> GenericChart.mapTrace (
                Properties.setAll
                    [
                        [ "line"; "color" ], "rgba(128,128,128,0.8)"
                        [ "showlegend" ], false
                        [ "hoverinfo" ], "skip"
                    ]
            )

        let steps =
            List.zip names walks
            |> List.mapi (fun i (name, walk) ->
                let seen = visible walk

                Lines.line i name seen (seen |> Array.map f)
                |> GenericChart.mapTrace (
                    Properties.setAll
                        [
                            [ "mode" ], "lines+markers"
                            [ "marker"; "size" ], 8
                            [ "marker"; "symbol" ], Theme.symbol i
                            [ "line"; "width" ], 1
                            [ "hovertemplate" ], "%{y:.4g} at %{x:.4g}"
                        ]
                ))

        let told =
            List.zip names walks
            |> List.map (fun (name, walk) -> WalkChart.told f name walk)
            |> String.concat "; "

        curve :: steps
        |> Chart.combine
        |> Theme.apply title x y
        |> ChartView.describe $"{title}: {y} against {x}. {told}."
        |> ChartView.mapLayout (
            Properties.setAll
                [
                    [ "xaxis"; "range" ], [ left; right ]
                    [ "yaxis"; "range" ], [ least - air; greatest + air ]
                    [ "showlegend" ], true
                ]
        )

    /// The same from C#, whose functions are no F# functions.
    static member Graph
        (
            title: string,
            x: string,
            y: string,
            f: Func<float, float>,
            left: float,
            right: float,
            names: string seq,
            walks: float[] seq
        ) =
        WalkChart.on title x y f.Invoke (left, right) names walks
