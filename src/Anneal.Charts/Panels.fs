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

    /// A colour bar is as high as its own panel.
    let private withBar (domain: float list) (trace: Trace) =
        match Properties.tryGet<DynamicObj> [ "colorbar" ] trace with
        | None -> trace
        | Some _ ->
            let middle, height = List.average domain, List.last domain - List.head domain

            trace
            |> Properties.setAll [ [ "colorbar"; "y" ], middle; [ "colorbar"; "len" ], height ]

    /// Rows from the top, each with room for so many panels. Where the panels share their axes only the outer ones carry numbers.
    let private arranged (shared: bool) (rows: (int * GenericChart list) list) =
        let panels =
            [
                for row, (columns, charts) in List.indexed rows do
                    for column, chart in List.indexed charts ->
                        {|
                            Row = row
                            Column = column
                            Columns = columns
                            IsLowest = row = rows.Length - 1 || column >= (snd rows[row + 1]).Length
                            Chart = chart
                            Layout = GenericChart.getLayout chart
                        |}
            ]

        let wrapped columns layout =
            Text.wrap (Text.title / columns) (title layout)

        let titles =
            [ for panel in panels -> panel.Row, wrapped panel.Columns panel.Layout ]

        /// Pixels that the titles of rows take beyond their first line.
        let more isMeant =
            let line = if shared then 13 else 17

            line
            * (titles
               |> List.filter (fst >> isMeant)
               |> List.map (fun (_, title) -> title.Split("<br>").Length - 1)
               |> List.fold max 0)

        let first, others = more ((=) 0), more ((<>) 0)
        let rowHeight = if shared then 150 else 280
        let gap = (if shared then 34 else 84) + others
        let height = rows.Length * rowHeight + 100 + first
        let top = 48 + first

        let above row =
            share (float gap / float (rows.Length * rowHeight)) rows.Length (rows.Length - 1 - row)

        if
            panels
            |> List.exists (fun panel -> (Properties.tryGet<obj> [ "xaxis2" ] panel.Layout).IsSome)
        then
            invalidArg "views" "A chart that consists of panels cannot be a panel."

        let placed (i: int) row column columns isLowest (layout: Layout) : (string list * obj) list =
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
                    isLowest
                    (row = rows.Length - 1 && column = 0)
                [ $"yaxis{suffix i}" ], along "y" "x" (above row) (column = 0) (column = 0 && row = rows.Length / 2)
            ]

        let traces =
            [
                for i, panel in List.indexed panels do
                    for trace in GenericChart.getTraces panel.Chart ->
                        trace
                        |> Properties.setAll [ [ "xaxis" ], $"x{suffix i}"; [ "yaxis" ], $"y{suffix i}" ]
                        |> withBar (above panel.Row)
            ]
            |> namedOnce

        let marks name =
            [
                for i, panel in List.indexed panels do
                    for mark in Marks.present name panel.Layout -> referTo i mark
            ]

        let names =
            [
                for i, (_, title) in List.indexed titles ->
                    Marks.text $"x{suffix i} domain" $"y{suffix i} domain" 0.0 1.0 "left" title
                    |> Properties.set [ "font"; "size" ] (if shared then 10 else 13)
            ]

        let layout =
            panels.Head.Layout
            |> Properties.setAll
                [
                    for i, p in List.indexed panels do
                        yield! placed i p.Row p.Column p.Columns p.IsLowest p.Layout
                ]
            |> Properties.setAll
                [
                    [ "shapes" ], marks "shapes"
                    [ "annotations" ], names @ marks "annotations"
                    [ "height" ], height
                    [ "margin"; "t" ], top
                    [ "title"; "text" ], ""
                    [ "showlegend" ], not shared
                ]

        Properties.rebuild traces layout panels.Head.Chart |> Properties.withoutButtons

    /// So many panels in every row; the last row may have fewer.
    let grid (columns: int) (shared: bool) (charts: GenericChart list) =
        charts
        |> List.chunkBySize columns
        |> List.map (fun row -> columns, row)
        |> arranged shared

    /// Rows that are filled, however many panels each has.
    let rows (charts: GenericChart list list) =
        charts |> List.map (fun row -> row.Length, row) |> arranged false

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
