using System.Collections.Concurrent;
using System.Diagnostics;
using Anneal.Mutation;

// Plants mistakes in the library and sees whether the tests notice. All mistakes are compiled in at once, each behind a switch, and the tests that
// reach one are run with it in a few processes that stay. From the root of the repository, with the tests built:
//   dotnet run -c Release --project tests/Anneal.Mutation -- [--folders Theory,Schedules,Rules] [--sample 400] [--seed 1] [--jobs 2] [--target 0.85] [--tests "Muon|Golden"]
// A file may stand in place of a folder: Kernels/Philox.cs. --sample is per folder; without it, every mistake is tried. Exit code 0 if every folder reaches the target. A mistake that no test reaches has survived.
// --tests takes only the tests whose names fit the pattern: quicker, and what then survives may be noticed by others.
if (args is ["worker", var task, var built, var planted, var coverage, var number, var names])
{
    WorkerProgram.Run(task, built, planted, coverage, int.Parse(number), names);
    return 0;
}

var options = args.Chunk(2).ToDictionary(pair => pair[0], pair => pair[1]);
string[] folders = options.GetValueOrDefault("--folders", "Theory,Schedules,Rules").Split(',');
int sample = int.Parse(options.GetValueOrDefault("--sample", "1000000")), seed = int.Parse(options.GetValueOrDefault("--seed", "1"));
int jobs = int.Parse(options.GetValueOrDefault("--jobs", "2"));
double target = double.Parse(options.GetValueOrDefault("--target", "0.85"));

const string Source = "src/Anneal", Built = "artifacts/bin/Anneal.Tests/release";
string place = Directory.CreateTempSubdirectory("mutation").FullName;
var library = new Library(Source, folders, Built);
library.Write(Path.Combine(place, "Anneal.dll"));
var run = new Run(Path.GetFullPath(Built), Path.Combine(place, "Anneal.dll"), Path.Combine(place, "coverage.jsonl"), library.Mutations.Count, TimeSpan.FromMinutes(3), options.GetValueOrDefault("--tests", ""));
Console.WriteLine($"{library.Mutations.Count} mistakes thought of, {library.Valid.Count()} compile");

WorkerProcess.Record(run);
var recorded = RecordingJournal.Read(run.CoverageFile);
Console.WriteLine($"{recorded.Tests.Count} tests, {recorded.Tests.Sum(test => test.Seconds):0.0} s in one process; left out, because they fail in the planted library: {recorded.Failing.Length}");
foreach (string failing in recorded.Failing)
    Console.WriteLine($"  {failing}");

var random = new Random(seed);
Mutation[] tried = [.. folders.SelectMany(folder =>
{
    Mutation[] own = [.. library.Valid.Where(mutation => Library.IsIn(mutation.File, Source, folder))];
    random.Shuffle(own);
    return own.Take(sample);
})];
var results = new ConcurrentBag<Result>();
var clock = Stopwatch.StartNew();
var queue = new ConcurrentQueue<Mutation>(tried);
int[] initial = recorded.Initial;
Thread[] threads = [.. Enumerable.Range(0, jobs).Select(_ => new Thread(Work))];
foreach (var thread in threads)
    thread.Start();
foreach (var thread in threads)
    thread.Join();
Directory.Delete(place, recursive: true);
return Report.Print([.. results], folders, Source, target) ? 0 : 1;

void Work()
{
    var worker = WorkerProcess.Start(run);
    while (queue.TryDequeue(out var mutation))
    {
        string outcome = worker.Try(mutation.Number, run.Patience);
        if (worker.IsOver)
        {
            worker.Dispose();
            worker = WorkerProcess.Start(run);
            // Again and alone, so that it does not answer for what an earlier mistake left behind.
            outcome = worker.Try(mutation.Number, run.Patience);
            if (worker.IsOver)
            {
                worker.Dispose();
                worker = WorkerProcess.Start(run);
            }
        }
        // What made it into a static member before the mistake was switched on hides it: make it from the beginning.
        if (!outcome.StartsWith("killed") && Array.BinarySearch(initial, mutation.Number) >= 0)
            outcome = WorkerProcess.Once(run, mutation.Number);
        results.Add(new(mutation, outcome));
        if (!outcome.StartsWith("killed"))
            Console.Error.WriteLine($"{outcome}: {mutation}");
        if (results.Count % 100 == 0)
            Console.Error.WriteLine($"{results.Count} of {tried.Length} after {clock.Elapsed.TotalSeconds:0} s, about {clock.Elapsed.TotalSeconds / results.Count * (tried.Length - results.Count):0} s left");
    }
    worker.Dispose();
}
