using System.Text;
using System.Text.Json;
using Anneal.Runs;

namespace Anneal.Cli;

/// <summary>How findings are written.</summary>
internal enum FindingFormat { Text, Json, GitHub }

/// <summary>Findings about a configuration or a log: for people, for programs, or as annotations of a pull request.</summary>
internal static class FindingWriter
{
    public static void Write(string file, IReadOnlyList<RunFinding> findings, FindingFormat format, Action<Utf8JsonWriter>? more = null)
    {
        switch (format)
        {
            case FindingFormat.Json:
                Console.Out.WriteLine(Json(file, findings, more));
                break;
            case FindingFormat.GitHub:
                foreach (var finding in findings)
                    Console.Out.WriteLine(Annotation(file, finding));
                break;
            default:
                foreach (var finding in findings)
                    Console.Out.WriteLine(finding);
                Console.Out.WriteLine(Summary(findings));
                break;
        }
    }

    static string Summary(IReadOnlyList<RunFinding> findings)
    {
        int errors = findings.Count(f => f.Severity == Severity.Error), warnings = findings.Count(f => f.Severity == Severity.Warning);
        return errors + warnings == 0 ? "No errors, no warnings." : $"{errors} {(errors == 1 ? "error" : "errors")}, {warnings} {(warnings == 1 ? "warning" : "warnings")}.";
    }

    /// <summary><c>::error file=…,line=…,col=…,title=…::…</c>, in which %, line ends and, within properties, : and , are escaped.</summary>
    static string Annotation(string file, RunFinding finding)
    {
        string level = finding.Severity switch { Severity.Error => "error", Severity.Warning => "warning", _ => "notice" };
        string place = finding.Place.IsKnown ? $",line={finding.Place.Line},col={finding.Place.Column}" : "";
        return $"::{level} file={Property(file)}{place},title={Property(finding.Code)}::{Data(finding.Sentence)}";
    }

    static string Data(string text) => text.Replace("%", "%25").Replace("\r", "%0D").Replace("\n", "%0A");

    static string Property(string text) => Data(text).Replace(":", "%3A").Replace(",", "%2C");

    static string Json(string file, IReadOnlyList<RunFinding> findings, Action<Utf8JsonWriter>? more)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("file", file);
            more?.Invoke(json);
            json.WriteStartArray("findings");
            foreach (var finding in findings)
            {
                json.WriteStartObject();
                json.WriteString("severity", finding.Severity.ToString().ToLowerInvariant());
                json.WriteString("code", finding.Code);
                json.WriteString("key", finding.Key);
                if (finding.Place.IsKnown)
                {
                    json.WriteNumber("line", finding.Place.Line);
                    json.WriteNumber("column", finding.Place.Column);
                }
                json.WriteString("message", finding.Sentence);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
