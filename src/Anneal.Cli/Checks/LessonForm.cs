using System.Text.RegularExpressions;
using Anneal.Notebooks;

namespace Anneal.Cli;

/// <summary>A lesson measured against the form that all lessons have.</summary>
/// <param name="Words">Of prose, without what is folded away.</param>
/// <param name="Charts">Charts it draws; estimated from the code where it was not run.</param>
/// <param name="Coding">Exercises that ask for a program.</param>
/// <param name="Predictions">Exercises that ask for a guess before the picture.</param>
/// <param name="Others">Other exercises.</param>
/// <param name="LongLines">Lines of code that a page would cut.</param>
/// <param name="LongSentences">Sentences that are too long.</param>
/// <param name="Screens">About how many screens of 1280 × 900 the page takes as it opens.</param>
internal sealed partial record LessonForm(int Words, int Charts, int Coding, int Predictions, int Others, int LongLines, int LongSentences, double Screens)
{
    public const int MostWords = 2_600, MostCharts = 12, MostScreens = 25, MostMinutes = 45, FewestExercises = 5, FewestCoding = 2, FewestPredictions = 2;

    const double WordsPerMinute = 180, MinutesPerChart = 1.5, MinutesPerCoding = 5, MinutesPerExercise = 2;

    public const string PredictTag = "predict";

    /// <summary>Minutes to read, exercises left out.</summary>
    public double Reading => Words / WordsPerMinute + MinutesPerChart * Charts;

    /// <summary>Minutes in all.</summary>
    public double Minutes => Reading + MinutesPerCoding * Coding + MinutesPerExercise * (Predictions + Others);

    /// <summary>Measures a notebook; with its outputs the charts are counted, without they are estimated.</summary>
    public static LessonForm Of(NotebookText text, NotebookRun? run)
    {
        var notebook = text.Notebook;
        var exercises = ExerciseCells.Of(notebook);
        int coding = exercises.Count(e => e.IsCoding(notebook));
        int predictions = exercises.Count(e => !e.IsCoding(notebook) && IsPrediction(notebook, e));
        int words = notebook.Cells.Where(c => !c.Tags.Contains(ExerciseCells.SolutionTag)).Sum(Sentences.WordsRead);
        int charts = run is null ? notebook.Cells.Count(c => c.Kind == CellKind.Code && Chart().IsMatch(c.Source))
            : run.Cells.Sum(c => c.Outputs.OfType<Display>().Count(d => d.Data.ContainsKey("application/vnd.plotly.v1+json")));
        return new(words, charts, coding, predictions, exercises.Count - coding - predictions,
            LineLint.Look(text).Count(), SentenceLint.Look(text).Count(), ScreensOf(notebook, words, charts, exercises.Count));
    }

    /// <summary>What the form asks for and the lesson has not.</summary>
    public IEnumerable<Finding> Findings(int? stated)
    {
        if (Words > MostWords)
            yield return new("form", null, null, $"The lesson has {Words} words of prose, and {MostWords} are the most. Fold a proof, or split the lesson.");
        if (Charts > MostCharts)
            yield return new("form", null, null, $"The lesson has {Charts} charts, and {MostCharts} are the most.");
        if (Screens > MostScreens)
            yield return new("form", null, null, $"The page has about {Screens:0} screens as it opens, and {MostScreens} are the most.");
        if (Reading > MostMinutes)
            yield return new("form", null, null, $"Reading takes {Reading:0} minutes ({WordsPerMinute} words a minute, {MinutesPerChart} minutes a chart), and {MostMinutes} are the most.");
        if (Coding + Predictions + Others < FewestExercises)
            yield return new("form", null, null, $"The lesson has {Coding + Predictions + Others} exercises, and {FewestExercises} are the fewest.");
        if (Coding < FewestCoding)
            yield return new("form", null, null, $"{Coding} exercises ask for a program (stub tagged \"{ExerciseCells.CodingTag}\"), and {FewestCoding} are the fewest.");
        if (Predictions < FewestPredictions)
            yield return new("form", null, null, $"{Predictions} exercises are predictions (stub tagged \"{PredictTag}\"), and {FewestPredictions} are the fewest.");
        if (stated is { } minutes && Math.Abs(minutes - Minutes) > 5)
            yield return new("form", null, null, $"The syllabus says {minutes} minutes, and {5 * Math.Round(Minutes / 5):0} come out. Write that into course/syllabus.json.");
    }

    static bool IsPrediction(Notebook notebook, ExerciseCells exercise) => notebook.Cells[exercise.Stub].Tags.Contains(PredictTag)
        || (exercise.Stub > 0 && Predict().IsMatch(notebook.Cells[exercise.Stub - 1].Source));

    /// <summary>An estimate: within a tenth of the pages of nine lessons as a browser lays them out.</summary>
    static double ScreensOf(Notebook notebook, int words, int charts, int exercises)
    {
        double headings = 0, formulas = 0, rows = 0, code = 0;
        foreach (var cell in notebook.Cells)
            if (cell.Kind == CellKind.Markdown && !cell.Tags.Contains(ExerciseCells.SolutionTag))
            {
                headings += cell.Source.Split('\n').Count(line => line.StartsWith('#'));
                formulas += Display().Count(cell.Source);
                rows += cell.Source.Split('\n').Count(line => line.StartsWith('|'));
            }
            else if (cell.Kind == CellKind.Code)
                code += cell.Tags.Contains("read") ? cell.Source.Split('\n').Length + 2 : 1.4;
        return words * ScreensPerWord + charts * 0.77 + exercises * 0.36 + headings * 0.1 + formulas * 0.13 + rows * 0.04 + code * 0.028;
    }

    const double ScreensPerWord = 1 / 355.0;

    [GeneratedRegex(@"\b(?!Check)\w*Chart\.(?!caption|title|axes|names|logX|logY|withDescription)\w+")]
    private static partial Regex Chart();

    [GeneratedRegex(@"^#+[^\n]*\b[Pp]redict", RegexOptions.Multiline)]
    private static partial Regex Predict();

    [GeneratedRegex(@"^\$\$.*?\$\$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Display();
}
