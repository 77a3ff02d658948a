using System.Text.Json;
using Anneal.Experiments;

namespace Anneal.Runs;

/// <summary>The JSON of this library's own <c>anneal train</c>.</summary>
sealed class AnnealTrain : RunFramework
{
    /// <summary>What two rates may differ by where pieces of a schedule meet.</summary>
    const double Same = 1e-12;

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
        var schedule = Read("schedule", entry, json => ScheduleJson.Read(json));
        var rule = Read("rule", reading.Root.Find("rule") ?? throw file.Lacks("rule"), json => RuleJson.Read(json));
        double updates = rule.UpdatesIn((long)steps);
        return new(Name, "schedule", new(updates)
        {
            Warmup = Climb(schedule, updates),
            SamplesPerUpdate = file.NumberIfGiven("batchSize") * (updates > 0 ? Math.Floor(steps / updates) : 1),
            TokensPerSample = file.NumberIfGiven("sequenceLength") ?? SampleLength.Of(file.InnerOrEmpty("data").Word("type", "")) ?? file.Inner("model")?.NumberIfGiven("context"),
            Origin = $"steps = {steps}{(updates < steps ? ", and the rule gathers gradients" : "")}",
        })
        { Rates = schedule.At, Known = schedule };
    }

    /// <summary>The updates in which the rate only rises, also where they go on beyond the run; 0 where it begins at its highest.</summary>
    static double Climb(Schedule schedule, double updates)
    {
        double until = updates, end = 0;
        while (until > 0 && (end = Within()) >= until && until < 1e12)
            until *= 4;
        // Where the count begins at one, the peak comes an update before the last piece ends.
        return end >= updates && updates > 0 && schedule.At(updates - 1) >= schedule.At(end) ? updates - 1 : end;

        double Within()
        {
            double highest = schedule.At(0), peak = 0;
            foreach (var piece in schedule.Pieces(0, until))
            {
                double from = piece.Curve.At(piece.From), to = piece.Curve.At(piece.To);
                if (piece.Trend is not (Trend.Rising or Trend.Flat) || from < highest * (1 - Same))
                    break;
                if (to > highest * (1 + Same))
                    peak = piece.Trend == Trend.Flat ? piece.From : piece.To;
                highest = Math.Max(highest, to);
            }
            return peak;
        }
    }

    static T Read<T>(string key, MapEntry entry, Func<string, T> read)
    {
        try
        {
            return read(Json(entry.Value));
        }
        catch (FormatException refused)
        {
            throw new RefusedByFrameworkException($"{key}: {refused.Message.TrimEnd('.')}", entry.Place, key);
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
