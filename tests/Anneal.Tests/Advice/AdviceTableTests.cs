using System.Text.RegularExpressions;
using Anneal.Advice;

namespace Anneal.Tests;

/// <summary>The tables of advice can be read, and every row can decide something.</summary>
public class AdviceTableTests
{
    static readonly string[] deciding = ["adjustments", "batches", "ceilings", "clipping", "decays", "groups", "logs", "moments", "optimizers", "peaks", "schedules", "symptoms", "warmups"];

    public static TheoryData<string> Names => [.. AdviceTable.Names];

    [Theory, MemberData(nameof(Names))]
    public void A_table_is_read_and_its_rows_say_why_and_from_where(string name)
    {
        var table = AdviceTable.Of(name);
        Assert.NotEmpty(table.Rows);
        if (deciding.Contains(name))
            Assert.All(table.Rows, row =>
            {
                Assert.NotNull(row.Source);
                Assert.NotEqual("", row["sure"]);
                Assert.True(row["reason"].Length > 0, $"{row} gives no reason.");
            });
        if (table.Columns.Contains("value") && name is not ("optimizers" or "schedules" or "symptoms" or "logs"))
            Assert.All(table.Rows, row => Assert.True(row.Value.ToString()!.Length > 0));
    }

    [Fact]
    public void Every_source_is_used_and_links_where_a_paper_or_framework_is()
    {
        var used = AdviceTable.Names.Where(n => n != "sources").SelectMany(n => AdviceTable.Of(n).Rows).Select(r => r.Source?.Key).Append("fixed").ToHashSet();
        Assert.Equal([], AdviceSource.All.Select(s => s.Key).Where(key => !used.Contains(key)));
        Assert.All(AdviceSource.All, s => Assert.Equal(s.Kind is "paper" or "framework", s.Link.StartsWith("https://", StringComparison.Ordinal) && s.Key is not "karpathy"));
    }

    [Fact]
    public void Words_of_conditions_are_words_that_cases_have()
    {
        string[] known = [.. TrainingCase.Fields.SelectMany(f => f.Words()), "none", "warmup", "start", "later", "unknown", "adam", "momentum", "nothing", "optimizer", "batch"];
        Assert.Equal([], from name in AdviceTable.Names
                         from row in AdviceTable.Of(name).Rows
                         from term in $"{row.When} {row["covers"].Replace(" or ", " ")}".Split(' ')
                         where term.Contains('=') && !term.Contains("..") && !term.Contains('<') && !term.Contains('>')
                         from word in term.Split('=')[1].Split(',')
                         where !known.Contains(word)
                         select $"{row}: {word}");
    }

    [Fact]
    public void What_to_do_is_not_counted_in_updates_that_a_short_run_does_not_have() =>
        Assert.Equal([], from name in (string[])["logs", "symptoms"]
                         from row in AdviceTable.Of(name).Rows
                         where Regex.IsMatch($"{row["value"]} {row["alarm"]}", @"\d{2,}[^.;]* (updates|steps)")
                         select $"{row}");

    [Fact]
    public void Optimizers_and_shapes_are_known_ones()
    {
        Assert.Equal([], AdviceTable.Of("optimizers").Rows.Select(r => r["value"]).Except(Adviser.Optimizers));
        Assert.Equal([], AdviceTable.Of("schedules").Rows.Select(r => r["value"]).Except(["wsd", "cosine", "linear", "constant", "inverseSqrt", "steps", "lateSteps"]));
    }

    /// <summary>A pair that hardly goes together has no recipe, as its remark says, and is in no published setup.</summary>
    [Fact]
    public void What_hardly_goes_together_has_no_recipe()
    {
        foreach (var task in Enum.GetValues<TrainingTask>())
            foreach (var family in Enum.GetValues<ModelFamily>())
            {
                var facts = new Facts(new() { Task = task, Family = family });
                if (!AdviceTable.Of("pairs").Rows.Any(row => row.When.Holds(facts) == true))
                    continue;
                Assert.Equal([], from name in (string[])["optimizers", "peaks", "warmups", "schedules", "decays", "batches"]
                                 from row in AdviceTable.Of(name).Rows
                                 where row.When.Names.Contains("task") && row.When.Names.Contains("family") && row.When.Holds(facts) is not false
                                 select $"{row}: {task} {family}");
            }
        Assert.DoesNotContain(PublishedSetup.All, s => AdviceTable.Of("pairs").Rows.Any(row => row.When.Holds(new Facts(s.Case)) == true));
    }

    [Fact]
    public void Every_optimizer_has_a_kin_and_those_of_a_kin_have_one_unit()
    {
        var rules = AdviceTable.Of("rules").Rows;
        Assert.Equal(Adviser.Optimizers.Order(), rules.Select(r => r.Id).Order());
        Assert.All(rules.GroupBy(r => r["kin"]), kin => Assert.Single(kin.Select(r => r["unit"]).Distinct()));
    }

    [Theory]
    [InlineData("| id | when |\n| - | - |\n| a | colour=red |", "asks about colour")]
    [InlineData("| id | when |\n| - | - |\n| a | batch>many |", "'many' in 'batch>many' is no number")]
    [InlineData("| id | when |\n| - | - |\n| a | always |\n| a | always |", "the id a stands there twice")]
    [InlineData("| id | when |\n| - | - |\n| a |", "the row has 1 cells, the head 2")]
    [InlineData("| id | when | sure |\n| - | - | - |\n| a | always | fairly |", "'fairly' is not how sure")]
    [InlineData("| id | when | range |\n| - | - | - |\n| a | always | 2..3 |", "two factors about 1")]
    [InlineData("| id | when | source |\n| - | - | - |\n| a | always | hearsay |", "there is no source 'hearsay'")]
    [InlineData("nothing", "there is no table here")]
    public void A_mistake_in_a_table_is_named(string text, string message) => Assert.Contains(message, Assert.Throws<FormatException>(() => AdviceTable.Parse("t", text)).Message);

    [Theory]
    [InlineData("6e-4", 6e-4)]
    [InlineData("0.1 * (batch/256)", 0.4)]
    [InlineData("1e-4 * (batch/256)^0.5", 2e-4)]
    [InlineData("2 * batch^-1", 2.0 / 1024)]
    public void A_value_is_a_number_or_a_product_of_powers(string formula, double value) =>
        Assert.Equal(value, Amount.Parse(formula).In(new Facts(new() { Batch = 1024 }))!.Value, 1e-15);

    [Fact]
    public void A_value_of_something_unknown_is_none_and_says_what_it_needs()
    {
        var amount = Amount.Parse("0.3118 * flops^-0.125");
        Assert.Null(amount.In(new Facts(new() { Batch = 1024 })));
        Assert.Equal(["flops"], amount.Missing(new Facts(new())));
        Assert.Throws<FormatException>(() => Amount.Parse("2 * colour"));
        Assert.Throws<FormatException>(() => Amount.Parse("task"));
    }

    [Theory]
    [InlineData("always", true)]
    [InlineData("family=linear,perceptron", true)]
    [InlineData("family=residual", false)]
    [InlineData("batch=64..128", true)]
    [InlineData("batch=32..64", false)]
    [InlineData("batch>=64 samples<10", null)]
    [InlineData("family=residual samples<10", false)]
    [InlineData("batch>64", false)]
    [InlineData("batch<=64", true)]
    [InlineData("symptom=none", true)]
    [InlineData("family!=linear,residual", true)]
    [InlineData("family!=perceptron", false)]
    [InlineData("optimizer!=lbfgs", null)]
    [InlineData("free=optimizer", true)]
    [InlineData("free=batch", false)]
    public void A_condition_holds_does_not_or_cannot_be_told(string text, bool? holds) =>
        Assert.Equal(holds, Condition.Parse(text).Holds(new Facts(new() { Family = ModelFamily.Perceptron, Batch = 64 })));

    [Fact]
    public void A_row_of_the_slides_names_the_verdict_on_it()
    {
        var quoting = AdviceTable.Names.Where(n => n is not ("sources" or "slides")).SelectMany(n => AdviceTable.Of(n).Rows).Where(r => r.Source?.Key == "slides").ToList();
        // "Modern: AdamW, Lion, LAMB" is in none of the 29.
        Assert.Equal(["optimizers/slides-modern"], quoting.Where(r => r.Verdict is null).Select(r => r.ToString()));
        // Every row that is contradicted is repeated somewhere, so that it can be shown; the batch's root is Malladi's rule here.
        Assert.Equal(["batch-doubled"], AdviceTable.Of("slides").Rows.Where(r => r["verdict"] == "contradicted").Select(r => r.Id).Except(quoting.Select(r => r.Verdict?.Id)));
        Assert.Contains("the table of slides has no row 'rate-adamw'", Assert.Throws<FormatException>(() => AdviceTable.Parse("t", "| id | source |\n| - | - |\n| a | slides/rate-adamw |")).Message);
    }

    /// <summary>What classes of images were trained with; ImageNet's epochs and λ mean nothing for noise, boxes or speech.</summary>
    static readonly string[] images = ["he", "goyal", "wrn", "tricks", "deit", "rsb", "convnext", "vit", "bit", "mae"];

    [Theory]
    [InlineData("batches")]
    [InlineData("clipping")]
    [InlineData("decays")]
    [InlineData("peaks")]
    [InlineData("schedules")]
    [InlineData("warmups")]
    public void A_recipe_for_classes_of_images_holds_for_no_other_task(string name) => Assert.Equal([],
        AdviceTable.Of(name).Rows.Where(r => images.Contains(r.Source!.Key) && !r.When.ToString().Split(' ').Contains("task=imageClassification")).Select(r => r.ToString()));

    [Fact]
    public void The_slides_29_rows_each_have_a_verdict()
    {
        var rows = AdviceTable.Of("slides").Rows;
        // λ 3 + 3 + 2 + 2, step decay 2, warm-up 4 + 3, ranges 6, adjustments 4.
        Assert.Equal([("adjustments", 4), ("rate ranges", 6), ("step decay", 2), ("warm-up", 7), ("λ by architecture", 3), ("λ by data set", 3), ("λ by data type", 2), ("λ by length", 2)],
            rows.GroupBy(r => r["table"]).Select(g => (g.Key, g.Count())).OrderBy(g => g.Key, StringComparer.Ordinal));
        Assert.Equal(29, rows.Count);
        Assert.All(rows, row =>
        {
            Assert.Contains(row["verdict"], (string[])["measured", "contradicted", "cited", "not testable"]);
            Assert.True(row["evidence"].Length > 20 && row.Source is not null, $"{row}");
            Assert.Equal(row["verdict"] == "not testable", row["scale"].Length == 0);
            Assert.Equal(row["verdict"] == "contradicted", row["covers"].Length > 0);
            // What is measured has an interval or a margin, or was computed exactly.
            Assert.True(row["verdict"] != "measured" || Regex.IsMatch($"{row["scale"]} {row["evidence"]}", @"95 %: |margin of \d|\bexact(ly)?\b"), $"{row} is measured, but how well?");
            Assert.True(row["verdict"] != "measured" || row.Source!.Kind == "measured here", $"{row} is measured, but {row.Source}.");
        });
    }
}
