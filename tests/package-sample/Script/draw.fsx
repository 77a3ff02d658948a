// run fills in where the packages are and which version they have.
#i "nuget: FEED"
#r "nuget: Anneal.Charts, VERSION"

open Anneal
open Anneal.Charts

let schedule =
    Warmup(Peak = 0.1, Steps = 20).Then(CosineDecay(Peak = 0.1, Steps = 80))

[ schedule :> Schedule ]
|> ScheduleChart.curves 100.0
|> ChartView.save "schedule.html"

printfn "the package draws from a script"
