using System.Reflection;

namespace Anneal.Tests;

/// <summary>
/// Memory is read and written by address in Kernels/ and by what calls it. Each public way in, and what it checks before the first address is made, is listed here and tried
/// with numbers that would lead outside: what is not on the list makes the first test fail.
/// </summary>
public class UnsafeEntriesTests
{
    /// <summary>Public members that take numbers, lengths or places from a caller and end at an address.</summary>
    static readonly string[] Entries =
    [
        "Rule.Step", "Rule.GetEvaluationWeights",
        "View.get_Item", "View.set_Item", "View.Slice", "View.CopyTo", "View.CopyFrom", "View.Fill", "View.ToArray",
        "Pass.get_Item", "Pass.Number", "Pass.Of", "Pass.Run", "Pass.Over", "Pass.Sum", "Pass.Dot", "Pass.Norm", "Pass.SumAbs",
        "SlotValues.ToArray",
    ];

    /// <summary>Those whose own signature has a pointer: who calls them vouches for it.</summary>
    [Fact]
    public void Pointers_stand_in_public_signatures_of_lanes_alone() => Assert.All(
        typeof(Rule).Assembly.GetExportedTypes().Where(t => t.GetMethods(Every).Any(m => IsSeen(m) && m.GetParameters().Any(p => p.ParameterType.IsPointer) || m.ReturnType.IsPointer && IsSeen(m))),
        t => Assert.True(t.GetInterfaces().Append(t).Any(i => i.Name.StartsWith("ILane")), t.FullName));

    [Fact]
    public void Every_public_way_to_memory_is_on_the_list()
    {
        // What takes or gives views, passes or states of rules, apart from what rule authors override.
        string[] found = [.. new[] { typeof(Rule), typeof(View<>), typeof(Pass<>), typeof(SlotValues) }.SelectMany(type => type.GetMethods(Every | BindingFlags.DeclaredOnly)
            .Where(m => m.IsPublic && !m.IsAbstract && m.Name is not ("Equals" or "GetHashCode" or "ToString" or "<Clone>$" or "op_Equality" or "op_Inequality"))
            .Where(m => !m.IsSpecialName || m.Name.EndsWith("_Item"))
            .Select(m => $"{type.Name.Split('`')[0]}.{m.Name}")).Distinct().Except(["Rule.Start", "Rule.Path", "Pass.Momentum", "Pass.Decay"])];
        Assert.Equal(Entries.Order(), found.Order());
    }

    const BindingFlags Every = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;

    static bool IsSeen(MethodInfo m) => m.IsPublic || m.IsFamily || m.IsFamilyOrAssembly;

    /// <summary>A rule that does what a careless author might, once a step.</summary>
    sealed record Careless(Action<Careless.Tried> Act) : Rule
    {
        protected internal override IReadOnlyList<Slot> Slots(Layout layout) => ["m", new("few", _ => 1)];

        protected internal override IReadOnlyList<string> NumberNames => ["n"];

        protected internal override void Update<L>(in Pass<L> pass) => Act(new Tried<L>(pass));

        public abstract class Tried
        {
            public abstract void Do(string what);
        }

        sealed class Tried<L>(Pass<L> pass) : Tried where L : struct, ILane<L>
        {
            public override void Do(string what)
            {
                var p = pass;
                var w = p.Weights;
                switch (what)
                {
                    case "read before": _ = w[-1]; break;
                    case "read after": _ = w[w.Length]; break;
                    case "write before": w[-1] = 0; break;
                    case "write after": w[int.MaxValue] = 0; break;
                    case "slice before": w.Slice(-1, 2); break;
                    case "slice after": w.Slice(2, w.Length); break;
                    case "slice of a negative length": w.Slice(2, -1); break;
                    case "slice that overflows": w.Slice(int.MaxValue, int.MaxValue); break;
                    case "copy into fewer": p.Weights.CopyTo(p[1]); break;
                    case "copy from fewer": p[1].CopyTo(p.Weights); break;
                    case "copy into a short span": w.CopyTo(new double[w.Length - 1]); break;
                    case "copy from a short span": w.CopyFrom(new double[w.Length - 1]); break;
                    case "slot before": _ = p[-1]; break;
                    case "slot after": _ = p[2]; break;
                    case "number before": p.Number(-1) = 1; break;
                    case "number after": p.Number(1) = 1; break;
                    case "tensor before": p.Of(-1); break;
                    case "tensor after": p.Of(1); break;
                    case "formula on fewer": p.Run(new Keep<L>(), p[1]); break;
                    case "formula over fewer": p.Over(new Scale<L>(2), p.Weights, p[1]); break;
                    case "sum over fewer": p.Dot(p.Weights, p[1]); break;
                    case "an empty view": _ = default(View<L>)[0]; break;
                    default: throw new ArgumentException(what);
                }
            }
        }
    }

    readonly struct Keep<L> : IUpdate1<L> where L : struct, ILane<L>
    {
        public L Apply(L w, L g, ref L a) => w;
    }

    public static TheoryData<string> Ways =>
    [
        "read before", "read after", "write before", "write after", "slice before", "slice after", "slice of a negative length", "slice that overflows", "copy into fewer",
        "copy from fewer", "copy into a short span", "copy from a short span", "slot before", "slot after", "number before", "number after", "tensor before", "tensor after",
        "formula on fewer", "formula over fewer", "sum over fewer", "an empty view",
    ];

    [Theory, MemberData(nameof(Ways))]
    public void What_leads_outside_is_refused_and_the_weights_stay(string way)
    {
        var rule = new Careless(tried => tried.Do(way));
        foreach (bool scalar in new[] { false, true })
        {
            double[] wide = [.. Enumerable.Range(1, 40).Select(i => (double)i)];
            float[] narrow = [.. wide.Select(w => (float)w)];
            var options = new StepOptions(0.1) { Scalar = scalar };
            Refused(() => rule.Step(rule.Start(Layout.Of(40)), wide, new double[40], options));
            Refused(() => rule.Step(rule.Start(Layout.Of(40), Precision.Single), narrow, new float[40], options));
            Assert.Equal(Enumerable.Range(1, 40).Select(i => (double)i), wide);
            Assert.Equal(Enumerable.Range(1, 40).Select(i => (float)i), narrow);
        }

        static void Refused(Action act) => Assert.True(Record.Exception(act) is ArgumentException or IndexOutOfRangeException);
    }

    /// <summary>A rule that does not say that it copies, fills or indexes its memory.</summary>
    sealed record Silent(string What) : Rule
    {
        protected internal override IReadOnlyList<Slot> Slots(Layout layout) => ["m"];

        protected internal override void Update<L>(in Pass<L> pass)
        {
            switch (What)
            {
                case "read": _ = pass[0][30]; break;
                case "write": View<L> m = pass[0]; m[30] = 1; break;
                case "fill": pass[0].Fill(1); break;
                case "copy in": pass.Weights.CopyTo(pass[0]); break;
                case "copy out": pass[0].CopyTo(pass.Weights); break;
                case "formula": pass.Over(new Scale<L>(1), pass[0], pass.Weights); break;
                case "sum": pass.Norm(pass[0]); break;
                case "slice": _ = pass[0].Slice(3, 20)[19]; break;
                default: pass.Run(new Keep<L>(), pass.Gradient); break;
            }
        }
    }

    [Theory, InlineData("read"), InlineData("write"), InlineData("fill"), InlineData("copy in"), InlineData("copy out"), InlineData("formula"), InlineData("sum"), InlineData("slice"), InlineData("weights as memory")]
    public void Memory_in_bfloat16_is_not_taken_for_weights(string what)
    {
        var rule = new Silent(what);
        float[] weights = new float[40];
        Assert.Throws<InvalidOperationException>(() => rule.Step(rule.Start(Layout.Of(40), Precision.SingleWithBFloat16State), weights, new float[40], 0.1));
        // Where memory has the format of the weights, all of this is allowed.
        rule.Step(rule.Start(Layout.Of(40), Precision.Single), weights, new float[40], 0.1);
        Assert.All(weights, w => Assert.Equal(0, w));
    }

    [Theory, InlineData(3, 2, 2), InlineData(2, 3, 2), InlineData(2, 2, 3), InlineData(-1, 2, 2), InlineData(70_000, 70_000, 1)]
    public void A_product_reads_no_more_than_its_factors(int m, int k, int n)
    {
        double[] four = new double[4];
        Assert.Throws<ArgumentException>(() => Product(four, m, k, n));

        static unsafe void Product(double[] numbers, int m, int k, int n)
        {
            fixed (double* x = numbers)
                MatrixProduct.Run<Wide<double>>(new(x, 4), new(x, 4), new(x, 4), m, k, n, 1);
        }
    }
}
