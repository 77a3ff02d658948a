using System.Collections.Concurrent;
using System.Diagnostics;
using Anneal.Mutation;

// Plants mistakes in the library one at a time and sees whether the tests notice. From the root of the repository:
//   dotnet run -c Release --project tests/Anneal.Mutation -- --folders Theory,Schedules [--sample 300] [--seed 1] [--jobs 2] [--seconds 60]
// The tests must have been built. Exit code 0 if every folder reaches the target.
var options = args.Chunk(2).ToDictionary(pair => pair[0], pair => pair[1]);
string[] folders = options.GetValueOrDefault("--folders", "Theory,Schedules").Split(',');
int sample = int.Parse(options.GetValueOrDefault("--sample", "1000000")), seed = int.Parse(options.GetValueOrDefault("--seed", "1"));
int jobs = int.Parse(options.GetValueOrDefault("--jobs", "2"));
var limit = TimeSpan.FromSeconds(int.Parse(options.GetValueOrDefault("--seconds", "60")));
const double Target = 0.85;

const string Source = "src/Anneal", Tests = "tests/Anneal.Tests", Built = "artifacts/bin/Anneal.Tests/release";
string[] classes = [.. folders.SelectMany(folder => new[] { "*Tests.cs", "*Laws.cs" }.SelectMany(pattern => Directory.EnumerateFiles(Path.Combine(Tests, folder), pattern, SearchOption.AllDirectories)))
    .Select(file => Path.GetFileNameWithoutExtension(file)).Append("GalleryTests").Distinct()];
var compiler = new Compiler(Source, Built);
var mutations = compiler.Trees.Where(tree => folders.Any(folder => tree.FilePath.StartsWith($"{Source}/{folder}/"))).SelectMany(Mutations.Of).ToArray();
int all = mutations.Length;
new Random(seed).Shuffle(mutations);
mutations = mutations[..Math.Min(sample, all)];
Console.WriteLine($"{all} possible mistakes, {mutations.Length} tried, {classes.Length} test classes");

var workers = new ConcurrentBag<TestRun>(Enumerable.Range(0, jobs).Select(_ => new TestRun(Built, classes)));
workers.TryPeek(out var first);
string? broken = compiler.Emit(first!.Library);
if (broken is not null || first.Passes(limit * 5) != true)
{
    Console.Error.WriteLine($"The library as it is must compile and pass its tests first. {broken}");
    return 1;
}

var clock = Stopwatch.StartNew();
var results = new ConcurrentBag<(Mutation Mutation, string Result)>();
Parallel.ForEach(mutations, new ParallelOptions { MaxDegreeOfParallelism = jobs }, mutation =>
{
    workers.TryTake(out var worker);
    string result = compiler.Emit(worker!.Library, mutation) is not null ? "invalid" : worker.Passes(limit) switch
    {
        true => "survived",
        false => "killed",
        null => "timed out",
    };
    workers.Add(worker);
    results.Add((mutation, result));
    if (result == "survived")
        Console.WriteLine($"survived: {mutation}");
    if (results.Count % 50 == 0)
        Console.WriteLine($"{results.Count} of {mutations.Length} after {clock.Elapsed.TotalSeconds:0} s");
});
foreach (var worker in workers)
    worker.Delete();

Console.WriteLine();
bool reached = true;
foreach (string folder in folders)
{
    var own = results.Where(r => r.Mutation.File.StartsWith($"{Source}/{folder}/")).ToArray();
    foreach (var file in own.GroupBy(r => r.Mutation.File).OrderBy(group => group.Key))
        Report(file.Key, [.. file.Select(r => r.Result)]);
    reached &= Report(folder, [.. own.Select(r => r.Result)]) >= Target;
}
return reached ? 0 : 1;

static double Report(string name, string[] results)
{
    int valid = results.Count(result => result != "invalid"), survived = results.Count(result => result == "survived");
    double score = valid == 0 ? 1 : 1 - (double)survived / valid;
    Console.WriteLine($"{score,7:0.0%} {valid - survived,5} of {valid,5}  {name}");
    return score;
}
