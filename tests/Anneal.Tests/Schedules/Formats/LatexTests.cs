using CsCheck;

namespace Anneal.Tests.Schedules;

public class LatexTests
{
    public static TheoryData<Schedule> Schedules => [.. Gallery.Schedules];

    [Theory]
    [InlineData("constant(0.0003)", @"\eta(t) = 3 \cdot 10^{-4}")]
    [InlineData("cosine(0.1, 100)", @"\eta(t) = \begin{cases} 0.1 \cdot \cos^2\!\left(\frac{\pi}{2} \cdot \frac{t}{100}\right) & t < 100 \\ 0 & t \ge 100 \end{cases}")]
    [InlineData("step(0.1, 0.5, 30)", @"\eta(t) = 0.1 \cdot 0.5^{\lfloor t / 30 \rfloor}")]
    [InlineData("inverseTime(1)", @"\eta(t) = \frac{1}{1 + t}")]
    [InlineData("warmup(0.1, 20) > constant(0.1)", @"\eta(t) = \begin{cases} 0.1 \cdot \frac{t}{20} & t < 20 \\ 0.1 & \text{else} \end{cases}")]
    [InlineData("shift(exponential(1, 0.5), -3)", @"\eta(t) = 1 \cdot 0.5^{t + 3}")]
    public void A_formula_has_the_schedules_own_numbers(string notation, string latex) => Assert.Equal(latex, ScheduleNotation.Parse(notation).Latex);

    /// <summary>Notation and formula of every shape with its options, read one by one against the formula in its documentation.</summary>
    const string Formulas = """
        linear(0.1, 100, 0.01)  ⟶  \begin{cases} 0.01 + \left(0.1 - 0.01\right) \cdot \left(1 - \frac{t}{100}\right) & t < 100 \\ 0.01 & t \ge 100 \end{cases}
        polynomial(0.1, 100, 2, 0.01)  ⟶  \begin{cases} 0.01 + \left(0.1 - 0.01\right) \cdot \left(1 - \frac{t}{100}\right)^{2} & t < 100 \\ 0.01 & t \ge 100 \end{cases}
        inverseTime(0.1, 0.5, 2)  ⟶  \frac{0.1}{\left(1 + 0.5 \cdot t\right)^{2}}
        inverseSqrt(0.1, 20)  ⟶  \frac{0.1}{\sqrt{1 + \frac{t}{20}}}
        exponential(0.1, 0.0005, 30)  ⟶  0.1 \cdot \left(5 \cdot 10^{-4}\right)^{t / 30}
        step(0.1, 20000000, 30)  ⟶  0.1 \cdot \left(2 \cdot 10^{7}\right)^{\lfloor t / 30 \rfloor}
        multiStep(0.1, [50, 80], 0.1)  ⟶  0.1 \cdot 0.1^{\left|\{b \in \{50, 80\} : b \le t\}\right|}
        piecewise([30, 60], [0.1, 0.03, 0.06], changes: after)  ⟶  \begin{cases} 0.1 & t \le 30 \\ 0.03 & t \le 60 \\ 0.06 & \text{else} \end{cases}
        piecewise([30], [0.1, 0.03])  ⟶  \begin{cases} 0.1 & t < 30 \\ 0.03 & \text{else} \end{cases}
        piecewise([], [0.1])  ⟶  0.1
        interpolate([0, 20, 60], [0.02, 0.1, 0.05])  ⟶  \begin{cases} 0.1 + \left(0.02 - 0.1\right) \cdot \left(1 - \frac{t}{20}\right) & t < 20 \\ 0.05 + \left(0.1 - 0.05\right) \cdot \left(1 - \frac{t - 20}{40}\right) & t < 60 \\ 0.05 & t \ge 60 \end{cases}
        interpolate([5], [0.02])  ⟶  \begin{cases} 0.02 & t < 5 \\ 0.02 & t \ge 5 \end{cases}
        cosine(0, 100, 0.01)  ⟶  \begin{cases} 0.01 \cdot \left(1 - \cos^2\!\left(\frac{\pi}{2} \cdot \frac{t}{100}\right)\right) & t < 100 \\ 0.01 & t \ge 100 \end{cases}
        cosinePower(0.1, 100, 2, 0.01)  ⟶  \begin{cases} 0.01 + \left(0.1 - 0.01\right) \cdot \cos^{4}\!\left(\frac{\pi}{2} \cdot \frac{t}{100}\right) & t < 100 \\ 0.01 & t \ge 100 \end{cases}
        wave(0.1, 100, 1.5, 0.01)  ⟶  \begin{cases} 0.01 + \left(0.1 - 0.01\right) \cdot \cos^2\!\left(1.5\,\pi \cdot \frac{t}{100}\right) & t < 100 \\ 0.01 & t \ge 100 \end{cases}
        restarts(0.1, 20, 2, 0.8, 0.01)  ⟶  0.01 + \left(0.1 \cdot 0.8^i - 0.01\right) \cdot \cos^2\!\left(\frac{\pi}{2} \cdot x\right), \quad x = \frac{t - s_i}{20 \cdot 2^i}, \quad s_i = 20 \cdot \frac{2^i - 1}{2 - 1} \le t < s_{i+1}
        restarts(0.1, 20)  ⟶  0.1 \cdot \cos^2\!\left(\frac{\pi}{2} \cdot x\right), \quad x = \frac{t}{20} - i, \quad i = \left\lfloor \frac{t}{20} \right\rfloor
        hardRestarts(0.1, 100, 3)  ⟶  \begin{cases} 0.1 \cdot \cos^2\!\left(\frac{\pi}{2} (x - \lfloor x \rfloor)\right), \quad x = 3 \cdot \frac{t}{100} & t < 100 \\ 0 & t \ge 100 \end{cases}
        polynomialCycles(0.1, 30, 1, 0.01)  ⟶  0.01 + \left(0.1 - 0.01\right) \cdot \left(1 - \frac{t}{30 n}\right)^{1}, \quad n = \max\!\left(1, \left\lceil \frac{t}{30} \right\rceil\right)
        triangles(0.01, 0.1, 10, 20, 0.5, 0.99)  ⟶  0.01 + \left(0.1 - 0.01\right) \cdot \min\!\left(\frac{30 x}{10}, \frac{30 (1 - x)}{20}\right) \cdot 0.5^i \cdot 0.99^{t}, \quad x = \frac{t}{30} - i, \quad i = \left\lfloor \frac{t}{30} \right\rfloor
        triangles(0, 0.1, 10, 20)  ⟶  0.1 \cdot \min\!\left(\frac{30 x}{10}, \frac{30 (1 - x)}{20}\right), \quad x = \frac{t}{30} - i, \quad i = \left\lfloor \frac{t}{30} \right\rfloor
        sines(0.01, 0.1, 30, 0.8)  ⟶  0.01 + \left(0.1 - 0.01\right) \cdot \sin^2\!\left(\pi x\right) \cdot 0.8^i, \quad x = \frac{t}{30} - i, \quad i = \left\lfloor \frac{t}{30} \right\rfloor
        sines(0.01, 0.1, 30)  ⟶  0.01 + \left(0.1 - 0.01\right) \cdot \sin^2\!\left(\pi x\right), \quad x = \frac{t}{30} - i, \quad i = \left\lfloor \frac{t}{30} \right\rfloor
        tanh(0.1, 100, 0.01)  ⟶  \begin{cases} 0.01 + \left(0.1 - 0.01\right) \cdot \frac{1}{2} \left(1 - \tanh\!\left(-6 + 9 \cdot \frac{t}{100}\right)\right) & t < 100 \\ 0.010222536084097 & t \ge 100 \end{cases}
        warmup(0.1, 20, 0.02)  ⟶  \begin{cases} 0.02 + \left(0.1 - 0.02\right) \cdot \frac{t}{20} & t < 20 \\ 0.1 & t \ge 20 \end{cases}
        eagerWarmup(0.1, 20)  ⟶  \begin{cases} 0.1 \cdot \min\!\left(\frac{t + 1}{20}, 1\right) & t < 20 \\ 0.1 & t \ge 20 \end{cases}
        cosineWarmup(0.1, 20)  ⟶  \begin{cases} 0.1 \cdot \sin^2\!\left(\frac{\pi}{2} \cdot \frac{t}{20}\right) & t < 20 \\ 0.1 & t \ge 20 \end{cases}
        exponentialWarmup(0.1, 100, 1e-4)  ⟶  \begin{cases} 1 \cdot 10^{-4} \cdot \left(\frac{0.1}{1 \cdot 10^{-4}}\right)^{t / 100} & t < 100 \\ 0.1 & t \ge 100 \end{cases}
        logarithmicWarmup(0.1, 20, 0.02)  ⟶  \begin{cases} 0.02 + \left(0.1 - 0.02\right) \cdot \frac{\ln\left(1 + t\right)}{\ln\left(1 + 20\right)} & t < 20 \\ 0.1 & t \ge 20 \end{cases}
        noam(512, 4000)  ⟶  512^{-1/2} \cdot \min\!\left(\left(t + 1\right)^{-1/2}, \left(t + 1\right) \cdot 4000^{-3/2}\right)
        noam(512, 4000, 2)  ⟶  2 \cdot 512^{-1/2} \cdot \min\!\left(\left(t + 1\right)^{-1/2}, \left(t + 1\right) \cdot 4000^{-3/2}\right)
        shift(noam(512, 4000), -20)  ⟶  512^{-1/2} \cdot \min\!\left(\left(t + 20 + 1\right)^{-1/2}, \left(t + 20 + 1\right) \cdot 4000^{-3/2}\right)
        cooldown(0.1, 100, shape: exponential)  ⟶  \begin{cases} 0.1 \cdot \left(2 \cdot 2^{-\frac{t}{100}} - 1\right) & t < 100 \\ 0 & t \ge 100 \end{cases}
        cooldown(0.1, 100, 0.01)  ⟶  \begin{cases} 0.01 + \left(0.1 - 0.01\right) \cdot \left(1 - \sqrt{\frac{t}{100}}\right) & t < 100 \\ 0.01 & t \ge 100 \end{cases}
        cooldown(0.1, 100, shape: rex)  ⟶  \begin{cases} 0.1 \cdot \frac{1 - \frac{t}{100}}{1 - \frac{1}{2} \cdot \frac{t}{100}} & t < 100 \\ 0 & t \ge 100 \end{cases}
        cooldown(0.1, 100, shape: mirrorCosine)  ⟶  \begin{cases} 0.1 \cdot \left(2 - 2 \cdot \frac{t}{100} - \cos^2\!\left(\frac{\pi}{2} \cdot \frac{t}{100}\right)\right) & t < 100 \\ 0 & t \ge 100 \end{cases}
        cooldown(0.1, 100, shape: oneMinusSquare)  ⟶  \begin{cases} 0.1 \cdot \left(1 - \left(\frac{t}{100}\right)^2\right) & t < 100 \\ 0 & t \ge 100 \end{cases}
        cooldown(0.1, 100, shape: cosine)  ⟶  \begin{cases} 0.1 \cdot \cos^2\!\left(\frac{\pi}{2} \cdot \frac{t}{100}\right) & t < 100 \\ 0 & t \ge 100 \end{cases}
        oneCycle(0.1, 99, 29, 0.004, 4e-7)  ⟶  \begin{cases} 0.1 + \left(0.004 - 0.1\right) \cdot \cos^2\!\left(\frac{\pi}{2} \cdot \frac{t}{29}\right) & t < 29 \\ 4 \cdot 10^{-7} + \left(0.1 - 4 \cdot 10^{-7}\right) \cdot \cos^2\!\left(\frac{\pi}{2} \cdot \frac{t - 29}{70}\right) & t < 99 \\ 4 \cdot 10^{-7} & t \ge 99 \end{cases}
        oneCycle(0.1, 99, 29, 0.004, 0, 20, shape: linear)  ⟶  \begin{cases} 0.1 + \left(0.004 - 0.1\right) \cdot \left(1 - \frac{t}{29}\right) & t < 29 \\ 0.004 + \left(0.1 - 0.004\right) \cdot \left(1 - \frac{t - 29}{20}\right) & t < 49 \\ 0.004 \cdot \left(1 - \frac{t - 49}{50}\right) & t < 99 \\ 0 & t \ge 99 \end{cases}
        wsd(0.1, 100, 10, 20)  ⟶  \begin{cases} 0.1 \cdot \frac{t}{10} & t < 10 \\ 0.1 & t < 80 \\ 0.1 \cdot \left(1 - \frac{t - 80}{20}\right) & t < 100 \\ 0 & t \ge 100 \end{cases}
        wsd(0.1, 100, 0, 0)  ⟶  \begin{cases} 0.1 & t < 100 \\ 0 & t \ge 100 \end{cases}
        wsd(0.1, 100, 10, 20, 0.01, 0.001, oneMinusSqrt)  ⟶  \begin{cases} 0.001 + \left(0.1 - 0.001\right) \cdot \frac{t}{10} & t < 10 \\ 0.1 & t < 80 \\ 0.01 + \left(0.1 - 0.01\right) \cdot \left(1 - \sqrt{\frac{t - 80}{20}}\right) & t < 100 \\ 0.01 & t \ge 100 \end{cases}
        warmup(0.1, 20) > cosine(0.1, 80)  ⟶  \begin{cases} 0.1 \cdot \frac{t}{20} & t < 20 \\ 0.1 \cdot \cos^2\!\left(\frac{\pi}{2} \cdot \frac{t - 20}{80}\right) & t < 100 \\ 0 & t \ge 100 \end{cases}
        constant(0.1) for 50  ⟶  \begin{cases} 0.1 & t < 50 \\ 0.1 & t \ge 50 \end{cases}
        repeat(cosine(0.1, 20, 0.01), 4, 0.8, 1.5)  ⟶  \begin{cases} 0.8^i \cdot \left(0.01 + \left(0.1 - 0.01\right) \cdot \cos^2\!\left(\frac{\pi}{2} \cdot \frac{20 x}{20}\right)\right), \quad x = \frac{t - s_i}{20 \cdot 1.5^i}, \quad s_i = 20 \cdot \frac{1.5^i - 1}{1.5 - 1} \le t < s_{i+1} & t < 162.5 \\ 0.00512 & t \ge 162.5 \end{cases}
        loop(linear(0.1, 20, 0.01))  ⟶  \left(0.01 + \left(0.1 - 0.01\right) \cdot \left(1 - \frac{20 x}{20}\right)\right), \quad x = \frac{t}{20} - i, \quad i = \left\lfloor \frac{t}{20} \right\rfloor
        loop(constant(0.1) for 5, 0.5, 2)  ⟶  0.5^i \cdot 0.1, \quad x = \frac{t - s_i}{5 \cdot 2^i}, \quad s_i = 5 \cdot \frac{2^i - 1}{2 - 1} \le t < s_{i+1}
        continue(cosine(0.1, 40))  ⟶  0.1 \cdot \cos^2\!\left(\frac{\pi}{2} \cdot \frac{t}{40}\right)
        reverse(linear(0.1, 40))  ⟶  \begin{cases} 0.1 \cdot \left(1 - \frac{40 - t}{40}\right) & t < 40 \\ 0.1 & t \ge 40 \end{cases}
        warp(linear(0.1, 100), 2)  ⟶  \begin{cases} 0.1 \cdot \left(1 - \frac{(100 \left(t / 100\right)^{2})}{100}\right) & t < 100 \\ 0 & t \ge 100 \end{cases}
        scale(inverseTime(1, 0.1), 0.5)  ⟶  0.5 \cdot \left(\frac{1}{1 + 0.1 \cdot t}\right)
        shift(inverseTime(0.1, 0.1), 20)  ⟶  \begin{cases} \frac{0.1}{1 + 0.1 \cdot 0} & t < 20 \\ \frac{0.1}{1 + 0.1 \cdot (t - 20)} & \text{else} \end{cases}
        shift(inverseTime(0.1, 0.1), -20)  ⟶  \frac{0.1}{1 + 0.1 \cdot (t + 20)}
        stretch(inverseTime(0.1), 20)  ⟶  \frac{0.1}{1 + (t / 20)}
        clamp(inverseTime(0.2, 0.1), 0.02, 0.1)  ⟶  \min\!\left(\max\!\left(\frac{0.2}{1 + 0.1 \cdot t}, 0.02\right), 0.1\right)
        max(inverseTime(0.1), constant(0.01))  ⟶  \max\!\left(\frac{0.1}{1 + t}, 0.01\right)
        min(inverseTime(0.1), constant(0.01))  ⟶  \min\!\left(\frac{0.1}{1 + t}, 0.01\right)
        sum(constant(0.05), linear(0.01, 100))  ⟶  0.05 + \left(0.01 \cdot \left(1 - \frac{t}{100}\right)\right)
        product(constant(0.05), linear(1, 100))  ⟶  0.05 \cdot \left(1 \cdot \left(1 - \frac{t}{100}\right)\right)
        product(warmup(0.1, 20) > constant(0.1), inverseTime(1))  ⟶  \begin{cases} 0.1 \cdot \frac{t}{20} & t < 20 \\ 0.1 & \text{else} \end{cases} \cdot \left(\frac{1}{1 + t}\right)
        staircase(exponential(0.1, 0.98), 10)  ⟶  0.1 \cdot 0.98^{10 \lfloor t / 10 \rfloor}
        noise(cosine(0.1, 100), 0.1)  ⟶  \left(0.1 \cdot \cos^2\!\left(\frac{\pi}{2} \cdot \frac{t}{100}\right)\right) \cdot \left(1 + z_{\lfloor t \rfloor}\right)
        stretch(shift(cosine(1, 10), 5), 3)  ⟶  \begin{cases} 1 \cdot \cos^2\!\left(\frac{\pi}{2} \cdot \frac{0}{10}\right) & (t / 3) < 5 \\ 1 \cdot \cos^2\!\left(\frac{\pi}{2} \cdot \frac{t / 3 - 5}{10}\right) & \text{else} \end{cases}
        interpolate([5, 10], [0.02, 0.04])  ⟶  \begin{cases} 0.02 & t < 5 \\ 0.04 + \left(0.02 - 0.04\right) \cdot \left(1 - \frac{t - 5}{5}\right) & t < 10 \\ 0.04 & t \ge 10 \end{cases}
        """;

    public static TheoryData<string, string> Rows
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (string line in Formulas.Split('\n'))
                rows.Add(line.Split("  ⟶  ")[0], line.Split("  ⟶  ")[1]);
            return rows;
        }
    }

    [Theory, MemberData(nameof(Rows))]
    public void Every_option_of_a_shape_is_in_its_formula(string notation, string formula) =>
        Assert.Equal(@"\eta(t) = " + formula, ScheduleNotation.Parse(notation).Latex);

    [Theory, MemberData(nameof(Schedules))]
    public void Braces_and_brackets_close(Schedule schedule) => Closes(schedule.Latex);

    [Fact]
    public void Braces_and_brackets_close_in_any_formula() => Any.Schedule.Where(HasAnEnd).Sample(schedule => Closes(schedule.Latex));

    /// <summary>A part that refuses to be passed may have been cut behind its own end: then there is no last rate to show.</summary>
    static bool HasAnEnd(Schedule schedule)
    {
        try
        {
            schedule.At(1e6);
            return true;
        }
        catch (ArgumentOutOfRangeException)
        {
            return false;
        }
    }

    static void Closes(string latex)
    {
        int depth = 0;
        foreach (char c in latex.Replace(@"\{", "").Replace(@"\}", ""))
        {
            depth += c switch { '{' => 1, '}' => -1, _ => 0 };
            Assert.True(depth >= 0, latex);
        }
        Assert.Equal(0, depth);
        Assert.Equal(latex.Split(@"\left").Length, latex.Split(@"\right").Length);
        Assert.Equal(latex.Split(@"\begin{cases}").Length, latex.Split(@"\end{cases}").Length);
        Assert.DoesNotContain("NaN", latex);
    }
}
