/// Reads what a chart shows itself as.
module Anneal.Charts.Tests.Json

open System.Text.Json
open Anneal.Charts

let figure (view: ChartView) =
    JsonDocument.Parse(view.Json).RootElement

/// The element at a path: names, or numbers for places in a list.
let rec at (path: string list) (element: JsonElement) =
    match path with
    | [] -> element
    | name :: rest ->
        let inner =
            match element.ValueKind with
            | JsonValueKind.Array -> element[int name]
            | _ -> element.GetProperty name

        at rest inner

let has (name: string) (element: JsonElement) = fst (element.TryGetProperty name)

let text path element = (at path element).GetString()

let numbers path element =
    [ for item in (at path element).EnumerateArray() -> item.GetDouble() ]

let count path element = (at path element).GetArrayLength()

/// The value, or a failure that names what was not found.
let found (name: string) (value: 'T | null) : 'T =
    match value with
    | null -> failwith $"{name} was not found"
    | value -> value

/// The MIME types the view offers to a notebook host, and what it writes in each, found as a host finds it: by names.
let shown (view: ChartView) =
    let property (name: string) (target: obj) =
        (found name (target.GetType().GetProperty name)).GetValue target |> found name

    let call (name: string) (arguments: obj[]) (target: obj) =
        (found name (target.GetType().GetMethod name)).Invoke(target, arguments)
        |> found name

    let source =
        view.GetType().GetCustomAttributes false
        |> Seq.find (fun a -> a.GetType().Name = "TypeFormatterSourceAttribute")
        |> property "FormatterSourceType"
        |> unbox<System.Type>
        |> System.Activator.CreateInstance
        |> found "the source"

    [
        for formatter in source |> call "CreateTypeFormatters" [||] |> unbox<obj seq> do
            use writer = new System.IO.StringWriter()

            if formatter |> call "Format" [| view; writer |] |> unbox<bool> then
                string (property "MimeType" formatter), writer.ToString()
    ]
