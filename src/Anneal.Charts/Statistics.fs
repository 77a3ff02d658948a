namespace Anneal.Charts

open System
open MathNet.Numerics.Distributions
open Plotly.NET

/// A mean with the interval that holds the true mean with 95 % confidence, from Student's t distribution.
type internal Interval =
    { Mean: float; Low: float; High: float }

module internal Interval =
    /// One value has no spread to tell of: its interval is itself.
    let ofValues (values: float[]) =
        let n = float values.Length
        let mean = Array.average values

        let half =
            if values.Length < 2 then
                0.0
            else
                let variance = (values |> Array.sumBy (fun v -> (v - mean) ** 2.0)) / (n - 1.0)
                StudentT.InvCDF(0.0, 1.0, n - 1.0, 0.975) * sqrt (variance / n)

        {
            Mean = mean
            Low = mean - half
            High = mean + half
        }

/// A logarithmic axis has no place for 0 and what lies below. Where means or their intervals get there, the axis ends a decade
/// below the least mean that it can show, and everything lower is drawn down to that end.
module internal LogAxis =
    let private isShown v = v > 0.0 && Double.IsFinite v

    /// The lower end; None where nothing has to be cut, or nothing can be shown.
    let bottom (intervals: Interval seq) =
        let means = intervals |> Seq.map _.Mean |> Seq.filter isShown |> Seq.toArray

        if means.Length > 0 && intervals |> Seq.exists (fun a -> a.Low <= 0.0) then
            Some(Array.min means / 10.0)
        else
            None

    /// The y axis from this end to the highest number, with some air above.
    let within (bottom: float option) (intervals: Interval seq) (layout: Layout) =
        match bottom with
        | None -> layout
        | Some least ->
            let low = log10 least
            let high = intervals |> Seq.map _.High |> Seq.filter isShown |> Seq.max |> log10

            layout
            |> Properties.set [ "yaxis"; "range" ] [ low; high + 0.04 * (high - low) ]

    /// What to say of intervals that were cut.
    let goesOn (what: string) =
        $"{what} that reaches the bottom of the chart goes on below it, to 0 or less."

    /// No lower than the end.
    let cut (bottom: float option) (value: float) =
        match bottom with
        | Some least -> max least value
        | None -> value

module internal Refuse =
    /// Two lists that belong together have as many items.
    let unequal (whatOne: string) (one: int) (whatOther: string) (other: int) =
        if one <> other then
            invalidArg
                whatOther
                $"There must be as many {whatOther} as {whatOne}: {one} {whatOne}, {other} {whatOther}."

    let empty (what: string) (count: int) =
        if count = 0 then
            invalidArg what $"There must be at least one of {what}."
