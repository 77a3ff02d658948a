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
            string[] lines = Written(width, console => AdviceText.Write(console, proposal)).Split('\n');
            string[] table = [.. lines.SkipWhile(line => !line.TrimStart().StartsWith("set ", StringComparison.Ordinal)).TakeWhile(line => !line.StartsWith("Schedule: ", StringComparison.Ordinal))];
            Assert.True(table.Length > 5, string.Join('\n', lines));
            Assert.All(table, line => Assert.True(line.TrimEnd().Length <= width, line));
            var words = proposal.Items.SelectMany(i => new[] { i.Item, i.Text, ProposalText.Range(i), ProposalText.Word(i.Sure), i.Source.Name, string.Join("; ", i.MayBeTried.Select(o => o.Text)) })
                .Concat(proposal.Groups.SelectMany(g => new[] { "group", $"{g.Group.Tensors}: decay × {g.Group.DecayFactor:0.##}", ProposalText.Word(g.Sure), g.Source.Name })).Append("set to range sure from others say")
                .SelectMany(cell => cell.Split(' ')).SelectMany(word => new[] { word, word + ";", word.TrimEnd(';') }).ToHashSet();
            Assert.All(table.SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(word => !word.StartsWith('─')), word => Assert.Contains(word, words));
            Assert.Equal(["set", "to", "range", "sure"], table[0].Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(4));
            // The last columns go only where there is no room.
            Assert.True(width < 140 || table[0].Contains("others say", StringComparison.Ordinal), table[0]);
        }
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
