namespace Anneal.Charts

open Plotly.NET

/// How a fitted model stands to its data.
[<AbstractClass; Sealed>]
type RegressionChart =
    /// Residuals (measured less predicted) against predictions; a good model leaves a level cloud around 0.
    static member residuals (unit: string) (predicted: float seq) (measured: float seq) =
        let predicted, measured = Array.ofSeq predicted, Array.ofSeq measured
        Refuse.unequal "predictions" predicted.Length "measurements" measured.Length
        Refuse.empty "predictions" predicted.Length
        let residuals = Array.map2 (-) measured predicted
        let rms = sqrt (residuals |> Array.averageBy (fun r -> r * r))

        Lines.points 0 "residual" predicted residuals
        |> GenericChart.mapTrace (Properties.set [ "marker"; "opacity" ] 0.6)
        |> Theme.apply
            $"Residuals, root mean square {Text.number 4 rms} {unit}"
            $"predicted ({unit})"
            $"measured − predicted ({unit})"
        |> ChartView.describe
            $"Residuals of {residuals.Length} rows against predictions; their root mean square is {Text.number 4 rms} {unit}, the largest {Text.number 4 (Array.maxBy abs residuals)}."
        |> ChartView.level "" 0.0

    /// Measured points and the curves fitted to them: the names of both axes with their units, the points, names, and for each curve its points.
    static member fits
        (x: string)
        (y: string)
        (points: (float * float)[])
        (names: string seq)
        (curves: (float * float)[] seq)
        =
        let names, curves = List.ofSeq names, List.ofSeq curves
        Refuse.empty "points" points.Length
        Refuse.unequal "names" names.Length "curves" curves.Length

        List.zip names curves
        |> List.mapi (fun i (name, curve) -> Lines.line i name (Array.map fst curve) (Array.map snd curve))
        |> fun lines ->
            lines
            @ [
                Lines.points curves.Length "data" (Array.map fst points) (Array.map snd points)
            ]
        |> Chart.combine
        |> Theme.apply "Fit" x y
        |> ChartView.describe
            $"""{points.Length} measured points of {y} against {x}, and fitted to them: {String.concat ", " names}."""

    /// Coefficients against step (or any other axis), one line per name: values[t][i] is coefficient i at xs[t].
    static member coefficients (x: string) (xs: float seq) (names: string seq) (values: float[] seq) =
        let xs, names, values = Array.ofSeq xs, List.ofSeq names, Array.ofSeq values
        Refuse.empty "values" values.Length
        Refuse.unequal $"values of {x}" xs.Length "values" values.Length

        for row in values do
            Refuse.unequal "names" names.Length "coefficients" row.Length

        let kept = Lines.thin 400 [| 0 .. xs.Length - 1 |]

        names
        |> List.mapi (fun i name -> Lines.line i name [| for t in kept -> xs[t] |] [| for t in kept -> values[t][i] |])
        |> Chart.combine
        |> Theme.apply "Coefficients" x "coefficient"
        |> ChartView.describe (
            List.zip names (List.ofArray (Array.last values))
            |> List.map (fun (name, v) -> $"{name} {Text.number 4 v}")
            |> String.concat ", "
            |> sprintf "Coefficients against %s; in the end %s." x
        )
