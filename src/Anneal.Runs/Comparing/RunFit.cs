namespace Anneal.Runs;

/// <summary>Finds the schedule that a log followed: the simplest that meets it, or the nearest ones.</summary>
/// <remarks>
/// The rise gives the warm-up, what stays at the peak the hold; what follows is fitted by each shape, its length by search and its floor by least squares:
/// <code>floor = Σ w·(1 − g)·(η − peak·g) / Σ w·(1 − g)²   where g falls from 1 to 0</code>
/// Numbers are rounded to whole updates and short decimals as far as the log allows.
/// </remarks>
public static class RunFit
{
    /// <summary>Entries that are fitted; all are checked.</summary>
    const int Fitted = 240;

    /// <summary>Entries that are enough where rates are exact.</summary>
    const int FittedExactly = 60;

    /// <summary>The likeliest schedules, those that explain the log first, and of those the one with the fewest numbers.</summary>
    public static IReadOnlyList<FittedSchedule> Fit(RunLog log, int most = 3) => Fit(log, most, warmup: null);

    /// <summary>The same where the end of the warm-up is known to an update, which saves the search for it.</summary>
    internal static IReadOnlyList<FittedSchedule> Fit(RunLog log, int most, double? warmup)
    {
        ArgumentNullException.ThrowIfNull(log);
        var found = Found(log, most, warmup);
        // A log that counts from 1 tells at step n the rate of update n − 1.
        return warmup is null && log.Steps.Length > 0 && log.Steps.Min() >= 1 && !found.Any(f => f.Explains)
            && Found(log with { Steps = [.. log.Steps.Select(step => step - 1)] }, most, null) is var shifted && shifted.Any(f => f.Explains)
            ? [.. shifted.Select(f => f with { Name = f.Name + ", counted from 1" })] : found;
    }

    static IReadOnlyList<FittedSchedule> Found(RunLog log, int most, double? warmup)
    {
        var series = Series.Of(log);
        var found = new List<FittedSchedule>();
        if (series.Count == 0 || !(series.Peak > 0))
            return found;
        var fitter = new Fitter(series, found, warmup);
        fitter.Constant();
        fitter.Levels();
        if (!found.Any(f => f.Explains))
        {
            fitter.Decays();
            fitter.AfterLogarithm();
            fitter.Restarts();
        }
        return [.. found.OrderByDescending(f => f.Explains).ThenBy(f => f.Explains ? f.Parameters : 0).ThenBy(f => f.Worst).DistinctBy(f => f.Name).Take(most)];
    }

    /// <summary>A shape of decay: what is left of the way to the floor, after so much of its length.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Left">From 1 to 0, or towards 0.</param>
    /// <param name="Make">The schedule of a peak, a length and a floor.</param>
    /// <param name="Ends">Whether it reaches its floor.</param>
    /// <param name="Parameters">Numbers besides peak, length and floor.</param>
    sealed record DecayShape(string Name, Func<double, double> Left, Func<double, double, double, Schedule> Make, bool Ends = true, int Parameters = 0);

    static IReadOnlyList<DecayShape> Shapes { get; } =
    [
        new("linear decay", x => 1 - Math.Min(x, 1), (peak, length, floor) => new LinearDecay(peak, length, floor)),
        new("cosine decay", x => Math.Pow(Math.Cos(Math.PI / 2 * Math.Min(x, 1)), 2), (peak, length, floor) => new CosineDecay(peak, length, floor)),
        new("inverse square root", x => Math.Sqrt(1 / (1 + x)), (peak, length, _) => new InverseSqrtDecay(peak, length), Ends: false),
        new("exponential decay", x => Math.Exp(-x), (peak, length, _) => new ExponentialDecay(peak, Math.Exp(-1 / length)), Ends: false),
        new("1 − √x cooldown", x => 1 - Math.Sqrt(Math.Min(x, 1)), (peak, length, floor) => new Cooldown(peak, length, floor)),
        new("quadratic decay", x => Math.Pow(1 - Math.Min(x, 1), 2), (peak, length, floor) => new PolynomialDecay(peak, length, 2, floor), Parameters: 1),
        new("square-root decay", x => Math.Sqrt(1 - Math.Min(x, 1)), (peak, length, floor) => new PolynomialDecay(peak, length, 0.5, floor), Parameters: 1),
        new("polynomial decay, power 0.9", x => Math.Pow(1 - Math.Min(x, 1), 0.9), (peak, length, floor) => new PolynomialDecay(peak, length, 0.9, floor), Parameters: 1),
        new("cubic decay", x => Math.Pow(1 - Math.Min(x, 1), 3), (peak, length, floor) => new PolynomialDecay(peak, length, 3, floor), Parameters: 1),
        new("exponential cooldown", x => 2 * Math.Pow(0.5, Math.Min(x, 1)) - 1, (peak, length, floor) => new Cooldown(peak, length, floor, Easing.Exponential), Parameters: 1),
        new("inverse time", x => 1 / (1 + x), (peak, length, _) => new InverseTimeDecay(peak, 1 / length), Ends: false),
    ];

    sealed class Fitter(Series series, List<FittedSchedule> found, double? known)
    {
        readonly double[] steps = series.Steps, rates = series.Rates;

        double Tolerance(int i) => series.Tolerance[i] + 1e-9 * series.Peak;

        int Count => series.Count;

        public void Constant() => Add("constant", new Constant(Short(rates.Order().ElementAt(Count / 2), 0)), 1);

        void Add(string name, Schedule schedule, int parameters)
        {
            double worst = 0, largest = 0;
            int outside = 0;
            for (int i = 0; i < Count; i++)
            {
                double distance = Math.Abs(schedule.At(Math.Max(0, steps[i])) - rates[i]), units = distance / Tolerance(i);
                if (units > 1.5 && ++outside <= Count / 200)
                    continue; // one entry in two hundred may be a stray
                (worst, largest) = (Math.Max(worst, units), Math.Max(largest, distance));
            }
            found.Add(new(name, schedule, parameters, largest / series.Peak, worst));
        }

        /// <summary>Rates that stay where they are between a few jumps, with or without a warm-up.</summary>
        public void Levels()
        {
            var climb = Climb();
            int from = climb?.Until ?? 0;
            double start = climb is null ? 0 : climb.Value.Length;
            var boundaries = new List<double>();
            var values = new List<double> { rates[from] };
            for (int i = from + 1; i < Count; i++)
                if (Math.Abs(rates[i] - values[^1]) > 2 * Tolerance(i))
                {
                    boundaries.Add(Round(steps[i - 1], steps[i]) - start);
                    values.Add(rates[i]);
                    if (values.Count > 24 || values.Count * 3 > Count - from)
                        return;
                }
            if (climb is null && values.Count == 1 || boundaries.Any(b => b <= 0))
                return;
            double peak = Short(values[0], from);
            Schedule flat = values.Count == 1 ? new Constant(peak) : Steps(boundaries, [.. values.Select((v, i) => Short(v, from))]);
            Add(values.Count == 1 ? "constant after a warm-up" : "steps", climb is { } up ? new Warmup(peak, up.Length, up.Start).Then(flat) : flat, 1 + 2 * boundaries.Count + (climb is null ? 0 : 1));
        }

        static Schedule Steps(List<double> boundaries, double[] values)
        {
            double factor = values[1] / values[0];
            bool even = boundaries.Count > 1 && boundaries.Select((b, i) => Math.Abs(b - boundaries[0] * (i + 1)) <= 1e-9 * b).All(x => x) && values.Skip(1).Select((v, i) => Math.Abs(v / values[i] - factor) < 1e-3 * factor).All(x => x);
            return even ? new StepDecay(values[0], Math.Round(factor, 6), boundaries[0]) : new PiecewiseConstant(boundaries, values);
        }

        /// <summary>A straight rise at the beginning: its length, where it starts, and the first entry past it.</summary>
        (double Length, double Start, double Slope, int Until)? Climb()
        {
            int top = Array.FindIndex(rates, rate => rate >= series.Peak * (1 - 1e-6) - Tolerance(0));
            int rising = 0;
            while (rising + 1 < Count && rates[rising + 1] > rates[rising])
                rising++;
            if (rising == 0 || rates[0] > 0.98 * series.Peak)
                return null;
            int used = Math.Max(1, Math.Min(rising, top)); // the entry at the top may lie past the end of the rise
            double slope, start;
            if (used == 1)
                (slope, start) = steps[0] == 0 ? ((rates[1] - rates[0]) / (steps[1] - steps[0]), rates[0]) : (rates[0] / steps[0], 0);
            else
            {
                double meanStep = Enumerable.Range(0, used).Average(i => steps[i]), mean = Enumerable.Range(0, used).Average(i => rates[i]);
                slope = Enumerable.Range(0, used).Sum(i => (steps[i] - meanStep) * (rates[i] - mean)) / Enumerable.Range(0, used).Sum(i => Math.Pow(steps[i] - meanStep, 2));
                start = mean - slope * meanStep;
            }
            if (!(slope > 0))
                return null;
            start = Math.Abs(start) < 0.02 * slope + 2 * Tolerance(0) && start < 0.5 * slope ? 0 : Math.Max(0, start);
            double length = Math.Max(1, Math.Round((series.Peak - start) / slope));
            return (length, start, slope, Math.Min(Count - 1, Array.FindIndex(steps, s => s >= length) is >= 0 and var until ? until : Count - 1));
        }

        public void Decays()
        {
            var climb = Climb();
            int top = Array.FindIndex(rates, rate => rate >= series.Peak - Level(Array.IndexOf(rates, series.Peak)));
            int held = top;
            while (held + 1 < Count && rates[held + 1] >= series.Peak - Level(held + 1))
                held++;
            // Around its peak every curve is level for a little while, where a run is long enough.
            bool hold = held - top >= 2 && (known is null || steps[held] - steps[top] > 1e-4 * steps[^1]);
            // Without a hold the peak may lie between two entries, where the rise and the decay meet.
            foreach (double begin in Begins(climb, top, held, hold).Distinct())
            {
                double warmup = climb is not { } up ? 0 : hold ? up.Length : begin;
                double peak = climb is { } rise && !hold ? rise.Start + rise.Slope * begin : series.Peak;
                foreach (var shape in Shapes)
                {
                    Decay(shape, warmup, warmup > 0 ? high => new Warmup(high, warmup, climb?.Start ?? 0) : null, Math.Max(begin, warmup), peak);
                    if (known is not null && found.Any(f => f.Explains))
                        return; // exact rates are explained by one shape only
                }
            }
        }

        /// <summary>What follows a logarithmic warm-up: nothing but the peak, or a decay.</summary>
        public void AfterLogarithm()
        {
            if (found.Any(f => f.Explains) || LogarithmicRise() is not { } rise)
                return;
            int held = Array.FindLastIndex(rates, rate => rate >= series.Peak - Level(0));
            if (held == Count - 1)
                Add("constant after a logarithmic warm-up", rise.Make(Short(series.Peak, held)).Then(new Constant(Short(series.Peak, held))), 2);
            else
                foreach (double begin in (double[])[rise.Length, rise.Length + 1, .. steps[held] > rise.Length + 1 ? [steps[held]] : (double[])[]])
                    foreach (var shape in Shapes)
                        Decay(shape, rise.Length, rise.Make, begin, series.Peak);
        }

        /// <summary>A rise along ln(1 + t), as long as its entries agree about the end; DeepSpeed's begins one update late.</summary>
        (double Length, Func<double, Segment> Make)? LogarithmicRise()
        {
            int top = Array.FindIndex(rates, rate => rate >= series.Peak - Tolerance(0));
            foreach (double late in (double[])[1, 0])
            {
                double start = steps[0] <= late ? rates[0] : 0, way = series.Peak - start;
                int[] rising = [.. Enumerable.Range(0, Math.Max(0, top)).Where(i => steps[i] > late && rates[i] > start)];
                if (rising.Length < 3)
                    continue;
                double length = Math.Round(Math.Exp(rising.Select(i => way * Math.Log(1 + steps[i] - late) / (rates[i] - start)).Order().ElementAt(rising.Length / 2)) - 1);
                if (length > 1 && rising.All(i => Math.Abs(start + way * Math.Log(1 + steps[i] - late) / Math.Log(1 + length) - rates[i]) <= 1.5 * Tolerance(i)))
                    return (length + late, peak => late == 0 ? new LogarithmicWarmup(peak, length, start) : new Constant(start).For(late).Then(new LogarithmicWarmup(peak, length, start)));
            }
            return null;
        }

        /// <summary>How far below the peak still counts as the peak; rates that are exact stay at it exactly.</summary>
        double Level(int i) => known is null ? 2 * Tolerance(i) : 1e-12 * series.Peak;

        IEnumerable<double> Begins((double Length, double Start, double Slope, int Until)? climb, int top, int held, bool hold)
        {
            double low = hold ? steps[held] : climb is { } up ? Math.Max(1, Math.Min(up.Length, steps[top]) - (top > 0 ? steps[top] - steps[top - 1] : 1)) : 0;
            double high = hold ? steps[Math.Min(held + 1, Count - 1)] : climb is null ? 0 : steps[Math.Min(top + 1, Count - 1)];
            if (!hold && climb is null)
                return [0];
            if (!hold && known is { } end)
                return [Math.Max(1, Math.Floor(end)), Math.Max(1, Math.Floor(end) - 1), Math.Ceiling(end)];
            double stride = Math.Max(1, Math.Floor((high - low) / 40));
            return [.. Enumerable.Range(0, (int)((high - low) / stride) + 1).Select(i => low + i * stride), Round(low, high), climb?.Length ?? low];
        }

        void Decay(DecayShape shape, double warmup, Func<double, Segment>? rise, double begin, double peak)
        {
            int[] after = series.Chosen(known is null ? Fitted : FittedExactly).Where(i => steps[i] > begin).ToArray();
            if (after.Length < 3 || !(peak > 0))
                return;
            double span = steps[^1] - begin, hold = begin - warmup, high = Short(peak, Array.IndexOf(rates, series.Peak));
            // With a floor of 0 first, which takes one number less.
            foreach (double? given in shape.Ends ? (double?[])[0, null] : [0])
            {
                double shortest = shape.Ends ? 0.2 : 1e-3;
                var best = Enumerable.Range(0, 80).Select(i => shortest * Math.Pow(12 / shortest, i / 79.0) * span).Select(length => (length, Cost(length, given).Cost)).MinBy(c => c.Cost);
                double length = Golden(l => Cost(l, given).Cost, best.length / 1.15, best.length * 1.15);
                double whole = shape.Ends ? Math.Max(1, Math.Round(begin + length) - begin) : Math.Round(length, 2);
                double low = given ?? Math.Max(0, Short(Cost(whole).Floor, Count - 1));
                if (given is null && low == 0)
                    continue;
                var decay = shape.Make(high, whole, low);
                Schedule tail = hold > 0 ? new Constant(high).For(hold).Then(decay) : decay;
                Add(shape.Name + (hold > 0 ? " after a hold" : "") + (warmup > 0 ? " after a warm-up" : ""), rise?.Invoke(high).Then(tail) ?? tail,
                    2 + shape.Parameters + (low > 0 ? 1 : 0) + (hold > 0 ? 1 : 0) + (warmup > 0 ? 1 : 0));
            }

            (double Cost, double Floor) Cost(double length, double? given = null)
            {
                double above = 0, below = 0;
                foreach (int i in after)
                {
                    double g = shape.Left((steps[i] - begin) / length), w = 1 / (Tolerance(i) * Tolerance(i));
                    above += w * (1 - g) * (rates[i] - peak * g);
                    below += w * (1 - g) * (1 - g);
                }
                double fitted = given ?? (shape.Ends && below > 0 ? Math.Max(0, above / below) : 0), cost = 0;
                foreach (int i in after)
                    cost += Math.Pow((fitted + (peak - fitted) * shape.Left((steps[i] - begin) / length) - rates[i]) / Tolerance(i), 2);
                return (cost / after.Length, fitted);
            }
        }

        /// <summary>A cosine that begins again and again.</summary>
        public void Restarts()
        {
            int jump = Enumerable.Range(1, Count - 1).FirstOrDefault(i => rates[i] > 1.5 * rates[i - 1] && rates[i] > 0.6 * series.Peak && rates[i - 1] < 0.5 * series.Peak && i > Count / 20);
            if (jump == 0)
                return;
            double period = Round(steps[jump - 1], steps[jump]), low = rates.Where((_, i) => i < jump).Min();
            foreach (double floor in (double[])[0, Short(low, jump - 1)])
                Add("cosine with restarts", new CosineRestarts(Short(series.Peak, Array.IndexOf(rates, series.Peak)), period, Floor: floor), floor > 0 ? 3 : 2);
        }

        static double Golden(Func<double, double> cost, double low, double high)
        {
            double ratio = (Math.Sqrt(5) - 1) / 2, a = high - ratio * (high - low), b = low + ratio * (high - low), costA = cost(a), costB = cost(b);
            for (int i = 0; i < 48; i++)
                if (costA < costB)
                {
                    (high, b, costB) = (b, a, costA);
                    costA = cost(a = high - ratio * (high - low));
                }
                else
                {
                    (low, a, costA) = (a, b, costB);
                    costB = cost(b = low + ratio * (high - low));
                }
            return (low + high) / 2;
        }

        /// <summary>The roundest whole number above <paramref name="low"/> and up to <paramref name="high"/>.</summary>
        static double Round(double low, double high)
        {
            for (double unit = Math.Pow(10, Math.Ceiling(Math.Log10(Math.Max(1, high)))); unit >= 1; unit /= 10)
                foreach (double part in (double[])[unit, unit / 2])
                    if (part >= 1 && Math.Floor(high / part) * part is var round && round > low)
                        return round;
            return Math.Ceiling(high);
        }

        /// <summary>The shortest decimal that the log cannot tell from a rate.</summary>
        double Short(double rate, int entry)
        {
            if (!(rate > 0))
                return 0;
            double size = Math.Pow(10, Math.Floor(Math.Log10(rate)));
            for (int digits = 0; digits < 12; digits++)
                if (Math.Round(rate / size, digits) is var mantissa && Math.Abs(mantissa * size - rate) <= Math.Max(Tolerance(Math.Clamp(entry, 0, Count - 1)), 1e-7 * rate))
                    return double.Parse($"{mantissa.ToString("R", System.Globalization.CultureInfo.InvariantCulture)}e{(int)Math.Floor(Math.Log10(rate))}", System.Globalization.CultureInfo.InvariantCulture);
            return rate;
        }
    }
}
