using System.Globalization;
using System.Text.Json;
using Anneal.Charts;

namespace Anneal.Interactive;

/// <summary>An update rule: its settings, what it remembers, and how it answers a push.</summary>
static class RuleHtml
{
    /// <summary>Updates with a gradient of 1, and those after it with none.</summary>
    const int Pushed = 20, After = 20;

    /// <summary>Answer and settings.</summary>
    public static string Of(Rule rule) => (Answer(rule) is { } chart ? Shown.Chart(chart) : "") + HtmlTable.Of(Rows(rule));

    /// <summary>The rule as JSON, or as printed where it is not one of the library's.</summary>
    public static string Json(Rule rule)
    {
        try
        {
            return RuleJson.Write(rule);
        }
        catch (RuleFormatException)
        {
            return rule.ToString();
        }
    }

    /// <summary>Name, settings, memory.</summary>
    public static IEnumerable<Row> Rows(Rule rule)
    {
        yield return new("rule", rule.GetType().Name);
        string json = Json(rule);
        yield return new("as JSON", json);
        if (json.StartsWith('{'))
        {
            using var document = JsonDocument.Parse(json);
            foreach (var member in document.RootElement.EnumerateObject().Where(m => m.Name != "type"))
                yield return new(member.Name, member.Value.ToString());
        }
        yield return new("remembers", Memory(rule));
    }

    static string Memory(Rule rule)
    {
        string[] slots;
        try
        {
            slots = [.. Kept(rule.Start(Layout.Of(1)))];
        }
        catch (ArgumentException refused)
        {
            return $"as much as its tensors ask for: {refused.Message.Split(" (Parameter")[0]}";
        }
        return slots.Length == 0 ? "nothing" : $"{string.Join(", ", slots)}: {slots.Length} {(slots.Length == 1 ? "number" : "numbers")} for a single weight";

        static IEnumerable<string> Kept(RuleState state) => state.Slots.Where(s => !s.Slot.Scratch).Select(s => s.Slot.Name).Concat(state.Inner.SelectMany(Kept));
    }

    /// <summary>
    /// How far one weight has moved, at rate 1, under a gradient of 1 for a while and then of 0: a ramp is plain descent, momentum coasts on, and an adaptive
    /// rule forgets how long the gradient was. None where a rule needs more than a gradient, or runs off.
    /// </summary>
    static ChartView? Answer(Rule rule)
    {
        try
        {
            var state = rule.Start(Layout.Of(1));
            double[] weight = [0], moved = new double[Pushed + After + 1];
            for (int t = 0; t < Pushed + After; t++)
            {
                rule.Step(state, weight, [t < Pushed ? 1.0 : 0.0], 1);
                moved[t + 1] = -weight[0];
            }
            if (!moved.All(double.IsFinite) || moved.All(m => m == 0))
                return null;
            return ChartView.withDescription(
                Text($"How far {rule.GetType().Name} moves one weight at rate 1: {Pushed} updates with a gradient of 1 bring it to {moved[Pushed]:G4}, and {After} with none leave it at {moved[^1]:G4}."),
                LossChart.series("Answer to a push", "distance moved at rate 1", [rule.GetType().Name], [moved]));
        }
        catch (Exception refused) when (refused is InvalidOperationException or ArgumentException or NotSupportedException or ArithmeticException)
        {
            return null;
        }
    }

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
