namespace Anneal.Charts

open Plotly.NET

/// The one place that knows colours, dashes, titles, axes, sizes and hover texts.
module Theme =
    /// Six: nobody finds a seventh in a list. Told apart with every common kind of colour blindness, and at least 3:1 against white
    /// and against black paper alike.
    let palette = [| "#0072B2"; "#D55E00"; "#009E73"; "#B5679B"; "#A97B00"; "#7D6BC8" |]

    /// A second way to tell lines apart: on paper, in grey, and when two colours repeat.
    let dashes =
        [|
            "solid"
            "dash"
            "dot"
            "dashdot"
            "longdash"
            "longdashdot"
            "10px,3px,2px,3px,2px,3px"
            "3px,6px"
        |]

    /// Height in pixels of a chart with a short legend; the width is the reader's.
    let height = 400

    /// The colour of the i-th line, counted from 0.
    let color i = palette[i % palette.Length]

    /// The dash of the i-th line: a repeated colour never repeats its dash.
    let dash i =
        dashes[(i + i / palette.Length) % dashes.Length]

    /// Level lines and what lies between them: one pale hue, translucent, so that it reads on light and on dark paper.
    let levelLine, levelShade = "rgba(70,140,190,0.4)", "rgba(70,140,190,0.02)"

    /// The marker of the i-th series of points: a repeated colour never repeats its marker.
    let symbol i =
        [|
            "circle"
            "square"
            "diamond"
            "cross"
            "triangle-up"
            "x"
            "star"
            "hexagon"
        |][(i + i / palette.Length) % 8]

    /// The i-th colour, for an area behind a line.
    let fill i =
        let c = color i

        let part (at: int) =
            System.Convert.ToInt32(c.Substring(at, 2), 16)

        $"rgba({part 1},{part 3},{part 5},0.2)"

    let private grid = "rgba(128,128,128,0.25)"
    let private clear = "rgba(0,0,0,0)"

    let private axis (name: string) : (string list * obj) list =
        [
            [ name; "automargin" ], true
            [ name; "gridcolor" ], grid
            [ name; "linecolor" ], grid
            [ name; "zerolinecolor" ], grid
            [ name; "separatethousands" ], true
            [ name; "title"; "standoff" ], 8
        ]

    let private layout: (string list * obj) list =
        [
            [ "height" ], height
            [ "autosize" ], true
            [ "paper_bgcolor" ], clear
            [ "plot_bgcolor" ], clear
            [ "font"; "size" ], 13
            [ "margin"; "l" ], 56
            [ "margin"; "r" ], 16
            [ "margin"; "t" ], 48
            [ "margin"; "b" ], 48
            [ "hovermode" ], "closest"
            [ "hoverlabel"; "namelength" ], -1
            [ "title"; "font"; "size" ], 15
            [ "title"; "x" ], 0.01
            [ "title"; "xanchor" ], "left"
            [ "title"; "y" ], 1
            [ "title"; "yanchor" ], "top"
            [ "title"; "pad"; "t" ], 14
            [ "legend"; "orientation" ], "h"
            [ "legend"; "x" ], 0
            [ "legend"; "y" ], -0.22
            [ "legend"; "yanchor" ], "top"
            yield! axis "xaxis"
            yield! axis "yaxis"
            [ "xaxis"; "tickformat" ], ","
            [ "yaxis"; "exponentformat" ], "power"
        ]

    let private config: (string list * obj) list =
        [ [ "responsive" ], true; [ "displaylogo" ], false ]

    let internal titled (text: string) layout =
        let top = 30 + 18 * Text.lines Text.title text

        layout
        |> Properties.setAll [ [ "title"; "text" ], text; [ "margin"; "t" ], top ]

    let internal withAxes (x: string) (y: string) layout =
        layout
        |> Properties.setAll [ [ "xaxis"; "title"; "text" ], x; [ "yaxis"; "title"; "text" ], y ]

    let private hover trace =
        match Properties.tryGet<obj> [ "hovertemplate" ] trace with
        | Some _ -> trace
        | None -> trace |> Properties.set [ "hovertemplate" ] "%{y:.5~g} at %{x:,.6~g}"

    /// The legend stands below the chart; on a phone, where every name takes a line, it must not eat the chart.
    let private heightFor (traces: Trace list) =
        let lines =
            traces
            |> List.filter (fun t -> Properties.tryGet<bool> [ "showlegend" ] t <> Some false)
            |> List.sumBy (fun t ->
                match Properties.tryGet<string> [ "name" ] t with
                | Some name -> Text.lines Text.legend name
                | None -> 0)

        height + 19 * max 0 (lines - 3)

    /// A finished look: title, axis names with their units, size, grid, legend below, hover texts; no background, no
    /// font colour, and nothing else that a dark page could not turn around.
    let apply (title: string) (x: string) (y: string) (chart: GenericChart) =
        let traces = chart |> GenericChart.getTraces |> List.map hover

        let look =
            Layout()
            |> Properties.setAll layout
            |> Properties.set [ "height" ] (heightFor traces)
            |> titled title
            |> withAxes x y

        GenericChart.MultiChart(
            traces,
            look,
            Config() |> Properties.setAll config,
            GenericChart.getDisplayOptions chart
        )
