namespace Anneal;

static class MatrixScales
{
    public static double Of(this MatrixScale scale, double rows, double columns) => scale switch
    {
        MatrixScale.Original => Math.Sqrt(Math.Max(1, rows / columns)),
        MatrixScale.OriginalTransposed => Math.Sqrt(Math.Max(1, columns / rows)),
        MatrixScale.RootLonger => Math.Sqrt(Math.Max(rows, columns)),
        MatrixScale.RmsToRms => Math.Sqrt(rows / columns),
        MatrixScale.InverseRootColumns => 1 / Math.Sqrt(columns),
        _ => 1,
    };
}
