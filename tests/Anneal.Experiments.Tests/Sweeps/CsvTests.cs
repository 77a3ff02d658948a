namespace Anneal.Experiments.Tests;

public sealed class CsvTests
{
    static readonly string[] Names =
    [
        "plain", "a,b", "a \"b\", c", "two\nlines", "two\r\nlines", "\n", "\r", "ends\n", "=1+1", "=cmd|' /C calc'!A0", "@SUM(A1)", "+a", "-a", "-5", "+5.5e3", "-", "'=1", "''=1", "'quoted'", "'",
        "''", " =1", "\t=1", " spaced ", "＝1", "price $\\frac{$", "![i](/x.png)", "semi;colon", "\"", "\"\"", "a\tb", "−1", "=",
    ];

    public static TheoryData<string> EveryName => [.. Names];

    [Theory, MemberData(nameof(EveryName))]
    public void A_name_comes_back_and_a_spreadsheet_does_not_run_it(string name)
    {
        string field = Csv.Field(name);
        var records = Csv.Records($"{field},1\nx,{field}\n").ToList();
        Assert.Equal(2, records.Count);
        Assert.Equal([name, "1"], records[0].Fields);
        Assert.Equal(["x", name], records[1].Fields);
        Assert.Equal(2 + name.Count(c => c == '\n'), records[1].Line);
        string cell = field.Trim('"').TrimStart();
        Assert.False(cell.Length > 0 && "=@＝＠".Contains(cell[0]), cell);
        Assert.False(cell.Length > 1 && "+-".Contains(cell[0]) && char.IsLetter(cell[1]), cell);
    }

    [Fact]
    public void Any_text_comes_back()
    {
        var random = new Random(3);
        const string letters = "ab=@+-'\"\r\n,; \t.1";
        for (int n = 0; n < 20_000; n++)
        {
            string[] fields = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => new string([.. Enumerable.Range(0, random.Next(1, 7)).Select(_ => letters[random.Next(letters.Length)])]))];
            Assert.Equal(fields, Assert.Single(Csv.Records(string.Join(',', fields.Select(Csv.Field)) + "\n")).Fields);
        }
    }

    [Fact]
    public void A_table_with_such_names_is_read_back()
    {
        var like = SweepSamples.Small();
        var sweep = new SweepSpec(like.Setting, [.. Names.Where(n => !string.IsNullOrWhiteSpace(n)).Select(n => new Method(n, new Sgd(), new Constant(1)))], like.Rates, like.TuningSeeds, Widenings: 0);
        var results = new SweepResults(sweep, [.. sweep.Trials().Select((t, i) => (t, (TrialResult?)new TrialResult(-i, null, i % 3 == 0 ? "=stopped\nhere" : null)))]);
        Assert.Equal(results.Trials.Select(t => (t.Trial.Method, t.Result)), ResultTable.Read(sweep, results.ToCsv()).Trials.Select(t => (t.Trial.Method, t.Result)));
    }

    [Theory, InlineData("\"open"), InlineData("\"a\"b,c"), InlineData("x\n\"open\n\n")]
    public void A_broken_quote_is_refused(string csv) => Assert.Contains("of the table is damaged", Assert.Throws<SweepException>(() => Csv.Records(csv).Count()).Message);
}
