using Anneal.Advice;

namespace Anneal.Tests;

public class CaseFormTests
{
    [Theory]
    [InlineData("3 epochs", "{\"epochs\":3}")]
    [InlineData("20000", "{\"updates\":20000}")]
    [InlineData("1 step", "{\"updates\":1}")]
    [InlineData("2B tokens", "{\"trainingTokens\":2000000000}")]
    public void A_budget_has_a_unit(string text, string json) => Assert.Equal(TrainingCase.Read(json), CaseForm.WithBudget(new(), text));

    [Fact]
    public void A_budget_without_sense_is_refused() => Assert.Contains("such as 3 epochs", Assert.Throws<ArgumentException>(() => CaseForm.WithBudget(new(), "3 weeks")).Message);

    [Fact]
    public void Every_question_of_the_tables_has_a_field() => Assert.All(AdviceTable.Of("questions").Rows.Select(r => r["fact"]).Concat(CaseForm.More.Select(q => q.Member)),
        member => Assert.Contains(member, CaseForm.Parts.SelectMany(p => p.Members)));

    [Theory]
    [InlineData("parameters", "350M", "350M")]
    [InlineData("parameters", "1,281,167", "1281167")]
    [InlineData("parameters", "300e9", "300B")]
    [InlineData("batch", "4096", "4096")]
    [InlineData("earlierRate", "0.0006", "0.0006")]
    [InlineData("symptoms", "spikes, diverges@1200", "spikes,diverges@1200")]
    [InlineData("pretrained", "true", "yes")]
    public void A_field_is_written_as_it_can_be_read(string member, string text, string written)
    {
        var given = new TrainingCase().With(member, text);
        Assert.Equal(written, CaseForm.Field(member).Text(given));
        Assert.Equal(given, new TrainingCase().With(member, written));
        Assert.Equal($"anneal advise {CaseForm.Field(member).Option} {written}", CaseForm.Command(given, null));
    }

    [Fact]
    public void Options_are_members_with_hyphens() => Assert.Equal("--tokens-per-sample", CaseForm.Field("tokensPerSample").Option);
}
