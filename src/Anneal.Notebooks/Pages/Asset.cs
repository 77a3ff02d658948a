using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Anneal.Notebooks;

/// <summary>A file of the folder Assets, which travels inside this assembly.</summary>
static partial class Asset
{
    /// <summary>The text of an asset.</summary>
    /// <param name="name">Path below Assets, with forward slashes.</param>
    public static string Text(string name) => Encoding.UTF8.GetString(Bytes(name));

    /// <summary>A style sheet whose woff2 fonts have become part of it; other font formats are left out.</summary>
    /// <param name="name">Path below Assets.</param>
    /// <param name="wanted">Which fonts, by file name; the rules of the others are left out.</param>
    public static string Style(string name, Func<string, bool>? wanted = null)
    {
        var folder = name[..name.LastIndexOf('/')];
        string sheet = OtherFormats().Replace(Text(name), "");
        if (wanted is not null)
            sheet = FontFace().Replace(sheet, rule => wanted(FontUrl().Match(rule.Value).Groups[1].Value) ? rule.Value : "");
        return FontUrl().Replace(sheet, match => $"url(data:font/woff2;base64,{Convert.ToBase64String(Bytes($"{folder}/{match.Groups[1].Value}"))})");
    }

    /// <summary>The source expression by which a content security policy allows exactly this script.</summary>
    public static string Hash(string script) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)))}'";

    static byte[] Bytes(string name)
    {
        using var stream = typeof(Asset).Assembly.GetManifestResourceStream(name)
            ?? throw new ArgumentException($"There is no asset {name}.", nameof(name));
        using MemoryStream bytes = new();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    [GeneratedRegex("""@font-face\{[^}]*\}""")]
    private static partial Regex FontFace();

    [GeneratedRegex("""url\((?:fonts/)?([\w-]+\.woff2)\)""")]
    private static partial Regex FontUrl();

    [GeneratedRegex(""",url\([^)]*\.(?:woff|ttf)\) format\("\w+"\)""")]
    private static partial Regex OtherFormats();
}
