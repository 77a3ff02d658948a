using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Anneal.Frameworks;

/// <summary>PyTorch schedulers that share one rate and disturb each other: replayed call by call, since no formula of the step gives their rate.</summary>
/// <remarks>
/// <code>η(t) = the rate after ⌊t⌋ calls of step()</code>
/// Needed where a ChainedScheduler holds one that adds or overwrites (a cosine adds on its way up), where a SequentialLR holds one that
/// changes the base rate, and where a scheduler is resumed with a <c>last_epoch</c>. Rates already replayed are kept.
/// </remarks>
public sealed record TorchSimulation : Schedule
{
    /// <summary>More calls than this are refused.</summary>
    public const double MaxCalls = 10_000_000;

    readonly TorchTape tape;

    /// <param name="scheduler">The outermost scheduler.</param>
    /// <param name="parameters">Its parameters, with the base rate as <c>lr</c>, as a JSON object.</param>
    /// <exception cref="ScheduleFormatException">A scheduler or a parameter is unknown, missing or out of range.</exception>
    public TorchSimulation(string scheduler, string parameters)
    {
        Scheduler = scheduler;
        using var document = JsonDocument.Parse(parameters);
        Parameters = Compact(document.RootElement);
        tape = new TorchTape(Start());
    }

    /// <summary>The outermost scheduler.</summary>
    public string Scheduler { get; }

    /// <summary>Its parameters, as a JSON object without spaces.</summary>
    public string Parameters { get; }

    internal static TorchSimulation Of(string scheduler, Parameters p) => new(scheduler, p.Text);

    /// <inheritdoc/>
    public bool Equals(TorchSimulation? other) => other is not null && (Scheduler, Parameters) == (other.Scheduler, other.Parameters);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Scheduler, Parameters);

    /// <inheritdoc/>
    protected override double Rate(double t) => t < MaxCalls ? tape.After((int)t)
        : throw new ArgumentOutOfRangeException(nameof(t), t, $"The step must be below {MaxCalls:#}: {Scheduler} is replayed call by call.");

    /// <inheritdoc/>
    protected override IEnumerable<Piece> PiecesOver(double from, double to) =>
        Piece.Between(Piece.Multiples(1, from, to), from, to, (a, b) => new(a, b, LineCurve.Flat(Rate(a + (b - a) / 2)), this));

    /// <inheritdoc/>
    protected override bool PrintMembers(StringBuilder builder)
    {
        builder.Append($"Scheduler = {Scheduler}, Parameters = {Parameters}");
        return true;
    }

    (TorchGroup, TorchStepper) Start()
    {
        using var document = JsonDocument.Parse(Parameters);
        var p = new Parameters(document.RootElement, "$.params", $"{Scheduler} of {TorchImport.Framework}");
        var group = new TorchGroup(p.Amount("lr"));
        return (group, TorchImport.Build(Scheduler, p, group));
    }

    static string Compact(JsonElement element)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
            element.WriteTo(writer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
