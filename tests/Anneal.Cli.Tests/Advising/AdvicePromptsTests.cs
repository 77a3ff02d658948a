using Anneal.Advice;
using Spectre.Console;

namespace Anneal.Cli.Tests;

public class AdvicePromptsTests
{
    /// <summary>Keys typed one after the other.</summary>
    sealed class Typed(string keys) : IAnsiConsoleInput
    {
        int at;

        public bool IsKeyAvailable() => at < keys.Length;

        public ConsoleKeyInfo? ReadKey(bool intercept) => at == keys.Length ? throw new InvalidOperationException("There are more questions than answers.")
            : keys[at++] is var c && c == '\n' ? new('\r', ConsoleKey.Enter, false, false, false) : c == '\v' ? new('\0', ConsoleKey.DownArrow, false, false, false) : new(c, ConsoleKey.NoName, false, false, false);

        public Task<ConsoleKeyInfo?> ReadKeyAsync(bool intercept, CancellationToken cancellationToken) => Task.FromResult(ReadKey(intercept));
    }

    sealed class Asked(IAnsiConsole inner, IAnsiConsoleInput input) : IAnsiConsole
    {
        public Profile Profile => inner.Profile;
        public IAnsiConsoleCursor Cursor => inner.Cursor;
        public IAnsiConsoleInput Input => input;
        public IExclusivityMode ExclusivityMode => inner.ExclusivityMode;
        public Spectre.Console.Rendering.RenderPipeline Pipeline => inner.Pipeline;

        public void Clear(bool home) => inner.Clear(home);

        public void Write(Spectre.Console.Rendering.IRenderable renderable) => inner.Write(renderable);

        public void WriteAnsi(Action<AnsiWriter> action) => inner.WriteAnsi(action);
    }

    static (TrainingCase Case, string Said) Answer(string keys)
    {
        var said = new StringWriter();
        var console = AnsiConsole.Create(new() { Ansi = AnsiSupport.Yes, Interactive = InteractionSupport.Yes, Out = new AnsiConsoleOutput(said) });
        return (AdvicePrompts.Ask(new Asked(console, new Typed(keys))), said.ToString());
    }

    [Fact]
    public void It_asks_for_what_the_proposal_needs_and_for_nothing_else()
    {
        // languageModeling, transformer, from scratch (no), then weights, sequence length, budget; batch; devices none; the rest not known.
        var (known, said) = Answer("\n\n\v\n350M\n4096\n2B tokens\n128\n\n\n\n\n");
        Assert.Equal(new TrainingCase
        {
            Task = TrainingTask.LanguageModeling,
            Family = ModelFamily.Transformer,
            Pretrained = false,
            Parameters = 350e6,
            TokensPerSample = 4096,
            TrainingTokens = 2e9,
            Batch = 128,
        }, known);
        Assert.DoesNotContain("images", said.Split("How many weights")[1]);
    }
}
