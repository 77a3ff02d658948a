using System.CommandLine;
using System.Text.Json;

namespace Anneal.Cli;

/// <summary><c>anneal optimize</c>: runs optimizers on test functions, races them, draws their paths, and answers questions in bulk.</summary>
internal static class OptimizeCommand
{
    const string Help = """
        Run optimizers on a test function.

          anneal optimize --rule adamW --schedule "constant(0.01)" --problem rosenbrock --steps 500 --chart path.html
          anneal optimize --rule '{"type": "momentum", "beta": 0.95}' --schedule "cosine(0.002, 500)" --problem beale
          anneal optimize --race sgd,momentum,adamW,lion --schedule "constant(0.001)" --problem rosenbrock --chart race.html
          anneal optimize --batch < questions.jsonl                     (one JSON answer for each line)
        """;

    static readonly Option<string?> rule = new("--rule") { HelpName = "RULE", Description = "A rule by name, with its own defaults, or as JSON." };
    static readonly Option<string?> race = new("--race") { HelpName = "A,B,C", Description = "Several rules by name, on the same schedule." };
    static readonly Option<string> schedule = new("--schedule") { HelpName = "SPEC", Description = "The rate: a number, a schedule in notation, or a JSON file.", DefaultValueFactory = _ => "0.001" };
    static readonly Option<string> problem = new("--problem") { HelpName = "NAME", Description = "A test function.", DefaultValueFactory = _ => "rosenbrock" };
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
                if (parsed.GetValue(batch))
                    OptimizeBatch.Run(Console.OpenStandardInput(), Console.OpenStandardOutput());
                else
                    Run(parsed);
                return 0;
            }
            catch (UsageException misused)
            {
                Console.Error.WriteLine(misused.Message);
                return 2;
            }
            catch (Exception refused) when (refused is FormatException or ArgumentException or InvalidOperationException or IOException or JsonException or NotSupportedException or ArithmeticException)
            {
                Console.Error.WriteLine(refused.Message);
                return 1;
            }
        });
        return command;
    }

    static void Run(ParseResult parsed)
    {
        if (parsed.GetValue(rule) is null == parsed.GetValue(race) is null)
            throw new UsageException($"Say --rule or --race. Rules: {string.Join(", ", RuleJson.Names)}.");
        if (parsed.GetValue(steps) is < 1 or > 10_000_000)
            throw new UsageException("--steps must be from 1 to 10000000.");
        Rule[] rules = parsed.GetValue(race) is { } names ? [.. names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Named)] : [Named(parsed.GetValue(rule)!)];
        var function = Function(parsed.GetValue(problem)!);
        var rates = Rates(parsed.GetValue(schedule)!);
        double[] start = function.Start;
        double[][][] paths =
        [
            .. rules.Select(r => r.Path(rates, (w, g) =>
            {
                function.Gradient(w, g);
                return function.Value(w);
            }, start, parsed.GetValue(steps)).ToArray()),
        ];
        Console.Out.WriteLine($"{function.Name} from ({string.Join(", ", start.Select(Short))}), value {Short(function.Value(start))}, rate {Written(rates)}:");
        foreach (var (r, path) in rules.Zip(paths).OrderBy(p => Worth(function, p.Second[^1])))
            Console.Out.WriteLine($"  {r.GetType().Name,-20} ({string.Join(", ", path[^1].Select(Short))}), value {Short(function.Value(path[^1]))}");
        if (parsed.GetValue(chart) is { } file)
            OptimizePage.Write(function, rules, Written(rates), paths, file);
    }

    /// <summary>What did not end at a number ends last.</summary>
    static double Worth(Objective function, double[] point) => function.Value(point) is var value && double.IsNaN(value) ? double.PositiveInfinity : value;

    static Rule Named(string text) => text.TrimStart().StartsWith('{') ? RuleJson.Read(text)
        : RuleJson.Names.FirstOrDefault(n => n.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } name ? RuleJson.Read($$"""{"type": "{{name}}"}""")
        : throw new UsageException($"There is no rule '{text}'; there are {string.Join(", ", RuleJson.Names)}.");

    static Objective Function(string name) =>
        Gallery.Objectives.FirstOrDefault(o => Plain(o.Name) == Plain(name) || Plain(o.GetType().Name) == Plain(name))
        ?? throw new UsageException($"There is no function '{name}'; there are {string.Join(", ", Gallery.Objectives.Select(o => o.GetType().Name))}.");

    static string Plain(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    static Schedule Rates(string text) => double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out double rate) ? new Constant(rate)
        : File.Exists(text) ? ScheduleJson.Read(File.ReadAllText(text)) : ScheduleNotation.Parse(text);

    /// <summary>In notation, which can be given to the command again, or as a record where there is no notation for it.</summary>
    static string Written(Schedule schedule)
    {
        try
        {
            return ScheduleNotation.Print(schedule);
        }
        catch (ScheduleFormatException)
        {
            return schedule.ToString();
        }
    }

    static string Short(double x) => x.ToString("G6", System.Globalization.CultureInfo.InvariantCulture);
}
