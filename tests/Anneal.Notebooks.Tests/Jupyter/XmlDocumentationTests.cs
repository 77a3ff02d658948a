namespace Anneal.Notebooks.Tests;

public class XmlDocumentationTests
{
    [Fact]
    public void Elements_become_lines_of_text() => Assert.Equal(
        "Adds two numbers, as Sum does.\na: The first.\nReturns: a + b\nThrows OverflowException: Too large.\nSee\nx = a + b\nfor more.",
        XmlDocumentation.ToText("""

                    <summary>Adds two
                    numbers, as <see cref="M:My.Class.Sum(System.Int32)"/> does.</summary>
                    <param name="a">The first.</param>
                    <returns><c>a + b</c></returns>
                    <exception cref="T:System.OverflowException">Too large.</exception>
                    <remarks>See <code>x = a + b</code> for more.</remarks>
            """)?.Replace("\n\n", "\n"));

    [Fact]
    public void Text_without_elements_stays() => Assert.Equal("Adds.", XmlDocumentation.ToText(" Adds. "));

    [Fact]
    public void The_framework_and_this_library_are_documented()
    {
        Assert.Contains("square root", XmlDocumentation.Find("M:System.Math.Sqrt(System.Double)", typeof(Math).Assembly.Location));
        Assert.Contains("front end", XmlDocumentation.Find("T:Anneal.Notebooks.JupyterKernel", typeof(JupyterKernel).Assembly.Location));
        Assert.Null(XmlDocumentation.Find("T:Nowhere", typeof(JupyterKernel).Assembly.Location));
    }
}
