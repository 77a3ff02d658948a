namespace Anneal.Mutation;

/// <summary>
/// The child process: <c>record</c> writes down what the tests reach; <c>try</c> reads a mistake's number from each line of its input and answers with what became of it;
/// <c>once</c> makes one mistake from the process's beginning on.
/// </summary>
static class WorkerProgram
{
    public static void Run(string task, string built, string planted, string coverageFile, int number, string tests)
    {
        var answers = Console.Out;
        Console.SetOut(TextWriter.Null);
        Console.SetError(TextWriter.Null);
        if (task == "record")
        {
            new Worker(built, planted, -1, number).Record(new(tests), new(coverageFile));
            return;
        }
        var coverage = RecordingJournal.Read(coverageFile);
        if (task == "once")
        {
            answers.WriteLine(Once(built, planted, coverage, number));
            return;
        }
        var worker = new Worker(built, planted, 0, number);
        Dictionary<string, int> kills = [];
        bool fresh = true;
        while (Console.ReadLine() is { } line)
        {
            answers.WriteLine(Try(worker, coverage, int.Parse(line), kills, fresh));
            fresh = false;
        }
    }

    /// <summary>Tests that found many mistakes already go first, then the quick ones.</summary>
    static string Try(Worker worker, Coverage coverage, int mistake, Dictionary<string, int> kills, bool fresh)
    {
        bool reached = false;
        foreach (var test in coverage.Tests.Where(test => Array.BinarySearch(test.Reached, mistake) >= 0).OrderBy(test => test.Seconds / (1 + kills.GetValueOrDefault(test.Name))))
        {
            reached = true;
            if (worker.Failure(test.Name, mistake, Limit(test)) is not { } failure)
                continue;
            // It counts only if the test passes again without the mistake: else some mistake, perhaps an earlier one, has left its trace in this process.
            if (!fresh && worker.Failure(test.Name, 0, Limit(test)) is not null)
                return "spoilt";
            kills[test.Name] = kills.GetValueOrDefault(test.Name) + 1;
            return $"killed by {test.Name}: {failure.GetType().Name}";
        }
        return reached ? "survived" : "unreached";
    }

    static string Once(string built, string planted, Coverage coverage, int mistake)
    {
        Worker worker;
        try
        {
            worker = new(built, planted, mistake, mistake);
        }
        catch (Exception failure)
        {
            return $"killed by loading the tests: {failure.GetType().Name}";
        }
        foreach (var test in coverage.Tests.OrderByDescending(test => Array.BinarySearch(test.Reached, mistake) >= 0).ThenBy(test => test.Seconds))
            if (worker.Failure(test.Name, mistake, Limit(test)) is not null)
                return $"killed by {test.Name} from the beginning";
        return "survived";
    }

    static TimeSpan Limit(TestCoverage test) => TimeSpan.FromSeconds(2 + 10 * test.Seconds);
}
