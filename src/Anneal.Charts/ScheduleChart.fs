namespace Anneal.Charts

open System
open System.Text.RegularExpressions
open Anneal
open Plotly.NET

module internal SchedulePoints =
    /// Enough points for any screen, few enough for any page.
    let private most = 400

    /// What charts call a schedule: its notation, or for a schedule of the reader's own its printed form.
    let name (schedule: Schedule) =
        try
            ScheduleNotation.Print schedule
        with :? ScheduleFormatException ->
            match schedule with
            | :? Custom as custom -> custom.Name
            | other -> string other

    /// The two ends of the tear between two steps, so that a jump is drawn upright; none where the rate moves smoothly.
    /// Halving the interval halves the change of a smooth rate, but leaves that of a jump as it is.
    let private tear (schedule: Schedule) (from: float) (until: float) =
        let change = abs (schedule.At until - schedule.At from)

        let rec narrow low high =
            let middle = (low + high) / 2.0
            let below = abs (schedule.At middle - schedule.At low)
            let above = abs (schedule.At high - schedule.At middle)

            if max below above < 0.6 * change then []
            elif high - low <= 1e-9 * high then [ low; high ]
            elif below > above then narrow low middle
            else narrow middle high

        if change > 0.0 then narrow from until else []

    /// The steps at which to draw: evenly spaced whole steps where that is fine enough, every corner unless there are
    /// more of them than a screen shows, and both sides of every jump.
    let steps (last: float) (schedules: Schedule list) =
        let spacing = max 1.0 (Math.Ceiling(last / float most))

        let plain =
            [
                yield! [ 0.0 .. spacing .. last ]
                last

                for schedule in schedules do
                    let corners = schedule.Breakpoints(0.0, last)

                    if corners.Count <= most then
                        for corner in corners do
                            corner.Step
            ]
            |> List.distinct
            |> List.sort

        [|
            yield! plain

            for from, until in List.pairwise plain do
                for schedule in schedules do
                    yield! tear schedule from until
        |]
        |> Array.distinct
        |> Array.sort

    /// A link to the lab with these schedules over so many steps; none for more than it shows side by side, and for a schedule of the reader's own.
    let lab (last: float) (schedules: Schedule list) =
        try
            let each =
                [
                    for s in schedules -> "schedule=" + Uri.EscapeDataString(ScheduleNotation.Print s)
                ]

            if schedules.Length > 4 then
                None
            else
                Some(
                    String.concat
                        "&"
                        (each
                         @ [ "to=" + last.ToString("R", Globalization.CultureInfo.InvariantCulture) ])
                )
        with :? ScheduleFormatException ->
            None

    /// The kind of a schedule in words: CosineDecay is a cosine decay.
    let kind (schedule: Schedule) =
        let name =
            match schedule with
            | :? Custom as custom -> custom.Name
            | other -> other.GetType().Name

        let words = Regex.Replace(name, "(?<=[a-z])(?=[A-Z])", " ")
        words.Substring(0, 1) + words.Substring(1).ToLowerInvariant()

    /// η(t + ½) − η(t − ½); at step 0 the change to the next half step, twice.
    let slope (schedule: Schedule) (t: float) =
        if t < 0.5 then
            2.0 * (schedule.At(t + 0.5) - schedule.At t)
        else
            schedule.At(t + 0.5) - schedule.At(t - 0.5)

    /// The sum of the rates of the updates before each of these steps, which rise.
    let budget (schedule: Schedule) (steps: float[]) =
        let made = steps |> Array.map (fun step -> int64 (Math.Ceiling step))

        Array.append [| 0L |] made
        |> Array.pairwise
        |> Array.map (fun (before, after) -> if after > before then schedule.Sum(before, after) else 0.0)
        |> Array.scan (+) 0.0
        |> Array.tail

    let private phaseName (first: bool) (trend: Trend) =
        match trend with
        | Trend.Rising when first -> "warm-up"
        | Trend.Rising -> "rise"
        | Trend.Flat -> "stable"
        | Trend.Falling -> "decay"
        | _ -> "cycle"

    /// What the schedule does, and from where to where: parts end where the rate or its slope breaks, or where a
    /// composition hands over.
    let phases (last: float) (schedule: Schedule) =
        [
            0.0
            for corner in schedule.Breakpoints(0.0, last) do
                corner.Step
            for phase in schedule.Phases(0.0, last) do
                phase.From
            last
        ]
        |> List.distinct
        |> List.sort
        |> List.pairwise
        |> List.mapi (fun i (from, until) -> phaseName (i = 0) (schedule.TrendOver(from, until)), from, until)

/// Charts of schedules. Each function takes the last step to draw and the schedules.
[<AbstractClass; Sealed>]
type ScheduleChart =
    static member private steps = "step (updates made)"

    static member private lines (last: float) (values: Schedule -> float[] -> float[]) (schedules: Schedule list) =
        if schedules.IsEmpty then
            invalidArg (nameof schedules) "A chart needs at least one schedule."

        let steps = SchedulePoints.steps last schedules

        schedules
        |> List.mapi (fun i s -> Lines.line i (SchedulePoints.name s) steps (values s steps))
        |> Chart.combine

    /// On a site with the lab, a link that opens these schedules there, for charts that are drawn otherwise; the charts below have it already.
    /// More than four schedules have none, as the lab shows no more side by side, nor has one of the reader's own, which has no notation.
    static member inLab (last: float) (schedules: Schedule seq) (view: ChartView) =
        match SchedulePoints.lab last (List.ofSeq schedules) with
        | Some fragment ->
            { view with
                Links =
                    [
                        {
                            Title = "Open in the lab"
                            Part = ""
                            Page = "lab.html"
                            Fragment = fragment
                        }
                    ]
            }
        | None -> view

    static member private named(schedules: Schedule list) =
        schedules |> List.map SchedulePoints.name |> String.concat ", "

    /// The rate at the steps worth drawing, from 0 to the last.
    static member points (last: float) (schedule: Schedule) =
        SchedulePoints.steps last [ schedule ] |> Array.map (fun t -> t, schedule.At t)

    /// Rate against step, one line per schedule; each line is named by the schedule itself.
    static member curves (last: float) (schedules: Schedule seq) =
        let schedules = List.ofSeq schedules

        schedules
        |> ScheduleChart.lines last (fun s -> Array.map s.At)
        |> Theme.apply "Learning rate" ScheduleChart.steps "rate"
        |> ChartView.describe $"Learning rate against step, from 0 to {last}: {ScheduleChart.named schedules}."
        |> ScheduleChart.inLab last schedules

    /// How much the rate changes from one update to the next: η(t + ½) − η(t − ½).
    static member slope (last: float) (schedules: Schedule seq) =
        let schedules = List.ofSeq schedules

        schedules
        |> ScheduleChart.lines last (fun s -> Array.map (SchedulePoints.slope s))
        |> Theme.apply "Slope" ScheduleChart.steps "change per update"
        |> ChartView.describe
            $"Change of the rate per update against step, from 0 to {last}: {ScheduleChart.named schedules}."
        |> ScheduleChart.inLab last schedules

    /// The sum of the rates of the updates made so far, which is how far the weights could travel on unit gradients.
    static member budget (last: float) (schedules: Schedule seq) =
        let schedules = List.ofSeq schedules

        schedules
        |> ScheduleChart.lines last SchedulePoints.budget
        |> Theme.apply "Learning budget spent" ScheduleChart.steps "sum of the rates so far"
        |> ChartView.describe
            $"Sum of the rates of all updates made, against step, from 0 to {last}: {ScheduleChart.named schedules}."
        |> ScheduleChart.inLab last schedules

    /// One schedule with the area under it filled (its learning budget) and its mean rate as a level line: the
    /// rectangle below the mean has the same area.
    static member area (last: float) (schedule: Schedule) =
        let points = ScheduleChart.points last schedule
        let sum = schedule.Integral(0.0, last)
        let mean = sum / last

        [
            Lines.line 0 (SchedulePoints.name schedule) (Array.map fst points) (Array.map snd points)
            |> GenericChart.mapTrace (Properties.setAll [ [ "fill" ], "tozeroy"; [ "fillcolor" ], Theme.fill 0 ])
            Lines.line 1 "mean rate" (Array.map fst points) [| for _ in points -> mean |]
        ]
        |> Chart.combine
        |> Theme.apply
            $"Area {Text.number 5 sum} = mean rate {Text.number 5 mean} × {last} steps"
            ScheduleChart.steps
            "rate"
        |> ChartView.describe
            $"The area under {SchedulePoints.name schedule} from step 0 to {last} is {Text.number 5 sum}, the same as a level rate of {Text.number 5 mean} gives."
        |> ScheduleChart.inLab last [ schedule ]

    /// Every schedule in a small chart of its own, all on the same axes.
    static member gallery (last: float) (schedules: Schedule seq) =
        schedules
        |> Seq.map (fun s -> ScheduleChart.curves last [ s ] |> ChartView.title (SchedulePoints.kind s))
        |> ChartView.smallMultiples 3
        |> ChartView.withDescription
            $"Learning rate against step, from 0 to {last}, one small chart for each schedule, all on the same axes."

    /// The rate and, below it, the momentum that moves against it.
    static member momentum (last: float) (rate: Schedule) (momentum: Schedule) =
        [
            ScheduleChart.curves last [ rate ]
            |> ChartView.title "Learning rate"
            |> ChartView.names [ "rate" ]
            ScheduleChart.curves last [ momentum ]
            |> ChartView.title "Momentum"
            |> ChartView.names [ "momentum" ]
            |> ChartView.axes ScheduleChart.steps "momentum"
        ]
        |> ChartView.grid 1
        |> ChartView.withDescription
            $"Learning rate ({SchedulePoints.name rate}) and, below it, momentum ({SchedulePoints.name momentum}) against step, from 0 to {last}."

    /// One schedule with its phases as labelled bands: warm-up, stable, decay.
    static member phases (last: float) (schedule: Schedule) =
        let phases = SchedulePoints.phases last schedule

        let told =
            phases
            |> List.map (fun (name, from, until) -> $"{name} from step {from} to {until}")
            |> String.concat ", "

        ScheduleChart.curves last [ schedule ]
        |> ChartView.title "Phases of the learning rate"
        |> ChartView.withDescription $"Learning rate of {SchedulePoints.name schedule}: {told}."
        |> ChartView.bands phases
        |> ChartView.mapLayout (Properties.set [ "xaxis"; "range" ] [ 0.0; last ])

    /// One schedule at a time, chosen with a slider: the values of what varies, and the schedule for each.
    static member slider (last: float) (name: string) (values: float seq) (schedules: Schedule seq) =
        let values = List.ofSeq values

        schedules
        |> Seq.map (fun s -> ScheduleChart.curves last [ s ])
        |> ChartView.slider name [ for v in values -> $"{Text.number 6 v}" ]
        |> ChartView.withDescription $"Learning rate against step, from 0 to {last}; the slider chooses {name}."

    /// Two sliders in one chart: one for a rate such as the floor, one for the length. The schedule of every pair is
    /// the same curve over t / length; a family for which that does not hold is refused.
    static member sliders
        (
            rateName: string,
            rates: float seq,
            lengthName: string,
            lengths: float seq,
            schedule: Func<float, float, Schedule>
        ) =
        let rates, lengths = List.ofSeq rates, List.ofSeq lengths
        let progress = [| for i in 0..100 -> float i / 100.0 |]

        let curve rate length =
            progress |> Array.map (fun u -> schedule.Invoke(rate, length).At(u * length))

        let ys = [ for rate in rates -> rate, curve rate lengths.Head ]

        for rate, y in ys do
            for length in lengths do
                let off = Array.map2 (fun a b -> abs (a - b)) y (curve rate length) |> Array.max

                if off > 1e-9 * Array.max y then
                    invalidArg
                        (nameof schedule)
                        $"Two sliders need a curve that only stretches with {lengthName}; at {rateName} {rate} and {lengthName} {length} it is another curve. Use ScheduleChart.slider."

        let first = schedule.Invoke(rates.Head, lengths.Head)

        Lines.line 0 "rate" (progress |> Array.map (fun u -> u * lengths.Head)) (snd ys.Head)
        |> Theme.apply "Learning rate" ScheduleChart.steps "rate"
        |> Moving.twoSliders
            lengthName
            [
                for l in lengths -> $"{Text.number 6 l}", progress |> Array.map (fun u -> u * l)
            ]
            rateName
            [ for rate, y in ys -> $"{Text.number 6 rate}", y ]
        |> ChartView.describe
            $"Learning rate against step; one slider chooses {rateName}, the other {lengthName}. Shown first: {SchedulePoints.name first}."
        |> ScheduleChart.inLab lengths.Head [ first ]
        |> ChartView.asFirstDrawn
