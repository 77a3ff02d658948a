using System.Text;
using Anneal.Experiments;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Fonts.Standard14Fonts;
using UglyToad.PdfPig.Writer;

namespace Anneal.Cli.Tests;

public sealed class PdfReaderTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    static byte[] Pdf(params string[][] pages)
    {
        var builder = new PdfDocumentBuilder();
        var font = builder.AddStandard14Font(Standard14Font.Helvetica);
        foreach (string[] lines in pages)
        {
            var page = builder.AddPage(PageSize.A4);
            for (int i = 0; i < lines.Length; i++)
                page.AddText(lines[i], 12, new PdfPoint(50, 800 - 16 * i), font);
        }
        return builder.Build();
    }

    string Put(string name, byte[] bytes)
    {
        string path = Path.Combine(folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    string Refusal(byte[] bytes)
    {
        string path = Put("a.pdf", bytes), message = Assert.Throws<DocumentException>(() => new PdfReader().Read(path)).Message;
        Assert.StartsWith(path, message, StringComparison.Ordinal);
        return message[path.Length..];
    }

    [Fact]
    public void The_text_of_all_pages_comes_in_their_order()
    {
        string text = new PdfReader().Read(Put("a.pdf", Pdf(["The first line.", "And the second."], ["Another page."])));
        Assert.Equal(["The first line.", "And the second.", "Another page."], text.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void Pages_without_text_are_refused() => Assert.StartsWith(": there is no text in this PDF; its pages are pictures", Refusal(Pdf([], [])), StringComparison.Ordinal);

    [Fact]
    public void A_damaged_file_is_refused()
    {
        byte[] whole = Pdf(["Some text."]);
        Assert.StartsWith(": this PDF is damaged, or is none (", Refusal("<html>not found</html>"u8.ToArray()), StringComparison.Ordinal);
        Assert.Contains("damaged", Refusal([]));
        Assert.Contains("damaged", Refusal(whole[..100]));
    }

    // The check of an empty password fails at these figures, which is all that is seen of an encrypted file without its password.
    [Fact]
    public void An_encrypted_file_is_refused()
    {
        string entry = new('5', 64);
        string[] objects = ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", "<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>", $"<</Filter/Standard/V 1/R 2/P -4/O<{entry}>/U<{entry}>>>"];
        var file = new StringBuilder("%PDF-1.4\n");
        var places = new List<int>();
        foreach (var (i, body) in objects.Index())
        {
            places.Add(file.Length);
            file.Append($"{i + 1} 0 obj\n{body}\nendobj\n");
        }
        int table = file.Length;
        file.Append($"xref\n0 {objects.Length + 1}\n0000000000 65535 f \n").Append(string.Concat(places.Select(p => $"{p:D10} 00000 n \n")));
        file.Append($"trailer\n<</Size {objects.Length + 1}/Root 1 0 R/Encrypt 4 0 R/ID[<{entry[..32]}><{entry[..32]}>]>>\nstartxref\n{table}\n%%EOF\n");
        Assert.StartsWith(": this PDF is encrypted. Write it once without its password", Refusal(Encoding.ASCII.GetBytes(file.ToString())), StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_changed_at_random_give_text_or_a_refusal()
    {
        byte[] whole = Pdf(["What a learning rate does", "in the end."], ["It falls."]);
        var random = new Random(4);
        int refused = 0;
        for (int i = 0; i < 300; i++)
        {
            byte[] changed = i % 3 == 0 ? whole[..random.Next(whole.Length)] : [.. whole];
            for (int k = random.Next(1, 20); k > 0 && changed.Length > 0; k--)
                changed[random.Next(changed.Length)] = i % 2 == 0 ? (byte)random.Next(256) : (byte)('0' + random.Next(10));
            try
            {
                Assert.NotEmpty(new PdfReader().Read(Put("a.pdf", changed)));
            }
            catch (DocumentException)
            {
                refused++;
            }
        }
        Assert.InRange(refused, 50, 299);
    }
}
