using System.Globalization;
using Anneal.Tests.Schedules;
using CsCheck;

namespace Anneal.Live.Tests;

/// <summary>The numbers of a notation, where they stand in it, and between which ends they move.</summary>
public class SliderTests
{
    [Fact]
    public void Numbers_are_named_by_their_members_whether_given_in_order_or_by_name() => Assert.Equal(
        ["warmup peak 3e-4", "warmup steps 500", "cosine peak 3e-4", "cosine steps 9500", "cosine floor 3e-5"],
        Named("warmup(3e-4, 500) > cosine(3e-4, 9500, floor: 3e-5)"));

    [Fact]
    public void What_is_nested_listed_or_cut_has_its_numbers_too() => Assert.Equal(
        ["multiStep peak 0.1", "multiStep milestones[0] 50", "multiStep milestones[1] 8_0", "cut steps 100", "scale by .5"],
        Named("scale(multiStep(0.1, [50, 8_0]) for 100, .5)"));

    [Fact]
    public void A_peak_moves_by_factors_a_floor_up_to_the_peak_steps_by_whole_ones()
    {
        var sliders = Slider.In("cosine(0.1, 100, floor: 0)");
        Assert.Equal((0.001, 10, true), (sliders[0].Min, sliders[0].Max, sliders[0].Logarithmic));
        Assert.Equal((0, 400, true), (sliders[1].Min, sliders[1].Max, sliders[1].Whole));
        Assert.Equal((0, 0.1, false), (sliders[2].Min, sliders[2].Max, sliders[2].Logarithmic));
    }

    [Fact]
    public void Every_number_stands_where_its_slider_says_and_lies_between_its_ends() => Any.Schedule.Sample(schedule =>
    {
        string notation = ScheduleNotation.Print(schedule);
        foreach (var slider in Slider.In(notation))
        {
            Assert.Equal(slider.Value, double.Parse(notation.Substring(slider.Start, slider.Length), CultureInfo.InvariantCulture));
            Assert.InRange(slider.Value, slider.Min, slider.Max);
        }
    });

    [Fact]
    public void A_number_put_in_place_of_another_is_read_there()
    {
        const string notation = "warmup(3e-4, 500) > cosine(3e-4, 9500)";
        var steps = Slider.In(notation)[1];
        string moved = notation[..steps.Start] + "1000" + notation[(steps.Start + steps.Length)..];
        Assert.Equal("warmup(3e-4, 1000) > cosine(3e-4, 9500)", moved);
    }

    static string[] Named(string notation) => [.. Slider.In(notation).Select(s => $"{s.Of} {s.Name} {notation.Substring(s.Start, s.Length)}")];
}
