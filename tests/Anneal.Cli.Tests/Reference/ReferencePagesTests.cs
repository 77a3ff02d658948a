using System.Text.RegularExpressions;
using Anneal.Notebooks;

namespace Anneal.Cli.Tests;

/// <summary>The reference's pages, made from files in the form that docfx 2.81 writes.</summary>
public sealed partial class ReferencePagesTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("reference").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    const string Decay = """
        # <a id="Anneal_CosineDecay"></a> Class CosineDecay

        Namespace: [Anneal](Anneal.md)  
        Assembly: Anneal.dll  

        Falls from <code class="paramref">Peak</code>, as any [Box<T\>](Anneal.Theory.Box\-1.md\#Anneal\_Theory\_Box\_1\_Of\_\_0\_) does.

        ```csharp
        [Serializable]
        public sealed record CosineDecay : IEquatable<CosineDecay>
        ```

        #### Inheritance

        [object](https://learn.microsoft.com/dotnet/api/system.object) ← 
        [CosineDecay](Anneal.CosineDecay.md)

        ## Remarks

        <pre><code class="lang-csharp">η(t) = Peak</code></pre>

        ## Constructors

        ### <a id="Anneal_CosineDecay__ctor_System_Double_"></a> CosineDecay\(double, double\)

        Made of two numbers.

        ```csharp
        public CosineDecay(double Peak, double Steps)
        ```

        #### Parameters

        `Peak` [double](https://learn.microsoft.com/dotnet/api/system.double)

        Rate at step 0.

        `Steps` [double](https://learn.microsoft.com/dotnet/api/system.double)

        Updates until the end.

        ## Methods

        ### <a id="Anneal_CosineDecay_ToString"></a> ToString\(\)

        ```csharp
        public override string ToString()
        ```
        """;

    const string Box = """
        # <a id="Anneal_Theory_Box_1"></a> Class Box<T\>

        Namespace: [Anneal.Theory](Anneal.Theory.md)  
        Assembly: Anneal.dll  

        Holds a [CosineDecay](Anneal.CosineDecay.md); see [Gone](Anneal.Gone.md), <xref href="Anneal.CosineDecay.At(System.Double)" data-throw-if-not-resolved="false"></xref>
        and <xref href="System.Numerics.Vector%601" data-throw-if-not-resolved="false"></xref>.

        ```csharp
        public sealed class Box<T>
        ```
        """;

    const string Shape = """
        # <a id="Anneal_Shape"></a> Enum Shape

        Namespace: [Anneal](Anneal.md)  
        Assembly: Anneal.dll  

        How it falls.

        ```csharp
        public enum Shape
        ```

        ## Fields

        `Line = 0` 

        Straight.

        `Wave = 1` 

        Along a cosine.
        """;

    List<ReferenceType> Types(params (string Name, string Text)[] files)
    {
        foreach (var (name, text) in files)
            File.WriteAllText(Path.Combine(folder, name), text);
        return [.. files.Select(file => ReferenceType.Read(Path.Combine(folder, file.Name))).OfType<ReferenceType>()];
    }

    List<ReferenceType> All => Types(("Anneal.CosineDecay.md", Decay), ("Anneal.Theory.Box-1.md", Box), ("Anneal.Shape.md", Shape), ("Anneal.md", "# <a id=\"Anneal\"></a> Namespace Anneal\n"));

    [Fact]
    public void A_type_is_read_with_its_members_but_without_what_records_bring()
    {
        var decay = All[0];
        Assert.Equal(("Class", "CosineDecay", "Anneal"), (decay.Kind, decay.Name, decay.Namespace));
        Assert.Equal("public sealed record CosineDecay : IEquatable<CosineDecay>", decay.Signature);
        Assert.Contains("η(t) = Peak", decay.Remarks);
        var made = Assert.Single(decay.Members);
        Assert.Equal(("public CosineDecay(double Peak, double Steps)", "Made of two numbers."), (made.Signature, made.Summary));
        Assert.Equal([("Peak", "Rate at step 0."), ("Steps", "Updates until the end.")], made.Parameters);
    }

    [Fact]
    public void The_values_of_an_enumeration_are_its_members() =>
        Assert.Equal([("Line", "Straight."), ("Wave", "Along a cosine.")], All[2].Members.Select(m => (m.Signature, m.Summary)));

    [Fact]
    public void Every_link_inside_the_reference_leads_to_a_heading_and_what_has_none_stays_words()
    {
        var pages = new ReferencePages(All, null).All().ToDictionary(page => page.File, page => Page.Document(page.Title, page.Markdown, new() { Searchable = true }));
        Assert.Equal(["reference-anneal-theory.html", "reference-anneal.html", "reference.html"], pages.Keys.Order(StringComparer.Ordinal));
        var links = pages.Values.SelectMany(html => Target().Matches(html).Select(m => (Page: m.Groups[1].Value, Fragment: m.Groups[2].Value))).Distinct().ToList();
        Assert.Contains(("reference-anneal-theory.html", "box-t"), links);
        Assert.Contains(("reference-anneal.html", "cosinedecay"), links);
        Assert.All(links, link => Assert.Contains($"id=\"{link.Fragment}\"", pages[link.Page]));
        Assert.Matches("see Gone, <a href=\"reference-anneal.html#cosinedecay\">CosineDecay.At</a>\\s+and <code>Vector</code>", pages["reference-anneal-theory.html"]);
        Assert.All(pages.Values, html => Assert.DoesNotMatch("&lt;(?:pre|code|a|xref|p)\\b", html));
        Assert.Contains("type = \"search\"", pages["reference.html"]);
    }

    [Fact]
    public void Lessons_and_types_link_each_other()
    {
        var course = Course.In(Path.Combine(Repository.Root, "notebooks"))!;
        var pages = new ReferencePages(All, new CourseSite(course, _ => true)).All().ToDictionary(page => page.File, page => page.Markdown);
        Assert.Matches(@"In the lessons: .*\[09 [^\]]+\]\(09-cosine-by-hand\.html\) \(\[[^\]]+\]\(09-cosine-by-hand\.html#[^)]+\)\)", pages["reference-anneal.html"]);
        var lesson = course.Registers.Lessons.Single(l => l.Name == "09-cosine-by-hand");
        string address = CourseSite.Around(course, lesson.Name, reference: true).References.Single(link => link.Title == "Reference").Href;
        string html = Page.Document("Reference", pages["reference.html"], new());
        Assert.Contains($"id=\"{address.Split('#')[1]}\"", html);
        Assert.DoesNotContain(CourseSite.Around(course, lesson.Name).References, link => link.Title == "Reference");
    }

    [GeneratedRegex("href=\"(reference[^\"#]*)#([^\"]+)\"")]
    private static partial Regex Target();
}
