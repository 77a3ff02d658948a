namespace Anneal.Charts

open System
open MathNet.Numerics.Statistics
open Plotly.NET

/// Many runs at once: which settings are good, how sure one can be, and what theory predicts.
[<AbstractClass; Sealed>]
type SweepChart =
    static member private finite(values: float[]) = values |> Array.filter Double.IsFinite

    /// Final loss over two settings as a heat map, each row a value of y; the best cell is marked, runs that blew up
    /// (not a number, infinite) are left empty. Colours are decades of the loss.
    static member heatMap (x: string) (xs: float seq) (y: string) (ys: float seq) (losses: float[] seq) =
        let xs, ys, losses = Array.ofSeq xs, Array.ofSeq ys, Array.ofSeq losses
        Refuse.unequal y ys.Length "rows of losses" losses.Length

        for row in losses do
            Refuse.unequal x xs.Length "losses in a row" row.Length

        let cells =
            [
                for i in 0 .. ys.Length - 1 do
                    for j in 0 .. xs.Length - 1 do
                        let loss = losses[i][j]

                        if Double.IsFinite loss then
                            loss, i, j
            ]

        Refuse.empty "finite losses" cells.Length
        let best, row, column = List.min cells
        let label (v: float) = $"{Text.number 4 v}"

        let decades =
            losses
            |> Array.map (
                Array.map (fun l ->
                    if Double.IsFinite l && l > 0.0 then
                        DataTable.shorten 4 (Math.Log10 l)
                    else
                        nan)
            )

        let rows: objnull list list =
            [
                for i in 0 .. ys.Length - 1 do
                    for j in 0 .. xs.Length - 1 -> [ xs[j]; ys[i]; losses[i][j] ]
            ]

        [
            Chart.Heatmap(zData = decades, X = Array.map label xs, Y = Array.map label ys)
            |> GenericChart.mapTrace (
                Properties.setAll
                    [
                        [ "colorscale" ], "Cividis"
                        [ "reversescale" ], true
                        [ "xgap" ], 1
                        [ "ygap" ], 1
                        [ "colorbar"; "title"; "text" ], "log₁₀ loss"
                        [ "colorbar"; "thickness" ], 12
                        [ "hovertemplate" ], $"{x} %%{{x}}, {y} %%{{y}}: 10^%%{{z:.3g}}<extra></extra>"
                    ]
            )
            Chart.Point(x = [ label xs[column] ], y = [ label ys[row] ], Name = "best")
            |> GenericChart.mapTrace (
                Properties.setAll
                    [
                        [ "marker" ],
                        {|
                            symbol = "star"
                            size = 16
                            color = "#D55E00"
                            line = {| width = 1; color = "#ffffff" |}
                        |}
                        [ "showlegend" ], false
                    ]
            )
        ]
        |> Chart.combine
        |> Theme.apply
            $"Best loss {Text.number 4 best} at {x} {Text.number 4 xs[column]}, {y} {Text.number 4 ys[row]}"
            x
            y
        |> ChartView.describe
            $"Final loss over {x} and {y}; the best, {Text.number 4 best}, is at {x} {Text.number 4 xs[column]} and {y} {Text.number 4 ys[row]}. Empty cells blew up."
        |> ChartView.mapLayout (Properties.setAll [ [ "xaxis"; "type" ], "category"; [ "yaxis"; "type" ], "category" ])
        |> ChartView.withTable [ x; y; "loss" ] rows

    /// Final loss against the learning rate, one U per name: for each name and each rate the losses of its seeds. The
    /// line is their mean with its 95 % interval; a rate at which any seed blew up ends the line. The axis is logarithmic: means of 0
    /// or less stand as triangles at its lower end, and intervals that go there reach it.
    static member uCurves (names: string seq) (rates: float seq) (losses: float[][] seq) =
        let names, rates, losses = List.ofSeq names, Array.ofSeq rates, List.ofSeq losses
        Refuse.empty "names" names.Length
        Refuse.unequal "names" names.Length "lists of losses" losses.Length

        let curves =
            [
                for name, byRate in List.zip names losses ->
                    Refuse.unequal "rates" rates.Length $"losses of {name}" byRate.Length
                    name, byRate |> Array.map Interval.ofValues
            ]

        let told =
            curves
            |> List.map (fun (name, at) ->
                match Array.zip rates at |> Array.filter (fun (_, a) -> Double.IsFinite a.Mean) with
                | [||] -> $"{name} blows up at every rate"
                | finite ->
                    let rate, a = finite |> Array.minBy (fun (_, a) -> a.Mean)
                    $"{name} is best at rate {Text.number 4 rate} with loss {Text.number 4 a.Mean}")
            |> String.concat "; "

        let all = curves |> Seq.collect snd |> Seq.toList
        let bottom = LogAxis.bottom all

        /// Losses that are all 0 or less have no logarithmic axis.
        let isLogarithmic = all |> List.exists (fun a -> a.Mean > 0.0)
        let isBelow (a: Interval) = isLogarithmic && a.Mean <= 0.0

        let marks i (at: Interval[]) : (string list * obj) list =
            if at |> Array.exists isBelow then
                [
                    // half of a mark on the axis lies outside
                    [ "cliponaxis" ], false
                    [ "marker"; "symbol" ],
                    [ for a in at -> if isBelow a then "triangle-down-open" else Theme.symbol i ]
                    [ "hovertemplate" ],
                    [
                        for a in at ->
                            if isBelow a then
                                $"{Text.number 4 a.Mean} at %%{{x:,.6~g}}, below the axis"
                            else
                                "%{y:.5~g} at %{x:,.6~g}"
                    ]
                ]
            else
                [ [ "marker"; "symbol" ], Theme.symbol i ]

        [
            for i, (name, at) in List.indexed curves ->
                let shown = at |> Array.map (_.Mean >> LogAxis.cut bottom)
                let low = at |> Array.map (_.Low >> LogAxis.cut bottom)

                Lines.line i (Text.plain name) rates shown
                |> GenericChart.mapTrace (
                    Properties.setAll
                        [
                            [ "mode" ], "lines+markers"
                            yield! marks i at
                            [ "error_y" ],
                            {|
                                ``type`` = "data"
                                symmetric = false
                                array = Array.map2 (fun a y -> max 0.0 (a.High - y)) at shown
                                arrayminus = Array.map2 (-) shown low
                                thickness = 1.5
                                width = 4
                            |}
                        ]
                )
        ]
        |> Chart.combine
        |> Theme.apply "Final loss against learning rate" "learning rate" "final loss, mean and 95 % interval"
        |> ChartView.describe (
            String.concat
                " "
                [
                    $"Final loss against learning rate: {told}."
                    if all |> List.exists isBelow then
                        "Means of 0 or less, which a logarithmic axis cannot show, are triangles at its lower end."
                    if all |> List.exists (fun a -> a.Low <= 0.0 && a.Mean > 0.0) then
                        LogAxis.goesOn "An interval"
                ]
        )
        |> ChartView.mapLayout (LogAxis.within bottom all)
        |> ChartView.logX
        |> fun view -> if isLogarithmic then ChartView.logY view else view
        |> ChartView.withTable
            [ "series"; "rate"; "mean"; "low"; "high" ]
            [
                for name, at in curves do
                    for rate, a in Array.zip rates at -> ([ name; rate; a.Mean; a.Low; a.High ]: objnull list)
            ]

    /// Means with 95 % intervals, the best (least) on top: for each name the values of its seeds.
    static member ranking (value: string) (names: string seq) (values: float[] seq) =
        let names, values = List.ofSeq names, List.ofSeq values
        Refuse.empty "names" names.Length
        Refuse.unequal "names" names.Length "lists of values" values.Length

        let ranked =
            List.zip names (values |> List.map Interval.ofValues)
            |> List.sortBy (fun (_, a) -> a.Mean)

        let told =
            ranked
            |> List.map (fun (name, a) ->
                $"{name} {Text.number 4 a.Mean} ({Text.number 4 a.Low} to {Text.number 4 a.High})")
            |> String.concat ", "

        Chart.Point(
            x = [ for _, a in ranked -> a.Mean ],
            y = [ for name, _ in ranked -> Text.wrap 18 (Text.plain name) ]
        )
        |> GenericChart.mapTrace (
            Properties.setAll
                [
                    [ "marker" ], {| size = 10; color = Theme.color 0 |}
                    [ "error_x" ],
                    {|
                        ``type`` = "data"
                        array = [ for _, a in ranked -> a.High - a.Mean ]
                        thickness = 2
                        width = 6
                    |}
                    [ "hovertemplate" ], "%{y}: %{x:.5g}<extra></extra>"
                ]
        )
        |> Theme.apply $"Ranking by {value}" (Text.wrap 30 $"{value}, mean and 95 %% interval") ""
        |> ChartView.describe $"Ranking by {value}: means with 95 %% intervals, least first: {told}."
        |> ChartView.mapLayout (
            Properties.setAll
                [
                    [ "yaxis"; "type" ], "category"
                    [ "yaxis"; "autorange" ], "reversed"
                    [ "xaxis"; "nticks" ], 5
                ]
        )
        |> ChartView.withTable
            [ "name"; "mean"; "low"; "high" ]
            [ for name, a in ranked -> ([ name; a.Mean; a.Low; a.High ]: objnull list) ]

    /// Estimates with intervals of any kind, one row per name in the order given: the value with its unit, names, and for each the
    /// estimate and the ends of its interval. A line at 0 shows which intervals leave it out.
    static member intervals (value: string) (names: string seq) (estimates: (float * float * float) seq) =
        let names, estimates = List.ofSeq names, List.ofSeq estimates
        Refuse.empty "names" names.Length
        Refuse.unequal "names" names.Length "estimates" estimates.Length

        let height = 90 + 45 * names.Length

        let told =
            List.zip names estimates
            |> List.map (fun (name, (at, low, high)) ->
                $"{name} {Text.number 4 at} ({Text.number 4 low} to {Text.number 4 high})")
            |> String.concat ", "

        Chart.Point(
            x = [ for at, _, _ in estimates -> at ],
            y = [ for name in names -> Text.wrap 24 (Text.plain name) ]
        )
        |> GenericChart.mapTrace (
            Properties.setAll
                [
                    [ "marker" ], {| size = 9; color = Theme.color 0 |}
                    [ "error_x" ],
                    {|
                        ``type`` = "data"
                        symmetric = false
                        array = [ for at, _, high in estimates -> high - at ]
                        arrayminus = [ for at, low, _ in estimates -> at - low ]
                        thickness = 2
                        width = 6
                    |}
                    [ "hovertemplate" ], "%{y}: %{x:.5g}<extra></extra>"
                ]
        )
        |> Theme.apply $"Intervals of {value}" value ""
        |> ChartView.describe $"Estimates of {value} with their intervals: {told}."
        |> ChartView.mapLayout (
            Properties.setAll
                [
                    [ "yaxis"; "type" ], "category"
                    [ "yaxis"; "autorange" ], "reversed"
                    [ "xaxis"; "nticks" ], 6
                    [ "xaxis"; "zeroline" ], true
                    [ "xaxis"; "zerolinecolor" ], "rgb(128,128,128)"
                    [ "xaxis"; "zerolinewidth" ], 2
                    [ "height" ], height
                ]
        )
        |> ChartView.withTable
            [ "name"; "estimate"; "low"; "high" ]
            [
                for name, (at, low, high) in List.zip names estimates -> ([ name; at; low; high ]: objnull list)
            ]

    /// Intervals side by side: one row per name, in the order given, and in each row one mark per series with its interval
    /// (mean, low, high). A line stands at 0, where there is no difference.
    static member intervalGroups
        (value: string)
        (names: string seq)
        (series: (string * (float * float * float)[]) seq)
        =
        let names, series = List.ofSeq names, List.ofSeq series
        Refuse.empty "names" names.Length
        Refuse.empty "series" series.Length

        for name, rows in series do
            Refuse.unequal "names" names.Length $"intervals of {name}" rows.Length

        let plain = names |> List.map Text.plain
        let labels = plain |> List.map (Text.wrap 22)
        let ticks = [ 0 .. names.Length - 1 ]
        let range = [ float names.Length - 0.5; -0.5 ]
        let height = 130 + names.Length * (12 + 12 * series.Length)

        /// Marks of one row stand below each other, the first on top.
        let place i row =
            float row + 0.26 * (float i - float (series.Length - 1) / 2.0)

        let told =
            [
                for row, name in List.indexed names do
                    for label, rows in series do
                        let mean, low, high = rows[row]
                        $"{name}, {label}: {Text.number 4 mean} ({Text.number 4 low} to {Text.number 4 high})"
            ]
            |> String.concat "; "

        [
            for i, (label, rows) in List.indexed series ->
                Chart.Point(
                    x = [ for mean, _, _ in rows -> mean ],
                    y = [ for row in 0 .. names.Length - 1 -> place i row ],
                    Name = Text.plain label
                )
                |> GenericChart.mapTrace (
                    Properties.setAll
                        [
                            [ "marker" ],
                            {|
                                size = 9
                                color = Theme.color i
                                symbol = Theme.symbol i
                            |}
                            [ "error_x" ],
                            {|
                                ``type`` = "data"
                                symmetric = false
                                array = [ for mean, _, high in rows -> high - mean ]
                                arrayminus = [ for mean, low, _ in rows -> mean - low ]
                                thickness = 2
                                width = 5
                            |}
                            [ "customdata" ], plain
                            [ "hovertemplate" ], "%{customdata}: %{x:.4g}"
                        ]
                )
        ]
        |> Chart.combine
        |> Theme.apply $"{value}" (Text.wrap 30 $"{value}, 95 %% interval") ""
        |> ChartView.describe $"{value}, with 95 %% intervals: {told}."
        |> ChartView.mapLayout (
            Properties.setAll
                [
                    [ "height" ], height
                    [ "yaxis"; "tickvals" ], ticks
                    [ "yaxis"; "ticktext" ], labels
                    [ "yaxis"; "range" ], range
                    [ "yaxis"; "showgrid" ], false
                    [ "yaxis"; "zeroline" ], false
                    [ "xaxis"; "nticks" ], 6
                    [ "xaxis"; "zerolinecolor" ], "rgba(128,128,128,0.9)"
                    [ "xaxis"; "zerolinewidth" ], 2
                ]
        )
        |> ChartView.withTable
            [ "name"; "series"; "mean"; "low"; "high" ]
            [
                for row, name in List.indexed names do
                    for label, rows in series do
                        let mean, low, high = rows[row]
                        ([ name; label; mean; low; high ]: objnull list)
            ]

    /// What theory predicts against what was measured, both on logarithmic axes, one kind of point per name. The title
    /// gives Spearman's rank correlation over all points: 1 when the bound puts every run in its right place.
    static member predicted (names: string seq) (bounds: float[] seq) (measured: float[] seq) =
        let names, bounds, measured =
            List.ofSeq names, List.ofSeq bounds, List.ofSeq measured

        Refuse.empty "names" names.Length
        Refuse.unequal "names" names.Length "lists of bounds" bounds.Length
        Refuse.unequal "names" names.Length "lists of measurements" measured.Length

        for name, b, m in List.zip3 names bounds measured do
            Refuse.unequal $"bounds of {name}" b.Length $"measurements of {name}" m.Length

        let correlation = Correlation.Spearman(Seq.concat bounds, Seq.concat measured)
        let count = bounds |> List.sumBy _.Length

        List.zip3 names bounds measured
        |> List.mapi (fun i (name, b, m) -> Lines.points i (Text.plain name) b m)
        |> Chart.combine
        |> Theme.apply $"Spearman's rank correlation {correlation:F3} over {count} points" "bound" "measured"
        |> ChartView.describe
            $"Measured against predicted for {count} runs; Spearman's rank correlation is {correlation:F3}."
        |> ChartView.logX
        |> ChartView.logY
