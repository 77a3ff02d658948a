namespace Anneal.Charts

open System
open System.Globalization

/// plotly.js does not break lines by itself, and a phone shows about 42 characters.
module internal Text =
    /// A name from outside: plotly.js takes tags and entities in a text for its own.
    let plain (name: string) =
        name.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;").Replace("\r", " ").Replace("\n", " ")

    let wrap (limit: int) (text: string) =
        let place (lines: string list) (word: string) =
            match lines with
            | line :: rest when line.Length + 1 + word.Length <= limit -> $"{line} {word}" :: rest
            | lines -> word :: lines

        text.Split ' ' |> Seq.fold place [] |> List.rev |> String.concat "<br>"

    /// Lines the text takes when it is broken.
    let lines (limit: int) (text: string) = (wrap limit text).Split("<br>").Length

    /// A number as people write it, to this many significant digits: 0.00012, 12,500, 1.5·10⁹. Years keep their four digits together.
    let number (digits: int) (value: float) =
        let sign = if value < 0.0 then "−" else ""

        if Double.IsNaN value then
            "not a number"
        elif Double.IsInfinity value then
            $"{sign}∞"
        elif value = 0.0 then
            "0"
        else
            let written = (abs value).ToString($"E{digits - 1}", CultureInfo.InvariantCulture)

            match written.Split 'E' with
            | [| _; exponent |] when int exponent >= -5 && int exponent < 7 ->
                let plain = Decimal.Parse(written, NumberStyles.Float, CultureInfo.InvariantCulture)

                let format =
                    if plain >= 10000m then
                        "#,0.###############"
                    else
                        "0.####################"

                sign + plain.ToString(format, CultureInfo.InvariantCulture)
            | parts ->
                let mantissa =
                    if parts[0].Contains '.' then
                        parts[0].TrimEnd('0').TrimEnd '.'
                    else
                        parts[0]

                let raised =
                    string (int parts[1])
                    |> String.map (fun c -> if c = '-' then '⁻' else "⁰¹²³⁴⁵⁶⁷⁸⁹"[int c - int '0'])

                if mantissa = "1" then
                    $"{sign}10{raised}"
                else
                    $"{sign}{mantissa}·10{raised}"

    /// A legend entry and a title.
    let legend, title = 40, 44
