using System.Text.Json;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Directives;

namespace Anneal.Interactive;

/// <summary>Shows a schedule: <c>#!schedule "warmup(3e-4, 500) > cosine(3e-4, 9500)"</c>.</summary>
public sealed class ShowSchedule : KernelDirectiveCommand
{
    /// <summary>The schedule: notation, or an object of JSON.</summary>
    public JsonElement Notation { get; set; }

    /// <summary>The last step to show; the schedule's own unless given.</summary>
    public string? To { get; set; }
}

static class ScheduleDirective
{
    public const string Name = "#!schedule";

    public static void AddTo(Kernel kernel) => kernel.AddDirective<ShowSchedule>(
        new KernelActionDirective(Name, """Shows a schedule: its curve, its phases, its sums and what deserves a second look. Example: `#!schedule "warmup(3e-4, 500) > cosine(3e-4, 9500)"`""")
        {
            Parameters =
            [
                new KernelDirectiveParameter("--notation", "The schedule, in quotes: parts such as warmup(peak, steps), constant(rate) for steps, cosine(peak, steps, floor), with > between them. Or the schedule as JSON, without quotes.")
                {
                    AllowImplicitName = true,
                    Required = true,
                }.AddCompletions(() => Suggestions.Schedules),
                new KernelDirectiveParameter("--to", "The last step to show; the schedule's own length unless given."),
            ],
        },
        (command, context) => Answer.Show(command, context, () => ScheduleHtml.Of(Answer.Schedule(command.Notation), Answer.Step("--to", command.To))));
}
