namespace Anneal.Charts

open Plotly.NET

/// What stands in a chart besides its lines: bands and their labels.
module internal Marks =
    let private appended (name: string) (items: obj list) (layout: Layout) =
        let present = Properties.tryGet<obj list> [ name ] layout |> Option.defaultValue []
        layout |> Properties.set [ name ] (present @ items)

    /// Bands along x, every second one shaded, each labelled at its top.
    let bands (bands: (string * float * float) list) (layout: Layout) =
        let shape (i: int) (_, from: float, until: float) : obj =
            {|
                ``type`` = "rect"
                xref = "x"
                yref = "paper"
                x0 = from
                x1 = until
                y0 = 0
                y1 = 1
                layer = "below"
                line = {| width = 0 |}
                fillcolor = $"rgba(128,128,128,{0.06 + 0.1 * float (i % 2)})"
            |}

        let label (name: string, from: float, until: float) : obj =
            {|
                text = name
                xref = "x"
                yref = "paper"
                x = (from + until) / 2.0
                y = 1
                yanchor = "bottom"
                showarrow = false
            |}

        layout
        |> appended "shapes" (List.mapi shape bands)
        |> appended "annotations" (List.map label bands)
