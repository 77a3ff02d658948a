using System.Collections.Concurrent;
using Jint;
using Jint.Runtime;

namespace Anneal.Notebooks;

/// <summary>Typesets TeX with KaTeX, which runs in a JavaScript interpreter while the page is made.</summary>
static class Formulas
{
    static readonly Lazy<Engine> Katex = new(Load);
    static readonly ConcurrentDictionary<(string Tex, bool Display), string> Typeset = new();

    /// <summary>HTML to look at with MathML inside for those who listen.</summary>
    /// <exception cref="FormatException">KaTeX does not understand the formula.</exception>
    public static string ToHtml(string tex, bool display) => Typeset.GetOrAdd((tex.Trim(), display), Render);

    static string Render((string Tex, bool Display) formula)
    {
        try
        {
            lock (Katex) // an engine belongs to one thread at a time
                return Katex.Value.Invoke("typeset", formula.Tex, formula.Display).AsString();
        }
        catch (JavaScriptException e)
        {
            throw new FormatException(e.Message.Replace("KaTeX parse error: ", "").Replace("Maximum call stack size exceeded", "It is nested too deeply."), e);
        }
        catch (Exception e) when (e is JintException or InvalidOperationException or ArgumentException or InsufficientExecutionStackException)
        {
            throw new FormatException($"It is more than the typesetter takes. {e.Message}", e);
        }
    }

    /// <summary>The interpreter continues on another stack where one is full, so that deep nesting ends in an error, not the process.</summary>
    static Engine Load() => new Engine(options => options.Constraints.MaxExecutionStackCount = 10_000)
        .Execute(Asset.Text("katex/katex.min.js"))
        .Execute("""
            function typeset(tex, displayMode) {
                return katex.renderToString(tex, { displayMode, output: "htmlAndMathml", throwOnError: true, strict: "ignore", trust: false });
            }
            """);
}
