using System.CommandLine;
using System.Text.Json;
using Anneal.Live;

namespace Anneal.Cli;

/// <summary><c>anneal optimize</c>: runs optimizers on test functions, races them, draws their paths, and answers questions in bulk.</summary>
internal static class OptimizeCommand
{
    const string Help = """
        Run optimizers on a test function.

          anneal optimize --rule adamW --schedule "constant(0.01)" --problem rosenbrock --steps 500 --chart path.html
          anneal optimize --rule '{"type": "momentum", "beta": 0.95}' --schedule "cosine(0.002, 500)" --problem beale
          anneal optimize --race sgd,momentum,adamW@0.05,lion@0.02 --schedule "constant(0.001)" --problem rosenbrock --chart race.html
          anneal optimize --batch < questions.jsonl                     (one JSON answer for each line)
        """;

    static readonly Option<string?> rule = new("--rule") { HelpName = "RULE", Description = "A rule by name, with its own defaults, or as JSON." };
    static readonly Option<string?> race = new("--race") { HelpName = "A,B@RATE,…", Description = "Several rules, by name or as JSON, each on the common schedule or, after an @, on a rate of its own." };
    static readonly Option<string> schedule = new("--schedule") { HelpName = "SPEC", Description = "The rate: a number, a schedule in notation, or a JSON file.", DefaultValueFactory = _ => "0.001" };
    static readonly Option<string> problem = new("--problem") { HelpName = "NAME", Description = $"A test function: {string.Join(", ", Gallery.Objectives.Select(o => o.GetType().Name))}.", DefaultValueFactory = _ => "rosenbrock" };
    static readonly Option<int> steps = new("--steps") { HelpName = "N", Description = "Updates to make.", DefaultValueFactory = _ => 500 };
    static readonly Option<string?> chart = new("--chart") { HelpName = "FILE.html", Description = "The paths as a page that works offline." };
    static readonly Option<bool> batch = new("--batch") { Description = "Answer questions from standard input, one JSON object a line." };

    public static Command Create()
    {
        var command = new Command("optimize", Help) { rule, race, schedule, problem, steps, chart, batch };
        command.SetAction(parsed =>
        {
            try
            {
                if (!parsed.GetValue(batch))
                    return Run(parsed);
                OptimizeBatch.Run(Input.Standard(), Console.OpenStandardOutput());
                return 0;
            }
            catch (UsageException misused)
            {
                Console.Error.WriteLine(misused.Message);
                return ExitCodes.Usage;
            }
            catch (Exception refused) when (refused is FormatException or ArgumentException or InvalidOperationException or IOException or JsonException or NotSupportedException or ArithmeticException)
            {
                Console.Error.WriteLine(refused is ArgumentException ? ScheduleSource.Reason(refused) : refused.Message);
                return 1;
            }
        });
        return command;
    }

    /// <summary>0 where a rule came to its last step, 1 where none did.</summary>
    static int Run(ParseResult parsed)
    {
        if (parsed.GetValue(rule) is null == parsed.GetValue(race) is null)
            throw new UsageException($"Say --rule or --race. Rules: {string.Join(", ", RuleJson.Names)}.");
        if (parsed.GetValue(steps) is < 1 or > 10_000_000)
            throw new UsageException("--steps must be from 1 to 10000000.");
        NamedFile.RequireWritable(parsed.GetValue(chart));
        var rates = Rate(parsed.GetValue(schedule)!);
        var racers = parsed.GetValue(race) is { } several ? Racer.Several(several, rates, Rate) : [Racer.Of(parsed.GetValue(rule)!.Trim(), rates)];
        var function = TestFunction.Named(parsed.GetValue(problem)!);
        Walk[] walks = [.. racers.Select(racer => Walk.Of(racer, function, parsed.GetValue(steps)))];
        Console.Out.WriteLine($"{function.Name} from {Point(function.Start)}, value {Short(function.Value(function.Start))}, {parsed.GetValue(steps)} steps, rate {ScheduleReport.Notation(rates)}:");
        int width = Math.Max(20, walks.Max(w => w.Racer.Name.Length));
        foreach (var walk in walks.OrderBy(w => w.Stopped is null ? w.End(function) : double.PositiveInfinity))
        {
            Console.Out.WriteLine($"  {walk.Racer.Name.PadRight(width)} {Point(walk.Points[^1])}, value {Short(walk.End(function))}");
            if (walk.Stopped is { } why)
                Console.Error.WriteLine($"{walk.Racer.Name} stopped: {why.TrimEnd('.')}.");
        }
        if (parsed.GetValue(chart) is { } file)
            OptimizePage.Write(function, walks, file);
        return walks.All(w => w.Stopped is not null) ? 1 : 0;
    }

    /// <summary>A rate: a number, a schedule in notation, or a JSON file.</summary>
    static Schedule Rate(string text) => ScheduleNotation.ParseRate(text, ScheduleSource.Read);

    static string Point(double[] point) => $"({string.Join(", ", point.Select(Short))})";

    static string Short(double x) => x.ToString("G6", System.Globalization.CultureInfo.InvariantCulture);
}
