using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using System.Text.RegularExpressions;

namespace Anneal.Mutation;

/// <summary>The tests and the planted library, loaded into this process; mistakes are switched on one after another.</summary>
sealed class Worker
{
    /// <summary>A test that takes longer than this with the switches in the library is too slow to be tried once for each mistake.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    readonly FieldInfo active, reached, deadline;
    readonly Assembly library, tests;
    readonly Dictionary<string, TestCase> cases;

    /// <param name="built">The folder of the built tests.</param>
    /// <param name="planted">The library with mistakes in it, which takes the place of the one there.</param>
    /// <param name="first">What is switched on from the beginning, before any static member has its value: a mistake, 0, or −1 to note.</param>
    /// <param name="count">The number of mistakes in the library.</param>
    public Worker(string built, string planted, int first, int count)
    {
        AppContext.SetData("APP_CONTEXT_BASE_DIRECTORY", built + Path.DirectorySeparatorChar);
        AssemblyLoadContext.Default.Resolving += (context, name) =>
            Path.Combine(built, name.Name + ".dll") is var file && File.Exists(file) ? context.LoadFromAssemblyPath(file) : null;
        library = AssemblyLoadContext.Default.LoadFromAssemblyPath(planted);
        tests = AssemblyLoadContext.Default.LoadFromAssemblyPath(Path.Combine(built, "Anneal.Tests.dll"));
        var plant = library.GetType("Planted")!;
        (active, reached, deadline) = (plant.GetField("Active")!, plant.GetField("Reached")!, plant.GetField("Deadline")!);
        reached.SetValue(null, new bool[count + 1]);
        Switch(first);
        if (first <= 0)
            foreach (var type in new[] { library, tests }.SelectMany(assembly => assembly.GetTypes()).Where(type => !type.ContainsGenericParameters))
                Begin(type);
        cases = TestCase.All(tests).ToDictionary(test => test.Name);
    }

    /// <summary>
    /// Runs every test with such a name twice without a mistake: what it reaches, and how long it takes when compiled. A test that a journal knows already is not run again;
    /// one that it knows only as begun has ended its process and is left out.
    /// </summary>
    public void Record(Regex names, RecordingJournal journal)
    {
        journal.Initial(Noted());
        foreach (var test in cases.Values.Where(test => names.IsMatch(test.Name) && !journal.Knows(test.Name)))
        {
            journal.Begin(test.Name);
            var failure = Failure(test.Name, -1, Patience);
            int[] numbers = Noted();
            var clock = Stopwatch.StartNew();
            failure ??= Failure(test.Name, 0, Patience);
            if (failure is null)
                journal.Pass(new(test.Name, clock.Elapsed.TotalSeconds, numbers));
            else
                journal.Fail(test.Name, failure.Message.ReplaceLineEndings(" "));
        }
    }

    /// <summary>What the test throws when the mistake is made; null if it passes.</summary>
    public Exception? Failure(string test, int mistake, TimeSpan limit)
    {
        // Where no loop looks at the clock, as in a method that calls itself for ever, the process ends.
        using var watchdog = new Timer(_ => Process.GetCurrentProcess().Kill(), null, limit + TimeSpan.FromSeconds(5), Timeout.InfiniteTimeSpan);
        deadline.SetValue(null, Stopwatch.GetTimestamp() + (long)(limit.TotalSeconds * Stopwatch.Frequency));
        Switch(mistake);
        try
        {
            cases.GetValueOrDefault(test)?.Run();
            return null;
        }
        catch (Exception failure)
        {
            return failure;
        }
        finally
        {
            Switch(0);
            deadline.SetValue(null, long.MaxValue);
        }
    }

    /// <summary>Gives a type's static members their values. Where that fails, so do the tests that use it, and they are left out.</summary>
    static void Begin(Type type)
    {
        try
        {
            RuntimeHelpers.RunClassConstructor(type.TypeHandle);
        }
        catch (TypeInitializationException)
        {
        }
    }

    void Switch(int mistake) => active.SetValue(null, mistake);

    int[] Noted()
    {
        bool[] noted = (bool[])reached.GetValue(null)!;
        int[] numbers = [.. Enumerable.Range(0, noted.Length).Where(number => noted[number])];
        reached.SetValue(null, new bool[noted.Length]);
        return numbers;
    }
}
