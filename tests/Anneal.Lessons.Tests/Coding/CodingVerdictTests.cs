using System.Net;
using System.Text.Json;

namespace Anneal.Lessons.Tests;

public class CodingVerdictTests
{
    static readonly double[] shown = [1, 2, 3, 4], hidden = [-1, 5, 7, 0.5];

    /// <summary>Running sums: what every slip about memory can be tried on.</summary>
    static readonly CodingExercise<Func<double[], double[]>> sums = new("sums", "Write \"running\" sums & <more>.", Sums)
    {
        Trials = [new("the numbers shown", f => f(shown), new Input("x", shown), new("unit", 0.1)), new("numbers of both signs", f => f(hidden), new Input("x", hidden))],
        Slips = [new(x => [.. x.Select(v => v * v)], "These are squares."), new(x => Sums([.. x.Select(Math.Abs)]), "The signs are lost.")],
    };

    static double[] Sums(double[] x)
    {
        double s = 0;
        return [.. x.Select(v => s += v)];
    }

    [Fact]
    public void A_right_program_is_told_so() => Assert.Equal((Progress.Solved, "✓ Right, also on inputs that were not shown."), (sums.Check(Sums).Progress, sums.Check(Sums).ToString()));

    [Fact]
    public void Another_order_of_the_same_arithmetic_is_right_too() =>
        Assert.Equal(Progress.Solved, sums.Check(x => [.. x.Select((_, i) => x.Take(i + 1).Reverse().Sum() * 3 / 3)]).Progress);

    [Fact]
    public void A_stub_is_not_solved_yet()
    {
        Assert.Equal("○ Not solved yet.", sums.Check(_ => Answer.NotWritten<double[]>()).ToString());
        Assert.Equal("○ Not solved yet.", sums.Check(_ => throw new NotImplementedException()).ToString());
        var nan = sums.Check(x => [.. x.Select(_ => Answer.NotYet)]);
        Assert.Equal(Progress.NotYet, nan.Progress);
        Assert.Contains("0/0", nan.ToString());
    }

    [Fact]
    public void The_first_step_that_differs_is_named_with_both_numbers_and_the_cause() =>
        Assert.Equal("✗ Not right yet.\nFor the inputs shown update 2 is the first that differs: yours 4, expected 3.\nThese are squares.",
            sums.Check(x => [.. x.Select(v => v * v)]).ToString());

    [Fact]
    public void What_is_right_for_the_inputs_shown_alone_is_caught_on_the_others() =>
        Assert.Equal("✗ Not right yet.\nThe inputs shown come out right. For others (numbers of both signs) update 1 is the first that differs: yours 1, expected −1.\nThe signs are lost.",
            sums.Check(x => Sums([.. x.Select(Math.Abs)])).ToString());

    [Fact]
    public void Printing_the_expected_numbers_is_no_solution() => Assert.Equal(Progress.Wrong, sums.Check(_ => [1, 3, 6, 10]).Progress);

    [Theory]
    [InlineData("late", "one update too late")]
    [InlineData("early", "one update too early")]
    [InlineData("negative", "wrong sign")]
    [InlineData("doubled", "2 times the one expected")]
    [InlineData("constant", "all the same")]
    [InlineData("infinite", "not finite")]
    [InlineData("short", "returns 3 numbers where 4 are asked for")]
    [InlineData("long", "returns more than 4 numbers where 4 are asked for")]
    [InlineData("throws", "your program ends with IndexOutOfRangeException")]
    [InlineData("remembers", "keeps something between calls")]
    [InlineData("second fault", "The usual cause: These are squares.")]
    [InlineData("unknown", "by hand")]
    public void Usual_causes_are_read_off_the_trajectory(string program, string says)
    {
        double kept = 0;
        Func<double[], double[]> written = program switch
        {
            "late" => x => [0, .. Sums(x)[..^1]],
            "early" => x => [.. Sums(x)[1..], 99],
            "negative" => x => [.. Sums(x).Select(v => -v)],
            "doubled" => x => [.. Sums(x).Select(v => 2 * v)],
            "constant" => x => [.. x.Select(_ => 1.0)],
            "infinite" => x => [.. Sums(x).Select(v => v == 6 ? double.PositiveInfinity : v)],
            "short" => x => Sums(x)[..^1],
            "long" => x => [.. Sums(x), 0, 0, 0],
            "throws" => x => [x[99]],
            "remembers" => x => [.. x.Select(v => kept += v + 0.5)],
            "second fault" => x => [1, 4, 77, 78],
            _ => x => [1, 2.5, -3, 17],
        };
        Assert.Contains(says, sums.Check(written).ToString());
    }

    [Fact]
    public void A_program_that_changes_its_input_is_judged_by_what_it_returns_and_harms_no_other_run()
    {
        for (int run = 0; run < 2; run++)
            Assert.Equal(Progress.Solved, sums.Check(x =>
            {
                for (int i = 1; i < x.Length; i++)
                    x[i] += x[i - 1];
                return [.. x];
            }).Progress);
        Assert.Equal([1, 2, 3, 4], shown);
    }

    [Fact]
    public void A_sequence_without_an_end_is_cut()
    {
        CodingExercise<Func<double, IEnumerable<double>>> endless = new("ones", "Ones.", _ => [1, 1, 1]) { Trials = [new("one", f => f(1), new Input("x", 1))] };
        Assert.Contains("more than 3 numbers", endless.Check(_ => Forever()).ToString());

        static IEnumerable<double> Forever()
        {
            while (true)
                yield return 1;
        }
    }

    [Fact]
    public void The_page_gets_inputs_first_results_and_slips_that_show_there()
    {
        string html = sums.Check(Sums).ToHtml();
        Assert.StartsWith("<div class=\"exercise coding\" data-exercise=\"sums\" data-progress=\"solved\">", html);
        Assert.DoesNotContain("<more>", html);
        Assert.Contains("Inputs: unit = 0.1", html);
        Assert.Contains("<tr><th>update</th><th>1</th><th>2</th><th>3</th><th>4</th></tr>", html);
        Assert.Contains("<tr><th>x</th><td>1</td><td>2</td><td>3</td><td>4</td></tr>", html);
        const string start = "data-program=\"";
        int from = html.IndexOf(start, StringComparison.Ordinal) + start.Length;
        var box = JsonDocument.Parse(WebUtility.HtmlDecode(html[from..html.IndexOf('"', from)])).RootElement;
        Assert.Equal([1, 3, 6, 10], box.GetProperty("expected").EnumerateArray().Select(v => v.GetDouble()));
        Assert.Contains("the first 4 results agree", box.GetProperty("right").GetString());
        // The lost signs do not show for positive numbers, so the box cannot know of them.
        Assert.Equal("These are squares.", Assert.Single(box.GetProperty("slips").EnumerateArray()).GetProperty("text").GetString());
    }
}
