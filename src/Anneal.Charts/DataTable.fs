namespace Anneal.Charts

open System
open System.Globalization

/// The figures behind a chart, for readers who cannot see it or want to count.
type DataTable =
    {
        /// The heads of the columns.
        Columns: string list
        /// One list per row, as long as Columns: numbers, or text.
        Rows: objnull list list
    }

module internal DataTable =
    let shorten (digits: int) (value: float) =
        if Double.IsFinite value then
            Double.Parse(value.ToString($"G{digits}", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)
        else
            value

    /// Enough digits to read; the exact values are the library's to give.
    let cell (value: objnull) : objnull =
        match value with
        | :? float as number when Double.IsFinite number -> box (shorten 6 number)
        | :? float -> null
        | :? single as number -> box (shorten 6 (float number))
        | other -> other

    /// The places of the rows to show. Steps that read alike without being equal are there to draw a jump: of those only
    /// the one that is what it reads as is listed.
    let private distinct (xs: objnull[]) =
        let readsLikeNeighbour i j =
            j >= 0 && j < xs.Length && xs[i] <> xs[j] && cell xs[i] = cell xs[j]

        [|
            for i in 0 .. xs.Length - 1 do
                if
                    cell xs[i] = xs[i]
                    || not (readsLikeNeighbour i (i - 1) || readsLikeNeighbour i (i + 1))
                then
                    i
        |]

    /// At most this many rows are shown; a longer table is thinned evenly and keeps its first and last row.
    let private longest = 101

    let private thin (rows: 'a[]) =
        if rows.Length <= longest then
            rows
        else
            [|
                for i in 0 .. longest - 1 -> rows[int (round (float i * float (rows.Length - 1) / float (longest - 1)))]
            |]

    /// One row per x where all series share their x; otherwise one row per point, led by the series' name.
    let ofSeries (x: string) (y: string) (series: (string * objnull[] * objnull[]) list) =
        match series with
        | [] -> None
        | (_, shared, _) :: rest when rest |> List.forall (fun (_, xs, _) -> xs = shared) ->
            let names =
                match series with
                | [ _ ] -> [ y ]
                | _ -> [ for name, _, _ in series -> name ]

            let columns = [ for _, _, ys in series -> ys ]

            Some
                {
                    Columns = x :: names
                    Rows = [ for i in thin (distinct shared) -> shared[i] :: [ for c in columns -> c[i] ] ]
                }
        | _ ->
            Some
                {
                    Columns = [ "series"; x; y ]
                    Rows =
                        [
                            for name, xs, ys in series do
                                for i in thin (distinct xs) -> [ box name; xs[i]; ys[i] ]
                        ]
                }
