using System.Globalization;
using System.Text.Json;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;

namespace Anneal.Interactive;

/// <summary>What the directives have in common: HTML where all goes well, a message without a stack trace where it does not.</summary>
static class Answer
{
    /// <summary>Shows what is computed, or says why it cannot be.</summary>
    public static Task Show(KernelCommand command, KernelInvocationContext context, Func<string> html)
    {
        try
        {
            context.DisplayAs(html(), "text/html");
        }
        catch (Exception refused) when (refused is UsageException or FormatException or ArgumentException or InvalidOperationException or NotSupportedException or ArithmeticException)
        {
            context.Fail(command, message: refused.Message);
        }
        return Task.CompletedTask;
    }

    /// <summary>What an option holds, as text.</summary>
    public static string Text(JsonElement value) => (value.ValueKind == JsonValueKind.String ? value.GetString()! : value.ToString()).Trim();

    /// <summary>A schedule in notation or as an object of JSON.</summary>
    public static Schedule Schedule(JsonElement value) => value.ValueKind == JsonValueKind.Object ? ScheduleJson.Read(value) : ScheduleNotation.Parse(Text(value));

    /// <summary>A number that an option may have.</summary>
    public static double? Number(string option, string? text) => text is null ? null
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number
        : throw new UsageException($"{option} takes a number, such as {option} 1000, not {text}.");

    /// <summary>A step to which something is shown.</summary>
    public static double? Step(string option, string? text) => Number(option, text) switch
    {
        null => null,
        >= 0 and <= 1L << 53 and var step => step,
        _ => throw new UsageException($"{option} is a step from 0 to 2^53, not {text}."),
    };
}
