using System.Text.Json;
using Jint;

namespace Anneal.Notebooks.Tests;

/// <summary>What the page makes of what readers type, in a JavaScript engine without a page.</summary>
public class NumbersTests
{
    static readonly Engine engine = new Engine().Execute(Asset.Text("page/numbers.js").Replace("const numbers =", "var numbers ="));

    static readonly Lock oneAtATime = new();

    static T Ask<T>(string function, params object[] arguments)
    {
        lock (oneAtATime)
            return JsonSerializer.Deserialize<T>(engine.Evaluate($"JSON.stringify(numbers.{function}({string.Join(", ", arguments.Select(a => JsonSerializer.Serialize(a)))}))").AsString(),
                JsonSerializerOptions.Web)!;
    }

    sealed record Judged(bool Right, string Text);

    [Theory]
    [InlineData("0.0017", 0.0017)]
    [InlineData("1.7e-3", 0.0017)]
    [InlineData("0,0017", 0.0017)]
    [InlineData("−5", -5)]
    [InlineData("1/3", 1.0 / 3)]
    [InlineData("33 %", 0.33)]
    [InlineData("π/2", Math.PI / 2)]
    [InlineData("2pi/3", 2 * Math.PI / 3)]
    [InlineData("√10", 3.1622776601683795)]
    [InlineData("3√2", 4.242640687119286)]
    [InlineData("sqrt(10)/2", 1.5811388300841898)]
    [InlineData("10^-8", 1e-8)]
    [InlineData("10⁻⁸", 1e-8)]
    [InlineData("3·10^-4", 3e-4)]
    [InlineData("3 x 10^(-4)", 3e-4)]
    [InlineData("(1 + 2)/4", 0.75)]
    [InlineData("-2^2", -4)]
    [InlineData("½", 0.5)]
    [InlineData("≈ 17", 17)]
    public void Numbers_are_read_as_people_write_them(string typed, double value) => Assert.Equal(value, Ask<double>("value", typed), 1e-15 * Math.Max(1, Math.Abs(value)));

    [Theory]
    [InlineData("abc"), InlineData("1/"), InlineData("(1"), InlineData("17 steps"), InlineData("1 2/"), InlineData("^2"), InlineData("alert(1)")]
    public void Anything_else_is_no_number(string typed) => Assert.Contains("Write a number", Ask<Judged>("judge", typed, new { value = 1.0, tolerance = 0.1 }).Text);

    [Theory]
    [InlineData("1,382", 1382)]
    [InlineData("1,382", 1.382)]
    [InlineData("10,000", 10000)]
    public void A_comma_is_read_in_the_way_that_fits(string typed, double value) => Assert.True(Ask<Judged>("judge", typed, new { value, tolerance = 1e-9 }).Right);

    static readonly object rate = new { value = 0.00172175, tolerance = 5e-7, hints = new[] { new { value = 0.000862, tolerance = 5e-7, text = "The half is missing." } } };

    [Theory]
    [InlineData("0.001722", true, "Right.")]
    [InlineData("0.0017", false, "more digits: 6 after the point")]
    [InlineData("0.172 %", false, "more digits")]
    [InlineData("1.72e-3", false, "more digits")]
    [InlineData("0.002", false, "Not right yet.")]
    [InlineData("0.000862", false, "The half is missing.")]
    [InlineData("", false, "Not answered yet.")]
    public void A_right_value_with_too_few_digits_is_told_so(string typed, bool right, string says)
    {
        var judged = Ask<Judged>("judge", typed, rate);
        Assert.Equal(right, judged.Right);
        Assert.Contains(says, judged.Text);
    }

    static readonly object program = new
    {
        expected = new[] { -0.3, -0.2, -0.4, -0.45, -0.25 },
        step = "update",
        firstStep = 1,
        slips = new[] { new { values = new[] { -0.3, 0.1, -0.2, -0.05, 0.2 }, text = "It starts anew." } },
        right = "Right.",
        wrong = "By hand.",
    };

    [Theory]
    [InlineData("-0.3 -0.2 -0.4 -0.45 -0.25", true, "Right.")]
    [InlineData("[-0.30000000000000004, -0.2, -0.4, -0.45, -0.25, -0.35]", true, "Right.")]
    [InlineData("-0.3,-0.2,-0.4,-0.45,-0.25", true, "Right.")]
    [InlineData("-0,3; -0,2; -0,4; -0,45; -0,25", true, "Right.")]
    [InlineData("-3.00e-01\n-2.00e-01\n-4.00e-01\n-4.50e-01\n-2.50e-01", true, "Right.")]
    [InlineData("array([-0.3, -0.2, -0.4])", false, "These 3 are right. Give 5")]
    [InlineData("-0.3 -0.2 -0.4 -0.5 -0.3", false, "at least 3 digits")]
    [InlineData("-0.3 0.1 -0.2 -0.05 0.2", false, "Update 2 is the first that differs: yours is 0.1, expected −0.2. It starts anew.")]
    [InlineData("-0.3 0.1 7 7 7", false, "The usual cause: It starts anew.")]
    [InlineData("0 -0.3 -0.2 -0.4 -0.45", false, "one update too late")]
    [InlineData("-0.2 -0.4 -0.45 -0.25 -0.35", false, "one update too early")]
    [InlineData("0.3 0.2 0.4 0.45 0.25", false, "wrong sign")]
    [InlineData("-3 -2 -4 -4.5 -2.5", false, "10 times the one expected")]
    [InlineData("-0.3 nan nan nan nan", false, "division by 0")]
    [InlineData("-0.3 -0.2 0.77 1 2", false, "Update 3 is the first that differs: yours is 0.77, expected −0.4. By hand.")]
    [InlineData("", false, "Paste the first 5 results")]
    public void First_results_of_a_program_are_judged_by_their_trajectory(string typed, bool right, string says)
    {
        var judged = Ask<Judged>("judgeProgram", typed, program);
        Assert.Contains(says, judged.Text);
        Assert.Equal(right, judged.Right);
    }
}
