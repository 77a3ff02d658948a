using System.Text.Json;
using Anneal.Combinators;

namespace Anneal.Runs;

/// <summary>The JSON of this library's own <c>anneal train</c>.</summary>
sealed class AnnealTrain : RunFramework
{
    public override string Name => "anneal";

    public override int Recognise(MapNode root, ConfigurationFormat format) =>
        Count(root, "schedule.type", "rule.type", "data.type", "steps") == 4 ? 10 : 0;

    public override RunConfiguration Read(Reading reading)
    {
        var file = reading.Top();
        var entry = reading.Root.Find("schedule") ?? throw file.Lacks("schedule");
        double steps = file.Demand("steps");
        if (!(steps > 0))
            throw file.Refused("steps", "must be above 0");
        file.Note(Role.Scheduler, "schedule");
        file.Note(Role.Total, "steps", steps);
        file.Note(Role.Batch, "batchSize");
        var schedule = Schedule(entry);
        return new(Name, "schedule", new(steps)
        {
            Warmup = Climb(schedule),
            SamplesPerUpdate = file.NumberIfGiven("batchSize"),
            TokensPerSample = file.NumberIfGiven("sequenceLength") ?? file.Inner("model")?.NumberIfGiven("context"),
            Origin = $"steps = {steps}",
        })
        { Rates = schedule.At };
    }

    static double Climb(Schedule schedule) => schedule switch
    {
        Warmup warmup => warmup.Steps,
        Sequence sequence => Climb(sequence.Parts[0]),
        Continuation continuation => Climb(continuation.First),
        _ => 0,
    };

    static Schedule Schedule(MapEntry entry)
    {
        try
        {
            return ScheduleJson.Read(Json(entry.Value));
        }
        catch (ScheduleFormatException refused)
        {
            throw new RefusedByFrameworkException($"schedule: {refused.Message.TrimEnd('.')}", entry.Place, "schedule");
        }
    }

    static string Json(ConfigNode node) => node switch
    {
        MapNode map => $"{{{string.Join(',', map.Entries.Select(e => $"{JsonSerializer.Serialize(e.Key)}:{Json(e.Value)}"))}}}",
        ListNode list => $"[{string.Join(',', list.Items.Select(Json))}]",
        ScalarNode { Kind: ScalarKind.Text } text => JsonSerializer.Serialize(text.Text),
        _ => ((ScalarNode)node).Text,
    };
}
