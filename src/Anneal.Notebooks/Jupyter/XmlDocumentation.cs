using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace Anneal.Notebooks;

/// <summary>Reads the documentation of a library's members from the XML file beside it, or of the framework's from the SDK.</summary>
internal static partial class XmlDocumentation
{
    /// <summary>The documentation of a member as text, or null where there is none.</summary>
    /// <param name="id">Its documentation id, such as "M:System.Math.Cos(System.Double)".</param>
    /// <param name="library">The path of its library.</param>
    public static string? Find(string? id, string? library)
    {
        if (string.IsNullOrEmpty(id) || string.IsNullOrEmpty(library))
            return null;
        string beside = Path.ChangeExtension(library, ".xml");
        var files = File.Exists(beside) ? [beside]
            : Path.GetFileName(library) == "FSharp.Core.dll" ? FSharpFiles
            : Path.GetDirectoryName(library) + Path.DirectorySeparatorChar == RuntimeEnvironment.GetRuntimeDirectory() ? FrameworkFiles
            : [];
        return files.Select(file => Member(file, id)).FirstOrDefault(xml => xml is not null) is { } found ? ToText(found) : null;
    }

    /// <summary>The elements of a documentation comment as text with a heading for each part.</summary>
    public static string? ToText(string xml)
    {
        XElement root;
        try
        {
            root = XElement.Parse($"<member>{xml}</member>", LoadOptions.PreserveWhitespace);
        }
        catch (XmlException)
        {
            return xml.Trim();
        }
        if (!root.Elements().Any())
            return Lines(root) is { Length: > 0 } plain ? plain : null;
        var text = new StringBuilder();
        Add("", root.Element("summary"));
        foreach (var parameter in root.Elements("param"))
            Add($"{(string?)parameter.Attribute("name")}: ", parameter);
        Add("Returns: ", root.Element("returns"));
        foreach (var exception in root.Elements("exception"))
            Add($"Throws {Name(exception)}: ", exception);
        Add("\n", root.Element("remarks"));
        return text.Length > 0 ? text.ToString().TrimEnd() : null;

        void Add(string heading, XElement? part)
        {
            if (part is not null && Lines(part) is { Length: > 0 } lines)
                text.Append(heading).Append(lines).Append('\n');
        }
    }

    static string DotnetFolder => Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));

    /// <summary>F#'s own library, which packages do not bring their documentation along with: the SDK has it.</summary>
    static readonly string[] FSharpFiles = Directory.Exists(Path.Combine(DotnetFolder, "sdk"))
        ? [.. Directory.GetDirectories(Path.Combine(DotnetFolder, "sdk")).Select(sdk => Path.Combine(sdk, "FSharp", "FSharp.Core.xml")).Where(File.Exists).TakeLast(1)]
        : [];

    /// <summary>The SDK's files about the framework whose runtime this is; none where only the runtime is installed.</summary>
    static readonly string[] FrameworkFiles = FindFrameworkFiles();

    static string[] FindFrameworkFiles()
    {
        string packs = Path.Combine(DotnetFolder, "packs", "Microsoft.NETCore.App.Ref");
        if (!Directory.Exists(packs))
            return [];
        string version = $"net{Environment.Version.Major}.{Environment.Version.Minor}";
        return Directory.GetDirectories(packs).Select(pack => Path.Combine(pack, "ref", version)).Where(Directory.Exists)
            .SelectMany(folder => Directory.GetFiles(folder, "*.xml"))
            .OrderByDescending(file => Path.GetFileName(file) is "System.Runtime.xml" or "System.Linq.xml" or "System.Collections.xml" or "System.Console.xml")
            .ToArray();
    }

    /// <summary>A member's elements, cut out of a file that may be long.</summary>
    static string? Member(string file, string id)
    {
        string all = File.ReadAllText(file);
        int at = all.IndexOf($"<member name=\"{id}\">", StringComparison.Ordinal);
        if (at < 0)
            return null;
        int start = all.IndexOf('>', at) + 1, end = all.IndexOf("</member>", start, StringComparison.Ordinal);
        return end < 0 ? null : all[start..end];
    }

    static string Lines(XElement element) => LineEnd().Replace(Space().Replace(Words(element), " "), "\n").Trim();

    static string Words(XElement element) => string.Concat(element.Nodes().Select(node => node switch
    {
        XElement { Name.LocalName: "code" } code => "\u2028" + string.Join('\u2028', code.Value.Trim('\n').Split('\n').Select(l => l.Trim())) + "\u2028",
        XElement { Name.LocalName: "para" } paragraph => "\u2028" + Words(paragraph),
        XElement child when !child.Nodes().Any() => Name(child),
        XElement child => Words(child),
        XText text => text.Value,
        _ => "",
    }));

    /// <summary>What an empty element refers to: the last part of "M:System.Math.Cos(System.Double)".</summary>
    static string Name(XElement element)
    {
        string full = (string?)element.Attribute("cref") ?? (string?)element.Attribute("name") ?? (string?)element.Attribute("langword") ?? (string?)element.Attribute("href") ?? "";
        return full.Length > 2 && full[1] == ':' ? full[2..].Split('(')[0].Split('.')[^1].Split('`')[0] : full;
    }

    /// <summary>Words marks ends of lines so, since those of the XML mean nothing.</summary>
    [GeneratedRegex(@"[ \u2028]*\u2028[ \u2028]*")]
    private static partial Regex LineEnd();

    [GeneratedRegex(@"[ \t\r\n]+")]
    private static partial Regex Space();
}
