using Anneal.Experiments;
using Anneal.Notebooks;
using Parquet.Serialization;

namespace Anneal.Cli;

/// <summary>A sweep's table in Parquet: the columns of the CSV, typed.</summary>
internal static class ResultParquet
{
    public static void Write(SweepResults results, string path)
    {
        var rows = results.Trials.Where(t => t.Result is not null).Select(t => new Row
        {
            Method = t.Trial.Method,
            Rate = t.Trial.Rate,
            Seed = (long)t.Trial.Seed,
            Purpose = t.Trial.Tunes ? "tuning" : "evaluation",
            Loss = t.Result!.Loss,
            Test = t.Result.Test,
            Stopped = t.Result.Stopped,
        });
        using var bytes = new MemoryStream();
        ParquetSerializer.SerializeAsync(rows, bytes).GetAwaiter().GetResult();
        SafeFile.Write(path, bytes.ToArray());
    }

    sealed class Row
    {
        public required string Method { get; set; }
        public double Rate { get; set; }
        public long Seed { get; set; }
        public required string Purpose { get; set; }
        public double Loss { get; set; }
        public double? Test { get; set; }
        public string? Stopped { get; set; }
    }
}
