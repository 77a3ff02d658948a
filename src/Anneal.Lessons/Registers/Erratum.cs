namespace Anneal.Lessons;

/// <summary>Something a lecture states that does not hold.</summary>
/// <param name="Id">Such as "E002-1".</param>
/// <param name="Lecture">Number of the lecture, such as "002".</param>
/// <param name="Place">Section, equation or step.</param>
/// <param name="Printed">What is printed there, short.</param>
/// <param name="Correct">What holds.</param>
/// <param name="Why">The reason in a sentence.</param>
/// <param name="Lesson">The lesson that shows both.</param>
/// <param name="Cell">The cell of that lesson that runs both; null while the lesson does not exist.</param>
public sealed record Erratum(
    string Id, string Lecture, string Place, string Printed, string Correct, string Why, string Lesson, string? Cell = null);
