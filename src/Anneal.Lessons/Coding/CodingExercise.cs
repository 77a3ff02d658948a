namespace Anneal.Lessons;

/// <summary>An exercise whose answer is a program: the reader's function runs against a hidden reference, also on inputs that are not shown.</summary>
/// <param name="Id">Unique in its lesson.</param>
/// <param name="Prompt">What to write, in one line.</param>
public abstract record CodingExercise(string Id, string Prompt)
{
    /// <summary>What one number of the function's result belongs to.</summary>
    public string Step { get; init; } = "update";

    /// <summary>The number of the first step: updates count from 1, a schedule's steps from 0.</summary>
    public int FirstStep { get; init; } = 1;

    /// <summary>Shown when the program agrees with the reference everywhere.</summary>
    public string Right { get; init; } = "Right, also on inputs that were not shown.";

    /// <summary>Shown for a program that differs in a way that nobody foresaw.</summary>
    public string Wrong { get; init; } = "Work out this step by hand and compare it with your program line by line, or unfold the solution.";

    /// <summary>The reference's verdict on itself, for tests.</summary>
    internal abstract CodingVerdict OfReference { get; }

    /// <summary>Every known slip's text and the verdict on it, for tests.</summary>
    internal abstract IReadOnlyList<(string Text, CodingVerdict Verdict)> OfSlips { get; }

    /// <summary>The name of a step, such as "update 3".</summary>
    internal string At(int index) => $"{Step} {FirstStep + index}";
}

/// <summary>An exercise whose answer is a function of type <typeparamref name="F"/>.</summary>
/// <typeparam name="F">Such as <c>Func&lt;double[], double, double[]&gt;</c>: a method group in C#, a function in F#.</typeparam>
public sealed record CodingExercise<F> : CodingExercise where F : Delegate
{
    readonly F reference;
    readonly Lazy<Trajectory[]> expected;

    /// <param name="id">Unique in its lesson.</param>
    /// <param name="prompt">What to write, in one line.</param>
    /// <param name="reference">What the reader's function must agree with; no lesson can get hold of it.</param>
    public CodingExercise(string id, string prompt, F reference) : base(id, prompt)
    {
        this.reference = reference;
        expected = new(() => [.. Trials!.Select(trial => Trajectory.Of(trial, reference, int.MaxValue))]);
    }

    /// <summary>The runs: the first is shown to the reader, the others are not.</summary>
    public required IReadOnlyList<Trial<F>> Trials { get; init; }

    /// <summary>Typical wrong programs, the likeliest first.</summary>
    public IReadOnlyList<Slip<F>> Slips { get; init; } = [];

    /// <summary>Runs the reader's function; the result shows itself, with the inputs and an answer box below it.</summary>
    public CodingVerdict Check(F program)
    {
        ArgumentNullException.ThrowIfNull(program);
        Trajectory[] found = [.. Trials.Select((trial, i) => Trajectory.Of(trial, program, expected.Value[i].Values.Length + 1))];
        return new(this, Sheet, Judge(program, found), Solved(found));
    }

    internal override CodingVerdict OfReference => Check(reference);

    internal override IReadOnlyList<(string, CodingVerdict)> OfSlips => [.. Slips.Select(slip => (slip.Text, Check(slip.Program)))];

    /// <summary>What the page needs to judge the first results of a program that it cannot run.</summary>
    CodingSheet Sheet => new(Trials[0].Inputs, expected.Value[0].Values,
        [.. Slips.Select(slip => new KnownSlip(Trajectory.Of(Trials[0], slip.Program, expected.Value[0].Values.Length + 1).Values, slip.Text))]);

    Progress Solved(Trajectory[] found) => found[0].IsStub ? Progress.NotYet
        : Enumerable.Range(0, found.Length).All(i => found[i].Fault is null && found[i].DifferenceFrom(expected.Value[i]) is null) ? Progress.Solved
        : Progress.Wrong;

    IReadOnlyList<string> Judge(F program, Trajectory[] found)
    {
        if (found[0].IsStub)
            return ["Not solved yet.", .. found[0].Values.Length > 0 ? ["Every number is NaN. If your lines are written, look for 0/0."] : Array.Empty<string>()];
        for (int i = 0; i < Trials.Count; i++)
            if (found[i].Fault is not null || found[i].DifferenceFrom(expected.Value[i]) is not null)
                return ["Not right yet.", .. Differs(program, i, found[i], expected.Value[i])];
        return [Right];
    }

    IEnumerable<string> Differs(F program, int trial, Trajectory found, Trajectory expected)
    {
        string where = trial == 0 ? "For the inputs shown" : $"The inputs shown come out right. For others ({Trials[trial].Label})";
        if (found.Fault is not null)
        {
            yield return $"{where} your program ends with {found.Fault}";
            yield break;
        }
        int at = found.DifferenceFrom(expected)!.Value;
        if (found.Values.Length != expected.Values.Length && at == Math.Min(found.Values.Length, expected.Values.Length))
            yield return $"{where} your program returns {(found.Values.Length > expected.Values.Length ? "more than " : "")}{Math.Min(found.Values.Length, expected.Values.Length)} numbers where {expected.Values.Length} are asked for, one per {Step}.";
        else
            yield return $"{where} {At(at)} is the first that differs: yours {CodingVerdict.Show(found.Values[at])}, expected {CodingVerdict.Show(expected.Values[at])}.";
        yield return Cause(program, trial, found, expected, at);
    }

    /// <summary>The usual cause of this trajectory.</summary>
    string Cause(F program, int trial, Trajectory found, Trajectory expected, int at)
    {
        var slips = Slips.Select(slip => (slip.Text, Path: Trajectory.Of(Trials[trial], slip.Program, expected.Values.Length + 1))).ToList();
        return Remembers(program, trial, found) ? "The same inputs give other numbers when your program runs again: it keeps something between calls. Start every call from fresh variables."
            : slips.FirstOrDefault(s => s.Path.Fault is null && found.DifferenceFrom(s.Path) is null).Text
            ?? TrajectoryHints.For(found.Values, expected.Values, Step)
            ?? OnlyOne(slips, found, expected, at)
            ?? Wrong;
    }

    /// <summary>The one slip that agrees up to and including the step that differs first: the program may have a second fault.</summary>
    static string? OnlyOne(List<(string Text, Trajectory Path)> slips, Trajectory found, Trajectory expected, int at)
    {
        if (at >= found.Values.Length)
            return null;
        var alike = slips.Where(s => s.Path.Values.Length > at
            && Enumerable.Range(0, at + 1).All(i => Trajectory.Near(s.Path.Values[i], found.Values[i], expected.Margin))).ToList();
        return alike is [var only] ? $"The usual cause: {only.Text}" : null;
    }

    bool Remembers(F program, int trial, Trajectory found) =>
        Trajectory.Of(Trials[trial], program, found.Values.Length) is { Fault: null } again && found.DifferenceFrom(again) is not null;
}
