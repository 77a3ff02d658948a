namespace Anneal.Charts

open Plotly.NET

/// A chart together with what a reader who cannot see it needs.
type ChartView =
    {
        Chart: GenericChart
        Description: string
    }
