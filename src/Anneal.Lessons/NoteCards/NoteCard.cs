namespace Anneal.Lessons;

/// <summary>A fact of the lecture notes as a card to learn, in words of our own. Texts are plain, with TeX between dollars; two dollars set a formula on a line of its own.</summary>
/// <param name="Lesson">The file name, without ending, of the lesson that teaches it.</param>
/// <param name="Id">Short, unique in its lesson, and never changed: a card keeps its identity by it.</param>
/// <param name="Section">The heading of the lesson's section, as it stands there.</param>
/// <param name="Front">What is asked.</param>
/// <param name="Back">The answer, a paragraph each.</param>
/// <param name="Corrected">What the notes get wrong here; null where nothing.</param>
public sealed record NoteCard(string Lesson, string Id, string Section, string Front, IReadOnlyList<string> Back, CorrectedNote? Corrected = null);

/// <summary>A mistake of the notes that a card puts right.</summary>
/// <param name="Erratum">Its id in the register of errata, such as "E000-1".</param>
/// <param name="What">What they print, and what is wrong with it.</param>
public sealed record CorrectedNote(string Erratum, string What);
