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
        // languageModeling, transformer, from scratch (no), then weights, sequence length, budget; batch; devices, optimizer and symptoms not known.
        var (known, said) = Answer("\n\n\v\n350M\n4096\n2B tokens\n128\n\n\n\n");
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

    [Fact]
    public void A_linear_model_is_not_asked_what_cannot_apply_and_a_contradiction_is_asked_about_again()
    {
        // The last task and family: a linear model of a table; 300 samples, 40 updates; a batch of 512, which does not fit, then 32; optimizer and symptoms not known.
        var (known, said) = Answer("\v\v\v\v\v\v\v\v\n\v\v\v\v\v\v\n300\n40\n512\n32\n\n\n\n");
        Assert.Equal(new TrainingCase { Task = TrainingTask.Tabular, Family = ModelFamily.Linear, Samples = 300, Updates = 40, Batch = 32 }, known);
        Assert.DoesNotContain("trained weights", said);
        Assert.DoesNotContain("Devices", said);
        Assert.Contains("does not fit into a data set of 300 samples", said);
    }
}
