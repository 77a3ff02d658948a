namespace Anneal.Charts

open DynamicObj
open Plotly.NET

/// What stands in a chart besides its lines: bands, level lines and labels.
module internal Marks =
    let present (name: string) (layout: Layout) =
        Properties.tryGet<DynamicObj list> [ name ] layout |> Option.defaultValue []

    let append (name: string) (items: DynamicObj list) (layout: Layout) =
        layout |> Properties.set [ name ] (present name layout @ items)

    /// A text at a point of two references such as "x", "y" and "paper".
    let text (xref: string) (yref: string) (x: float) (y: float) (xanchor: string) (words: string) =
        Properties.make
            [
                "text", words
                "xref", xref
                "yref", yref
                "x", x
                "y", y
                "xanchor", xanchor
                "yanchor", "bottom"
                "align", "left"
                "showarrow", false
            ]

    /// Bands along x, every second one shaded, each labelled at its top.
    let bands (bands: (string * float * float) list) (layout: Layout) =
        let shape (i: int) (_, from: float, until: float) =
            Properties.make
                [
                    "type", "rect"
                    "xref", "x"
                    "yref", "paper"
                    "x0", from
                    "x1", until
                    "y0", 0
                    "y1", 1
                    "layer", "below"
                    "line", {| width = 0 |}
                    "fillcolor", $"rgba(128,128,128,{0.06 + 0.1 * float (i % 2)})"
                ]

        let label (name, from, until) =
            text "x" "paper" ((from + until) / 2.0) 1.0 "center" name

        layout
        |> append "shapes" (List.mapi shape bands)
        |> append "annotations" (List.map label bands)

    /// A dotted level line at a y with a label at its right end.
    let level (label: string) (y: float) (layout: Layout) =
        let line =
            Properties.make
                [
                    "type", "line"
                    "xref", "paper"
                    "yref", "y"
                    "x0", 0
                    "x1", 1
                    "y0", y
                    "y1", y
                    "line",
                    {|
                        width = 1.5
                        dash = "dot"
                        color = "rgba(128,128,128,0.9)"
                    |}
                ]

        let at =
            match Properties.tryGet<string> [ "yaxis"; "type" ] layout with
            | Some "log" -> log10 y
            | _ -> y

        layout
        |> append "shapes" [ line ]
        |> append "annotations" [ text "paper" "y" 1.0 at "right" label ]
