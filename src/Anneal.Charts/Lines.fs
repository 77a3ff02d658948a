namespace Anneal.Charts

open Plotly.NET

/// The marks that charts are made of, in the theme's looks.
module internal Lines =
    /// The i-th line of a chart, in its colour and dash.
    let line (i: int) (name: string) (xs: float[]) (ys: float[]) =
        Chart.Line(x = xs, y = ys, Name = name, LineColor = Color.fromString (Theme.color i))
        |> GenericChart.mapTrace (
            Properties.setAll
                [
                    [ "line"; "dash" ], Theme.dash i
                    [ "line"; "width" ], 2
                    // the default leaves out points that hardly show, which makes corners of a smooth curve
                    [ "line"; "simplify" ], false
                ]
        )

    /// Not listed in the legend and in the table.
    let quiet (chart: GenericChart) =
        chart
        |> GenericChart.mapTrace (Properties.setAll [ [ "showlegend" ], false; [ "hoverinfo" ], "skip" ])

    /// The i-th series as points.
    let points (i: int) (name: string) (xs: float[]) (ys: float[]) =
        Chart.Point(x = xs, y = ys, Name = name, MarkerColor = Color.fromString (Theme.color i))
        |> GenericChart.mapTrace (Properties.setAll [ [ "marker"; "symbol" ], Theme.symbol i; [ "marker"; "size" ], 8 ])

    /// The area between two lines over the same steps.
    let band (i: int) (xs: float[]) (low: float[]) (high: float[]) =
        Chart.Line(x = Array.append xs (Array.rev xs), y = Array.append high (Array.rev low))
        |> GenericChart.mapTrace (
            Properties.setAll [ [ "fill" ], "toself"; [ "fillcolor" ], Theme.fill i; [ "line"; "width" ], 0 ]
        )
        |> quiet

    /// At most this many of the items, evenly spaced, the first and the last among them.
    let thin (most: int) (items: 'a[]) =
        if items.Length <= most then
            items
        else
            [|
                for i in 0 .. most - 1 -> items[int (round (float i * float (items.Length - 1) / float (most - 1)))]
            |]
