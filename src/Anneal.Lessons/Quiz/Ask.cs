namespace Anneal.Lessons;

/// <summary>The words in which quizzes are written.</summary>
static class Ask
{
    /// <summary>One right statement among wrong ones; the options are shuffled.</summary>
    public static QuizItem Choice(string id, string section, string text, string why, params IReadOnlyList<Option> options) =>
        new(id, section, QuestionKind.Choice, _ => new ChoiceQuestion(text, why, options));

    /// <summary>The same with numbers drawn anew for every variant.</summary>
    public static QuizItem Choice(string id, string section, Func<SeededRandom, ChoiceQuestion> draw) => new(id, section, QuestionKind.Choice, draw);

    /// <summary>Numbers to compute, drawn anew for every variant.</summary>
    public static QuizItem Number(string id, string section, Func<SeededRandom, NumberQuestion> draw) => new(id, section, QuestionKind.Number, draw);

    /// <summary>Things to put in order, given in the right one.</summary>
    public static QuizItem Order(string id, string section, string text, string why, params IReadOnlyList<string> items) =>
        new(id, section, QuestionKind.Order, _ => new OrderQuestion(text, why, items));

    /// <summary>An argument in sentences, of which one is the first false one; they keep their order.</summary>
    public static QuizItem Flaw(string id, string section, string text, string why, params IReadOnlyList<Option> sentences) =>
        new(id, section, QuestionKind.Flaw, _ => new ChoiceQuestion(text, why, sentences) { InOrder = true });

    /// <summary>A picture to predict: each option is a curve.</summary>
    public static QuizItem Picture(string id, string section, string text, string why, params IReadOnlyList<Option> curves) =>
        new(id, section, QuestionKind.Picture, _ => new ChoiceQuestion(text, why, curves));

    /// <summary>A formula with gaps {0}, {1}, …</summary>
    public static QuizItem Formula(string id, string section, string text, string why, string formula, params IReadOnlyList<Gap> gaps) =>
        new(id, section, QuestionKind.Formula, _ => new FormulaQuestion(text, why, formula, gaps));

    /// <summary>The right option.</summary>
    public static Option Right(string text) => new(text, true, "");

    /// <summary>A wrong option, and what to say to who picks it.</summary>
    public static Option Wrong(string text, string feedback) => new(text, false, feedback);

    /// <summary>The right curve.</summary>
    public static Option Right(string name, IEnumerable<double> curve) => new(name, true, "") { Curve = [.. curve] };

    /// <summary>A wrong curve.</summary>
    public static Option Wrong(string name, IEnumerable<double> curve, string feedback) => new(name, false, feedback) { Curve = [.. curve] };

    /// <summary>The curve of a schedule at 0, …, last, in 60 points at most.</summary>
    public static IEnumerable<double> Curve(Schedule schedule, int last) =>
        Enumerable.Range(0, Math.Min(60, last + 1)).Select(i => schedule.At(Math.Round((double)i * last / (Math.Min(60, last + 1) - 1))));
}
