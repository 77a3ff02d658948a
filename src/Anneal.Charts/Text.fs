namespace Anneal.Charts

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

    /// A legend entry and a title.
    let legend, title = 40, 44
