using CsvHelper;

namespace Anneal.Experiments;

/// <summary>Tables as comma-separated lines, header and all: quotes only where a field needs them, line breaks in fields kept, whatever parted the fields before.</summary>
/// <remarks>Every row must have as many fields as the first; a stray quote is refused, since all that follows it may have been meant otherwise.</remarks>
sealed class CsvTextReader : IDocumentReader
{
    public string Kind => "tables";

    public IReadOnlyList<string> Extensions => [".csv", ".tsv"];

    public string Read(string path) => Rows(path, PlainTextReader.Decode(path, Documents.Bytes(path)));

    /// <summary>The rows of text that stands for a file of the given name.</summary>
    /// <exception cref="DocumentException">A row is malformed, or there is none.</exception>
    internal static string Rows(string path, string text)
    {
        var options = new CsvReaderOptions
        {
            HasHeader = false,
            Separator = path.EndsWith(".tsv", StringComparison.OrdinalIgnoreCase) ? '\t' : null,
            MalformedData = CsvMalformedDataHandling.Throw,
            FieldCountMismatch = CsvFieldCountHandling.Throw,
            TrackLineNumbers = true,
        };
        var rows = new StringWriter();
        try
        {
            using var reader = CsvReader.FromText(text, options);
            using var writer = CsvWriter.Create(rows, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true);
            while (reader.Read())
            {
                for (int i = 0; i < reader.FieldCount; i++)
                    writer.WriteField(reader.GetString(i));
                writer.EndRecord();
            }
        }
        catch (CsvFormatException e)
        {
            throw new DocumentException($"{path}, line {e.LineNumber}", $"row {e.RecordNumber} is malformed ({e.Message.TrimEnd('.')})", "Mend it; a field with a comma, a quote or a line break stands in quotes, and a quote in it is doubled.", e);
        }
        return rows.ToString() is { Length: > 0 } all ? all : throw new DocumentException(path, "there are no rows in this table", "Leave it out.");
    }
}
