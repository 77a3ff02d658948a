namespace Anneal.Charts

open System
open Plotly.NET

/// Sliders: pictures drawn beforehand and the controls that choose among them.
module internal Moving =
    let private layoutKey (axis: string) (trace: Trace) =
        let id =
            Properties.tryGet<string> [ $"{axis}axis" ] trace |> Option.defaultValue axis

        $"{axis}axis{id.Substring 1}"

    let private number (value: objnull) =
        match value with
        | :? float as v -> Some v
        | :? int as v -> Some(float v)
        | _ -> None

    /// From least to greatest of the finite values; in decades on a logarithmic axis.
    let private range (layout: Layout) (key: string) (values: float seq) =
        let scaled =
            if Properties.tryGet<string> [ key; "type" ] layout = Some "log" then
                values |> Seq.filter (fun v -> v > 0.0) |> Seq.map log10
            else
                values

        match scaled |> Seq.filter Double.IsFinite |> Seq.toArray with
        | [||] -> None
        | finite ->
            let least, greatest = Array.min finite, Array.max finite
            // steps begin and end where they do; only heights need air above and below
            let air =
                if key.StartsWith "y" then
                    0.04 * (greatest - least)
                else
                    0.0

            Some [ least - air; greatest + air ]

    /// Fixes each axis so that all these traces fit; an axis with a range of its own keeps it.
    let fixRanges (traces: Trace list) (layout: Layout) =
        let ranges: (string list * obj) list =
            [
                for axis in [ "x"; "y" ] do
                    for key, users in traces |> List.groupBy (layoutKey axis) do
                        if (Properties.tryGet<obj> [ key; "range" ] layout).IsNone then
                            let values = users |> Seq.collect (PlotlyJson.values axis) |> Seq.choose number

                            match range layout key values with
                            | Some fixedRange -> [ key; "range" ], fixedRange
                            | None -> ()
            ]

        Properties.setAll ranges layout

    /// A logarithmic axis, with the numbers 1, 2 and 5 of each decade where there is room for them. A range of its own, in decades, it keeps.
    let logarithmic (axis: string) (traces: Trace list) (layout: Layout) =
        let decades =
            match
                Properties.tryGet<float list> [ $"{axis}axis"; "range" ] layout,
                traces
                |> Seq.collect (PlotlyJson.values axis)
                |> Seq.choose number
                |> Seq.filter (fun v -> v > 0.0 && Double.IsFinite v)
                |> Seq.toArray
            with
            | Some [ low; high ], _ -> high - low
            | _, [||] -> 0.0
            | _, values -> log10 (Array.max values / Array.min values)

        layout
        |> Properties.setAll
            [
                [ $"{axis}axis"; "type" ], "log"
                [ $"{axis}axis"; "tickformat" ], ""
                [ $"{axis}axis"; "exponentformat" ], "power"
                // beyond a dozen decades only every second, third, … has room for its number
                [ $"{axis}axis"; "dtick" ],
                (if decades > 2.5 then
                     max 1 (int (ceil (decades / 12.0))) :> obj
                 else
                     "D2")
            ]

    let private grey = "rgba(128,128,128,0.5)"

    /// Room in pixels that each slider takes below the x axis.
    let private room = 84

    let private step (label: string) (method: string) (args: obj[]) =
        {|
            label = label
            method = method
            args = args
        |}

    /// The place-th slider below the chart, counted from 0, at the active-th of its steps.
    let private control (place: int) (active: int) (name: string) steps =
        {|
            active = active
            currentvalue = {| prefix = $"{name}: " |}
            pad = {| t = 44 + room * place; b = 8 |}
            bgcolor = grey
            activebgcolor = Theme.color 0
            bordercolor = grey
            tickcolor = grey
            steps = steps
        |}

    let private withControls (controls: obj list) (layout: Layout) =
        let plot =
            Properties.tryGet<int> [ "height" ] layout |> Option.defaultValue Theme.height

        let height = plot + room * controls.Length

        let top =
            30 + (Properties.tryGet<int> [ "margin"; "t" ] layout |> Option.defaultValue 48)

        layout
        |> Properties.setAll
            [
                [ "sliders" ], controls
                [ "margin"; "t" ], top
                [ "height" ], height
                [ "legend"; "y" ], 1.02
                [ "legend"; "yanchor" ], "bottom"
            ]

    let private atOnce =
        {|
            mode = "immediate"
            frame = {| duration = 0; redraw = true |}
            transition = {| duration = 0 |}
        |}

    /// The first chart with a slider over all of them, and their traces as frames.
    let slider (name: string) (labels: string list) (charts: GenericChart list) =
        if charts.IsEmpty then
            invalidArg "views" "A slider needs at least one position."

        if labels.Length <> charts.Length then
            invalidArg
                "labels"
                $"A slider needs one label for each position: {labels.Length} labels, {charts.Length} views."

        let traces = charts |> List.map GenericChart.getTraces

        if traces |> List.exists (fun t -> t.Length <> traces.Head.Length) then
            invalidArg "views" "A slider needs as many lines at every position as at the first."

        let steps = [ for label in labels -> step label "animate" [| [ label ]; atOnce |] ]

        let layout =
            GenericChart.getLayout charts.Head
            |> fixRanges (List.concat traces)
            |> withControls [ control 0 0 name steps ]

        Properties.rebuild traces.Head layout charts.Head,
        [
            for label, traces in List.zip labels traces ->
                {
                    Name = label
                    Traces = List.indexed traces
                }
        ]

    /// The frames without the traces that look the same in all of them; some trace must look different somewhere.
    let withoutStill (frames: ChartFrame list) =
        let moves (place: int, trace: Trace) =
            frames
            |> List.exists (fun frame ->
                frame.Traces
                |> List.exists (fun (other, changed) -> other = place && not (PlotlyJson.same trace changed)))

        let moving =
            frames
            |> List.collect (fun frame -> frame.Traces |> List.filter moves)
            |> List.map fst
            |> set

        if moving.IsEmpty then
            let stops = frames |> List.map (fun frame -> frame.Name) |> String.concat ", "

            invalidArg
                "stops"
                $"A live figure needs stops at which its lines differ, or nothing in it can move; at {stops} they are all the same."

        [
            for frame in frames ->
                { frame with
                    Traces = frame.Traces |> List.filter (fst >> moving.Contains)
                }
        ]

    /// Play, pause, and a slider over the frames with these names. The chart shows the last of them until it is played.
    let player (name: string) (frames: string list) (chart: GenericChart) =
        let pace duration =
            {|
                mode = "immediate"
                fromcurrent = true
                frame =
                    {|
                        duration = duration
                        // without a redraw plotly.js forgets every trace that is not a line
                        redraw = true
                    |}
                transition = {| duration = 0 |}
            |}

        let nothing: string list | null = null

        let button (label: string) (frames: obj) (duration: int) =
            {|
                label = label
                method = "animate"
                args = [ frames; pace duration ]
            |}

        let menu =
            {|
                ``type`` = "buttons"
                direction = "left"
                showactive = false
                x = 0
                xanchor = "left"
                y = 0
                yanchor = "top"
                pad = {| t = 44 |}
                bgcolor = grey
                bordercolor = grey
                buttons = [ button "Play" frames 120; button "Pause" [ nothing ] 0 ]
            |}

        let steps = [ for frame in frames -> step frame "animate" [| [ frame ]; pace 0 |] ]

        let layout =
            GenericChart.getLayout chart
            |> withControls [ control 1 (max 0 (steps.Length - 1)) name steps ]
            |> Properties.set [ "updatemenus" ] [ menu ]

        Properties.rebuild (GenericChart.getTraces chart) layout chart

    /// Two sliders that do not know of each other: one swaps x, the other swaps y of the first trace.
    let twoSliders (xName: string) (xs: (string * float[]) list) (yName: string) (ys: (string * float[]) list) chart =
        let restyle property (label, values: float[]) =
            step label "restyle" [| dict [ property, [ values ] ]; [ 0 ] |]

        let everything: Trace list =
            [
                for _, x in xs do
                    for _, y in ys do
                        Trace2D.initScatter (Trace2DStyle.Scatter(X = x, Y = y)) :> Trace
            ]

        let layout =
            GenericChart.getLayout chart
            |> fixRanges everything
            |> withControls
                [
                    control 0 0 yName (List.map (restyle "y") ys)
                    control 1 0 xName (List.map (restyle "x") xs)
                ]

        Properties.rebuild (GenericChart.getTraces chart) layout chart
