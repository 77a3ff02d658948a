namespace Anneal.Charts

open System
open Anneal
open Plotly.NET

/// A stretch of a schedule in which it does one thing.
type internal Phase =
    {
        /// warm-up, stable, decay or cycle.
        Name: string
        /// First step, counted from 0.
        From: float
        /// Where the next phase begins, or the last step of the chart.
        To: float
    }

module internal SchedulePoints =
    /// Enough points for any screen, few enough for any page.
    let private most = 400.0

    /// Where what a schedule does changes, counted from its own step 0: joints, jumps and kinks that its parts name.
    let rec joints (schedule: Schedule) : float list =
        match schedule with
        | :? Sequence as s ->
            [ 0 .. s.Parts.Count - 1 ]
            |> List.collect (fun i -> 0.0 :: joints s.Parts[i] |> List.map (fun joint -> s.StartOf i + joint))
        | :? Continuation as s -> joints s.First @ [ for joint in 0.0 :: joints s.Next -> s.First.Steps + joint ]
        | :? Cut as s -> joints s.Whole |> List.filter (fun joint -> joint < s.Steps)
        | :? WarmupStableDecay as s -> [ s.WarmupSteps; s.Steps - s.DecaySteps ]
        | :? OneCycle as s -> [ s.RiseSteps; s.RiseSteps + s.FallSteps ]
        | :? MultiStep as s -> List.ofSeq s.Milestones
        | :? PiecewiseConstant as s when s.Changes = Change.After -> [ for b in s.Boundaries -> Math.BitIncrement b ]
        | :? PiecewiseConstant as s -> List.ofSeq s.Boundaries
        | :? Interpolated as s -> List.ofSeq s.Knots
        | _ -> []

    /// The steps at which to draw: evenly spaced whole steps where that is fine enough, and both sides of every joint,
    /// so that a jump is drawn as one.
    let steps (last: float) (schedules: Schedule list) =
        let spacing = max 1.0 (Math.Ceiling(last / most))

        [|
            yield! [ 0.0 .. spacing .. last ]
            last

            for schedule in schedules do
                for joint in joints schedule do
                    if joint > 0.0 && joint < last then
                        Math.BitDecrement joint
                        joint
        |]
        |> Array.distinct
        |> Array.sort

    /// η(t + ½) − η(t − ½); at step 0 the change to the next half step, twice.
    let slope (schedule: Schedule) (t: float) =
        if t < 0.5 then
            2.0 * (schedule.At(t + 0.5) - schedule.At t)
        else
            schedule.At(t + 0.5) - schedule.At(t - 0.5)

    /// The sum of the rates of the updates before each of these steps, which rise.
    let budget (schedule: Schedule) (steps: float[]) =
        let mutable sum, next = 0.0, 0.0

        [|
            for step in steps do
                while next < step do
                    sum <- sum + schedule.At next
                    next <- next + 1.0

                sum
        |]

    /// The area under the line through these points.
    let area (points: (float * float)[]) =
        points
        |> Array.pairwise
        |> Array.sumBy (fun ((a, ya), (b, yb)) -> (b - a) * (ya + yb) / 2.0)

    let private name (first: bool) (schedule: Schedule) (start: float) (stop: float) =
        let rates =
            [ for i in 0..16 -> schedule.At(start + (stop - start) * float i / 17.0) ]

        let rises = rates |> List.pairwise |> List.exists (fun (a, b) -> b > a)
        let falls = rates |> List.pairwise |> List.exists (fun (a, b) -> b < a)

        match rises, falls with
        | true, false -> if first then "warm-up" else "rise"
        | false, false -> "stable"
        | false, true -> "decay"
        | true, true -> "cycle"

    /// The phases up to the last step, named by what the rate does in them.
    let phases (last: float) (schedule: Schedule) =
        [
            0.0
            yield! joints schedule |> List.filter (fun joint -> joint > 0.0 && joint < last)
            last
        ]
        |> List.distinct
        |> List.pairwise
        |> List.mapi (fun i (start, stop) ->
            {
                Name = name (i = 0) schedule start stop
                From = start
                To = stop
            })

/// Charts of schedules. Each function takes the last step to draw and the schedules.
[<AbstractClass; Sealed>]
type ScheduleChart =
    static member private steps = "step (updates made)"

    static member private lines (last: float) (values: Schedule -> float[] -> float[]) (schedules: Schedule list) =
        if schedules.IsEmpty then
            invalidArg (nameof schedules) "A chart needs at least one schedule."

        let steps = SchedulePoints.steps last schedules

        schedules
        |> List.mapi (fun i s -> Lines.line i (string s) steps (values s steps))
        |> Chart.combine

    static member private named(schedules: Schedule list) =
        schedules |> List.map string |> String.concat ", "

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

    /// How much the rate changes from one update to the next: η(t + ½) − η(t − ½).
    static member slope (last: float) (schedules: Schedule seq) =
        let schedules = List.ofSeq schedules

        schedules
        |> ScheduleChart.lines last (fun s -> Array.map (SchedulePoints.slope s))
        |> Theme.apply "Slope" ScheduleChart.steps "change per update"
        |> ChartView.describe
            $"Change of the rate per update against step, from 0 to {last}: {ScheduleChart.named schedules}."

    /// The sum of the rates of the updates made so far, which is how far the weights could travel on unit gradients.
    static member budget (last: float) (schedules: Schedule seq) =
        let schedules = List.ofSeq schedules

        schedules
        |> ScheduleChart.lines last SchedulePoints.budget
        |> Theme.apply "Learning budget spent" ScheduleChart.steps "sum of the rates so far"
        |> ChartView.describe
            $"Sum of the rates of all updates made, against step, from 0 to {last}: {ScheduleChart.named schedules}."

    /// One schedule with the area under it filled (its learning budget) and its mean rate as a level line: the
    /// rectangle below the mean has the same area.
    static member area (last: float) (schedule: Schedule) =
        let points = ScheduleChart.points last schedule
        let sum = SchedulePoints.area points
        let mean = sum / last

        [
            Lines.line 0 (string schedule) (Array.map fst points) (Array.map snd points)
            |> GenericChart.mapTrace (Properties.setAll [ [ "fill" ], "tozeroy"; [ "fillcolor" ], Theme.fill 0 ])
            Lines.line 1 "mean rate" (Array.map fst points) [| for _ in points -> mean |]
        ]
        |> Chart.combine
        |> Theme.apply $"Area {sum:G5} = mean rate {mean:G5} × {last} steps" ScheduleChart.steps "rate"
        |> ChartView.describe
            $"The area under {schedule} from step 0 to {last} is {sum:G5}, the same as a level rate of {mean:G5} gives."

    /// Every schedule in a small chart of its own, all on the same axes.
    static member gallery (last: float) (schedules: Schedule seq) =
        schedules
        |> Seq.map (fun s -> ScheduleChart.curves last [ s ] |> ChartView.title (s.GetType().Name))
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
            $"Learning rate ({rate}) and, below it, momentum ({momentum}) against step, from 0 to {last}."

    /// One schedule with its phases as labelled bands: warm-up, stable, decay.
    static member phases (last: float) (schedule: Schedule) =
        let phases = SchedulePoints.phases last schedule

        let told =
            phases
            |> List.map (fun p -> $"{p.Name} from step {p.From} to {p.To}")
            |> String.concat ", "

        ScheduleChart.curves last [ schedule ]
        |> ChartView.title "Phases of the learning rate"
        |> ChartView.withDescription $"Learning rate of {schedule}: {told}."
        |> ChartView.bands [ for p in phases -> p.Name, p.From, p.To ]

    /// One schedule at a time, chosen with a slider: the values of what varies, and the schedule for each.
    static member slider (last: float) (name: string) (values: float seq) (schedules: Schedule seq) =
        let values = List.ofSeq values

        schedules
        |> Seq.map (fun s -> ScheduleChart.curves last [ s ])
        |> ChartView.slider name [ for v in values -> $"{v:G6}" ]
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
            [ for l in lengths -> $"{l:G6}", progress |> Array.map (fun u -> u * l) ]
            rateName
            [ for rate, y in ys -> $"{rate:G6}", y ]
        |> ChartView.describe
            $"Learning rate against step; one slider chooses {rateName}, the other {lengthName}. Shown first: {first}."
