using Anneal.Advice;
using Spectre.Console;

namespace Anneal.Cli;

/// <summary>Asks for a case on a terminal: only for what the proposal so far needs.</summary>
internal static class AdvicePrompts
{
    const string Unknown = "(not known)";

    public static TrainingCase Ask(IAnsiConsole console)
    {
        var known = new TrainingCase();
        var asked = new HashSet<string>();
        bool IsNew(Question question) => question.IsContradiction ? !asked.Contains(question.Ask) : !asked.Contains(question.Member);
        console.MarkupLine($"[bold]What is known of the run?[/] An empty line means: not known. {CaseForm.Numbers}");
        AskAll();
        foreach (var more in CaseForm.More)
            if (CaseForm.Applies(more, known) && asked.Add(more.Member))
            {
                known = One(console, known, more);
                // An answer may raise a question of its own, or contradict another: a symptom asks for the rate that showed it.
                AskAll();
            }
        return known;

        void AskAll()
        {
            while (Adviser.Advise(known).Questions.FirstOrDefault(IsNew) is { } question)
            {
                asked.Add(question.IsContradiction ? question.Ask : question.Member);
                known = question.Member == "updates" ? Budget(console, known, question) : One(console, known, question);
            }
        }
    }

    static TrainingCase One(IAnsiConsole console, TrainingCase known, Question question)
    {
        var field = CaseForm.Field(question.Member);
        var words = field.Words();
        string title = Markup.Escape(question.Ask) + (question.Reason.Length > 0 ? $" [dim]{Markup.Escape(question.Reason)}[/]" : "");
        if (words.Count > 0 && field.Name != "symptoms")
        {
            var prompt = new SelectionPrompt<string>().Title(title).PageSize(12).AddChoices(question.Must ? words : [Unknown, .. words]);
            string chosen = console.Prompt(prompt);
            return chosen == Unknown ? known : known.With(field.Name, chosen);
        }
        if (words.Count > 0)
            title += $" [dim]{Markup.Escape(string.Join(", ", words))}[/]";
        return Text(console, known, title, text => known.With(field.Name, text));
    }

    static TrainingCase Budget(IAnsiConsole console, TrainingCase known, Question question) =>
        Text(console, known, $"{Markup.Escape(question.Ask)} [dim]Such as 20000 updates, 3 epochs, 2B tokens.[/]", text => CaseForm.WithBudget(known, text));

    static TrainingCase Text(IAnsiConsole console, TrainingCase known, string title, Func<string, TrainingCase> with)
    {
        TrainingCase result = known;
        console.Prompt(new TextPrompt<string>(title).AllowEmpty().Validate(text =>
        {
            if (string.IsNullOrWhiteSpace(text))
                return ValidationResult.Success();
            try
            {
                result = with(text.Trim());
                return ValidationResult.Success();
            }
            catch (ArgumentException refused)
            {
                return ValidationResult.Error(Markup.Escape(ScheduleSource.Reason(refused)));
            }
        }));
        return result;
    }
}
