using System.Globalization;
using Anneal.Charts;
using Anneal.Live;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Directives;

namespace Anneal.Interactive;

/// <summary>Races optimizers on a test function: <c>#!race "sgd@0.002, momentum@0.0005, adamW@0.05" --problem Rosenbrock --steps 500</c>.</summary>
public sealed class RaceRules : KernelDirectiveCommand
{
    /// <summary>Rules by name, with commas between them, each with a rate of its own after an @.</summary>
    public string Rules { get; set; } = "";

    /// <summary>The test function; Rosenbrock's unless given.</summary>
    public string? Problem { get; set; }

    /// <summary>Updates to make; 500 unless given.</summary>
    public string? Steps { get; set; }

    /// <summary>The rate of rules without one of their own: a number or a schedule in notation; 0.001 unless given.</summary>
    public string? Rate { get; set; }
}

static class RaceDirective
{
    const int MostSteps = 100_000;

    public static void AddTo(Kernel kernel) => kernel.AddDirective<RaceRules>(
        new KernelActionDirective("#!race", """Races optimizers on a test function and draws their paths. Example: `#!race "sgd@0.002, momentum@0.0005, adamW@0.05" --problem Rosenbrock`""")
        {
            Parameters =
            [
                new KernelDirectiveParameter("--rules", "The optimizers, in quotes, with commas between them; a rate, or a schedule, follows each after an @.")
                {
                    AllowImplicitName = true,
                    Required = true,
                }.AddCompletions(() => Suggestions.Rules),
                new KernelDirectiveParameter("--problem", "The test function; Rosenbrock's unless given.").AddCompletions(() => Suggestions.Objectives),
                new KernelDirectiveParameter("--steps", "Updates to make; 500 unless given."),
                new KernelDirectiveParameter("--rate", "The rate of those without one of their own: a number or a schedule in notation; 0.001 unless given."),
            ],
        },
        (command, context) => Answer.Show(command, context, () => Raced(command)));

    static string Raced(RaceRules command)
    {
        var racers = Racer.Several(command.Rules, ScheduleNotation.ParseRate(command.Rate ?? "0.001"), ScheduleNotation.ParseRate);
        var function = TestFunction.Named(command.Problem ?? "Rosenbrock");
        int steps = Answer.Number("--steps", command.Steps) switch
        {
            null => 500,
            >= 1 and <= MostSteps and var n => (int)n,
            _ => throw new UsageException($"--steps is from 1 to {MostSteps}, not {command.Steps}."),
        };
        Walk[] walks = [.. racers.Select(racer => Walk.Of(racer, function, steps))];
        string[] names = [.. walks.Select(w => w.Racer.Name)];
        double[][][] paths = [.. walks.Select(w => w.Points.ToArray())];
        string drawn = function.PlotRange is null ? "" : Shown.Chart(walks.Length > 1 ? PathChart.race(function, names, paths) : PathChart.paths(function, names, paths));
        return drawn
            + Shown.Chart(LossChart.curves(names, paths.Select(path => path.Select(p => function.Value(p)).ToArray())))
            + HtmlTable.Of(
                ["rule", "rate", "value reached", "steps", "ended"],
                walks.OrderBy(w => w.Stopped is null ? w.End(function) : double.PositiveInfinity).Select(w => new[]
                {
                    w.Racer.Name, ScheduleReport.Notation(w.Racer.Rate), w.End(function).ToString("G6", CultureInfo.InvariantCulture), (w.Points.Count - 1).ToString(CultureInfo.InvariantCulture), w.Stopped ?? "at its last step",
                }));
    }
}
