using Anneal.Objectives;

namespace Anneal.Live.Tests;

/// <summary>Races for pages: they are runs of the training loop, in parts.</summary>
public class LiveRacesTests
{
    public static TheoryData<string> Functions => [.. LiveRaces.Functions.Select(f => f.Key)];

    public static TheoryData<string> Rules => [.. LiveRaces.Rules.Select(r => r.Json)];

    [Fact]
    public void A_rule_whose_name_says_enough_can_be_read_from_it()
    {
        Assert.Equal(["preconditioned"], LiveRaces.Rules.Where(rule => rule.NeedsSettings).Select(rule => rule.Name));
        foreach (var rule in LiveRaces.Rules.Where(rule => !rule.NeedsSettings))
            Assert.Equal(rule.Name, RuleJson.NameOf(RuleJson.Read($$"""{"type": "{{rule.Name}}"}""")));
    }

    [Theory, MemberData(nameof(Rules))]
    public void A_race_in_parts_is_the_training_loop_in_one(string rule)
    {
        var function = new Rosenbrock();
        List<double[]> points = [];
        new Training(RuleJson.Read(rule), new Constant(0.001), (w, g) =>
        {
            function.Gradient(w, g);
            return function.Value(w);
        })
        {
            Metric = point =>
            {
                points.Add(point);
                return 0;
            },
        }.Run([-1.2, 1], 30);
        var race = LiveRace.Read($$"""{"function": "rosenbrock", "start": [-1.2, 1], "rules": [{"rule": {{rule}}, "rate": "0.001"}]}""");
        double[][] parts = [race.Advance(10), race.Advance(1), race.Advance(19)];
        Assert.Equal(points.SelectMany(p => (double[])[p[0], p[1], function.Value(p)]), parts.SelectMany(part => part.Skip(1)));
        Assert.Equal([10, 1, 19], parts.Select(part => part[0]));
    }

    [Theory]
    [InlineData("""{"type": "sgd"}""")]
    [InlineData("""{"type": "momentum", "beta": 0.9}""")]
    [InlineData("""{"type": "momentum", "beta": 0.3}""")]
    [InlineData("""{"type": "momentum", "beta": 0.9, "nesterov": true}""")]
    [InlineData("""{"type": "nesterov", "beta": 0.9}""")]
    [InlineData("""{"type": "nesterov", "beta": 0.3}""")]
    public void Below_the_largest_rate_a_rule_comes_nearer_and_above_it_goes_away(string rule)
    {
        double curvature = LiveRaces.Curvature("longValley", 0, 0), largest = LiveRaces.LargestRate(rule, curvature);
        Assert.True(Value(0.99) < 1e-3);
        Assert.True(!(Value(1.01) < 1));

        double Value(double share) => LiveRace.Read(string.Create(System.Globalization.CultureInfo.InvariantCulture,
            $$"""{"function": "longValley", "start": [0, 1], "rules": [{"rule": {{rule}}, "rate": "{{share * largest:R}}"}]}""")).Advance(2_000)[^1];
    }

    [Fact]
    public void A_rate_may_be_a_number() => Assert.Equal(
        LiveRace.Read("""{"function": "rosenbrock", "rules": [{"rule": {"type": "sgd"}, "rate": "1e-3"}]}""").Advance(5),
        LiveRace.Read("""{"function": "rosenbrock", "rules": [{"rule": {"type": "sgd"}, "rate": 1e-3}]}""").Advance(5));

    [Fact]
    public void A_race_that_has_ended_is_refused()
    {
        int race = LiveRaces.Begin("""{"function": "rosenbrock", "rules": [{"rule": {"type": "sgd"}, "rate": "0.001"}]}""");
        LiveRaces.End(race);
        Assert.Contains($"no race {race}", Assert.Throws<ArgumentException>(() => LiveRaces.Advance(race, 1)).Message);
        Assert.Contains($"no race {race}", Assert.Throws<ArgumentException>(() => LiveRaces.Stopped(race)).Message);
    }

    [Fact]
    public void The_value_at_a_point_is_the_function_s() => Assert.Equal(new Rosenbrock().Value([-1.2, 1]), LiveRaces.Value("rosenbrock", -1.2, 1));

    [Fact]
    public void The_largest_rate_of_other_rules_is_not_known() => Assert.Equal(double.NaN, LiveRaces.LargestRate("""{"type": "adamW"}""", 1));

    [Theory]
    [InlineData("""{"type": "sgd"}""", "sgd below 0.02")]
    [InlineData("""{"type": "momentum"}""", "momentum with β = 0.9 below 0.038")]
    [InlineData("""{"type": "momentum", "beta": 0.3}""", "momentum with β = 0.3 below 0.026")]
    [InlineData("""{"type": "nesterov", "beta": 0.5}""", "nesterov with β = 0.5 below 0.015")]
    [InlineData("""{"type": "nesterov", "variant": "asPrinted"}""", "")]
    [InlineData("""{"type": "adamW"}""", "")]
    public void The_largest_rate_is_told_with_what_it_depends_on(string rule, string told) => Assert.Equal(told, LiveRaces.LargestRateInWords(rule, 100));

    [Theory, MemberData(nameof(Functions))]
    public void A_map_has_the_function_s_values_at_its_corners(string key)
    {
        var function = LiveRaces.Functions.Single(f => f.Key == key);
        double[] map = LiveRaces.Map(key, 5, 3);
        var objective = Gallery.Objectives.First(o => o.Name == function.Name);
        Assert.Equal(15, map.Length);
        Assert.Equal(objective.Value([function.Range[0], function.Range[2]]), map[0]);
        // The far corner is the near one and the whole way, rounded.
        double far = objective.Value([function.Range[1], function.Range[3]]);
        Assert.Equal(far, map[^1], 1e-12 * Math.Abs(far));
    }

    [Fact]
    public void The_largest_curvature_of_a_bowl_is_its_largest_number()
    {
        var bowl = LiveRaces.Functions.Single(f => f.Key == "diagonalQuadratic");
        Assert.Equal(10, LiveRaces.Curvature(bowl.Key, 0.3, -0.2), 1e-12);
        Assert.Equal(20, LiveRaces.Curvature("quadratic", 1, 2), 1e-12);
    }

    [Fact]
    public void Noise_shrinks_with_the_root_of_the_batch_and_is_the_same_for_all_rules()
    {
        double[] one = Moved(noise: 1, batch: 1), sixteen = Moved(noise: 1, batch: 16), none = Moved(noise: 0, batch: 1);
        Assert.Equal(one[1..4], one[5..8]);
        Assert.Equal((one[1] - none[1]) / 4, sixteen[1] - none[1], 1e-15);

        static double[] Moved(double noise, int batch) => LiveRace.Read(
            $$"""{"function": "quadratic", "start": [1, 1], "noise": {{noise}}, "batch": {{batch}}, "rules": [{"rule": {"type": "sgd"}, "rate": "0.01"}, {"rule": {"type": "sgd"}, "rate": "0.01"}]}""").Advance(1);
    }

    [Fact]
    public void A_run_that_blows_up_says_so_and_stays_where_it_is()
    {
        var race = LiveRace.Read("""{"function": "rosenbrock", "rules": [{"rule": {"type": "sgd"}, "rate": "1"}]}""");
        double reached = race.Advance(100)[0];
        Assert.InRange(reached, 1, 99);
        Assert.Matches("^the (loss|gradient) is .* at step \\d+", race.Stopped.Single());
        Assert.Equal([0], race.Advance(100));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"function": "nowhere", "rules": []}""")]
    [InlineData("""{"function": "rosenbrock", "rules": [{"rule": {"type": "adamm"}, "rate": "1"}]}""")]
    [InlineData("""{"function": "rosenbrock", "rules": [{"rule": {"type": "adam"}, "rate": "cosin(1, 2)"}]}""")]
    [InlineData("""{"function": "rosenbrock", "rules": [{"rule": {"type": "adam"}, "rate": "0,1"}]}""")]
    public void What_cannot_race_is_refused(string json) => Assert.ThrowsAny<FormatException>(() => LiveRace.Read(json));
}
