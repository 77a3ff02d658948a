using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;

namespace Anneal.Runs;

/// <summary>A tensor of a model: what its optimizer needs to know.</summary>
/// <param name="Name">As the model calls it.</param>
/// <param name="Shape">Its sizes.</param>
public sealed record TensorShape(string Name, IReadOnlyList<long> Shape)
{
    /// <summary>How many numbers it holds.</summary>
    public long Count => Shape.Aggregate(1L, (product, size) => checked(product * size));
}

/// <summary>Names and shapes of a model's tensors, from the header of a safetensors file or from a list.</summary>
public static class TensorList
{
    /// <summary>A header longer than this is not one.</summary>
    const long LongestHeader = 100_000_000;

    /// <summary>Reads them; of a safetensors file only the header.</summary>
    /// <exception cref="ConfigurationException">It is neither.</exception>
    public static IReadOnlyList<TensorShape> Read(string path)
    {
        if (!File.Exists(path))
            throw new ConfigurationException($"there is no file {path}");
        if (path.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase))
        {
            using var stream = File.OpenRead(path);
            return Header(stream);
        }
        string text = File.ReadAllText(path);
        return text.TrimStart().StartsWith('{') ? Json(text) : Lines(text);
    }

    /// <summary>Lines of a name and its sizes: <c>blocks.0.norm.weight 768</c>, <c>head.weight [10, 768]</c>, <c>a.b: (3, 4)</c>.</summary>
    public static IReadOnlyList<TensorShape> Lines(string text)
    {
        var tensors = new List<TensorShape>();
        foreach (var (line, number) in text.Split('\n').Select((line, i) => (line.Split('#')[0].Trim(), i + 1)))
        {
            if (line.Length == 0)
                continue;
            int name = line.IndexOfAny([' ', '\t', ':']);
            string rest = name < 0 ? "" : line[name..];
            string[] sizes = rest.Split((char[])[' ', '\t', ',', ':', '[', ']', '(', ')', '×'], StringSplitOptions.RemoveEmptyEntries);
            tensors.Add(new(name < 0 ? line : line[..name], [.. sizes.Select(size => long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out long value) ? value
                : throw new ConfigurationException($"a line is a name and its sizes, such as head.weight 10 768; {size} is no size", new(number, 1)))]));
        }
        return tensors;
    }

    static IReadOnlyList<TensorShape> Header(Stream stream)
    {
        Span<byte> length = stackalloc byte[8];
        if (stream.ReadAtLeast(length, 8, throwOnEndOfStream: false) < 8 || BinaryPrimitives.ReadInt64LittleEndian(length) is not (> 0 and < LongestHeader and var size))
            throw new ConfigurationException("this is no safetensors file: it does not begin with the length of its header");
        byte[] header = new byte[size];
        if (stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length)
            throw new ConfigurationException("the safetensors file is cut off within its header");
        return Json(System.Text.Encoding.UTF8.GetString(header));
    }

    /// <summary><c>{"name": {"shape": […], …}}</c> as in safetensors, or <c>{"name": […]}</c>.</summary>
    static IReadOnlyList<TensorShape> Json(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return [.. document.RootElement.EnumerateObject().Where(t => t.Name != "__metadata__").Select(t => new TensorShape(t.Name,
                [.. (t.Value.ValueKind == JsonValueKind.Object ? t.Value.GetProperty("shape") : t.Value).EnumerateArray().Select(s => s.GetInt64())]))];
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new ConfigurationException($"this is no list of tensors: {JsonReason.Said(broken)}");
        }
    }
}
