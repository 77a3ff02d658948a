using Anneal.Advice;
using Spectre.Console;

namespace Anneal.Cli.Tests;

/// <summary>Tables on terminals of any width: no word is broken, and what has no room stands elsewhere.</summary>
public class TerminalTableTests
{
    static string Written(int width, Action<IAnsiConsole> write)
    {
        using var text = new StringWriter();
        var console = AnsiConsole.Create(new() { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(text), Interactive = InteractionSupport.No });
        console.Profile.Width = width;
        write(console);
        return text.ToString().ReplaceLineEndings("\n");
    }

    [Theory]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(100)]
    [InlineData(140)]
    public void Advice_is_told_without_a_broken_word(int width)
    {
        foreach (var setup in PublishedSetup.All)
        {
            var proposal = Adviser.Advise(setup.Case);
            string[] lines = Table(width, proposal);
            Assert.True(lines.Length > 5);
            Assert.All(lines, line => Assert.True(line.TrimEnd().Length <= width, line));
            var words = Table(1000, proposal).SelectMany(Words).ToHashSet();
            Assert.Equal([], lines.SelectMany(Words).Where(word => !words.Contains(word)));
            Assert.Equal(["set", "to", "range", "sure"], Words(lines[0]).Take(4));
            // The last columns go only where there is little room.
            Assert.True(width < 140 || Words(lines[0]).Contains("from"), lines[0]);
        }

        static IEnumerable<string> Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(word => !word.StartsWith('─'));

        static string[] Table(int width, Proposal proposal) => [.. Written(width, console => AdviceText.Write(console, proposal)).Split('\n')
            .SkipWhile(line => !line.TrimStart().StartsWith("set ", StringComparison.Ordinal)).TakeWhile(line => !line.StartsWith("Schedule: ", StringComparison.Ordinal))];
    }

    [Fact]
    public void Room_goes_to_the_columns_that_lack_it()
    {
        static void Write(IAnsiConsole console)
        {
            var table = new TerminalTable(["a", "why"]);
            table.Add("largest stable", "a reason of some words that takes several lines where there is little room for it");
            table.Write(console);
        }
        string narrow = Written(40, Write), wide = Written(200, Write);
        Assert.Contains("largest stable", wide);
        Assert.Contains("a reason of some words that takes several lines where there is little room for it", wide);
        Assert.All(narrow.Split('\n'), line => Assert.True(line.TrimEnd().Length <= 40, line));
        Assert.True(narrow.Split('\n').Length > wide.Split('\n').Length);
    }
}
