using System.Text.Json;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Directives;

namespace Anneal.Interactive;

/// <summary>Explains a schedule or a rule in words: <c>#!explain "cosine(0.1, 100)"</c>, <c>#!explain adamW</c>.</summary>
public sealed class ExplainValue : KernelDirectiveCommand
{
    /// <summary>A schedule in notation, a rule by name, or either as an object of JSON.</summary>
    public JsonElement What { get; set; }

    /// <summary>The last step to explain; the schedule's own unless given.</summary>
    public string? To { get; set; }
}

static class ExplainDirective
{
    public static void AddTo(Kernel kernel) => kernel.AddDirective<ExplainValue>(
        new KernelActionDirective("#!explain", """Explains a schedule or an optimizer in words. Examples: `#!explain "cosine(0.1, 100)"`, `#!explain adamW`""")
        {
            Parameters =
            [
                new KernelDirectiveParameter("--what", "A schedule in notation, in quotes, or an optimizer by name. Or either as JSON, without quotes.")
                {
                    AllowImplicitName = true,
                    Required = true,
                }.AddCompletions(() => Suggestions.Rules.Concat(Suggestions.Schedules)),
                new KernelDirectiveParameter("--to", "The last step to explain; the schedule's own length unless given."),
            ],
        },
        (command, context) => Answer.Show(command, context, () => Explained(command.What, Answer.Step("--to", command.To))));

    /// <summary>A name without parentheses is a rule's; an object of JSON says what it is.</summary>
    static string Explained(JsonElement what, double? to) => IsRule(what)
        ? HtmlTable.Of(RuleHtml.Rows(what.ValueKind == JsonValueKind.Object ? RuleJson.Read(what) : Racer.Of(Answer.Text(what), new Constant(1)).Rule))
        : ScheduleHtml.Explained(Answer.Schedule(what), to);

    static bool IsRule(JsonElement what) => what.ValueKind == JsonValueKind.Object
        ? what.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && ScheduleJson.Types.All(t => t.Type != type.GetString())
        : Answer.Text(what).All(char.IsLetterOrDigit);
}
