namespace Anneal.Charts

open System
open MathNet.Numerics.Distributions

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
