using System.Globalization;
using Anneal.Models.Tests;

namespace Anneal.Benchmarks;

/// <summary>How far the transformer is from PyTorch's records and from finite differences: the largest difference of each kind.</summary>
static class Agreement
{
    public static void Print()
    {
        Console.WriteLine("| record | layers × width, heads, tokens | precision | logits | loss | gradient | by finite differences |\n| --- | --- | --- | --- | --- | --- | --- |");
        foreach (var record in TransformerRecord.All)
        {
            Line(record, "double", TransformerAgreement.Of<double>(record), TransformerAgreement.FiniteDifferences(record.Model, record.Weights, record.Batch).Max(d => d.Share));
            Line(record, "float", TransformerAgreement.Of<float>(record), null);
        }
    }

    static void Line(TransformerRecord record, string precision, TransformerAgreement agreement, double? differences)
    {
        var m = record.Model;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {record} | {m.Layers} × {m.Width}, {m.Heads}, {record.Batch.Sequences} × {record.Batch.Length} | {precision} | {Largest(agreement.Logits)} | {Largest(agreement.Loss)} | {Largest(agreement.Gradient)} | {(differences is { } d ? Said(d) : "")} |"));
    }

    static string Largest(IEnumerable<Difference> differences) => Said(differences.Max(d => d.Share));

    static string Said(double share) => share.ToString("0.0e-0", CultureInfo.InvariantCulture);
}
