namespace Anneal.Charts

open System
open DynamicObj
open Plotly.NET
open Plotly.NET.LayoutObjects

/// Plotly.NET's objects are bags of properties that change in place. These functions leave them alone and return copies.
module internal Properties =
    let private fresh (name: string) : DynamicObj =
        if name.StartsWith "xaxis" || name.StartsWith "yaxis" then
            LinearAxis()
        else
            DynamicObj()

    let copy<'T when 'T :> DynamicObj> (source: 'T) : 'T =
        let target =
            match box source with
            | :? Trace as trace -> Activator.CreateInstance(trace.GetType(), trace.``type``)
            | other -> Activator.CreateInstance(other.GetType())
            |> unbox<'T>

        source.ShallowCopyDynamicPropertiesTo(target, true)
        target

    /// A copy in which the property at the end of the path has this value; the objects on the way are copied too.
    let rec set<'T when 'T :> DynamicObj> (path: string list) (value: obj) (source: 'T) : 'T =
        let target = copy source

        match path with
        | [] -> ()
        | [ name ] -> target.SetProperty(name, value)
        | name :: rest ->
            let inner =
                source.TryGetTypedPropertyValue<DynamicObj> name
                |> Option.defaultWith (fun () -> fresh name)

            target.SetProperty(name, set rest value inner)

        target

    let setAll<'T when 'T :> DynamicObj> (properties: (string list * obj) list) (source: 'T) : 'T =
        properties
        |> List.fold (fun target (path, value) -> set path value target) source

    /// A new object with these properties.
    let make (properties: (string * obj) list) =
        let target = DynamicObj()

        for name, value in properties do
            target.SetProperty(name, value)

        target

    let rec tryGet<'T> (path: string list) (source: DynamicObj) : 'T option =
        match path with
        | [] -> None
        | [ name ] -> source.TryGetTypedPropertyValue<'T> name
        | name :: rest -> source.TryGetTypedPropertyValue<DynamicObj> name |> Option.bind (tryGet rest)

    /// Without the buttons that would cover what stands at the top of the chart.
    let withoutButtons (chart: GenericChart) =
        chart
        |> GenericChart.setConfig (GenericChart.getConfig chart |> set [ "displayModeBar" ] false)

    /// The chart with other traces and another layout; its configuration stays.
    let rebuild (traces: Trace list) (layout: Layout) (chart: GenericChart) =
        GenericChart.MultiChart(traces, layout, GenericChart.getConfig chart, GenericChart.getDisplayOptions chart)
