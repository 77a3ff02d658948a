using System.Globalization;
using System.Text;

namespace Anneal.Frameworks;

/// <summary>Writes a schedule as code that gives the same rates elsewhere.</summary>
public static class ScheduleExport
{
    /// <summary>What can be written.</summary>
    public static IReadOnlyList<string> Targets { get; } = ["pytorch", "optax", "keras", "transformers", "latex", "csv"];

    /// <summary>The code, ready to be pasted.</summary>
    /// <param name="schedule">What is written.</param>
    /// <param name="target">One of <see cref="Targets"/>.</param>
    /// <param name="last">The last step of a table; formulas go on.</param>
    /// <exception cref="ScheduleFormatException">The target is unknown, or cannot express the schedule; the message says why.</exception>
    public static string Write(Schedule schedule, string target, double last) => target switch
    {
        "pytorch" => PyTorch(schedule),
        "optax" => Optax(schedule),
        "keras" => Keras(schedule),
        "transformers" => TransformersExport.Write(schedule),
        "latex" => schedule.Latex + "\n",
        "csv" => Csv(schedule, last),
        _ => throw new ScheduleFormatException($"There is no export to {target}; known are {string.Join(", ", Targets)}."),
    };

    /// <summary>LambdaLR multiplies the optimizer's rate, so that rate is 1 and the function gives absolute rates.</summary>
    static string PyTorch(Schedule schedule) => schedule is TorchSimulation replay ? TorchExport.Native(replay) : $"""
        import math
        from torch.optim.lr_scheduler import LambdaLR


        def rate(step):
            t = float(step)
            return {new Formulas(Dialect.Python, "pytorch").Rate(schedule, "t")}


        # optimizer = torch.optim.SGD(model.parameters(), lr=1.0)    # 1.0: rate() is the rate itself
        scheduler = LambdaLR(optimizer, rate)    # call scheduler.step() after every optimizer.step()

        """.ReplaceLineEndings("\n");

    static string Optax(Schedule schedule) => $"""
        import jax.numpy as jnp
        import optax


        def schedule(count):
            t = jnp.asarray(count, dtype=float)
            return {new Formulas(Dialect.Jax, "optax").Rate(schedule, "t")}


        # optimizer = optax.adamw(learning_rate=schedule)

        """.ReplaceLineEndings("\n");

    static string Keras(Schedule schedule) => $"""
        import keras
        from keras import ops


        @keras.saving.register_keras_serializable()
        class Schedule(keras.optimizers.schedules.LearningRateSchedule):
            def __call__(self, step):
                t = ops.cast(step, keras.config.floatx())
                return ops.cast({new Formulas(Dialect.Keras, "keras").Rate(schedule, "t")}, keras.config.floatx())

            def get_config(self):
                return {"{}"}


        # optimizer = keras.optimizers.AdamW(learning_rate=Schedule())

        """.ReplaceLineEndings("\n");

    static string Csv(Schedule schedule, double last)
    {
        if (!(last is >= 0 and <= 10_000_000))
            throw new ScheduleFormatException($"A table ends at a step from 0 to 10000000, not {Written.Number(last)}.");
        var text = new StringBuilder("step,rate\n");
        for (double t = 0; t <= last; t++)
            text.Append(CultureInfo.InvariantCulture, $"{t:R},{schedule.At(t):R}\n");
        return text.ToString();
    }
}
