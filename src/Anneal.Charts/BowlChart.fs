namespace Anneal.Charts

open System
open Plotly.NET

/// Quadratic bowls in the plane: their level lines are ellipses, and both axes have one scale, so that a circle looks like one.
[<AbstractClass; Sealed>]
type BowlChart =
    static member private rings = 9

    static member private corners = 61

    static member private check (curvature: float[,]) (names: string list) (paths: float[][] list) =
        if
            Array2D.length1 curvature <> 2
            || Array2D.length2 curvature <> 2
            || curvature[0, 1] <> curvature[1, 0]
            || not (
                curvature[0, 0] > 0.0
                && curvature[0, 0] * curvature[1, 1] > curvature[0, 1] * curvature[0, 1]
            )
        then
            invalidArg "curvature" "The second derivatives of a bowl are a symmetric, positive 2 × 2 matrix."

        Refuse.empty "paths" paths.Length
        Refuse.unequal "names" names.Length "paths" paths.Length

        for name, path in List.zip names paths do
            if path.Length = 0 || path |> Array.exists (fun p -> p.Length <> 2) then
                invalidArg "paths" $"A path is a list of points of two numbers each; {name} is not."

    /// The points x with xᵀHx = r²: x = C⁻ᵀ·r·(cos φ, sin φ), where H = C·Cᵀ is Cholesky's product.
    static member private ring (curvature: float[,]) (radius: float) =
        let a = sqrt curvature[0, 0]
        let b = curvature[0, 1] / a
        let c = sqrt (curvature[1, 1] - b * b)

        [|
            for i in 0 .. BowlChart.corners - 1 ->
                let struct (sin, cos) =
                    Math.SinCos(2.0 * Math.PI * float i / float (BowlChart.corners - 1))

                let y = radius * sin / c
                (radius * cos - b * y) / a, y
        |]

    /// Paths over the level lines of ½·xᵀHx, which has its minimum at 0: a title, the names of both axes, the matrix H of second
    /// derivatives, how far the picture reaches from the minimum, and names and points of the paths, the start first.
    static member paths
        (title: string)
        (x: string)
        (y: string)
        (curvature: float[,])
        (reach: float)
        (names: string seq)
        (paths: float[][] seq)
        =
        let names, paths = List.ofSeq names, List.ofSeq paths
        BowlChart.check curvature names paths
        let short = DataTable.shorten 4

        // the widest ring just leaves the picture at its highest corner
        let widest =
            reach * sqrt (curvature[0, 0] + curvature[1, 1] + 2.0 * abs curvature[0, 1])

        let rings =
            [
                for k in 1 .. BowlChart.rings ->
                    let points =
                        BowlChart.ring curvature (widest * float k / float (BowlChart.rings + 1))

                    Lines.line 0 "level" (points |> Array.map (fst >> short)) (points |> Array.map (snd >> short))
                    |> GenericChart.mapTrace (
                        Properties.setAll
                            [
                                [ "line"; "color" ], Theme.levelLine
                                [ "line"; "width" ], 1
                                [ "line"; "dash" ], "solid"
                                [ "line"; "shape" ], "spline"
                            ]
                    )
                    |> Lines.quiet
            ]

        let minimum =
            Lines.points 0 "minimum" [| 0.0 |] [| 0.0 |]
            |> GenericChart.mapTrace (
                Properties.setAll
                    [
                        [ "marker"; "symbol" ], "x-thin-open"
                        [ "marker"; "size" ], 12
                        [ "marker"; "color" ], "rgb(128,128,128)"
                    ]
            )
            |> Lines.quiet

        let lines =
            List.zip names paths
            |> List.mapi (fun i (name, path) ->
                let path = Lines.thin 200 path

                Lines.line i name (path |> Array.map (fun p -> short p[0])) (path |> Array.map (fun p -> short p[1]))
                |> GenericChart.mapTrace (
                    Properties.setAll
                        [
                            [ "mode" ], "lines+markers"
                            [ "marker"; "size" ], 5
                            [ "hovertemplate" ], "(%{x:.4g}, %{y:.4g})"
                        ]
                ))

        let value (p: float[]) =
            0.5
            * (curvature[0, 0] * p[0] * p[0]
               + 2.0 * curvature[0, 1] * p[0] * p[1]
               + curvature[1, 1] * p[1] * p[1])

        let ends =
            [
                for name, path in List.zip names paths ->
                    let last = Array.last path
                    $"{name} ends after {path.Length - 1} steps at ({Text.number 3 last[0]}, {Text.number 3 last[1]})"
            ]
            |> String.concat "; "

        let rows: objnull list list =
            [
                for name, path in List.zip names paths do
                    for step, p in Array.indexed path |> Lines.thin 20 -> [ name; step; p[0]; p[1]; value p ]
            ]

        rings @ minimum :: lines
        |> Chart.combine
        |> Theme.apply title x y
        |> ChartView.describe $"{title}. Level lines of a quadratic bowl with the minimum at 0; {ends}."
        |> ChartView.withTable [ "path"; "step"; x; y; "value" ] rows
        |> ChartView.mapLayout (
            Properties.setAll
                [
                    [ "xaxis"; "range" ], [ -reach; reach ]
                    [ "yaxis"; "range" ], [ -reach; reach ]
                    [ "xaxis"; "constrain" ], "domain"
                    [ "yaxis"; "constrain" ], "domain"
                    [ "yaxis"; "scaleanchor" ], "x"
                    [ "yaxis"; "tickformat" ], ","
                    [ "height" ], 480
                ]
        )

    /// Bowls side by side; the paths of the same name have the same colour, and the legend names them once.
    static member beside(views: ChartView seq) =
        let views = List.ofSeq views
        let panels = ChartView.beside views

        { panels with
            Table =
                Some
                    {
                        Columns = [ "chart"; "path"; "step"; "first number"; "second number"; "value" ]
                        Rows =
                            [
                                for view in views do
                                    let title = view.Chart |> GenericChart.getLayout |> Panels.title

                                    match view.Data with
                                    | Some data -> for row in data.Rows -> (title :> objnull) :: row
                                    | None -> ()
                            ]
                    }
        }
