using System.Text;
using Anneal.Experiments;
using UglyToad.PdfPig;
using UglyToad.PdfPig.DocumentLayoutAnalysis.TextExtractor;
using UglyToad.PdfPig.Exceptions;

namespace Anneal.Cli;

/// <summary>The text of PDF files, page after page, in the order in which it stands in them.</summary>
internal sealed class PdfReader : IDocumentReader
{
    public string Kind => "PDF";

    public IReadOnlyList<string> Extensions => [".pdf"];

    public string Read(string path)
    {
        byte[] bytes = Documents.Bytes(path);
        string text = Text(path, bytes).Replace("\r\n", "\n", StringComparison.Ordinal).Replace("\0", "", StringComparison.Ordinal);
        return !string.IsNullOrWhiteSpace(text) ? text
            : throw new DocumentException(path, "there is no text in this PDF; its pages are pictures, as of a scanner, or empty", "Recognize the text first (ocrmypdf IN.pdf OUT.pdf), or leave it out.");
    }

    static string Text(string path, byte[] bytes)
    {
        try
        {
            using var pdf = PdfDocument.Open(bytes);
            var text = new StringBuilder();
            foreach (var page in pdf.GetPages())
                text.Append(ContentOrderTextExtractor.GetText(page)).Append('\n');
            return text.ToString();
        }
        catch (PdfDocumentEncryptedException e)
        {
            throw new DocumentException(path, "this PDF is encrypted", "Write it once without its password (qpdf --decrypt --password=… IN.pdf OUT.pdf), or leave it out.", e);
        }
        // What a damaged file makes the library throw is of any kind.
        catch (Exception e)
        {
            throw new DocumentException(path, $"this PDF is damaged, or is none ({e.Message.TrimEnd('.')})", "Save or download it once more (qpdf IN.pdf OUT.pdf repairs some), or leave it out.", e);
        }
    }
}
