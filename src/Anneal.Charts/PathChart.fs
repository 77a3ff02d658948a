namespace Anneal.Charts

open System
open Anneal
open Anneal.Objectives
open Plotly.NET

/// Functions of two numbers as contours, with the paths that optimizers take on them.
[<AbstractClass; Sealed>]
type PathChart =
    /// Points along each side of the grid on which the function is drawn.
    static member private resolution = 121

    static member private window(objective: Objective) =
        match Option.ofNullable objective.PlotRange with
        | Some window -> window
        | None ->
            invalidArg
                (nameof objective)
                $"Contours need a function of two numbers; {objective.Name} has {objective.Dimension}."

    /// Heights above the least value: in decades where levels are logarithmic, so that the valley and the walls both show.
    static member private heights (log: bool) (xs: float[]) (ys: float[]) (objective: Objective) =
        let values = [| for y in ys -> [| for x in xs -> objective.Value [| x; y |] |] |]
        let all = Array.concat values

        let least =
            objective.Minimum |> Option.ofNullable |> Option.defaultValue (Array.min all)
        // what lies below a ten-thousandth of the range is drawn as one flat floor
        let floor = 1e-4 * (Array.max all - least)

        values
        |> Array.map (
            Array.map (fun v ->
                if log then Math.Log10(max (v - least) floor) else v
                |> DataTable.shorten 4)
        )

    static member private surface (log: bool) (objective: Objective) =
        let window = PathChart.window objective

        let side low high =
            [|
                for i in 0 .. PathChart.resolution - 1 ->
                    low + (high - low) * float i / float (PathChart.resolution - 1)
            |]

        let xs, ys = side window.Left window.Right, side window.Bottom window.Top

        Chart.Contour(zData = PathChart.heights log xs ys objective, X = xs, Y = ys, ShowScale = false)
        |> GenericChart.mapTrace (
            Properties.setAll
                [
                    // every level is painted over those below it, so one translucent hue adds up to shades
                    [ "colorscale" ], [ [ 0.0 :> obj; Theme.levelShade ]; [ 1.0; Theme.levelShade ] ]
                    [ "ncontours" ], 14
                    [ "line"; "width" ], 1
                    [ "line"; "color" ], Theme.levelLine
                    [ "hovertemplate" ], "x %{x:.4g}, y %{y:.4g}<extra></extra>"
                ]
        )
        |> GenericChart.mapTrace (Properties.set [ "showlegend" ] false)

    static member private minima(objective: Objective) =
        [
            for minimiser in objective.Minimizers ->
                Chart.Point(x = [ minimiser[0] ], y = [ minimiser[1] ], Name = "minimum")
                |> GenericChart.mapTrace (
                    Properties.setAll
                        [
                            [ "marker"; "symbol" ], "x-thin-open"
                            [ "marker"; "size" ], 12
                            [ "marker"; "color" ], "rgb(128,128,128)"
                            [ "marker"; "line" ],
                            {|
                                width = 2.5
                                color = "rgb(128,128,128)"
                            |}
                            [ "showlegend" ], false
                            [ "hovertemplate" ], "minimum<extra></extra>"
                        ]
                )
        ]

    static member private within (objective: Objective) (view: ChartView) =
        let w = PathChart.window objective

        view
        |> ChartView.mapLayout (
            Properties.setAll
                [
                    [ "xaxis"; "range" ], [ w.Left; w.Right ]
                    [ "yaxis"; "range" ], [ w.Bottom; w.Top ]
                    [ "yaxis"; "tickformat" ], ","
                    [ "height" ], 520
                ]
        )

    static member private check (names: string list) (paths: float[][] list) =
        Refuse.empty "paths" paths.Length
        Refuse.unequal "names" names.Length "paths" paths.Length

        for name, path in List.zip names paths do
            if path.Length = 0 || path |> Array.exists (fun p -> p.Length <> 2) then
                invalidArg "paths" $"A path is a list of points of two numbers each; {name} is not."

    /// A path up to where it is a million windows away: browsers cannot place what lies beyond.
    static member private near (objective: Objective) (path: float[][]) =
        let w = PathChart.window objective
        let far = 1e6 * max (w.Right - w.Left) (w.Top - w.Bottom)
        path |> Array.takeWhile (Array.forall (fun x -> abs x < far))

    static member private told (objective: Objective) (names: string list) (paths: float[][] list) =
        List.zip names paths
        |> List.map (fun (name, path) ->
            let last = Array.last path
            $"{name} ends after {path.Length - 1} steps at ({Text.number 4 last[0]}, {Text.number 4 last[1]}) with value {Text.number 4 (objective.Value last)}")
        |> String.concat "; "

    /// The shape of a function; on logarithmic levels each line is a constant factor above the next.
    static member contours (logLevels: bool) (objective: Objective) =
        PathChart.surface logLevels objective :: PathChart.minima objective
        |> Chart.combine
        |> Theme.apply objective.Name "x" "y"
        |> ChartView.describe
            $"Contours of {objective.Name} with its known minima marked; every shade more is a level higher."
        |> PathChart.within objective

    /// Paths over the contours of their function: names, and for each a list of points, the start first.
    /// A path that blows up is drawn until it is a million windows away.
    static member paths (objective: Objective) (names: string seq) (paths: float[][] seq) =
        let names, paths = List.ofSeq names, List.ofSeq paths
        PathChart.check names paths

        let lines =
            List.zip names paths
            |> List.mapi (fun i (name, path) ->
                let path = path |> PathChart.near objective |> Lines.thin 600

                Lines.line i name (path |> Array.map (fun p -> p[0])) (path |> Array.map (fun p -> p[1]))
                |> GenericChart.mapTrace (
                    Properties.setAll
                        [
                            [ "mode" ], "lines+markers"
                            [ "marker"; "size" ], 4
                            [ "hovertemplate" ], "(%{x:.4g}, %{y:.4g})"
                        ]
                ))

        PathChart.surface true objective :: PathChart.minima objective @ lines
        |> Chart.combine
        |> Theme.apply $"Paths on {objective.Name}" "x" "y"
        |> ChartView.describe $"Paths over the contours of {objective.Name}: {PathChart.told objective names paths}."
        |> PathChart.within objective

    /// A slider over the contours: a label and the paths of each position, all drawn beforehand; the contours stand still.
    static member slider
        (objective: Objective)
        (name: string)
        (labels: string seq)
        (names: string seq)
        (paths: float[][] seq seq)
        =
        let labels, names = List.ofSeq labels, List.ofSeq names
        let views = [ for paths in paths -> PathChart.paths objective names paths ]
        let still = 1 + objective.Minimizers.Count
        let view = views |> ChartView.slider name labels

        let told =
            List.zip labels views
            |> List.map (fun (label, view) -> $"{name} {label}: {view.Description}")

        { view with
            Frames =
                [
                    for frame in view.Frames ->
                        { frame with
                            Traces = frame.Traces |> List.filter (fun (place, _) -> place >= still)
                        }
                ]
            Description = String.concat " " told
        }

    /// The same paths as a race: play, pause, and a slider over the steps. A path that has ended waits at its end.
    static member race (objective: Objective) (names: string seq) (paths: float[][] seq) =
        let names, paths = List.ofSeq names, List.ofSeq paths
        PathChart.check names paths
        let near = paths |> List.map (PathChart.near objective)
        let last = paths |> List.map (fun path -> path.Length - 1) |> List.max
        let steps = Lines.thin 61 [| 0..last |]
        let short = DataTable.shorten 5

        let trail (i: int) (name: string) (path: float[][]) (step: int) =
            let points = path |> Array.truncate (step + 1)
            let head = Array.tryLast points |> Option.defaultValue [| nan; nan |]
            let points = Lines.thin 160 points

            let coordinate k =
                points |> Array.map (fun p -> short p[k])

            [
                Lines.line i name (coordinate 0) (coordinate 1)
                Lines.points i name [| short head[0] |] [| short head[1] |]
                |> GenericChart.mapTrace (Properties.set [ "marker"; "size" ] 11)
                |> Lines.quiet
            ]

        let picture step =
            List.zip names near
            |> List.mapi (fun i (name, path) -> trail i name path step)
            |> List.concat
            |> Chart.combine

        let still = PathChart.surface true objective :: PathChart.minima objective

        let view =
            still @ [ picture last ]
            |> Chart.combine
            |> Theme.apply $"Race on {objective.Name}" "x" "y"
            |> ChartView.describe
                $"Animated paths over the contours of {objective.Name}: {PathChart.told objective names paths}."
            |> PathChart.within objective

        let frames =
            [
                for step in steps ->
                    {
                        Name = string step
                        Traces =
                            picture step
                            |> GenericChart.getTraces
                            |> List.mapi (fun i trace -> still.Length + i, trace)
                    }
            ]

        let ends: objnull list list =
            [
                for name, path in List.zip names paths ->
                    let last = Array.last path
                    [ name; path.Length - 1; last[0]; last[1]; objective.Value last ]
            ]

        { view with
            Frames = frames
            Chart = Moving.player "step" [ for frame in frames -> frame.Name ] view.Chart
        }
        |> ChartView.withTable [ "path"; "steps"; "x at the end"; "y at the end"; "value at the end" ] ends
