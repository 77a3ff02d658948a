namespace Anneal.Charts

open System
open System.IO

/// What can show itself in a notebook.
type IShown =
    /// The text of this value in a MIME type that ChartFormatters lists.
    abstract Show: mimeType: string -> string

/// Writes an IShown in one MIME type. Notebook hosts find its two members by their names.
type ChartFormatter(mimeType: string) =
    /// The MIME type it writes.
    member _.MimeType = mimeType

    /// True when the value was written.
    member _.Format(value: obj, writer: TextWriter) =
        match value with
        | :? IShown as shown ->
            writer.Write(shown.Show mimeType)
            true
        | _ -> false

/// The forms in which a chart shows itself, richest first.
type ChartFormatters() =
    /// Their MIME types.
    static member val MimeTypes = [ "application/vnd.plotly.v1+json"; "text/html"; "text/plain" ]

    /// One formatter for each of them, in their order.
    member _.CreateTypeFormatters() : obj seq =
        seq { for mimeType in ChartFormatters.MimeTypes -> ChartFormatter mimeType }

/// Tells a notebook host which formatters a type brings along. Hosts know it by its name and its two properties,
/// so neither side refers to the other; both properties must therefore stay public.
[<AttributeUsage(AttributeTargets.Class)>]
type TypeFormatterSourceAttribute(formatterSourceType: Type) =
    inherit Attribute()

    /// The type whose CreateTypeFormatters gives the formatters.
    member _.FormatterSourceType = formatterSourceType

    /// What a host shows that has no preference of its own, best first; empty leaves it to the formatters' order.
    member val PreferredMimeTypes: string[] = [||] with get, set
