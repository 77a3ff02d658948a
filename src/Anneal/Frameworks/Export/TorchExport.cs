using System.Text;
using System.Text.Json;

namespace Anneal.Frameworks;

/// <summary>PyTorch's own schedulers as Python, from the configuration they were read from.</summary>
static class TorchExport
{
    public static string Native(TorchSimulation replay)
    {
        using var document = JsonDocument.Parse(replay.Parameters);
        double rate = document.RootElement.GetProperty("lr").GetDouble();
        return $"""
            from torch.optim.lr_scheduler import *

            # optimizer = torch.optim.SGD(model.parameters(), lr={Written.Number(rate)})
            scheduler = {Call(replay.Scheduler, document.RootElement)}    # call scheduler.step() after every optimizer.step()

            """.ReplaceLineEndings("\n");
    }

    static string Call(string name, JsonElement parameters)
    {
        var text = new StringBuilder(name).Append('(').Append(name == "ChainedScheduler" ? "" : "optimizer, ");
        bool first = true;
        foreach (var parameter in parameters.EnumerateObject().Where(p => p.Name != "lr"))
        {
            text.Append(first ? "" : ", ").Append(parameter.Name).Append('=').Append(Value(parameter.Value));
            first = false;
        }
        return text.Append(')').ToString();
    }

    static string Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => "True",
        JsonValueKind.False => "False",
        JsonValueKind.Null => "None",
        JsonValueKind.Array => $"[{string.Join(", ", value.EnumerateArray().Select(Value))}]",
        JsonValueKind.Object => Nested(value),
        _ => value.GetRawText(),
    };

    static string Nested(JsonElement scheduler)
    {
        var (name, parameters, _) = SchedulerImport.NameAndParameters(scheduler, "$");
        return parameters.ValueKind == JsonValueKind.Object ? Call(name, parameters) : $"{name}(optimizer)";
    }
}
