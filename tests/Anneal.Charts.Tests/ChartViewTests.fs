module Anneal.Charts.Tests.ChartViewTests

open Anneal.Charts
open Plotly.NET
open Xunit

[<Fact>]
let ``a view keeps its description`` () =
    let view =
        {
            Chart = Chart.Line(xy = [ 0, 0; 1, 1 ])
            Description = "d"
        }

    Assert.Equal("d", view.Description)
