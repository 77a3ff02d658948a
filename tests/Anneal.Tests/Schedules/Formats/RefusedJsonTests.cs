namespace Anneal.Tests.Schedules;

/// <summary>What is refused, and that the message says where, what is allowed and what was there.</summary>
public class RefusedJsonTests
{
    const string Constant = """{"type": "constant", "value": 0.1}""", Cosine = """{"type": "cosineDecay", "peak": 0.1, "steps": 100}""";

    [Theory]
    // Not JSON, or not a schedule.
    [InlineData("", "$: this is not JSON: line 1, byte 1: The input does not contain any JSON tokens.", true)]
    [InlineData("{", "$: this is not JSON: line 1, byte 2: Expected depth to be zero at the end of the JSON payload.", true)]
    [InlineData(Constant + "x", "$: this is not JSON: line 1, byte 35: 'x' is invalid after a single JSON value.", true)]
    [InlineData("""{"type": "constant", "value": NaN}""", "$: this is not JSON: line 1, byte 31: 'N' is an invalid start of a value.")]
    [InlineData("""{"type": "constant", "value": 0.1,}""", "$: this is not JSON: line 1, byte 35: The JSON object contains a trailing comma", true)]
    [InlineData("""{"type": "constant", /* why */ "value": 0.1}""", "$: this is not JSON: line 1, byte 22: '/' is an invalid start of a property name.", true)]
    [InlineData("null", "$: must be a schedule, not null.")]
    [InlineData("true", "$: must be a schedule, not true.")]
    [InlineData("3e-4", "$: must be a schedule, not the number 0.0003.")]
    [InlineData("\"cosine\"", "$: must be a schedule, not the text 'cosine'.")]
    [InlineData("[]", "$: must be a schedule, not a list of 0.")]
    [InlineData("{}", """$: a schedule needs a type, as in {"type": "constant", "value": 0.1}.""")]
    [InlineData("""{"peak": 0.1, "steps": 100}""", """$: a schedule needs a type, as in {"type": "constant", "value": 0.1}.""")]
    [InlineData("""{"type": 5, "value": 0.1}""", "$.type: type must be the name of a schedule, not the number 5.")]
    [InlineData("""{"type": null}""", "$.type: type must be the name of a schedule, not null.")]
    [InlineData("""{"type": "constant", "type": "constant", "value": 0.1}""", "$.type: type is given twice.")]
    // Unknown types and members.
    [InlineData("""{"type": "cosinDecay", "peak": 0.1}""", "$.type: there is no schedule 'cosinDecay'; did you mean 'cosineDecay'?")]
    [InlineData("""{"type": "CosineDecay", "peak": 0.1}""", "$.type: there is no schedule 'CosineDecay'; did you mean 'cosineDecay'?")]
    [InlineData("""{"type": "", "peak": 0.1}""", "$.type: there is no schedule ''.", true)]
    [InlineData("""{"type": "one two three four five six seven eight nine ten"}""", "$.type: there is no schedule 'one two three four five six seven eight …'.")]
    [InlineData("""{"type": "constant", "rate": 0.1}""", "$.rate: constant has no member 'rate'. Its members are value.")]
    [InlineData("""{"type": "constant", "value": 0.1, "Value": 0.1}""", "$.Value: constant has no member 'Value'; did you mean 'value'? Its members are value.")]
    [InlineData("""{"type": "cosineDecay", "peak": 0.1, "steps": 100, "warmup": 10}""", "$.warmup: cosineDecay has no member 'warmup'", true)]
    [InlineData("""{"type": "cosineDecay", "peak": 0.1, "steps": 100, "alpha": 0.1}""", "$.alpha: cosineDecay has no member 'alpha'", true)]
    [InlineData("""{"type": "cosineDecay", "peak": 0.1, "steps": 100, "peak": 0.2}""", "$.peak: peak is given twice.")]
    [InlineData("""{"type": "cosineDecay", "steps": 100}""", "$: cosineDecay lacks peak; its members are peak, steps, floor = 0.")]
    [InlineData("""{"type": "cosineDecay", "peak": 0.1}""", "$: cosineDecay lacks steps; its members are peak, steps, floor = 0.")]
    [InlineData("""{"type": "sequence"}""", "$: a sequence has either parts, or first and next.")]
    [InlineData("""{"type": "sequence", "first": """ + Cosine + "}", "$: a sequence has either parts, or first and next.")]
    [InlineData("""{"type": "sequence", "parts": []}""", "$.parts: parts must be a list of at least one schedule, not a list of 0.")]
    // Wrong kinds.
    [InlineData("""{"type": "constant", "value": "0.1"}""", "$.value: value must be a number, not the text '0.1'.")]
    [InlineData("""{"type": "constant", "value": "NaN"}""", "$.value: value must be a number, not the text 'NaN'.")]
    [InlineData("""{"type": "constant", "value": null}""", "$.value: value must be a number, not null.")]
    [InlineData("""{"type": "constant", "value": true}""", "$.value: value must be a number, not true.")]
    [InlineData("""{"type": "constant", "value": [0.1]}""", "$.value: value must be a number, not a list of 1.")]
    [InlineData("""{"type": "constant", "value": """ + Constant + "}", "$.value: value must be a number, not a schedule.")]
    [InlineData("""{"type": "multiStep", "peak": 0.1, "milestones": 30}""", "$.milestones: milestones must be a list of numbers, not the number 30.")]
    [InlineData("""{"type": "multiStep", "peak": 0.1, "milestones": [30, "80"]}""", "$.milestones[1]: milestones[1] must be a number, not the text '80'.")]
    [InlineData("""{"type": "cooldown", "peak": 0.1, "steps": 9, "shape": "Linear"}""",
        "$.shape: shape must be one of linear, cosine, mirrorCosine, oneMinusSqrt, oneMinusSquare, rex, exponential, not the text 'Linear'.")]
    [InlineData("""{"type": "cooldown", "peak": 0.1, "steps": 9, "shape": 1}""",
        "$.shape: shape must be one of linear, cosine, mirrorCosine, oneMinusSqrt, oneMinusSquare, rex, exponential, not the number 1.")]
    [InlineData("""{"type": "scaled", "whole": 0.1, "by": 2}""", "$.whole: whole must be a schedule, not the number 0.1.")]
    [InlineData("""{"type": "repeated", "whole": """ + Cosine + """, "cycles": 2.5}""", "$.cycles: cycles must be a whole number of at most 2147483647, not 2.5.")]
    [InlineData("""{"type": "repeated", "whole": """ + Cosine + """, "cycles": 1e10}""", "$.cycles: cycles must be a whole number of at most 2147483647, not 10000000000.")]
    [InlineData("""{"type": "looped", "whole": """ + Constant + "}", "$.whole: constant has no end, and only what ends can be followed", true)]
    [InlineData("""{"type": "continuation", "first": """ + Constant + """, "next": """ + Constant + "}", "$.first: constant has no end, and only what ends can be followed", true)]
    [InlineData("""{"type": "sequence", "parts": [""" + Cosine + "," + Constant + "," + Cosine + "]}", "$.parts[1]: constant has no end", true)]
    // Out of range.
    [InlineData("""{"type": "constant", "value": -0.1}""", "$.value: value must be a finite number, 0 or above; it is -0.1.")]
    [InlineData("""{"type": "constant", "value": 1e999}""", "$.value: value must be a finite number, 0 or above; it is Infinity.")]
    [InlineData("""{"type": "cosineDecay", "peak": -0.1, "steps": 100}""", "$.peak: peak must be a finite number, 0 or above; it is -0.1.")]
    [InlineData("""{"type": "cosineDecay", "peak": 0.1, "steps": 0}""", "$.steps: steps must be a finite number above 0; it is 0.")]
    [InlineData("""{"type": "cosineDecay", "peak": 0.1, "steps": -100}""", "$.steps: steps must be a finite number above 0; it is -100.")]
    [InlineData("""{"type": "cosineDecay", "peak": 0.1, "steps": 1e400}""", "$.steps: steps must be a finite number above 0; it is Infinity.")]
    [InlineData("""{"type": "cosineDecay", "peak": 0.1, "steps": 100, "floor": -1e-9}""", "$.floor: floor must be a finite number, 0 or above; it is -1e-09.")]
    [InlineData("""{"type": "exponentialDecay", "peak": 0.1, "factor": 0}""", "$.factor: factor must be a finite number above 0; it is 0.")]
    [InlineData("""{"type": "exponentialWarmup", "peak": 0.1, "steps": 10, "start": 0}""", "$.start: start must be a finite number above 0; it is 0.")]
    [InlineData("""{"type": "inverseTimeDecay", "peak": 0.1, "decay": -1}""", "$.decay: decay must be a finite number above 0; it is -1.")]
    [InlineData("""{"type": "multiStep", "peak": 0.1, "milestones": [80, 30]}""", "$.milestones[1]: milestones must be in order; Milestones[1] comes after 80; it is 30.")]
    [InlineData("""{"type": "multiStep", "peak": 0.1, "milestones": [-1]}""", "$.milestones[0]: milestones[0] must be a finite number, 0 or above; it is -1.")]
    [InlineData("""{"type": "piecewiseConstant", "boundaries": [10], "values": [0.1]}""", "$.values: values must be 2 numbers, one more than there are boundaries; it is 1.")]
    [InlineData("""{"type": "interpolated", "knots": [0, 10, 10], "values": [1, 2, 3]}""", "$.knots[2]: knots must rise; Knots[2] comes after 10; it is 10.")]
    [InlineData("""{"type": "interpolated", "knots": [], "values": []}""", "$.knots: knots must not be empty.")]
    [InlineData("""{"type": "interpolated", "knots": [0, 10], "values": [1]}""", "$.values: values must be 2 numbers, one per knot; it is 1.")]
    [InlineData("""{"type": "oneCycle", "peak": 1, "steps": 100, "riseSteps": 100, "start": 0}""", "$.riseSteps: riseSteps must be below Steps (100); it is 100.")]
    [InlineData("""{"type": "oneCycle", "peak": 1, "steps": 100, "riseSteps": 60, "start": 0, "fallSteps": 60}""",
        "$.fallSteps: fallSteps must be below what the rise leaves of Steps (40); it is 60.")]
    [InlineData("""{"type": "warmupStableDecay", "peak": 1, "steps": 100, "warmupSteps": 60, "decaySteps": 60}""",
        "$.decaySteps: decaySteps must be at most what the warm-up leaves of Steps (40); it is 60.")]
    [InlineData("""{"type": "warmupStableDecay", "peak": 1, "steps": 100, "warmupSteps": 101, "decaySteps": 0}""",
        "$.warmupSteps: warmupSteps must be at most Steps (100); it is 101.")]
    [InlineData("""{"type": "tanhDecay", "peak": 1, "steps": 100, "lower": 3, "upper": 3}""", "$.lower: lower must be below Upper (3); it is 3.")]
    [InlineData("""{"type": "cosineRestarts", "peak": 1, "steps": 100, "lengthFactor": 0.5}""", "$.lengthFactor: lengthFactor must be a finite number, 1 or above; it is 0.5.")]
    [InlineData("""{"type": "repeated", "whole": """ + Cosine + """, "cycles": 0}""", "$.cycles: cycles must be a finite number, 1 or above; it is 0.")]
    [InlineData("""{"type": "clamped", "whole": """ + Constant + """, "low": 2, "high": 1}""", "$.low: low must be at most High (1); it is 2.")]
    [InlineData("""{"type": "stretched", "whole": """ + Constant + """, "by": 0}""", "$.by: by must be a finite number above 0; it is 0.")]
    [InlineData("""{"type": "scaled", "whole": """ + Constant + """, "by": -1}""", "$.by: by must be a finite number, 0 or above; it is -1.")]
    [InlineData("""{"type": "noisy", "whole": """ + Constant + """, "limit": 2}""", "$.limit: limit must be a fraction, from 0 to 1; it is 2.")]
    [InlineData("""{"type": "sequence", "first": """ + Cosine + """, "next": {"type": "cosineDecay", "peak": 0.1, "steps": 0}}""",
        "$.next.steps: steps must be a finite number above 0; it is 0.")]
    [InlineData("""{"type": "sequence", "parts": [""" + Cosine + """, {"type": "sequence", "first": """ + Cosine + """, "next": {"type": "wave"}}]}""",
        "$.parts[1].next: cosineWave lacks peak; its members are peak, steps, waves, floor = 0.")]
    public void Nonsense_is_refused_by_path_limit_and_value(string json, string message, bool onlyTheBeginning = false)
    {
        var refused = Assert.Throws<ScheduleFormatException>(() => ScheduleJson.Read(json));
        Assert.Equal(message, onlyTheBeginning ? refused.Message[..Math.Min(message.Length, refused.Message.Length)] : refused.Message);
        Assert.Equal(refused.Message[..refused.Message.IndexOf(':')], refused.Path);
    }

    [Theory]
    [InlineData(200, true)]
    [InlineData(201, false)]
    public void Schedules_may_lie_200_deep(int depth, bool accepted)
    {
        string json = string.Concat(Enumerable.Repeat("""{"type":"stretched","by":2,"whole":""", depth - 1)) + Constant + new string('}', depth - 1);
        if (accepted)
        {
            var deep = ScheduleJson.Read(json);
            Assert.Equal(0.1, deep.At(1));
            Assert.Equal(deep, ScheduleJson.Read(ScheduleJson.Write(deep)));
            Assert.Equal(deep, ScheduleNotation.Parse(ScheduleNotation.Print(deep)));
            return;
        }
        var refused = Assert.Throws<ScheduleFormatException>(() => ScheduleJson.Read(json));
        Assert.EndsWith("schedules may lie at most 200 deep inside one another; this is 201 deep.", refused.Message);
        Assert.InRange(refused.Message.Length, 100, 400);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("""{"type":"looped","whole":""")]
    [InlineData("""{"type":"sequence","first":{"type":"warmup","peak":1,"steps":1},"next":""")]
    [InlineData("""{"type":"sequence","next":{"type":"warmup","peak":1,"steps":1},"first":""")]
    [InlineData("""{"type":"sequence","parts":[""")]
    public void A_bomb_is_refused(string opening) => Assert.StartsWith("$: schedules may lie at most 200 deep inside one another; this nests deeper",
        Assert.Throws<ScheduleFormatException>(() => ScheduleJson.Read(string.Concat(Enumerable.Repeat(opening, 100_000)))).Message);

    [Fact]
    public void A_schedule_too_deep_is_refused_where_it_is_built()
    {
        Schedule deep = new Constant(1);
        var refused = Assert.Throws<ArgumentOutOfRangeException>(() =>
        {
            for (int i = 0; i < 1_000_000; i++)
                deep = deep.Max(new Constant(1));
        });
        Assert.StartsWith("Schedules may lie at most 200 deep inside one another.", refused.Message);
        Assert.Equal(1, deep.At(5));
        Assert.NotEmpty(deep.ToString());
        Assert.NotEmpty(deep.Latex);
        Assert.Equal(deep.GetHashCode(), ScheduleJson.Read(ScheduleJson.Write(deep)).GetHashCode());
    }

    [Theory]
    [InlineData("{\"type\": \"constant\", \"value\": 0.1, \"\\ud800\": 1}", "$: a member's name is not text.")]
    [InlineData("{\"type\": \"\\ud800\"}", "$.type: there is no schedule '\uFFFD'.")]
    public void Half_a_surrogate_pair_is_refused(string json, string message) =>
        Assert.Equal(message, Assert.Throws<ScheduleFormatException>(() => ScheduleJson.Read(json)).Message);

    [Fact]
    public void Half_a_surrogate_pair_outside_an_escape_is_not_json() => Assert.StartsWith("$: this is not JSON",
        Assert.Throws<ScheduleFormatException>(() => ScheduleJson.Read($$"""{"type": "{{'\ud800'}}"}""")).Message);
}
