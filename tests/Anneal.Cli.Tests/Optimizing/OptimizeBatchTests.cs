using System.Text;

namespace Anneal.Cli.Tests;

public class OptimizeBatchTests
{
    [Fact]
    public void A_question_of_our_own_is_answered_in_double_precision() => Assert.Equal(
        """{"checkpoints":{"1":[0.9,-0.8],"2":[0.81,-0.64]}}""",
        OptimizeBatch.Answer("""{"rule": {"type": "sgd"}, "schedule": {"type": "constant", "value": 0.1}, "problem": {"type": "quadratic", "diagonal": [1, 2], "linear": [0, 0]}, "start": [1, -1], "shape": [2], "checkpoints": [1, 2]}""")
            .Replace("0.6400000000000001", "0.64"));

    [Fact]
    public void Gradients_are_given_one_by_one_and_the_first_step_of_Adam_is_the_rate() => Assert.Equal(
        """{"checkpoints":{"1":[0.9000000005,2]}}""",
        OptimizeBatch.Answer("""{"from": {"framework": "pytorch", "optimizer": "Adam", "params": {"lr": 0.1}}, "problem": {"type": "gradients", "gradients": [[2, 0], [1, 1]]}, "start": [1, 2], "checkpoints": [1]}"""));

    [Fact]
    public void Least_squares_are_a_matrix_row_by_row() => Assert.Equal(
        """{"checkpoints":{"1":[0.5,1]}}""",
        OptimizeBatch.Answer("""{"rule": {"type": "sgd"}, "schedule": 0.5, "problem": {"type": "leastSquares", "a": [[1]], "b": [[1, 2]]}, "start": [0, 0], "shape": [1, 2], "checkpoints": [1]}"""));

    [Fact]
    public void A_schedule_free_rule_gives_its_other_iterates_too()
    {
        string answer = OptimizeBatch.Answer("""{"from": {"framework": "facebookresearch-schedule_free", "optimizer": "SGDScheduleFree", "params": {"lr": 0.1}}, "problem": {"type": "rosenbrock"}, "start": [-1.2, 1], "checkpoints": [1]}""");
        Assert.Contains("\"checkpoints_eval\":{\"1\":[", answer);
        Assert.Contains("\"checkpoints_z\":{\"1\":[", answer);
    }

    [Theory]
    [InlineData("{", "")]
    [InlineData("[]", "$: a question is an object")]
    [InlineData("""{"rule": {"type": "sgdd"}, "schedule": 0.1}""", "$.rule")]
    [InlineData("""{"rule": {"type": "adamW", "beta1": 1}, "schedule": 0.1}""", "Beta1 must be 0 or above and below 1")]
    [InlineData("""{"rule": {"type": "adamW", "betta": 1}, "schedule": 0.1}""", "betta")]
    [InlineData("""{"from": {"framework": "pytorch", "optimizer": "Adam", "params": {"lrr": 1}}}""", "$.from.params.lrr is not a parameter of Adam of pytorch")]
    [InlineData("""{"from": {"framework": "pytorch", "optimizer": "Adamm", "params": {}}}""", "Adamm")]
    [InlineData("""{"rule": {"type": "sgd"}, "schedule": 0.1, "problem": {"type": "cube"}, "start": [1], "checkpoints": [1]}""", "$.problem.type")]
    [InlineData("""{"rule": {"type": "sgd"}, "schedule": 0.1, "problem": {"type": "rosenbrock"}, "start": [1], "checkpoints": [1]}""", "$.start")]
    [InlineData("""{"rule": {"type": "sgd"}, "schedule": 0.1, "problem": {"type": "rosenbrock"}, "start": [1, 1], "checkpoints": [1.5]}""", "$.checkpoints[0]")]
    [InlineData("""{"rule": {"type": "sgd"}, "schedule": 0.1, "problem": {"type": "gradients", "gradients": [[1]]}, "start": [1], "checkpoints": [2]}""", "step 2 has none")]
    [InlineData("""{"rule": {"type": "applyIfFinite", "inner": {"type": "sgd"}, "maxConsecutiveErrors": 1}, "schedule": 1e300, "problem": {"type": "rosenbrock"}, "start": [1.5, 2], "checkpoints": [9]}""", "The gradient at step 3 is -Infinity for weights[")]
    public void What_is_wrong_is_said(string question, string part)
    {
        string answer = OptimizeBatch.Answer(question);
        Assert.StartsWith("{\"error\":", answer);
        Assert.Contains(part, answer.Replace("\\\"", "\""));
    }

    [Theory, InlineData("newton"), InlineData("soap"), InlineData("shampoo"), InlineData("muon"), InlineData("lbfgs")]
    public void A_question_that_computes_for_too_long_is_refused_with_how_far_it_came(string rule)
    {
        // 100,000 steps on 8 x 8 weights; the fast rules may come to the end in time.
        string numbers = string.Join(", ", Enumerable.Range(1, 64)), rows = string.Join(", ", Enumerable.Range(1, 8).Select(i => $"[{string.Join(", ", Enumerable.Range(1, 8).Select(j => i == j ? 20 : i * j % 7 - 3))}]"));
        string answer = OptimizeBatch.Answer($$"""{"rule": {"type": "{{rule}}"}, "schedule": 1e-9, "problem": {"type": "leastSquares", "a": [{{rows}}], "b": [{{rows}}]}, "start": [{{numbers}}], "shape": [8, 8], "checkpoints": [100000]}""");
        Assert.Matches(@"^\{""error"":""\$\.checkpoints: a question may take 0\.5 seconds to compute, and this one is at step \d+ of 100000; ask for fewer steps\.""\}$|^\{""checkpoints"":", answer);
        if (rule is "newton" or "soap" or "shampoo")
            Assert.StartsWith("{\"error\"", answer);
    }

    [Fact]
    public void Every_line_has_its_answer_in_order()
    {
        using var answers = new MemoryStream();
        OptimizeBatch.Run(new MemoryStream(Encoding.UTF8.GetBytes("{}\n[]\n")), answers);
        Assert.Equal(2, Encoding.UTF8.GetString(answers.ToArray()).Trim().Split('\n').Length);
    }
}
