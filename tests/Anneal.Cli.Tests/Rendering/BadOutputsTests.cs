using System.Text;

namespace Anneal.Cli.Tests;

/// <summary>Files and outputs that cannot be read or shown: each is its notebook's failure, said in words, and the rest goes on.</summary>
public sealed class BadOutputsTests : IDisposable
{
    const string Cell = """{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [{"id": "a", "cell_type": "CODE", "metadata": {}, "source": "SOURCE", "execution_count": null, "outputs": []}]}""";

    readonly CommandLine _command = new();

    public void Dispose() => _command.Dispose();

    static string Code(string source) => Cell.Replace("CODE", "code").Replace("SOURCE", source.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n"));

    static string Text(string json) => Cell.Replace("CODE", "markdown").Replace(", \"execution_count\": null, \"outputs\": []", "").Replace("SOURCE", json);

    [Fact]
    public async Task None_of_them_ends_the_command_or_shows_a_stack_trace()
    {
        const string plotly = "application/vnd.plotly.v1+json";
        var files = new Dictionary<string, string>
        {
            ["half"] = Text("a \\ud83d b"),
            ["halfid"] = Text("x").Replace("\"a\"", "\"\\udc00\""),
            ["twice"] = Code($"\"{{\\\"data\\\": [], \\\"data\\\": []}}\".DisplayAs(\"{plotly}\");"),
            ["halfchart"] = Code($"\"{{\\\"data\\\": [{{\\\"type\\\": \\\"\\\\ud800\\\"}}]}}\".DisplayAs(\"{plotly}\");"),
            ["nochart"] = Code($"\"[\".DisplayAs(\"{plotly}\");"),
            ["traces"] = Code($"\"{{\\\"data\\\": [null, 1, [2]], \\\"layout\\\": 7}}\".DisplayAs(\"{plotly}\");"),
            ["formula"] = Code("@\"\\frac{\".DisplayAs(\"text/latex\");"),
            ["nested"] = Code("new string('[', 30_000).DisplayAs(\"text/markdown\");"),
            ["deep"] = Code("string.Concat(Enumerable.Repeat(\"<div>\", 50_000)).DisplayAs(\"text/html\");"),
            ["junk"] = Code("""
                [System.Runtime.InteropServices.DllImport("libc")] static extern nint write(int file, byte[] bytes, nint count);
                foreach (var file in new System.IO.DirectoryInfo("/proc/self/fd").EnumerateFiles())
                    if (file.LinkTarget is { } to && to.StartsWith("socket:")) write(int.Parse(file.Name), new byte[] { 200, 1, 2, 3, 255, 7, 7, 7 }, 8);
                System.Threading.Thread.Sleep(3000);
                """),
            ["message"] = Code("class E : Exception { public override string Message => throw new Exception(); }\nthrow new E();"),
        };
        if (!OperatingSystem.IsLinux())
            files.Remove("junk");
        foreach (var (name, text) in files)
            File.WriteAllText(Path.Combine(_command.Folder, name + ".ipynb"), text);
        File.WriteAllBytes(Path.Combine(_command.Folder, "latin.ipynb"), Encoding.Latin1.GetBytes(Text("na\u00efve")));
        File.WriteAllText(Path.Combine(_command.Folder, "good.ipynb"), Code("\"not json\".DisplayAs(\"application/json\");\n\"{\\\"a\\\": \\\"\\\\ud800\\\"}\".DisplayAs(\"application/json\");\nnew string('[', 5_000).DisplayAs(\"application/x+json\");\n(new string('[', 200) + new string(']', 200)).DisplayAs(\"application/json\");"));
        File.WriteAllBytes(Path.Combine(_command.Folder, "mark.ipynb"), [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Code("1"))]);

        var (exit, output, error) = await _command.RenderAsync("--save", "--timeout", "60");
        Assert.Equal(1, exit);
        Assert.DoesNotContain("Unhandled", error);
        Assert.DoesNotContain("   at ", error);
        Assert.All(files.Keys.Append("latin").Except(["traces"]), name => Assert.Contains($"{name}.ipynb", error));
        Assert.Contains("latin.ipynb, line 1, column", error);
        Assert.Contains("the byte EF cannot stand here", error);
        Assert.Contains("half.ipynb, line 1, column", error);
        Assert.Matches(@"page(s)? written to site", output.TrimEnd().Split('\n')[^1]);
        Assert.True(_command.HasPage("good") && _command.HasPage("mark") && _command.HasPage("index"), error);

        // What was saved can be read and saved again.
        (exit, _, error) = await _command.RunAsync("render", "good.ipynb", "mark.ipynb", "--out", "site", "--save");
        Assert.True(exit == 0, error);

        (exit, output, error) = await _command.RunAsync("check", ".", "--lint-only");
        Assert.DoesNotContain("   at ", error);
        Assert.DoesNotContain("Unhandled", error);
        Assert.Contains($"{files.Count + 3} notebooks looked at", output);
    }
}
