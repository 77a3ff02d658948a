namespace Anneal.Lessons;

/// <summary>Every lesson's quiz, in the course's order.</summary>
public static class QuizRegister
{
    /// <summary>The quizzes.</summary>
    public static IReadOnlyList<Quiz> All { get; } =
    [
        RateQuiz.Quiz,
        ConvergenceQuiz.Quiz,
        PreconditioningQuiz.Quiz,
        CosineQuiz.Quiz,
        ShapesQuiz.Quiz,
        RegressionQuiz.Quiz,
        PlanningQuiz.Quiz,
        TransformerQuiz.Quiz,
        WarningsQuiz.Quiz,
        ModernQuiz.Quiz,
        NumericsQuiz.Quiz,
    ];
}
