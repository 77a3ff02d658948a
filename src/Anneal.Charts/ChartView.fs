namespace Anneal.Charts

open System
open Plotly.NET

/// A link to a page of the chart's site where more can be done with what it shows; a site without that page leaves it out.
type ChartLink =
    {
        /// What can be done there, such as "Open in the lab".
        Title: string
        /// Which part of the chart is meant, such as the title of a panel; empty for all of it.
        Part: string
        /// The page's file name, such as "lab.html".
        Page: string
        /// What stands behind # in the address.
        Fragment: string
    }

/// A chart together with what a reader who cannot see it needs: a description and the figures as a table.
/// Every function below takes the view last and returns a new one, so that views are built in pipelines.
[<ReferenceEquality>]
[<TypeFormatterSource(typeof<ChartFormatters>, PreferredMimeTypes = [| "text/html" |])>]
type ChartView =
    {
        /// The chart as Plotly.NET has it.
        Chart: GenericChart
        /// What the chart shows, in a sentence or two, to a reader who cannot see it.
        Description: string
        /// What to see, in the author's own words; None: the description serves as caption too.
        Caption: string option
        /// None: the table is made from the points of the lines.
        Table: DataTable option
        /// The other pictures of a chart that moves; empty for one that stands still.
        Frames: ChartFrame list
        /// Where more can be done with the chart, or with its panels one by one.
        Links: ChartLink list
    }

    /// The figures behind the chart.
    member view.Data =
        view.Table
        |> Option.orElseWith (fun () ->
            PlotlyJson.tableOf (GenericChart.getTraces view.Chart) (GenericChart.getLayout view.Chart))

    /// The chart as plotly.js reads it: data, layout (with description and table in its meta), config and frames.
    member view.Json =
        let links =
            [
                for link in view.Links ->
                    {|
                        title = link.Title
                        part = link.Part
                        page = link.Page
                        fragment = link.Fragment
                    |}
                    :> obj
            ]

        PlotlyJson.write view.Chart view.Description view.Caption view.Data links view.Frames

    override view.ToString() = view.Description

    interface IShown with
        member view.Show mimeType =
            match mimeType with
            | "application/vnd.plotly.v1+json" -> view.Json
            | "text/html" -> ChartHtml.show view.Json (defaultArg view.Caption view.Description) view.Data
            | _ -> view.Description

    /// A view of any Plotly.NET chart; the text says what it shows to a reader who cannot see it.
    static member describe (text: string) (chart: GenericChart) =
        {
            Chart = chart
            Description = text
            Caption = None
            Table = None
            Frames = []
            Links = []
        }

    /// What to see: a sentence of the author's own below the chart. Its numbers are claims, and checked like those of the text.
    static member caption (text: string) (view: ChartView) = { view with Caption = Some text }

    /// Writes the chart, its description and its table as a page that works offline: one file, plotly.js included.
    static member save (path: string) (view: ChartView) =
        let title = System.IO.Path.GetFileNameWithoutExtension path |> string
        System.IO.File.WriteAllText(path, ChartHtml.page title view.Json view.Description view.Data)

    /// Another description.
    static member withDescription (text: string) (view: ChartView) = { view with Description = text }

    /// A table of your own instead of the one made from the points.
    static member withTable (columns: string seq) (rows: #seq<objnull> seq) (view: ChartView) =
        { view with
            Table =
                Some
                    {
                        Columns = List.ofSeq columns
                        Rows = [ for row in rows -> List.ofSeq row ]
                    }
        }

    static member internal mapLayout (change: Layout -> Layout) (view: ChartView) =
        { view with
            Chart =
                view.Chart
                |> Properties.rebuild
                    (GenericChart.getTraces view.Chart)
                    (view.Chart |> GenericChart.getLayout |> change)
        }

    static member internal mapTraces (change: int -> Trace -> Trace) (view: ChartView) =
        { view with
            Chart =
                view.Chart
                |> Properties.rebuild
                    (view.Chart |> GenericChart.getTraces |> List.mapi change)
                    (GenericChart.getLayout view.Chart)
            Frames =
                [
                    for frame in view.Frames ->
                        { frame with
                            Traces = [ for place, trace in frame.Traces -> place, change place trace ]
                        }
                ]
        }

    /// The links of a chart that is a part of this name in another one.
    static member internal linksOf (part: string) (view: ChartView) =
        [ for link in view.Links -> { link with Part = part } ]

    /// A slider's links lead to the picture it opens with; whoever follows them finds sliders there too.
    static member internal asFirstDrawn(view: ChartView) =
        { view with
            Links = view |> ChartView.linksOf "as first drawn"
        }

    /// Another title.
    static member title (text: string) (view: ChartView) =
        view |> ChartView.mapLayout (Theme.titled text)

    /// Other axis names, with their units.
    static member axes (x: string) (y: string) (view: ChartView) =
        view |> ChartView.mapLayout (Theme.withAxes x y)

    /// Height in pixels; the width is the reader's.
    static member height (pixels: int) (view: ChartView) =
        view |> ChartView.mapLayout (Properties.set [ "height" ] pixels)

    static member private logarithmic (axis: string) (view: ChartView) =
        view
        |> ChartView.mapLayout (Moving.logarithmic axis (GenericChart.getTraces view.Chart))

    /// A logarithmic x axis: equal factors are equal distances; 0 and what lies below cannot be shown.
    static member logX(view: ChartView) = view |> ChartView.logarithmic "x"

    /// A logarithmic y axis: equal factors are equal distances; 0 and what lies below cannot be shown.
    static member logY(view: ChartView) = view |> ChartView.logarithmic "y"

    /// Names for the lines in the legend and in the table, in order; lines beyond the last name keep theirs.
    static member names (names: string seq) (view: ChartView) =
        let series =
            view.Chart
            |> GenericChart.getTraces
            |> List.indexed
            |> List.filter (snd >> PlotlyJson.isSeries)

        let named = dict (Seq.zip (List.map fst series) names)

        view
        |> ChartView.mapTraces (fun i trace ->
            match named.TryGetValue i with
            | true, name -> trace |> Properties.set [ "name" ] name
            | _ -> trace)

    /// Labelled bands behind the lines: a name, where it begins and where it ends along x.
    static member bands (bands: (string * float * float) seq) (view: ChartView) =
        let marked = view |> ChartView.mapLayout (Marks.bands (List.ofSeq bands))

        { marked with
            Chart = Properties.withoutButtons marked.Chart
        }

    /// A dotted level line with a label, such as a limit that the lines approach.
    static member level (label: string) (y: float) (view: ChartView) =
        view |> ChartView.mapLayout (Marks.level label y)

    static member private panels (arrange: GenericChart list -> GenericChart) (views: ChartView list) =
        if views.IsEmpty then
            invalidArg (nameof views) "There must be at least one chart."

        if views |> List.exists (fun view -> not view.Frames.IsEmpty) then
            invalidArg (nameof views) "A chart that moves cannot be a panel."

        let title view =
            view.Chart |> GenericChart.getLayout |> Panels.title

        {
            Chart = arrange [ for view in views -> view.Chart ]
            Description = views |> List.map _.Description |> List.distinct |> String.concat " "
            Caption = None
            Table = Some(Panels.table [ for view in views -> title view, view.Data ])
            Frames = []
            Links =
                [
                    for view in views do
                        yield! view |> ChartView.linksOf (title view)
                ]
        }

    /// Several charts in one drawing, row by row; each keeps its title and its axes.
    static member grid (columns: int) (views: ChartView seq) =
        List.ofSeq views |> ChartView.panels (Panels.grid (max 1 columns) false)

    /// One chart in the whole width and others side by side below it; each keeps its title and its axes.
    static member above (below: ChartView seq) (top: ChartView) =
        top :: List.ofSeq below
        |> ChartView.panels (fun charts -> Panels.rows [ [ charts.Head ]; charts.Tail ])

    /// Charts side by side; each keeps its title and its axes.
    static member beside(views: ChartView seq) =
        let views = List.ofSeq views
        views |> ChartView.panels (Panels.grid (max 1 views.Length) false)

    /// Many small charts with the same axes, so that shapes and sizes can be compared.
    static member smallMultiples (columns: int) (views: ChartView seq) =
        let views = List.ofSeq views
        let all = views |> List.collect (fun view -> GenericChart.getTraces view.Chart)

        views
        |> List.map (ChartView.mapLayout (Moving.fixRanges all))
        |> ChartView.panels (Panels.grid (max 1 columns) true)

    /// One chart and a slider that swaps its lines: a label and a view for each position, all drawn beforehand.
    /// The axes are wide enough for every position, so that a change is seen as a change.
    static member slider (name: string) (labels: string seq) (views: ChartView seq) =
        let views = List.ofSeq views

        let chart, frames =
            Moving.slider name (List.ofSeq labels) [ for view in views -> view.Chart ]

        { views.Head with
            Chart = chart
            Frames = frames
        }
        |> ChartView.asFirstDrawn

    /// A chart with sliders whose every value the page computes, where it carries the library; elsewhere the sliders keep their stops.
    /// The recipe is that of a figure in Anneal.Live, which gives the moving lines in this chart's order.
    static member computed (recipe: string) (view: ChartView) =
        view |> ChartView.mapLayout (Properties.set [ "meta"; "live" ] recipe)

    /// A slider with a chart for each stop, and any value between them where the page carries the library.
    static member live(recipe: string, stops: float seq, view: Func<float, ChartView>) =
        let stops = List.ofSeq stops
        let knob = PlotlyJson.firstKnob recipe

        if stops.IsEmpty then
            invalidArg
                (nameof stops)
                $"The live figure with the knob {knob} has no stops. Give it two or more values of the knob."

        let slider =
            [ for stop in stops -> view.Invoke stop ]
            |> ChartView.slider knob [ for stop in stops -> Text.number 6 stop ]

        { slider with
            Frames = Moving.withoutStill slider.Frames
        }
        |> ChartView.computed recipe
