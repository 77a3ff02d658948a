using System.Globalization;
using Anneal.Advice;
using Anneal.Experiments;
using static System.FormattableString;

namespace Anneal.Cli.Tests;

/// <summary>What advice costs, as <c>.github/ADVICE.md</c> tells it, computed from the committed sweeps as lesson 18 does.</summary>
public class RegretTableTests
{
    static readonly string[] problems = ["cars", "cars-perceptron", "diabetes", "diabetes-perceptron", "digits", "digits-perceptron", "penguins", "penguins-perceptron", "brackets", "brackets-wide"];

    static string Results(string name) => Path.Combine(Repository.Root, "notebooks", "results", name);

    [Fact]
    public void The_page_has_the_regret_of_the_advice_there_is_now()
    {
        string table = string.Join('\n', ["| problem | tuned best | tables | test | plan |", "| --- | --- | --- | --- | --- |", .. problems.Select(Row)]);
        string page = File.ReadAllText(Path.Combine(Repository.Root, ".github", "ADVICE.md")).ReplaceLineEndings("\n");
        Assert.True(page.Contains(table, StringComparison.Ordinal), $"The table under 'What advice costs' in .github/ADVICE.md is to be:\n{table}");
    }

    static string Row(string problem)
    {
        var sweep = SweepJson.ReadSweep(File.ReadAllText(Results($"choosing-{problem}.json")));
        var results = ResultTable.Read(sweep, File.ReadAllText(Results($"choosing-{problem}.csv")));
        var regret = new Regret(results, room: true);
        var given = AdviceBase.Of(sweep.Setting);
        // A linear model has few rows an update here, so that momentum is fixed.
        var advised = Adviser.Advise(given.Family == ModelFamily.Linear ? given with { Optimizer = "momentum" } : given);
        double start = Enumerable.Range(sweep.TuningSeeds, sweep.EvaluationSeeds).Average(seed => LossAtStart(sweep.Setting, (ulong)seed));
        double Nearest(double rate) => sweep.Rates.MinBy(r => Math.Abs(Math.Log(r / rate)));
        double table = Nearest(advised["peak"]!.Value!.Value);
        var tests = File.ReadLines(Results($"choosing-{problem}-rates.csv")).Skip(1).Select(line => line.Split(',')).Where(cells => cells[1] == "best short run" && cells[2].Length > 0)
            .ToDictionary(cells => int.Parse(cells[0], CultureInfo.InvariantCulture), cells => Nearest(double.Parse(cells[2], CultureInfo.InvariantCulture)));
        string name = problem switch { "brackets" => "transformer, width 32", "brackets-wide" => "transformer, width 64", _ => problem.Replace("-", ", ", StringComparison.Ordinal) };
        return $"| {name} | {regret.Best.Method} at {regret.Best.Rate.ToString("0.####", CultureInfo.InvariantCulture)} | {Cell(_ => table)} | {Cell(j => tests.GetValueOrDefault(j, table))} | {Cell(Planned)} |";

        string Cell(Func<int, double> choice)
        {
            var e = regret.Of([.. Enumerable.Range(0, sweep.EvaluationSeeds).Select(j => ("advised", choice(j)))]);
            return $"{Percent(e.Mean)} ({Percent(e.Low)} to {Percent(e.High)})";
        }

        string Percent(double loss) => (100 * loss / (start - regret.BestLoss)) is var share && Math.Abs(share) < 9.95 ? Invariant($"{share:0.0;-0.0;0.0}") : Invariant($"{share:0}");

        // The plan of nine runs, followed on one tuning seed at the rates of the grid.
        double Planned(int j)
        {
            const int runs = 9;
            double Loss(double rate) => results.Of("advised", rate, true).ElementAt(j % sweep.TuningSeeds).Loss;
            var rates = TuningPlan.Of(advised, runs).Stages[0].Rates;
            List<double> tried = [.. rates.Select(Nearest)];
            while (tried.Count < runs)
            {
                double best = tried.MinBy(Loss);
                if (best == tried.Max())
                    tried.Add(Nearest(best * rates[^1] / rates[^2]));
                else if (best == tried.Min())
                    tried.Add(Nearest(best * rates[0] / rates[1]));
                else
                {
                    double[] finer = [Math.Sqrt(best * tried.Where(r => r > best).Min()), Math.Sqrt(best * tried.Where(r => r < best).Max())];
                    tried.AddRange(finer.Take(runs - tried.Count).Select(Nearest));
                    break;
                }
            }
            return tried.MinBy(Loss);
        }
    }

    static double LossAtStart(Setting setting, ulong seed)
    {
        if (setting is TokenSetting tokens)
            return tokens.Judge(tokens.Start(new Sgd(), new Constant(0), seed));
        var samples = (SampleSetting)setting;
        var problem = samples.Model.On(samples.Samples().Train);
        return problem.Loss(samples.StartOf(problem, seed));
    }
}
