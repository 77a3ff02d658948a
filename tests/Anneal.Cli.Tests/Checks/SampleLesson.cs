using System.Text.Json.Nodes;

namespace Anneal.Cli.Tests;

/// <summary>A small lesson that keeps every rule; tests spoil it in one place and see which lint says so.</summary>
public sealed class SampleLesson
{
    readonly JsonArray cells = [];

    public SampleLesson()
    {
        Code("boot", "#!import \"boot.dib\"");
        Markdown("title", "# A sample\n\nThe answer is 0.5, or 50 %.");
        Code("claim", "Check.Close(\"the answer\", 1.0 / 2, 0.5, 0);");
        for (int i = 1; i <= 6; i++)
            Exercise(i);
    }

    /// <summary>The cell with this id, as JSON to be spoilt.</summary>
    public JsonObject this[string id] => cells.Select(c => c!.AsObject()).Single(c => (string?)c["id"] == id);

    /// <summary>The place of a cell, counted from 1.</summary>
    public int Number(string id) => cells.ToList().FindIndex(c => (string?)c!["id"] == id) + 1;

    /// <summary>Another source for a cell.</summary>
    public SampleLesson With(string id, string source)
    {
        this[id]["source"] = source;
        return this;
    }

    /// <summary>The same without a cell.</summary>
    public SampleLesson Without(string id)
    {
        cells.Remove(this[id]);
        return this;
    }

    /// <summary>The same after any change.</summary>
    public SampleLesson Changed(Action<SampleLesson> change)
    {
        change(this);
        return this;
    }

    /// <summary>Writes the lesson as 01-sample.ipynb and gives the path back.</summary>
    public string Write(string folder, string name = "01-sample.ipynb")
    {
        var notebook = new JsonObject
        {
            ["cells"] = cells.DeepClone(),
            ["metadata"] = new JsonObject { ["kernelspec"] = new JsonObject { ["display_name"] = ".NET (C#)", ["language"] = "C#", ["name"] = ".net-csharp" } },
            ["nbformat"] = 4,
            ["nbformat_minor"] = 5,
        };
        string path = Path.Combine(folder, name);
        File.WriteAllText(path, notebook.ToJsonString());
        return path;
    }

    void Exercise(int i)
    {
        Markdown($"text-{i}", $"## Question {i}?");
        Code($"stub-{i}", $"double x{i} = Answer.NotYet;", "exercise");
        Code($"check-{i}", $"new Exercise(\"e{i}\", \"What is {i}?\",\n    new Part(\"x\", {i}, 0.25, new Hint(-{i}, \"The sign is wrong.\"))).Check(x{i})", "check");
        Markdown($"solution-{i}", $"<details>\n<summary>Solution</summary>\n\n```csharp\ndouble x{i} = {i};\n```\n\n</details>", "solution");
    }

    void Code(string id, string source, params string[] tags)
    {
        var metadata = new JsonObject { ["polyglot_notebook"] = new JsonObject { ["kernelName"] = "csharp" } };
        var cell = Cell("code", id, source, metadata, tags);
        cell["execution_count"] = null;
        cell["outputs"] = new JsonArray();
        cells.Add((JsonNode)cell);
    }

    void Markdown(string id, string source, params string[] tags) => cells.Add((JsonNode)Cell("markdown", id, source, [], tags));

    static JsonObject Cell(string type, string id, string source, JsonObject metadata, string[] tags)
    {
        if (tags.Length > 0)
            metadata["tags"] = new JsonArray([.. tags.Select(t => (JsonNode)t)]);
        return new() { ["cell_type"] = type, ["id"] = id, ["metadata"] = metadata, ["source"] = source };
    }
}
