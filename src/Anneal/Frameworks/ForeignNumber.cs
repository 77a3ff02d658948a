using System.Globalization;
using System.Text.Json;

namespace Anneal.Frameworks;

/// <summary>Numbers as the golden records write them: what JSON cannot say is a word, "NaN", "Infinity" or "-Infinity".</summary>
static class ForeignNumber
{
    public static bool TryRead(JsonElement element, out double value)
    {
        value = double.NaN;
        return element.ValueKind switch
        {
            JsonValueKind.Number => element.TryGetDouble(out value),
            JsonValueKind.String => element.GetString() switch
            {
                "NaN" => true,
                "Infinity" => (value = double.PositiveInfinity) > 0,
                "-Infinity" => (value = double.NegativeInfinity) < 0,
                _ => false,
            },
            _ => false,
        };
    }

    public static bool TryParse(string text, out double value) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);

    public static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
