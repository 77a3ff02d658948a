namespace Anneal.Charts

open System
open System.Collections
open DynamicObj
open Newtonsoft.Json
open Newtonsoft.Json.Linq
open Plotly.NET

/// One picture of a chart that moves.
type ChartFrame =
    {
        /// What the slider says when it is shown, such as a step.
        Name: string
        /// The traces that differ from the first picture, each with its place among the chart's traces.
        Traces: (int * Trace) list
    }

/// A chart as plotly.js reads it.
module internal PlotlyJson =
    /// More digits than a screen can show, fewer than a double has: charts are most of a page's bytes.
    let private digits = 9

    let private isGap (token: JToken) =
        match token with
        | :? JValue as v ->
            match v.Value with
            | :? string as text -> text = "NaN" || text = "Infinity" || text = "-Infinity"
            | :? float as number -> not (Double.IsFinite number)
            | _ -> false
        | _ -> false

    /// Shortens numbers, turns what is not finite into the gap it is drawn as, and drops empty objects.
    let rec private tidy (token: JToken) : JToken =
        match token with
        | :? JObject as o ->
            JObject(
                [
                    for p in o.Properties() do
                        let value = tidy p.Value

                        match value with
                        | :? JObject as inner when inner.Count = 0 -> ()
                        | _ -> JProperty(p.Name, value)
                ]
            )
        | :? JArray as a ->
            JArray(
                [
                    for item in a ->
                        if isGap item then
                            JValue.CreateNull() :> JToken
                        else
                            tidy item
                ]
            )
        | :? JValue as v ->
            match v.Value with
            | :? float as number ->
                let shorter = DataTable.shorten digits number

                if shorter = Math.Truncate shorter && abs shorter < 1e15 then
                    JValue(int64 shorter)
                else
                    JValue shorter
            | _ -> v
        | other -> other

    /// Breaks a text where a phone needs it.
    let private broken (path: string list) (limit: int) (source: 'T) : 'T =
        match Properties.tryGet<string> path source with
        | Some text -> source |> Properties.set path (Text.wrap limit text)
        | None -> source

    let private token (value: obj) =
        JsonConvert.SerializeObject(value, Globals.JSON_CONFIG) |> JToken.Parse |> tidy

    /// Whether two traces look alike.
    let same (a: Trace) (b: Trace) = JToken.DeepEquals(token a, token b)

    /// What the recipe of a live figure calls its first knob.
    let firstKnob (recipe: string) =
        match JObject.Parse(recipe).SelectToken "knobs[0].name" with
        | null -> invalidArg (nameof recipe) "A live figure needs at least one knob."
        | name -> string name

    let private array (items: JToken seq) = JArray(Seq.toArray items)

    /// What a trace plots along x or y, or nothing for a trace of another kind.
    let values (name: string) (trace: Trace) : objnull[] =
        match Properties.tryGet<IEnumerable> [ name ] trace with
        | Some items -> [| for item in items -> item |]
        | None -> [||]

    /// Traces that only decorate say so with a legend that leaves them out.
    let isSeries (trace: Trace) =
        Properties.tryGet<bool> [ "showlegend" ] trace <> Some false

    let private axisTitle (axis: string) (layout: Layout) =
        Properties.tryGet<string> [ axis; "title"; "text" ] layout
        |> Option.defaultValue (axis.Substring(0, 1))

    /// The table a chart has when none was given: the points of its lines.
    let tableOf (traces: Trace list) (layout: Layout) =
        [
            for trace in List.filter isSeries traces do
                let x, y = values "x" trace, values "y" trace

                if x.Length > 0 && x.Length = y.Length then
                    Properties.tryGet<string> [ "name" ] trace |> Option.defaultValue "", x, y
        ]
        |> DataTable.ofSeries (axisTitle "xaxis" layout) (axisTitle "yaxis" layout)

    let private tableJson (table: DataTable) =
        {|
            columns = table.Columns
            rows = table.Rows |> List.map (List.map DataTable.cell)
        |}

    let write
        (chart: GenericChart)
        (description: string)
        (caption: string option)
        (table: DataTable option)
        (links: obj list)
        (frames: ChartFrame list)
        =
        let traces = GenericChart.getTraces chart

        let layout =
            GenericChart.getLayout chart |> broken [ "title"; "text" ] Text.title |> token :?> JObject

        layout.Remove "template" |> ignore

        // What a chart's own function has put there stays.
        let meta =
            match layout["meta"] with
            | :? JObject as given -> given
            | _ -> JObject()

        meta["description"] <- JValue description

        match caption with
        | Some text -> meta["caption"] <- JValue text
        | None -> ()

        match table with
        | Some table -> meta["table"] <- token (tableJson table)
        | None -> ()

        if not links.IsEmpty then
            meta["links"] <- token links

        layout["meta"] <- meta

        let figure =
            JObject(
                JProperty("data", array [ for trace in traces -> token (broken [ "name" ] Text.legend trace) ]),
                JProperty("layout", layout),
                JProperty("config", GenericChart.getConfig chart |> token)
            )

        if not frames.IsEmpty then
            figure["frames"] <-
                array
                    [
                        for frame in frames ->
                            JObject(
                                JProperty("name", frame.Name),
                                JProperty("traces", array [ for place, _ in frame.Traces -> JValue place ]),
                                JProperty(
                                    "data",
                                    array
                                        [ for _, trace in frame.Traces -> token (broken [ "name" ] Text.legend trace) ]
                                )
                            )
                            :> JToken
                    ]

        figure.ToString Formatting.None
