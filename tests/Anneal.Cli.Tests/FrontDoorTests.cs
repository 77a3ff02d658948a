using System.Text.RegularExpressions;

namespace Anneal.Cli.Tests;

/// <summary>README and the pages it leads to: their links, lessons, commands and code are what the repository has.</summary>
public sealed partial class FrontDoorTests : IDisposable
{
    readonly CommandLine command = new();

    public void Dispose() => command.Dispose();

    static string Text(string page) => File.ReadAllText(Path.Combine(Repository.Root, page)).ReplaceLineEndings("\n");

    public static TheoryData<string> Pages => ["README.md", .. Directory.GetFiles(Path.Combine(Repository.Root, ".github"), "*.md").Select(f => ".github/" + Path.GetFileName(f)).Order()];

    [Theory, MemberData(nameof(Pages))]
    public void Every_link_to_a_file_finds_it(string page)
    {
        string folder = Path.GetDirectoryName(Path.Combine(Repository.Root, page))!;
        var targets = Link().Matches(Fence().Replace(Text(page), "")).Select(m => m.Groups["target"].Value).Where(t => !t.Contains(':', StringComparison.Ordinal)).Select(t => t.Split('#')[0]);
        Assert.All(targets.Where(t => t.Length > 0), t => Assert.True(Path.Exists(Path.Combine(folder, t)), $"{page} links {t}, which is not there."));
    }

    [Fact]
    public void The_table_of_lessons_links_those_that_are_written_and_calls_the_others_planned()
    {
        var course = Course.In(Path.Combine(Repository.Root, "notebooks"))!;
        string[] expected = [.. course.Registers.Lessons.Where(l => l.Part != "Today" || course.Written.ContainsKey(l.Name))
            .Select(l => course.Written.ContainsKey(l.Name) ? $"[{l.Name}](notebooks/{l.Name}.ipynb)" : $"{l.Name} (planned)")];
        Assert.Equal(expected, Row().Matches(Text("README.md")).Select(m => m.Groups[1].Value));
    }

    [Fact]
    public async Task Every_command_does_what_it_says()
    {
        Directory.CreateDirectory(Path.Combine(command.Folder, "artifacts"));
        Directory.CreateDirectory(Path.Combine(command.Folder, ".github", "examples"));
        foreach (string file in Directory.GetFiles(Path.Combine(Repository.Root, ".github", "examples")))
            File.Copy(file, Path.Combine(command.Folder, ".github", "examples", Path.GetFileName(file)));
        // Rendering a lesson, telling Jupyter and training a transformer have tests of their own; the first and the last take long, the second would change the machine.
        string[] lines = [.. ((string[])["README.md", ".github/ADVICE.md", ".github/RUNS.md", ".github/SWEEPS.md"]).SelectMany(page => Command().Matches(Text(page)).Select(m => m.Groups[1].Value))
            .Where(line => !line.StartsWith("render ", StringComparison.Ordinal) && !line.StartsWith("jupyter ", StringComparison.Ordinal) && !line.StartsWith("train artifacts/", StringComparison.Ordinal)).Distinct()];
        Assert.True(lines.Length >= 9, $"{lines.Length} commands");
        foreach (string line in lines)
        {
            string[] parts = line.Split(" > artifacts/");
            var (exit, output, error) = await command.RunAsync([.. Word().Matches(parts[0]).Select(m => m.Groups["quoted"].Success ? m.Groups["quoted"].Value : m.Value)]);
            // A comparison that finds a difference ends with 1; that of the example does.
            bool differs = line.StartsWith("run compare", StringComparison.Ordinal);
            // What takes longer than two seconds says how far it is, on a busy machine sooner than on a quiet one.
            string complaint = string.Join('\n', error.Split('\n').Where(told => !told.EndsWith(" s left", StringComparison.Ordinal)));
            Assert.True(exit == (differs ? 1 : 0) && complaint.Length == 0, $"anneal {line} ended with {exit}: {error}{output}");
            Assert.True(!differs || output.Contains("2 times as fast as planned", StringComparison.Ordinal), output);
            if (parts.Length > 1)
                File.WriteAllText(Path.Combine(command.Folder, "artifacts", parts[1]), output);
        }
    }

    [Fact]
    public async Task A_warm_up_longer_than_the_run_gives_the_message_that_is_shown()
    {
        File.WriteAllText(Path.Combine(command.Folder, "train.yaml"), Text(".github/examples/train.yaml").Replace("warmup_steps: 75", "warmup_steps: 3000"));
        var (exit, output, _) = await command.RunAsync("run", "check", "train.yaml", "--given", "samples=8000,worldSize=2", "--strict");
        Assert.Equal(1, exit);
        Assert.Contains(output.Split('\n').Single(l => l.StartsWith("error: ", StringComparison.Ordinal)).Trim(), Text(".github/RUNS.md"));
    }

    [Fact]
    public async Task The_code_compiles_and_gives_what_its_comments_say()
    {
        string code = CSharp().Match(Text("README.md")).Groups[1].Value;
        string library = Path.Combine(AppContext.BaseDirectory, "Anneal.dll").Replace('\\', '/');
        command.Notebook("a.dib", $$"""
            #!csharp
            #r "{{library}}"
            using Anneal;
            #!csharp
            float[] weights = new float[512 * 784 + 512], gradient = new float[weights.Length];
            Array.Fill(weights, 1f);
            Array.Fill(gradient, 1f);
            #!csharp
            {{code}}
            #!csharp
            $"half way up: {schedule.At(250):R}, moved: {weights[0]:R}, saved: {System.IO.File.Exists("state.safetensors")}"
            """);
        var (exit, output, error) = await command.RunAsync("render", "a.dib", "--out", "site");
        Assert.True(exit == 0, output + error);
        // The first rate of a warm-up is 0, so the first step leaves the weights where they are.
        Assert.Contains("half way up: 0.00015, moved: 1, saved: True", command.Page("a"));
    }

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)|(?:srcset|src)=""(?<target>[^""]+)""")]
    private static partial Regex Link();

    [GeneratedRegex("^ *```.*?^ *```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"^\| (.*?\d\d-[a-z-]+.*?) \| ", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"^ *anneal (.+)$", RegexOptions.Multiline)]
    private static partial Regex Command();

    [GeneratedRegex(@"""(?<quoted>[^""]*)""|\S+")]
    private static partial Regex Word();

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CSharp();
}
