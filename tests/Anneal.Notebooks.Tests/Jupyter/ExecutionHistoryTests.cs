using System.Text.Json.Nodes;

namespace Anneal.Notebooks.Tests;

public class ExecutionHistoryTests
{
    readonly ExecutionHistory _history = new();

    public ExecutionHistoryTests()
    {
        _history.Add(1, "1 + 1", "2");
        _history.Add(2, "var x = 1;", null);
        _history.Add(3, "1 + 1", "2");
    }

    string Ask(string request) => _history.Answer(JsonNode.Parse(request)!.AsObject())["history"]!.ToJsonString();

    [Theory]
    [InlineData("""{"hist_access_type": "tail", "n": 2}""", """[[1,2,"var x = 1;"],[1,3,"1 \u002B 1"]]""")]
    [InlineData("""{"hist_access_type": "tail", "n": 1, "output": true}""", """[[1,3,["1 \u002B 1","2"]]]""")]
    [InlineData("""{"hist_access_type": "range", "session": 0, "start": 2, "stop": 3}""", """[[1,2,"var x = 1;"]]""")]
    [InlineData("""{"hist_access_type": "range", "session": -1, "start": 1}""", "[]")]
    [InlineData("""{"hist_access_type": "search", "pattern": "1*"}""", """[[1,1,"1 \u002B 1"],[1,3,"1 \u002B 1"]]""")]
    [InlineData("""{"hist_access_type": "search", "pattern": "1*", "unique": true}""", """[[1,3,"1 \u002B 1"]]""")]
    [InlineData("""{"hist_access_type": "search", "pattern": "*?*", "n": 1}""", """[[1,3,"1 \u002B 1"]]""")]
    public void Every_way_of_asking_is_answered(string request, string answer) => Assert.Equal(answer, Ask(request));
}
