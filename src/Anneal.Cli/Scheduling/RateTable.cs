using System.Globalization;
using System.Text;
using System.Text.Json;
using Spectre.Console;

namespace Anneal.Cli;

/// <summary>How a list of rates is written.</summary>
internal enum RateFormat { Table, Json, Csv }

/// <summary>Columns of numbers over steps: the rate, and whatever else was asked.</summary>
/// <param name="Steps">The first column.</param>
/// <param name="Columns">The others.</param>
internal sealed record RateTable(IReadOnlyList<double> Steps, IReadOnlyList<(string Name, IReadOnlyList<double> Values)> Columns)
{
    /// <summary>A sign, 17 digits, a point, an exponent such as E-308, and the space around them.</summary>
    const int WidestNumber = 28;

    public void Write(RateFormat format, Schedule? became = null)
    {
        switch (format)
        {
            case RateFormat.Json: Console.Out.WriteLine(Json(became)); break;
            case RateFormat.Csv: Console.Out.Write(Csv()); break;
            default: WriteTable(); break;
        }
    }

    /// <summary><c>{"at": […], "rates": […]}</c>, each further column under its own name, and what a foreign scheduler became as <c>schedule</c>.</summary>
    string Json(Schedule? became)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            if (became is not null)
            {
                json.WritePropertyName("schedule");
                json.WriteRawValue(ScheduleJson.Write(became));
            }
            Rates.Write(json, "at", Steps);
            foreach (var (name, values) in Columns)
                Rates.Write(json, name == "rate" ? "rates" : name, values);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    public string Csv()
    {
        var text = new StringBuilder("step").Append(string.Concat(Columns.Select(c => $",{c.Name}"))).Append('\n');
        for (int i = 0; i < Steps.Count; i++)
            text.Append(Exact(Steps[i])).Append(string.Concat(Columns.Select(c => $",{Exact(c.Values[i])}"))).Append('\n');
        return text.ToString();
    }

    void WriteTable()
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn(new TableColumn("step").RightAligned().NoWrap());
        foreach (var (name, _) in Columns)
            table.AddColumn(new TableColumn(name).RightAligned().NoWrap());
        for (int i = 0; i < Steps.Count; i++)
            table.AddRow([Exact(Steps[i]), .. Columns.Select(c => Exact(c.Values[i]))]);
        // A number is never broken in two, however narrow the terminal; without one, Spectre.Console takes 80 columns.
        AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, WidestNumber * (Columns.Count + 1));
        AnsiConsole.Write(table);
    }

    static string Exact(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
