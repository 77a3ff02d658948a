namespace Anneal.Notebooks.Tests;

[Collection(InProcess.Name)]
public sealed class CodeAssistantTests
{
    static readonly KernelPool Kernels = new();

    /// <summary>Answers about code in which | is the cursor, after some cells have run.</summary>
    static CodeAnswer Ask(CodeQuestion question, string language, string code, params (string Language, string Source)[] before)
    {
        var output = new CellOutput(_ => { }, 1000);
        var session = CellSession.ForFrontEnd(AppContext.BaseDirectory, "csharp", output, Kernels, new(AppContext.BaseDirectory));
        foreach (var (i, cell) in before.Index())
            Assert.Null(session.Run(i + 1, cell.Source, cell.Language));
        int cursor = code.IndexOf('^') is >= 0 and var at ? at : code.Length;
        return new CodeAssistant(session, Kernels).Answer(new(question, language, code.Remove(cursor, cursor < code.Length ? 1 : 0), cursor));
    }

    [Theory]
    [InlineData("csharp", "Math.Sqr^ + 1", "Sqrt", 5, 8)]
    [InlineData("csharp", "var text = \"a\"; text.ToUpperI^", "ToUpperInvariant", 21, 29)]
    [InlineData("csharp", "new[] { 1 }.SequenceEq^", "SequenceEqual", 12, 22)]
    [InlineData("csharp", "System.Text.RegularExpr^", "RegularExpressions", 12, 23)]
    [InlineData("csharp", "int? n = 3; n?.CompareT^", "CompareTo", 15, 23)]
    [InlineData("csharp", "foreac^", "foreach", 0, 6)]
    [InlineData("csharp", "1\n#!fsharp\nList.sumB^", "sumBy", 16, 20)]
    [InlineData("csharp", "#!shar^", "#!share", 0, 6)]
    [InlineData("fsharp", "let n = List.sumB^ 3", "sumBy", 13, 17)]
    [InlineData("fsharp", "#!csharp\nMath.Sqr^", "Sqrt", 14, 17)]
    public void A_word_is_completed(string language, string code, string word, int start, int end)
    {
        var answer = Ask(CodeQuestion.Completions, language, code);
        Assert.Equal([word], answer.Lines);
        Assert.Equal((start, end), (answer.Start, answer.End));
    }

    [Fact]
    public void What_cells_have_declared_is_known_in_both_languages()
    {
        Assert.Contains("learningRate", Ask(CodeQuestion.Completions, "csharp", "learn", ("csharp", "var learningRate = 0.1;")).Lines);
        Assert.Contains("learningRate", Ask(CodeQuestion.Completions, "fsharp", "learn", ("fsharp", "let learningRate = 0.1")).Lines);
    }

    [Theory]
    [InlineData("// Math.Sqr^")]
    [InlineData("\"Math.Sqr^\"")]
    public void Nothing_is_completed_in_comments_and_strings(string code) => Assert.Empty(Ask(CodeQuestion.Completions, "csharp", code).Lines);

    [Theory]
    [InlineData("csharp", "Ma^th.Max(1, 2)", "class Math")]
    [InlineData("csharp", "Math.Ma^x(1, 2)", "int Math.Max(int val1, int val2)")]
    [InlineData("csharp", "Math.Max(1, ^2)", "int Math.Max(int val1, int val2)")]
    [InlineData("fsharp", "List.ma^p", "val map: mapping: ('T -> 'U) -> list: 'T list -> 'U list")]
    public void The_thing_at_the_cursor_is_described(string language, string code, string signature) =>
        Assert.StartsWith(signature, Ask(CodeQuestion.Description, language, code).Lines[0]);

    [Fact]
    public void Nothing_is_described_where_nothing_stands() => Assert.Empty(Ask(CodeQuestion.Description, "csharp", "1 + ^ 2").Lines);

    [Theory]
    [InlineData("csharp", "1 + 1", "complete")]
    [InlineData("csharp", "void F() {", "incomplete")]
    [InlineData("csharp", "1 + );", "invalid")]
    [InlineData("csharp", "#!fsharp\nlet f x =", "incomplete")]
    [InlineData("csharp", "#!nosuch", "invalid")]
    [InlineData("csharp", "", "complete")]
    [InlineData("fsharp", "let f x = x", "complete")]
    [InlineData("fsharp", "if true then", "incomplete")]
    [InlineData("fsharp", "[ 1; 2", "incomplete")]
    [InlineData("fsharp", "let x = ) 1", "invalid")]
    public void Code_is_complete_or_can_become_so_or_cannot(string language, string code, string status) =>
        Assert.Equal([status], Ask(CodeQuestion.Completeness, language, code).Lines);
}
