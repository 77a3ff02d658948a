namespace Anneal.Lessons;

/// <summary>Every lesson's quiz, in the course's order.</summary>
public static class QuizRegister
{
    /// <summary>The quizzes.</summary>
    public static IReadOnlyList<Quiz> All { get; } =
    [
        RateQuiz.Quiz,
        GradientQuiz.Quiz,
        ConvergenceQuiz.Quiz,
        PreconditioningQuiz.Quiz,
        MomentumQuiz.Quiz,
        AdaptiveQuiz.Quiz,
        WeightDecayQuiz.Quiz,
        RuleTrialQuiz.Quiz,
        CosineQuiz.Quiz,
        ShapesQuiz.Quiz,
        ScheduleTrialQuiz.Quiz,
        RegressionQuiz.Quiz,
        PlanningQuiz.Quiz,
        TransformerQuiz.Quiz,
        WarningsQuiz.Quiz,
        ModernQuiz.Quiz,
        NumericsQuiz.Quiz,
        ChoosingQuiz.Quiz,
        ReviewQuiz.Quiz,
    ];
}
