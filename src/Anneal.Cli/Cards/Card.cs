using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Anneal.Lessons;

namespace Anneal.Cli;

/// <summary>A file that cards show.</summary>
/// <param name="Name">Unique in the reader's collection.</param>
/// <param name="Content">Its bytes.</param>
internal sealed record CardMedia(string Name, byte[] Content);

/// <summary>A question, or a fact of the lecture notes, as a card to learn: HTML on both sides.</summary>
/// <param name="Id">Lesson and question, or lesson, <c>notes</c> and fact; the card keeps its identity by it.</param>
/// <param name="Lesson">The lesson's name.</param>
/// <param name="Section">The section that teaches the answer.</param>
/// <param name="Front">What is asked.</param>
/// <param name="Back">The answer and its reason.</param>
/// <param name="Media">Pictures that the front shows.</param>
internal sealed partial record Card(string Id, string Lesson, string Section, string Front, string Back, IReadOnlyList<CardMedia> Media)
{
    /// <summary>What the reader's program may filter by, beside the lesson; empty where there is nothing.</summary>
    public string Tag { get; private init; } = "";

    /// <summary>A fact of the lecture notes.</summary>
    public static Card Of(NoteCard note)
    {
        string corrected = note.Corrected is { } mistake ? $"<p><b>Corrected ({Escape(mistake.Erratum)}).</b> {Typeset(mistake.What)}</p>" : "";
        return new($"{note.Lesson}/notes/{note.Id}", note.Lesson, note.Section, $"<p>{Typeset(note.Front)}</p>", string.Concat(note.Back.Select(text => $"<p>{Typeset(text)}</p>")) + corrected, []) { Tag = "notes" };
    }

    /// <summary>TeX between dollars, as MathJax in Anki wants it: <c>\(…\)</c> in a line, <c>\[…\]</c> on a line of its own.</summary>
    internal static string Typeset(string text) => Tex().Replace(Escape(text), math => math.Groups[1].Success ? $@"\[{math.Groups[1].Value}\]" : $@"\({math.Groups[2].Value}\)");

    [GeneratedRegex(@"\$\$(.+?)\$\$|\$(.+?)\$")]
    private static partial Regex Tex();

    /// <summary>A card for every question of a quiz.</summary>
    public static IEnumerable<Card> Of(Quiz quiz) => quiz.Items.Select(item => Of(quiz.Lesson, item));

    static Card Of(string lesson, QuizItem item)
    {
        var media = new List<CardMedia>();
        var question = item.Variant(0);
        string front = $"<p>{Escape(question.Text)}</p>" + question switch
        {
            ChoiceQuestion choice => List("ul", choice.Options.Select(option => Shown(option, media))),
            OrderQuestion order => List("ul", order.Shown.Select(place => Escape(order.Items[place]))),
            FormulaQuestion formula => $"<p>{MathText.Of(Filled(formula, _ => "…"))}</p>" + List("ul", formula.Gaps.Select(gap => string.Join(" or ", gap.Options.Select(option => MathText.Of(option.Text))) + "?")),
            NumberQuestion { Parts.Count: > 1 } number => List("ul", number.Parts.Select(part => Escape(part.Label))),
            _ => "",
        };
        string answer = question switch
        {
            ChoiceQuestion choice => $"<p>{Shown(choice.Options.Single(option => option.IsRight), media)}</p>",
            OrderQuestion order => List("ol", order.Items.Select(Escape)),
            FormulaQuestion formula => $"<p>{MathText.Of(Filled(formula, gap => gap.Options.Single(option => option.IsRight).Text))}</p>",
            NumberQuestion number => List("ul", number.Parts.Select(part => $"{Escape(part.Label)}: {ReadableNumber.Of(part.Expected, 5)}")),
            _ => throw new NotSupportedException($"A card cannot ask a {question.GetType().Name}."),
        };
        return new($"{lesson}/{item.Id}", lesson, item.Section, front, $"{answer}<p>{Escape(question.Why)}</p>", media);
    }

    static string Filled(FormulaQuestion formula, Func<Gap, string> text) =>
        formula.Gaps.Select((gap, i) => (Mark: $"{{{i}}}", Text: text(gap))).Aggregate(formula.Formula, (filled, gap) => filled.Replace(gap.Mark, gap.Text, StringComparison.Ordinal));

    static string Shown(Option option, List<CardMedia> media) =>
        option.Curve is { } curve ? $"<img src=\"{Picture(curve, media)}\" alt=\"{Escape(Heights(curve))}\"> {Escape(option.Text)}" : Escape(option.Text);

    /// <summary>The curve for who cannot see it: heights at equal distances, in percent of the picture. Which one is right they leave to the reader, as the picture does.</summary>
    static string Heights(IReadOnlyList<double> curve)
    {
        const int Places = 9;
        double low = curve.Min(), span = Span(curve);
        if (curve.Max() == low)
            return "Curve from left to right: level";
        var heights = Enumerable.Range(0, Places).Select(i => curve[(int)Math.Round(i * (curve.Count - 1) / (Places - 1.0))]);
        return $"Curve from left to right, heights in percent: {string.Join(", ", heights.Select(value => Math.Round(100 * (value - low) / span).ToString("0", CultureInfo.InvariantCulture)))}";
    }

    static double Span(IReadOnlyList<double> curve) => curve.Max() - curve.Min() is > 0 and var span ? span : 1;

    /// <summary>A curve as an SVG file, named after its content: the same picture has the same name in every export.</summary>
    static string Picture(IReadOnlyList<double> curve, List<CardMedia> media)
    {
        const double Width = 150, Height = 56;
        double low = curve.Min(), span = Span(curve);
        string points = string.Join(' ', curve.Select((value, i) => string.Create(CultureInfo.InvariantCulture,
            $"{4 + i * (Width - 8) / (curve.Count - 1):0.0},{Height - 5 - (value - low) / span * (Height - 10):0.0}")));
        byte[] svg = Encoding.UTF8.GetBytes($"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"150\" height=\"56\" viewBox=\"0 0 150 56\"><rect width=\"150\" height=\"56\" fill=\"#fdfcf9\"/>"
            + $"<polyline fill=\"none\" stroke=\"#a4420f\" stroke-width=\"2\" points=\"{points}\"/></svg>");
        string name = $"anneal-{Convert.ToHexStringLower(SHA256.HashData(svg))[..16]}.svg";
        if (media.All(file => file.Name != name))
            media.Add(new(name, svg));
        return name;
    }

    static string List(string kind, IEnumerable<string> texts) => $"<{kind}>{string.Concat(texts.Select(text => $"<li>{text}</li>"))}</{kind}>";

    static string Escape(string text) => WebUtility.HtmlEncode(text);
}
