using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Anneal.Cli.Tests;

/// <summary>Questions with something wrong in them: each gets an answer of one line in words for its author, soon, and the next question is answered too.</summary>
public partial class BatchFuzzTests
{
    static readonly string[] Optimizing =
    [
        """{"rule": {"type": "adamW", "beta1": 0.9, "decay": 0.1}, "schedule": {"type": "cosineDecay", "peak": 0.1, "steps": 20}, "problem": {"type": "rosenbrock"}, "start": [-1.2, 1], "checkpoints": [1, 2, 5]}""",
        """{"rule": {"type": "shampoo"}, "schedule": 0.1, "problem": {"type": "leastSquares", "a": [[1, 2], [3, 4]], "b": [[1], [2]]}, "start": [0, 0], "shape": [2, 1], "checkpoints": [1, 3]}""",
        """{"rule": {"type": "soap", "preconditionFrequency": 1}, "schedule": 1e-3, "problem": {"type": "quadratic", "diagonal": [1, 2, 3, 4], "linear": [0, 0, 1, 1]}, "start": [1, 2, 3, 4], "shape": [2, 2], "checkpoints": [0, 4]}""",
        """{"rule": {"type": "parameterGroups", "inner": {"type": "momentum"}, "groups": [{"tensors": "weights", "rate": {"type": "warmup", "peak": 0.1, "steps": 5}, "rule": {"type": "clipByNorm", "inner": {"type": "lion"}, "maxNorm": 1}}]}, "schedule": "cosine(0.1, 10)", "problem": {"type": "gradients", "gradients": [[1, 2], [3, 4]]}, "start": [0, 0], "checkpoints": [2]}""",
        """{"rule": {"type": "weightDecay", "inner": {"type": "lookahead", "inner": {"type": "scheduleFreeSgd"}, "syncPeriod": 2}, "decay": 0.1, "form": "L2"}, "schedule": 0.1, "problem": {"type": "quadratic", "diagonal": [1, 10]}, "start": [1, 1], "checkpoints": [3]}""",
        """{"from": {"framework": "pytorch", "optimizer": "Adam", "params": {"lr": 0.1, "betas": [0.9, 0.99], "amsgrad": true}, "lr_schedule": {"name": "StepLR", "params": {"step_size": 2}}}, "problem": {"type": "rosenbrock"}, "start": [1, 2], "checkpoints": [1, 4]}""",
        """{"from": {"framework": "optax", "optimizer": "adamw", "params": {"learning_rate": 0.1}}, "problem": {"type": "rosenbrock"}, "start": [1, 2], "checkpoints": [1]}""",
        """{"from": {"framework": "keras", "optimizer": "RMSprop", "params": {"learning_rate": 0.1}}, "problem": {"type": "rosenbrock"}, "start": [1, 2], "checkpoints": [1]}""",
        """{"from": {"framework": "pytorch", "optimizer": "LBFGS", "params": {"lr": 1, "max_iter": 4, "history_size": 5}}, "problem": {"type": "rosenbrock"}, "start": [1, 2], "checkpoints": [1]}""",
        """{"rule": {"type": "muon", "iterations": 5}, "schedule": 0.1, "problem": {"type": "leastSquares", "a": [[1, 2], [3, 4]], "b": [[1], [2]]}, "start": [0, 0], "checkpoints": [1, 3]}""",
        """{"from": {"framework": "timm", "optimizer": "lamb", "params": {"lr": 0.1}}, "problem": {"type": "rosenbrock"}, "start": [1, 2], "checkpoints": [1]}""",
    ];

    static readonly string[] Scheduling =
    [
        """{"schedule": {"type": "cosineDecay", "peak": 0.1, "steps": 100, "floor": 0.001}, "at": [0, 10, 100]}""",
        """{"schedule": {"type": "continuation", "first": {"type": "warmup", "peak": 0.1, "steps": 10}, "next": {"type": "constant", "value": 0.1}}, "at": [0, 5]}""",
        """{"schedule": "warmup(0.1, 10) > cosine(0.1, 90)", "at": [1, 2.5]}""",
        """{"schedule": {"type": "piecewiseConstant", "values": [0.1, 0.01], "boundaries": [10]}, "at": [9, 10, 11]}""",
        """{"from": {"framework": "pytorch", "scheduler": "OneCycleLR", "params": {"max_lr": 0.1, "total_steps": 100}}, "at": [0, 50]}""",
        """{"from": {"framework": "pytorch", "scheduler": "ReduceLROnPlateau", "params": {"lr": 0.1, "patience": 2}}, "metrics": [1, 1, 1, 1, 0.5], "at": [0, 4]}""",
        """{"from": {"framework": "optax", "scheduler": "cosine_decay_schedule", "params": {"init_value": 0.1, "decay_steps": 10}}, "at": [0, 5]}""",
        """{"from": {"framework": "keras", "scheduler": "ExponentialDecay", "params": {"initial_learning_rate": 0.1, "decay_steps": 10, "decay_rate": 0.9}}, "at": [3]}""",
        """{"from": {"framework": "timm", "scheduler": "CosineLRScheduler", "params": {"lr": 0.1, "t_initial": 10}}, "at": [3]}""",
    ];

    static readonly string[] Values =
    [
        "null", "true", "0", "-1", "1", "2", "0.5", "1.5", "1e308", "-1e308", "1e-320", "1e999", "2147483647", "-2147483648", "4294967296", "9223372036854775807", "99999999999999999999",
        "\"\"", "\"NaN\"", "\"Infinity\"", "\"x\"", "\"\\ud800\"", "\"\\u0000\"", "\"constant(1e308)\"", "\"*\"", "[]", "[[]]", "[1]", "[[1], [2, 3]]", "[null]", "[1e308, 1e308]", "100000", "1e5", "[1, 100000]", "5e-324", "-0.0", "0.9999999999", "64", "\"repeat(cosine(1, 1), 1000000000)\"",
        "\"warmup(1, 1e9) > cosine(1, 1e9)\"", "\"loop(cosine(0.1, 3))\"", "{}", "{\"type\": 1}",
        "{\"type\": \"sgd\"}", "{\"type\": \"constant\", \"value\": 1e308}", "{\"type\": \"shampoo\"}", "{\"type\": \"lbfgs\"}", "{\"type\": \"nesterov\"}", "{\"type\": \"newton\"}",
        "{\"type\": \"preconditioned\", \"matrix\": [1]}", "{\"type\": \"applyIfFinite\", \"inner\": {\"type\": \"sgd\"}}",
    ];

    [GeneratedRegex(@"Exception|\(Parameter|Actual value|System\.|Anneal\.|   at ")]
    private static partial Regex OurOwnWords();

    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5), InlineData(6), InlineData(7), InlineData(8), InlineData(9), InlineData(2059)]
    public void Optimize_answers_every_question(int seed) => Every([.. Optimizing, .. Rules], OptimizeBatch.Run, seed, "checkpoints");

    /// <summary>Every rule of the gallery, on a matrix and on a problem that is none.</summary>
    static IEnumerable<string> Rules => Gallery.Rules.SelectMany(rule => new[]
    {
        $$"""{"rule": {{RuleJson.Write(rule)}}, "schedule": 0.01, "problem": {"type": "leastSquares", "a": [[1, 2], [3, 4]], "b": [[1, 2], [3, 4]]}, "start": [0.1, 0.2, 0.3, 0.4], "shape": [2, 2], "checkpoints": [1, 3]}""",
        $$"""{"rule": {{RuleJson.Write(rule)}}, "schedule": 0.01, "problem": {"type": "rosenbrock"}, "start": [-1.2, 1], "checkpoints": [1, 3]}""",
    }.Select(question => question.ReplaceLineEndings(" ")));

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public void Schedule_answers_every_question(int seed) => Every(Scheduling, ScheduleBatch.Run, seed, "rates");

    static void Every(string[] sound, Action<Stream, Stream> run, int seed, string answer)
    {
        var random = new Random(seed);
        string[] questions = [.. sound, .. Enumerable.Range(0, 3_000).Select(_ => Mutated(sound[random.Next(sound.Length)], sound, random)), .. sound];
        int answered = 0, refused = 0;
        foreach (string question in questions)
        {
            using var answers = new MemoryStream();
            long start = Stopwatch.GetTimestamp();
            run(new MemoryStream(Encoding.UTF8.GetBytes(question + "\n")), answers);
            Assert.True(Stopwatch.GetElapsedTime(start).TotalSeconds < 60, $"slow: {question}");
            string line = Encoding.UTF8.GetString(answers.ToArray());
            if (string.IsNullOrWhiteSpace(question))
                continue;
            Assert.True(line.EndsWith('\n') && line.IndexOf('\n') == line.Length - 1, $"{question}\n{line}");
            using var json = JsonDocument.Parse(line);
            if (!json.RootElement.TryGetProperty("error", out var error))
                answered += json.RootElement.TryGetProperty(answer, out _) ? 1 : 0;
            else
            {
                refused++;
                Assert.False(OurOwnWords().IsMatch(error.GetString()!), $"{question}\n{error}");
                Assert.True(error.GetString()!.StartsWith('$'), $"no path: {question}\n{error}");
                Assert.DoesNotContain("Please report it", error.GetString());
            }
        }
        Assert.Equal(questions.Count(q => !string.IsNullOrWhiteSpace(q)), answered + refused);
        Assert.True(answered > 2 * sound.Length && refused > 1_000, $"{answered} answered, {refused} refused");
    }

    /// <summary>One to three changes: to a value, a member, or the text itself.</summary>
    static string Mutated(string question, string[] others, Random random)
    {
        for (int n = random.Next(1, 4); n > 0; n--)
            question = random.Next(4) == 0 ? Torn(question, random) : Changed(question, others, random);
        return question.ReplaceLineEndings(" ");
    }

    static string Torn(string text, Random random)
    {
        if (text.Length < 2)
            return text;
        int at = random.Next(text.Length), length = Math.Min(random.Next(1, 4), text.Length - at);
        return random.Next(3) switch
        {
            0 => text.Remove(at, length),
            1 => text.Insert(at, text.Substring(at, length)),
            _ => text.Remove(at, 1).Insert(at, $"{(char)random.Next(32, 127)}"),
        };
    }

    static string Changed(string text, string[] others, Random random)
    {
        try
        {
            var root = JsonNode.Parse(text);
            var places = new List<(JsonNode Owner, string? Name, int Index)>();
            Walk(root, places);
            var (owner, name, index) = places[random.Next(places.Count)];
            // A marker, replaced in the text, so that values that are no .NET numbers or texts may stand there too.
            string value = random.Next(5) == 0 ? Part(others[random.Next(others.Length)], random) : Values[random.Next(Values.Length)];
            int way = random.Next(5);
            if (owner is JsonArray items)
                items[index] = "@@";
            else if (way == 0)
                ((JsonObject)owner).Remove(name!);
            else if (way == 1)
                owner[$"{name}x"] = owner[name!]?.DeepClone();
            else
                owner[name!] = "@@";
            return root!.ToJsonString().Replace("\"@@\"", value);
        }
        catch (Exception broken) when (broken is JsonException or ArgumentException or InvalidOperationException)
        {
            return Torn(text, random);
        }
    }

    /// <summary>A value out of another question.</summary>
    static string Part(string question, Random random)
    {
        var places = new List<(JsonNode Owner, string? Name, int Index)>();
        Walk(JsonNode.Parse(question), places);
        var (owner, name, index) = places[random.Next(places.Count)];
        return (name is null ? owner[index] : owner[name])?.ToJsonString() ?? "null";
    }

    static void Walk(JsonNode? node, List<(JsonNode, string?, int)> places)
    {
        if (node is JsonObject members)
            foreach (var (name, value) in members)
            {
                places.Add((members, name, 0));
                Walk(value, places);
            }
        else if (node is JsonArray items)
            for (int i = 0; i < items.Count; i++)
            {
                places.Add((items, null, i));
                Walk(items[i], places);
            }
    }
}
