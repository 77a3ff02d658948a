using System.CommandLine;
using Anneal.Lessons;
using Anneal.Notebooks;

namespace Anneal.Cli;

/// <summary><c>anneal cards</c>: the quizzes' questions and the lecture notes' facts as a package for Anki.</summary>
internal static class CardsCommand
{
    const string Help = """
        Write the lessons' questions, and the facts of the lecture notes, as cards for Anki.

          anneal cards --out anneal.apkg                              (all lessons, a deck each)
          anneal cards --out anneal.apkg --lesson 09 --lesson 10

        A lesson's deck has its questions first, then what the notes say about it, with the tag notes; where the notes are wrong, the card says what holds.
        Open the file in Anki. A package written later updates the cards that an earlier one brought; what you have learnt stays.
        """;

    public static Command Create()
    {
        var output = new Option<string>("--out") { Description = "The package to write.", HelpName = "FILE", Required = true };
        var lessons = new Option<string[]>("--lesson") { Description = "A lesson's number or name; all that have a quiz when left out.", HelpName = "LESSON" };
        var command = new Command("cards", Help) { output, lessons };
        command.SetAction(parsed => Write(parsed.GetValue(output)!, parsed.GetValue(lessons) ?? []));
        return command;
    }

    static int Write(string file, string[] lessons)
    {
        try
        {
            NamedFile.RequireWritable(file);
            Quiz[] quizzes = lessons.Length == 0 ? [.. QuizRegister.All] : [.. lessons.Select(Quiz.Of).Distinct()];
            Card[] cards = [.. quizzes.SelectMany(quiz => Card.Of(quiz).Concat(NoteCardRegister.All.Where(note => note.Lesson == quiz.Lesson).Select(Card.Of)))];
            int ofNotes = cards.Count(card => card.Tag.Length > 0);
            SafeFile.Write(file, AnkiPackage.Of(cards, quizzes.ToDictionary(quiz => quiz.Lesson, quiz => Title(quiz.Lesson)), DateTimeOffset.UtcNow));
            Console.Out.WriteLine($"{cards.Length} cards of {quizzes.Length} {(quizzes.Length == 1 ? "lesson" : "lessons")}{(ofNotes > 0 ? $", {ofNotes} of them from the lecture notes," : "")} written to {file}. Open it in Anki.");
            return 0;
        }
        catch (Exception e) when (e is ArgumentException or UsageException)
        {
            Console.Error.WriteLine(e.Message.Split(" (Parameter")[0]);
            return ExitCodes.Usage;
        }
    }

    /// <summary>“09 Cosine by hand” of 09-cosine-by-hand.</summary>
    static string Title(string lesson) => $"{lesson[..2]} {char.ToUpperInvariant(lesson[3])}{lesson[4..].Replace('-', ' ')}";
}
