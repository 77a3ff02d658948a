namespace Anneal.Notebooks.Tests;

public class CellScriptTests
{
    [Fact]
    public void A_cell_without_directives_is_one_piece_of_code() =>
        Assert.Equal([new CodeStep(1, "csharp", "var x = 1;\nx")], CellScript.Parse("var x = 1;\nx\n", "csharp"));

    [Fact]
    public void A_switch_changes_the_language_and_keeps_line_numbers() =>
        Assert.Equal(
            [new CodeStep(1, "csharp", "var x = 1;"), new CodeStep(3, "fsharp", "\n\nlet y = 2"), new TextStep(5, "text/markdown", "*text*")],
            CellScript.Parse("var x = 1;\n#!fsharp\nlet y = 2\n#!markdown\n*text*", "csharp"));

    [Fact]
    public void References_come_before_the_code_they_stand_in_and_leave_an_empty_line() =>
        Assert.Equal(
            [new ReferenceStep(2, "csharp", "../a.dll"), new PackageStep(3, "csharp", "Plotly.NET", "6.0.0"), new PackageStep(4, "csharp", "MathNet.Numerics", null), new PackageSourceStep(5, "nuget:https://example.org"), new CodeStep(1, "csharp", "var x = 1;\n\n\n\n\nx")],
            CellScript.Parse("var x = 1;\n#r \"../a.dll\"\n#r \"nuget: Plotly.NET, 6.0.0\"\n#r \"nuget:MathNet.Numerics,*\"\n#i \"nuget:https://example.org\"\nx", "csharp"));

    [Theory]
    [InlineData("#!share --from fsharp x", "fsharp", "x", "x")]
    [InlineData("#!share x --from f# --as y", "fsharp", "x", "y")]
    [InlineData("#!set --byref --name y --value @fsharp:x", "fsharp", "x", "y")]
    [InlineData("#!set --value @fsharp:x --byref --name \"y\"", "fsharp", "x", "y")]
    public void Both_ways_to_share_by_reference_are_one_step(string directive, string from, string name, string target) =>
        Assert.Equal([new ShareStep(1, from, name, "csharp", target)], CellScript.Parse(directive, "csharp"));

    [Fact]
    public void Set_without_byref_copies_a_value_or_takes_a_text() =>
        Assert.Equal(
            [new CopyStep(1, "csharp", "x", "fsharp", "y"), new SetStep(2, "fsharp", "z", "some words")],
            CellScript.Parse("#!set --name y --value @csharp:x\n#!set --name z --value \"some words\"", "fsharp"));

    [Fact]
    public void Other_directives_are_steps_of_their_own_and_the_head_of_a_dib_file_is_none() =>
        Assert.Equal(
            [new TimeStep(4), new ImportStep(5, "boot.dib", "csharp")],
            CellScript.Parse("#!meta\n{\"kernelInfo\": {}}\n#!csharp\n#!time\n#!import \"boot.dib\"", "csharp"));

    [Theory]
    [InlineData("1\n#!fshrap", 2, "Did you mean #!fsharp?")]
    [InlineData("#!shair --from fsharp x", 1, "Did you mean #!share?")]
    [InlineData("#!quite-another", 1, "It knows #!csharp, #!fsharp")]
    [InlineData("#!about", 1, "RuntimeInformation.FrameworkDescription")]
    [InlineData("#!pwsh", 1, "Cells in 'pwsh' are not run here")]
    [InlineData("#!share --from pwsh x", 1, "'pwsh' is neither")]
    [InlineData("#!share x", 1, "--from is missing")]
    [InlineData("#!share --from fsharp", 1, "it takes one name")]
    [InlineData("#!share --form fsharp x", 1, "--form is not one of its options")]
    [InlineData("#!set --name x --value @input:question", 1, "no reader is there")]
    [InlineData("#!import", 1, "#!import needs one file")]
    public void A_directive_that_cannot_be_followed_says_why(string text, int line, string message)
    {
        var thrown = Assert.Throws<CellException>(() => CellScript.Parse(text, "csharp"));
        Assert.Equal(line, thrown.Line);
        Assert.Contains(message, thrown.Message);
    }
}
