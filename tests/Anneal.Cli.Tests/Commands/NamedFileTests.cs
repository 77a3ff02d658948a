using System.CommandLine;

namespace Anneal.Cli.Tests;

/// <summary>Every file and folder that a command line can name, with what may stand in its way: told in one line with what to do, exit code 2, nothing done.</summary>
public sealed class NamedFileTests : IDisposable
{
    const string Configuration = "learning_rate: 0.001\nmax_steps: 100\nwarmup_steps: 10\nlr_scheduler_type: cosine\nper_device_train_batch_size: 8\n";

    readonly CommandLine command = new();

    public void Dispose() => command.Dispose();

    enum Use
    {
        /// <summary>A file that is read.</summary>
        Reads,

        /// <summary>A file or a folder that is read.</summary>
        ReadsFolder,

        /// <summary>A file that is written.</summary>
        Writes,

        /// <summary>A folder that is written into, and made where there is none.</summary>
        Makes,
    }

    /// <summary>Which place of which command, a line with X there, and what X is for.</summary>
    static readonly (string Place, string Line, Use Use)[] places =
    [
        ("advise --json", "advise --json X", Use.Reads),
        ("advise --base", "advise --base X", Use.Reads),
        ("advise --out", "advise --json case.json --as json --out X", Use.Writes),
        ("find-rate SPEC", "find-rate X", Use.Reads),
        ("find-rate --csv", "find-rate sweep.json --csv X", Use.Writes),
        ("find-rate --suggestions", "find-rate sweep.json --suggestions X", Use.Writes),
        ("find-rate --chart", "find-rate sweep.json --chart X", Use.Writes),
        ("find-rate compare SPEC:METHOD", "find-rate compare X:line", Use.Reads),
        ("optimize --schedule", "optimize --rule adam --schedule X", Use.Reads),
        ("optimize --chart", "optimize --rule adam --chart X", Use.Writes),
        ("schedule SPEC", "schedule X --at 0", Use.Reads),
        ("schedule --import", "schedule --import X --at 0", Use.Reads),
        ("schedule --plan", "schedule linear(0.1,9) --plan X --at 1epoch", Use.Reads),
        ("schedule --chart", "schedule linear(0.1,9) --chart X", Use.Writes),
        ("schedule --diff", "schedule --diff linear(0.1,9) X", Use.Reads),
        ("train SPEC", "train X --out o", Use.Reads),
        ("train --out", "train run.json --out X", Use.Makes),
        ("run LOG", "run X", Use.ReadsFolder),
        ("run check CONFIG", "run check X", Use.Reads),
        ("run compare CONFIG", "run compare X log.csv", Use.Reads),
        ("run compare LOG", "run compare run.yaml X", Use.ReadsFolder),
        ("run compare --page", "run compare run.yaml log.csv --page X", Use.Writes),
        ("run fit LOG", "run fit X", Use.ReadsFolder),
        ("run extend CONFIG", "run extend X --to 200", Use.Reads),
        ("run tensors SHAPES", "run tensors X", Use.Reads),
        ("run tensors --rule", "run tensors shapes.txt --rule X", Use.Reads),
        ("sweep SPEC", "sweep X --out o", Use.Reads),
        ("sweep --out", "sweep sweep.json --out X", Use.Makes),
        ("sweep --only", "sweep sweep.json --out o --only X", Use.Reads),
        ("sweep merge DIR", "sweep merge X --out o", Use.ReadsFolder),
        ("sweep merge --out", "sweep merge part --out X", Use.Makes),
        ("cards --out", "cards --out X", Use.Writes),
        ("render PATH", "render X --out o", Use.ReadsFolder),
        ("render --out", "render page.dib --out X", Use.Makes),
        ("check PATH", "check X", Use.ReadsFolder),
        ("jupyter install --prefix", "jupyter install --prefix X", Use.Makes),
        ("jupyter run CONNECTION", "jupyter run X", Use.Reads),
    ];

    public static TheoryData<string> Places => [.. places.Select(p => p.Place)];

    [Theory, MemberData(nameof(Places))]
    public async Task What_stands_in_the_way_is_told_with_what_to_do(string place)
    {
        var (_, line, use) = places.Single(p => p.Place == place);
        File.WriteAllText(In("case.json"), """{"task": "tabular", "family": "perceptron", "pretrained": false, "samples": 300, "batch": 32, "updates": 100}""");
        File.WriteAllText(In("run.json"), TrainCommand.Template);
        File.WriteAllText(In("sweep.json"), SweepTemplates.Text("example"));
        File.WriteAllText(In("run.yaml"), Configuration);
        File.WriteAllText(In("log.csv"), "step,lr\n1,0.0001\n2,0.0002\n");
        File.WriteAllText(In("shapes.txt"), "a.weight 2 3\n");
        File.WriteAllText(In("read-only.json"), "");
        File.SetAttributes(In("read-only.json"), FileAttributes.ReadOnly);
        Directory.CreateDirectory(In("folder.json"));
        Directory.CreateDirectory(In("part"));
        command.Notebook("page.dib", "#!markdown\n# Page\n");
        string[] before = [.. Everything()];
        foreach (var (named, said) in Obstacles(use))
        {
            var (exit, output, error) = await command.RunAsync(line.Split(' ').Select(word => word.Replace("X", named, StringComparison.Ordinal)).ToArray());
            Assert.True(exit == 2 && output == "", $"{line} with {named}: exit code {exit}, {error}{output}");
            Assert.Contains(Path.GetFileName(named).Split('.')[0], error);
            Assert.Contains(said, error);
            // What is wrong, then what to do.
            Assert.Matches(@"(?i)[:.,;]\s(name|give|make|look|choose|a \w+ to begin with|a front end writes it)", error);
            Assert.DoesNotContain("   at ", error);
            Assert.Equal(before, Everything());
        }
        File.SetAttributes(In("read-only.json"), FileAttributes.Normal);
    }

    /// <summary>What may be named in vain, and a part of what is then said.</summary>
    static IEnumerable<(string Named, string Said)> Obstacles(Use use)
    {
        if (use is Use.Reads or Use.ReadsFolder)
            yield return ("none.json", "There is no f");
        if (use == Use.Reads)
            yield return ("folder.json", "is a folder");
        if (use is Use.Reads or Use.ReadsFolder)
            yield return ("none/none.json", "There is no f");
        if (use == Use.Writes)
        {
            yield return ("folder.json", "is a folder");
            yield return ("none/new.json", "mkdir -p none");
            yield return ("case.json/new.json", "is a file");
            yield return ("read-only.json", "is read-only and was left as it is");
        }
        if (use == Use.Makes)
        {
            yield return ("case.json", "is a file");
            yield return ("case.json/deeper", "is a file");
        }
        // Nobody, not even an administrator, can make a file here.
        if (use is Use.Writes or Use.Makes && OperatingSystem.IsLinux())
            yield return ("/proc/new.json", "nothing can be made in");
    }

    [Fact]
    public void Every_place_for_a_file_is_in_the_table()
    {
        var commands = CommandTree.Create();
        Assert.Equal(Named(commands, "").Order(StringComparer.Ordinal), places.Select(p => p.Place).Order(StringComparer.Ordinal));

        static IEnumerable<string> Named(Command parent, string path)
        {
            foreach (var argument in parent.Arguments.Where(a => a.Name is "SPEC" or "SPEC:METHOD" or "CONFIG" or "LOG" or "SHAPES" or "PATH" or "DIR" or "CONNECTION"))
                yield return $"{path}{argument.Name}";
            foreach (var option in parent.Options.Where(o => o.HelpName is "FILE" or "FILE.html" or "SPEC" or "CONFIG" or "DIR" or "FOLDER" || o.Name is "--diff" || o.Description?.Contains("JSON file of", StringComparison.Ordinal) == true))
                yield return $"{path}{option.Name}";
            foreach (var child in parent.Subcommands)
                foreach (string place in Named(child, $"{path}{child.Name} "))
                    yield return place;
        }
    }

    [Fact]
    public void A_file_that_may_not_be_read_is_told_with_what_to_do()
    {
        if (OperatingSystem.IsWindows())
            return;
        File.WriteAllText(In("closed.json"), "{}");
        File.SetUnixFileMode(In("closed.json"), UnixFileMode.None);
        // An administrator may read everything.
        if (Environment.IsPrivilegedProcess)
            Assert.Equal("{}", Input.Text(In("closed.json")));
        else
            Assert.Contains("Make it readable (chmod u+r", Assert.Throws<UsageException>(() => Input.Text(In("closed.json"))).Message);
    }

    string In(string name) => Path.Combine(command.Folder, name);

    IEnumerable<string> Everything() => Directory.EnumerateFileSystemEntries(command.Folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal);
}
