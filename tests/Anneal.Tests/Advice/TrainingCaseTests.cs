using Anneal.Advice;

namespace Anneal.Tests;

public class TrainingCaseTests
{
    [Fact]
    public void A_case_comes_back_from_its_JSON()
    {
        var all = new TrainingCase
        {
            Task = TrainingTask.Translation,
            Family = ModelFamily.Recurrent,
            Pretrained = true,
            LowRank = true,
            OpenEnded = true,
            Parameters = 1e6,
            Samples = 2,
            Tokens = 3,
            TokensPerSample = 4,
            Batch = 5,
            DeviceBatch = 6,
            Devices = 7,
            Updates = 8,
            Epochs = 9.5,
            TrainingTokens = 10,
            Optimizer = "lion",
            EarlierRate = 1e-3,
            EarlierBatch = 11,
            EarlierOptimizer = "momentum",
            EarlierShort = true,
            Sharpness = 12,
            Symptoms = [new(SymptomKind.Spikes), new(SymptomKind.Diverges, 1200)],
        };
        Assert.Equal(all, TrainingCase.Read(all.Write()));
        Assert.Equal(new TrainingCase(), TrainingCase.Read("{}"));
        Assert.Equal(all.Symptoms, TrainingCase.Read("""{"symptoms": ["spikes", "diverges@1200"]}""").Symptoms);
        // Every member of the record is a field of the JSON.
        Assert.Equal(typeof(TrainingCase).GetProperties().Where(p => p.GetMethod!.IsPublic).Select(p => p.Name).Order(),
            TrainingCase.Fields.Select(f => char.ToUpperInvariant(f.Name[0]) + f.Name[1..]).Order());
    }

    [Theory]
    [InlineData("350M", 350e6)]
    [InlineData("2B", 2e9)]
    [InlineData("1.5k", 1500)]
    [InlineData("1,281,167", 1281167)]
    [InlineData("3e8", 3e8)]
    [InlineData("1T", 1e12)]
    public void Numbers_are_read_as_people_write_them(string text, double value) => Assert.Equal(value, new TrainingCase().With("parameters", text).Parameters);

    [Theory]
    [InlineData("""{"task": "poetry"}""", "$.task: task must be one of languageModeling")]
    [InlineData("""{"batch": -1}""", "$.batch: batch must be a whole number from 1 to 1e12, such as 32, 4096 or 1k; it was '-1'")]
    [InlineData("""{"batch": 0}""", "$.batch: batch must be a whole number from 1 to")]
    [InlineData("""{"samples": 2.5}""", "$.samples: samples must be a whole number from 1 to")]
    [InlineData("""{"epochs": 0}""", "$.epochs: epochs must be a number from 1e-6 to")]
    [InlineData("""{"batch": 1, "batch": 2}""", "$.batch: this stands here twice")]
    [InlineData("""{"bach": 1}""", "did you mean 'batch'?")]
    [InlineData("""{"optimizer": "sgdd"}""", "$.optimizer: There is no advice for the optimizer 'sgdd'")]
    [InlineData("""{"symptoms": ["sad"]}""", "$.symptoms: symptoms must be one of spikes")]
    [InlineData("""{"pretrained": "perhaps"}""", "$.pretrained: pretrained is yes or no")]
    [InlineData("""{"batch": [1, 2]}""", "$.batch: batch must be one value, not a list")]
    [InlineData("""{"batch": {"size": 2}}""", "$.batch: batch must be one value, not an object")]
    [InlineData("""{"batch": true}""", "$.batch: batch must be a whole number")]
    [InlineData("""{"epochs": "0,5"}""", "$.epochs: epochs must be a number")]
    [InlineData("""{"symptoms": [1]}""", "$.symptoms: symptoms are words, such as")]
    [InlineData("""{"symptoms": "diverges@-1"}""", "$.symptoms: A symptom is one of")]
    [InlineData("[]", "$: a case must be an object")]
    [InlineData("{", "$: this is not JSON")]
    public void A_mistake_is_named_with_its_path(string json, string message) => Assert.Contains(message, Assert.Throws<ScheduleFormatException>(() => TrainingCase.Read(json)).Message);

    /// <summary>Zero, below it, what is no number, and what no run is like.</summary>
    static readonly string[] absurd = ["0", "-1", "-0.5", "1e300", "1e30", "1e-300", "NaN", "Infinity", "-Infinity", "1e999", "", "many", "1,5", "--3", "0x10", "1e19", "5e-324"];

    [Fact]
    public void An_absurd_number_is_refused_by_name_with_what_it_may_be()
    {
        foreach (var field in TrainingCase.Fields.Where(f => f.Words().Count == 0 && f.Name != "symptoms"))
        {
            var limits = CaseLimits.Of(field.Name);
            foreach (string text in absurd)
                Assert.StartsWith($"{field.Name} must be {limits}, such as ", Assert.Throws<ArgumentException>(() => new TrainingCase().With(field.Name, text)).Message);
            // Both ends may be, and what lies just past them may not.
            foreach (double end in (double[])[limits.Least, limits.Most])
                Assert.Equal(end, field.Get(new TrainingCase().With(field.Name, end.ToString("R", System.Globalization.CultureInfo.InvariantCulture))));
            foreach (double past in (double[])[limits.Least * 0.99, limits.Most * 1.01])
                Assert.Throws<ArgumentException>(() => new TrainingCase().With(field.Name, past.ToString("R", System.Globalization.CultureInfo.InvariantCulture)));
            foreach (string example in limits.Example.Replace(" or ", ", ", StringComparison.Ordinal).Split(", "))
                Assert.NotNull(field.Get(new TrainingCase().With(field.Name, example)));
        }
        Assert.Contains("Batch must be a whole number from 1 to", Assert.Throws<ArgumentOutOfRangeException>(() => new TrainingCase { Batch = 2.5 }).Message);
    }

    [Fact]
    public void Symptoms_have_steps() => Assert.Equal((new(SymptomKind.NotANumber, 12), "notANumber@12"), (Symptom.Parse("notANumber@12"), Symptom.Parse("NotANumber@12").ToString()));
}
