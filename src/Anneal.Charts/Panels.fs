namespace Anneal.Charts

open DynamicObj
open Plotly.NET
open Plotly.NET.LayoutObjects

/// Several charts in one drawing, each with axes of its own.
module internal Panels =
    let private suffix i = if i = 0 then "" else string (i + 1)

    /// Where a panel stands along one direction: shares of the drawing, with gaps wide enough for numbers.
    let private share (gap: float) (count: int) (place: int) =
        let size = (1.0 - gap * float (count - 1)) / float count
        let start = float place * (size + gap)
        [ start; start + size ]

    let private referTo (i: int) (mark: DynamicObj) =
        let refer axis mark =
            match Properties.tryGet<string> [ $"{axis}ref" ] mark with
            | Some "paper" -> mark |> Properties.set [ $"{axis}ref" ] $"{axis}{suffix i} domain"
            | Some name when name = axis -> mark |> Properties.set [ $"{axis}ref" ] $"{axis}{suffix i}"
            | _ -> mark

        mark |> refer "x" |> refer "y"

    let private axis (name: string) (layout: Layout) =
        layout.TryGetTypedPropertyValue<DynamicObj> name
        |> Option.defaultWith (fun () -> LinearAxis())

    let title (layout: Layout) =
        Properties.tryGet<string> [ "title"; "text" ] layout |> Option.defaultValue ""

    /// A series that another panel has already, under the same name and with the same looks, has no second place in the legend; the one there hides both.
    let private namedOnce (traces: Trace list) =
        let looks (trace: Trace) =
            [ [ "name" ]; [ "line"; "dash" ]; [ "marker"; "symbol" ] ]
            |> List.map (fun path -> Properties.tryGet<string> path trace)

        let repeated =
            traces
            |> List.countBy looks
            |> List.filter (fun (looks, count) -> looks.Head.IsSome && count > 1)
            |> List.map fst
            |> set

        let seen = System.Collections.Generic.HashSet<string option list>()

        [
            for trace in traces ->
                match looks trace with
                | these when repeated.Contains these ->
                    let name = these.Head |> Option.defaultValue ""
                    let grouped = trace |> Properties.set [ "legendgroup" ] name

                    if seen.Add these then
                        grouped
                    else
                        grouped |> Properties.set [ "showlegend" ] false
                | _ -> trace
        ]

    /// Row by row from the top. Where the panels share their axes only the outer ones carry numbers.
    let grid (columns: int) (shared: bool) (charts: GenericChart list) =
        let rows = (charts.Length + columns - 1) / columns
        let layouts = charts |> List.map GenericChart.getLayout

        let wrapped (layout: Layout) =
            Text.wrap (Text.title / columns) (title layout)

        /// Pixels that the titles of a row take beyond their first line.
        let more (layouts: Layout list) =
            let line = if shared then 13 else 17

            line
            * (layouts
               |> List.map (fun l -> (wrapped l).Split("<br>").Length - 1)
               |> List.fold max 0)

        let firstRow, others = layouts |> List.splitAt (min columns layouts.Length)
        let rowHeight = if shared then 150 else 280
        let gap = (if shared then 34 else 84) + more others
        let height = rows * rowHeight + 100 + more firstRow
        let top = 48 + more firstRow

        if layouts |> List.exists (fun l -> (Properties.tryGet<obj> [ "xaxis2" ] l).IsSome) then
            invalidArg "views" "A chart that consists of panels cannot be a panel."

        let placed (i: int) (layout: Layout) : (string list * obj) list =
            let column, row = i % columns, i / columns

            let along name other domain isOuter isTitled =
                axis $"{name}axis" layout
                |> Properties.setAll
                    [
                        [ "domain" ], domain
                        [ "anchor" ], $"{other}{suffix i}"
                        [ "nticks" ], if shared then 3 else 5
                        // an axis with the scale of the other keeps to the other of its own panel
                        if (Properties.tryGet<obj> [ $"{name}axis"; "scaleanchor" ] layout).IsSome then
                            [ "scaleanchor" ], $"{other}{suffix i}"
                        if shared && not isOuter then
                            [ "showticklabels" ], false
                        if shared && not isTitled then
                            [ "title"; "text" ], ""
                    ]

            [
                [ $"xaxis{suffix i}" ],
                along
                    "x"
                    "y"
                    (share (if shared then 0.07 else 0.24) columns column)
                    (i + columns >= charts.Length)
                    (row = rows - 1 && column = 0)
                [ $"yaxis{suffix i}" ],
                along
                    "y"
                    "x"
                    (share (float gap / float (rows * rowHeight)) rows (rows - 1 - row))
                    (column = 0)
                    (column = 0 && row = rows / 2)
            ]

        let traces =
            [
                for i, chart in List.indexed charts do
                    for trace in GenericChart.getTraces chart ->
                        trace
                        |> Properties.setAll [ [ "xaxis" ], $"x{suffix i}"; [ "yaxis" ], $"y{suffix i}" ]
            ]
            |> namedOnce

        let marks name =
            [
                for i, layout in List.indexed layouts do
                    for mark in Marks.present name layout -> referTo i mark
            ]

        let titles =
            [
                for i, layout in List.indexed layouts ->
                    Marks.text $"x{suffix i} domain" $"y{suffix i} domain" 0.0 1.0 "left" (wrapped layout)
                    |> Properties.set [ "font"; "size" ] (if shared then 10 else 13)
            ]

        let layout =
            layouts.Head
            |> Properties.setAll (List.indexed layouts |> List.collect (fun (i, l) -> placed i l))
            |> Properties.setAll
                [
                    [ "shapes" ], marks "shapes"
                    [ "annotations" ], titles @ marks "annotations"
                    [ "height" ], height
                    [ "margin"; "t" ], top
                    [ "title"; "text" ], ""
                    [ "showlegend" ], not shared
                ]

        Properties.rebuild traces layout charts.Head |> Properties.withoutButtons

    /// One row per value: which chart, which line, x and y.
    let table (views: (string * DataTable option) list) =
        {
            Columns = [ "chart"; "series"; "x"; "y" ]
            Rows =
                [
                    for title, data in views do
                        match data with
                        | None -> ()
                        | Some data ->
                            for row in data.Rows do
                                for name, value in List.zip data.Columns row |> List.tail do
                                    [ title :> objnull; name; row.Head; value ]
                ]
        }
