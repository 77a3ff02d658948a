using System.CommandLine;
using System.Globalization;
using System.Numerics;
using Anneal.Notebooks;

namespace Anneal.Cli;

/// <summary>What every command that runs notebooks can be told: which, how many at a time, and their limits.</summary>
/// <param name="forbidsRestore">Whether <c>--no-restore</c> holds without being said.</param>
internal sealed class RunOptions(bool forbidsRestore)
{
    readonly Argument<string[]> paths = new("PATH")
    {
        Description = "Notebooks (.ipynb, .dib) or folders of them; without, the folder notebooks/ of the clone around the current folder.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    readonly Option<int> jobs = Limit(new Option<int>("--jobs")
    {
        Description = "Notebooks that run at the same time.",
        HelpName = "N",
        DefaultValueFactory = _ => Environment.ProcessorCount,
    });

    readonly Option<double> timeout = Limit(new Option<double>("--timeout")
    {
        Description = "Time for one notebook; it is then stopped.",
        HelpName = "SECONDS",
        DefaultValueFactory = _ => new RunSettings().Timeout.TotalSeconds,
    });

    readonly Option<double> memory = Limit(new Option<double>("--memory")
    {
        Description = "Memory for one notebook; past it, it is stopped.",
        HelpName = "GB",
        DefaultValueFactory = _ => new RunSettings().MemoryLimit / (double)(1L << 30),
    });

    readonly Option<bool> noRestore = new("--no-restore")
    {
        Description = "Refuse packages that cells ask for by #r \"nuget: …\" and that are not carried along; without, the SDK restores them.",
        DefaultValueFactory = _ => forbidsRestore,
    };

    /// <summary>Gives a command these options.</summary>
    public void AddTo(Command command)
    {
        command.Arguments.Add(paths);
        command.Options.Add(jobs);
        command.Options.Add(timeout);
        command.Options.Add(memory);
        command.Options.Add(noRestore);
    }

    public string[] Paths(ParseResult parsed) => parsed.GetValue(paths) ?? [];

    public int Jobs(ParseResult parsed) => parsed.GetValue(jobs);

    public RunSettings Limits(ParseResult parsed) => new()
    {
        Timeout = TimeSpan.FromSeconds(parsed.GetValue(timeout)),
        Restore = !parsed.GetValue(noRestore),
        MemoryLimit = (long)(parsed.GetValue(memory) * (1L << 30)),
    };

    static Option<T> Limit<T>(Option<T> option) where T : INumber<T>
    {
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && !(T.TryParse(text, CultureInfo.InvariantCulture, out var value) && value > T.Zero && value < T.CreateSaturating(1_000_000)))
                result.AddError($"{option.Name} must be a number above 0 and below 1,000,000; it was {text}.");
        });
        return option;
    }
}
