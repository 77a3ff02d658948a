namespace Anneal.Charts

open System
open Plotly.NET

/// What two settings together do: maps with borders, and the roots that decide.
[<AbstractClass; Sealed>]
type PhaseChart =
    static member private blue(strength: float) = $"rgba(0,114,178,{strength})"

    /// A line that is read on any shade: black inside white.
    static member private cased (name: string) (points: (float * float)[]) =
        [
            for width, color in [ 5.0, "#ffffff"; 2.0, "#000000" ] ->
                Chart.Line(x = Array.map fst points, y = Array.map snd points, Name = name)
                |> GenericChart.mapTrace (
                    Properties.setAll
                        [
                            [ "line"; "width" ], width
                            [ "line"; "color" ], color
                            [ "line"; "simplify" ], false
                            [ "showlegend" ], false
                            [ "hovertemplate" ], $"{name}: %%{{x:.4g}}, %%{{y:.4g}}<extra></extra>"
                        ]
                )
        ]

    static member private labelled (text: string) (x: float) (y: float) =
        Marks.text "x" "y" x y "center" text |> Properties.set [ "yanchor" ] "middle"

    /// A value over two settings, strongest where it is least: the names of the axes and of the value with their units,
    /// where the columns and rows lie, each row's values (not a number: left empty), borders as named lines, and names
    /// of regions with the place where each is written.
    static member map
        (title: string)
        (x: string, xs: float[])
        (y: string, ys: float[])
        (value: string, rows: float[][])
        (borders: (string * (float * float)[]) list)
        (regions: (string * float * float) list)
        =
        Refuse.unequal y ys.Length "rows of values" rows.Length

        for row in rows do
            Refuse.unequal x xs.Length "values in a row" row.Length

        let shades =
            Chart.Heatmap(zData = (rows |> Array.map (Array.map (DataTable.shorten 4))), X = xs, Y = ys)
            |> GenericChart.mapTrace (
                Properties.setAll
                    [
                        [ "colorscale" ], [ [ 0.0 :> obj; PhaseChart.blue 0.75 ]; [ 1.0; PhaseChart.blue 0.06 ] ]
                        [ "colorbar"; "title"; "text" ], value
                        [ "colorbar"; "title"; "side" ], "right"
                        [ "colorbar"; "thickness" ], 12
                        [ "showlegend" ], false
                        [ "hovertemplate" ], $"{x} %%{{x:.4g}}, {y} %%{{y:.4g}}: {value} %%{{z:.4g}}<extra></extra>"
                    ]
            )

        let every (count: int) =
            Lines.thin 9 [| 0 .. count - 1 |] |> List.ofArray

        let names = regions |> List.map (fun (name, _, _) -> name) |> String.concat ", "
        let edges = borders |> List.map fst |> String.concat "; "

        shades
        :: [
            for name, points in borders do
                yield! PhaseChart.cased name points
        ]
        |> Chart.combine
        |> Theme.apply title x y
        |> ChartView.describe $"{value} over {x} and {y}. Regions: {names}. Borders: {edges}."
        |> ChartView.mapLayout (
            Properties.setAll
                [
                    [ "xaxis"; "range" ], [ Array.min xs; Array.max xs ]
                    [ "yaxis"; "range" ], [ Array.min ys; Array.max ys ]
                    [ "height" ], 460
                ]
            >> Marks.append "annotations" [ for name, x, y in regions -> PhaseChart.labelled name x y ]
        )
        |> ChartView.withTable
            [ x; y; value ]
            [
                for i in every ys.Length do
                    for j in every xs.Length -> ([ xs[j]; ys[i]; rows[i][j] ]: objnull list)
            ]

    /// The complex plane with the unit circle (grey) and what is drawn in it.
    static member private plane (title: string) (drawn: GenericChart list) =
        let turn = [| for i in 0..120 -> Math.Tau * float i / 120.0 |]

        let circle =
            Chart.Line(x = Array.map cos turn, y = Array.map sin turn, Name = "unit circle")
            |> GenericChart.mapTrace (
                Properties.setAll [ [ "line"; "width" ], 1; [ "line"; "color" ], "rgba(128,128,128,0.9)" ]
            )
            |> Lines.quiet

        circle :: drawn
        |> Chart.combine
        |> Theme.apply title "real part" "imaginary part"

    static member private around(view: ChartView) =
        view
        |> ChartView.mapLayout (
            Properties.setAll
                [
                    [ "xaxis"; "range" ], [ -1.6; 1.6 ]
                    [ "yaxis"; "range" ], [ -1.15; 1.15 ]
                    [ "yaxis"; "scaleanchor" ], "x"
                    [ "height" ], 420
                ]
        )

    /// Where complex numbers run as a setting changes, around the unit circle (grey): what leaves the circle grows.
    static member roots (title: string) (names: string seq) (lines: (float * float)[] seq) =
        let names, lines = List.ofSeq names, List.ofSeq lines
        Refuse.empty "lines" lines.Length
        Refuse.unequal "names" names.Length "lines" lines.Length

        [
            for i, (name, points) in List.indexed (List.zip names lines) ->
                Lines.line i name (Array.map fst points) (Array.map snd points)
                |> GenericChart.mapTrace (Properties.set [ "line"; "width" ] 3)
        ]
        |> PhaseChart.plane title
        |> ChartView.describe
            $"""{title}: where {String.concat ", " names} run in the complex plane, around the unit circle."""
        |> PhaseChart.around

    /// Points that are seen on any shade.
    static member private points(at: (float * float)[]) =
        Lines.points 1 "" (Array.map fst at) (Array.map snd at)
        |> GenericChart.mapTrace (
            Properties.setAll
                [
                    [ "marker"; "symbol" ], "circle"
                    [ "marker"; "size" ], 13
                    [ "marker"; "line" ], {| width = 2; color = "#ffffff" |}
                    [ "showlegend" ], false
                    [ "hovertemplate" ], "%{x:.4g}, %{y:.4g}<extra></extra>"
                ]
        )

    /// A map with one setting marked on it, and below what a run does there: its places from step 0 on, and its roots.
    static member setting (at: (float * float)[]) (places: float[]) (roots: (float * float)[]) (map: ChartView) =
        let marked =
            { map with
                Chart =
                    map.Chart
                    |> Properties.rebuild
                        (GenericChart.getTraces map.Chart @ GenericChart.getTraces (PhaseChart.points at))
                        (GenericChart.getLayout map.Chart)
            }

        let run =
            LossChart.series "The run at the mark" "place x (share of the start)" [ "place" ] [ places ]
            |> ChartView.mapTraces (fun _ -> Properties.set [ "showlegend" ] false)
            |> ChartView.mapLayout (Properties.set [ "yaxis"; "range" ] [ -3.0; 3.0 ])

        let plane =
            [ PhaseChart.points roots ]
            |> PhaseChart.plane "Its roots"
            |> ChartView.describe "Its two roots in the complex plane, around the unit circle."
            |> PhaseChart.around

        marked |> ChartView.above [ run; plane ]
