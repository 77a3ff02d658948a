using static Anneal.Lessons.Ask;

namespace Anneal.Lessons;

/// <summary>The quiz of lesson 16.</summary>
static class ModernQuiz
{
    const string Best = "Which step of length 1 is the best?", Products = "How does one find it with products alone?", Inside = "What else is in Muon?", Others = "Are the others different?",
        Free = "Can the schedule go too?", Cost = "What does a step cost?", Lead = "What is the lead worth?", Claims = "Which claims hold up?";

    public static Quiz Quiz { get; } = new("16-modern-optimizers",
        Formula("norms", Best, "Fill in the best step of norm 1 for a gradient G = Σ sᵢ uᵢvᵢᵀ.", "Each is the matrix of norm 1 with the largest ⟨G, D⟩.",
            "sum of squares: {0},   largest entry: {1},   largest singular value: {2}",
            new Gap(Right("G/‖G‖"), Wrong("sign of G", "Its sum of squares is the number of entries."), Wrong("UVᵀ", "Its sum of squares is the number of singular values.")),
            new Gap(Right("sign of G"), Wrong("G/‖G‖", "Its small entries could be larger, for a larger ⟨G, D⟩."), Wrong("UVᵀ", "Its small entries could be larger, for a larger ⟨G, D⟩.")),
            new Gap(Right("UVᵀ"), Wrong("G/‖G‖", "Its small singular values could be larger, for a larger ⟨G, D⟩."), Wrong("sign of G", "Its largest singular value may be far above 1."))),
        Number("weak", Best, draw =>
        {
            var (s1, s2, s3) = draw.OneOf((6.0, 3.0, 2.0), (2.0, 2.0, 1.0), (9.0, 6.0, 2.0));
            double share = 100 * s3 * s3 / (s1 * s1 + s2 * s2 + s3 * s3);
            return new($"A gradient has the singular values {s1}, {s2} and {s3}. How many per cent of the step's squared length go along the weakest direction, under normalised gradient descent and under the spectral norm (one decimal)?",
                $"{s3 * s3} of {s1 * s1 + s2 * s2 + s3 * s3} under the one. Under the other all three singular values are 1.",
                new Part("normalised", share, 0.06, new Hint(100 * s3 / (s1 + s2 + s3), "The squared length: square the singular values first."), new Hint(100 / 3.0, "That is under the spectral norm.")),
                new Part("spectral", 100 / 3.0, 0.06, new Hint(share, "Under the spectral norm every singular value becomes 1."), new Hint(100, "All three directions get the same.")));
        }),
        Number("reach", Best, draw =>
        {
            var (s1, s2, s3) = draw.OneOf((6.0, 3.0, 2.0), (2.0, 2.0, 1.0), (9.0, 6.0, 2.0));
            return new($"A gradient has the singular values {s1}, {s2} and {s3}. How large is ⟨G, D⟩ for the best step D of norm 1: with the root of the sum of squares as norm, and with the largest singular value?",
                "With G/‖G‖ it is ‖G‖, the root of the sum of the squares. With UVᵀ it is the sum of the singular values.",
                new Part("sum of squares", Math.Sqrt(s1 * s1 + s2 * s2 + s3 * s3), 1e-3, new Hint(s1 * s1 + s2 * s2 + s3 * s3, "That is ⟨G, G⟩. Divide by ‖G‖."), new Hint(s1 + s2 + s3, "That is the other norm's.")),
                new Part("largest singular value", s1 + s2 + s3, 1e-3, new Hint(s1, "All three directions may have the singular value 1."), new Hint(Math.Sqrt(s1 * s1 + s2 * s2 + s3 * s3), "That is the other norm's."),
                    new Hint(1, "That is the norm of D.")));
        }),
        Picture("spectrum", Products, "A gradient has singular values from 1 down to 0.01, and a last one of 0. Which curve shows Muon's step along its directions, strongest first?", "Jordan's five steps bring everything from 0.01 to 1 near 1, though not to 1.",
            Right("A", Enumerable.Range(0, 60).Select(i => new NewtonSchulz(CoefficientSet.Jordan).SingularValue(Math.Pow(10, -i / 29.5), 5)).Append(0)),
            Wrong("B", Enumerable.Range(0, 60).Select(i => Math.Pow(10, -i / 29.5)).Append(0), "That is the gradient itself. Muon lifts its weak directions."),
            Wrong("C", Enumerable.Range(0, 60).Select(i => i < 15 ? 1.0 : 0.02).Append(0), "Muon does not choose among directions."),
            Wrong("D", Enumerable.Range(0, 60).Select(i => Math.Pow(10, (i - 59) / 29.5)).Append(0), "That divides by too much: the weakest direction would go farthest.")),
        Number("cubic", Products, draw =>
        {
            double s = draw.OneOf(0.2, 0.4, 0.5), one = Cubic(s), two = Cubic(one);
            return new($"Newton–Schulz with the cubic 1.5s − 0.5s³. A singular value starts at {s}. What is it after one step, and after two (three decimals)?", $"1.5 · {s} − 0.5 · {s}³ = {one:0.####}, and once more the same.",
                new Part("after one", one, 6e-4, new Hint(1.5 * s, "The third power slows it down: take off 0.5s³."), new Hint(1.5 * s - Math.Pow(0.5 * s, 3), "Only s is cubed, not the ½.")),
                new Part("after two", two, 6e-4, new Hint(one, "That is after one."), new Hint(2.25 * s, "The third power slows it down: take off 0.5s³."), new Hint(one * one / s, "The factor is smaller the second time, as s has grown.")));
        }),
        Choice("divide", Products, "Why does Newton–Schulz start with G/‖G‖?", "‖G‖ is at least the largest singular value, so all of them come to lie between 0 and 1, where the polynomial pushes towards 1.",
            Right("So that no singular value is above 1."), Wrong("So that the largest singular value is exactly 1.", "‖G‖ is the root of the sum of all squares: it is larger."),
            Wrong("So that the step has the length 1.", "The length is set by the scale, afterwards."),
            Wrong("So that small and large singular values become alike.", "A division keeps their ratios. The polynomials change them.")),
        Choice("near", Products, "After ten of Jordan's steps some singular values are still 0.3 away from 1. Why does Muon use them?", "A step need not be exact. What counts is that weak directions come up in few steps.",
            Right("They lift small values fast, and near 1 is enough."), Wrong("They come to 1 after more steps.", "They never settle."),
            Wrong("The cubic would need products of more than two matrices.", "It needs fewer products. It needs more steps."),
            Wrong("The errors of all directions average out over a training run.", "Nothing says so. They do not matter much in the first place.")),
        Number("scale", Inside, draw =>
        {
            var (rows, columns) = draw.OneOf((100, 25), (64, 16), (25, 100), (16, 64));
            double between = 0.2 * Math.Sqrt(columns), size = 1 / Math.Sqrt(Math.Max(rows, columns));
            return new($"A layer has {rows} rows and {columns} columns. What is the root mean square of an orthogonal matrix of that shape? And how many times as high as the rate in Moonshot's form must the rate in the original form be, for the same step?",
                $"Its squares add up to the shorter side. The scales are 0.2√{Math.Max(rows, columns)} and {(rows > columns ? $"√({rows}/{columns})" : "1")}: one divided by the other is 0.2√{columns}.",
                new Part("root mean square", size, 1e-3, new Hint(1 / Math.Sqrt(Math.Min(rows, columns)), "The squares add up to the shorter side, over all entries: the longer side is left."),
                    new Hint(1.0 / Math.Max(rows, columns), "That is the mean square. Take the root."), new Hint(1, "Its singular values are 1, not its entries.")),
                new Part("times", between, 5e-3, new Hint(0.2 * Math.Sqrt(rows), "The columns are left, whatever the shape."), new Hint(0.2, "That is the root mean square of Moonshot's step, over the rate."),
                    new Hint(1 / between, "That is the other way round: one scale divided by the other.")));
        }),
        Choice("default", Inside, "You put PyTorch's Muon in place of AdamW and change nothing else in its arguments. With which rate and form do you train?", "The default is the original scale with the rate 0.001. That rate would suit Moonshot's form.",
            Right("The original form, at a twentieth of Jordan's rate."), Wrong("Moonshot's form, at AdamW's rate.", "The rate is AdamW's. The default form is the original."),
            Wrong("The original form, at Jordan's own rate, which is 0.02.", "PyTorch's default rate is 0.001."),
            Wrong("Moonshot's form, at a fifth of the usual rate of AdamW.", "0.2 is the root mean square that its scale aims at, not a rate.")),
        Number("shampoo", Others, draw =>
        {
            double s = draw.OneOf(4.0, 9, 16);
            return new($"Shampoo, with a single gradient G and no memory. A singular value of G is {s}. What is it after the product with L^−¼, and after both products?", $"L = GGᵀ has {s}² there, and ({s}²)^−¼ is 1/√{s}. R^−¼ does the same once more.",
                new Part("after L^−¼", Math.Sqrt(s), 1e-3, new Hint(Math.Pow(s, 0.75), "L = GGᵀ holds the square of the singular value."), new Hint(1, "That takes both factors."),
                    new Hint(1 / Math.Sqrt(s), "That is the factor. Multiply it by the singular value.")),
                new Part("after both", 1, 1e-3, new Hint(Math.Sqrt(s), "R^−¼ divides by the root once more."), new Hint(1 / s, "That is the factor. Multiply it by the singular value.")));
        }),
        Number("memory", Others, draw =>
        {
            double billions = draw.OneOf(0.5, 1, 3);
            return new($"{billions} billion weights, all in square matrices, and memories in single precision. How many gigabytes do the memories of AdamW, Muon and SOAP take?", "Two, one and six numbers a weight, of 4 bytes each.",
                new Part("AdamW", 8 * billions, 0.01, new Hint(4 * billions, "AdamW remembers two means."), new Hint(2 * billions, "Those are numbers. Each has 4 bytes.")),
                new Part("Muon", 4 * billions, 0.01, new Hint(8 * billions, "Muon remembers one running mean."), new Hint(billions, "Those are numbers. Each has 4 bytes.")),
                new Part("SOAP", 24 * billions, 0.01, new Hint(8 * billions, "Beside Adam's two it keeps two matrices and their directions."), new Hint(16 * billions, "The directions are kept too."),
                    new Hint(6 * billions, "Those are numbers. Each has 4 bytes.")));
        }),
        Order("free-order", Free, "Put one update of schedule-free in order.", "The step is made on z, with the gradient at y. The answer x is the plain average of all z.",
            "mix z and x to y", "take the gradient at y", "step on z", "move x towards z by 1/k of the way"),
        Number("free", Free, draw =>
        {
            double rate = draw.OneOf(0.2, 0.4, 0.5), z1 = 1 - rate, y = 0.1 * z1 + 0.9 * z1, z2 = z1 - rate * y, x2 = z1 + (z2 - z1) / 2;
            return new($"Schedule-free on ½θ², without noise, with the rate {rate} and β = 0.9, from x = z = 1. What is x after one update, and after two?", $"Update 1 puts x where z is, at {z1:0.##}. So y is there too, z goes to {z2:0.####}, and x half-way to it.",
                new Part("after one", z1, 1e-4, new Hint(1 - rate / 2, "k is 1: x goes all the way to z."), new Hint(1 - 0.1 * rate, "y is 1 as well: x and z are the same at the start."), new Hint(1, "x is the average of the z after their steps.")),
                new Part("after two", x2, 1e-4, new Hint(z2, "That is z. x goes half-way."), new Hint((1 + z1 + z2) / 3, "The start does not count in the average.")));
        }),
        Number("products", Cost, draw =>
        {
            int side = draw.OneOf(512, 1_024, 2_048), batch = draw.OneOf(64, 128);
            return new($"A layer of {side:#,0} × {side:#,0}. How many times the gradient's arithmetic do five Newton–Schulz steps take, for a batch of {batch} samples? And how many per cent of it for 102,400 tokens?", $"30d³ beside 6Td² is 5d/T, with d = {side:#,0}.",
                new Part("times", 5.0 * side / batch, 0.01, new Hint((double)side / batch, "Five steps have three products of 2d³ each: 30d³."), new Hint(30.0 * side / batch, "The gradient takes 6Td², not Td²."),
                    new Hint(batch / (5.0 * side), "It is d/T, not T/d.")),
                new Part("per cent", side / 204.8, 0.01, new Hint(side / 20_480.0, "In per cent it is a hundred times that."), new Hint(side / 1_024.0, "Five steps have three products of 2d³ each: 30d³.")));
        }),
        Flaw("lead", Lead, "Muon and AdamW on the digits, batches of 128. Which sentence is the first that does not follow?", "An update of Muon, with its gradient, takes 2.4 times the arithmetic here. 100 of them cost more than 150 of AdamW's.",
            Wrong("1. Muon ends at 36 % of AdamW's loss after 100 updates.", "That was measured."), Wrong("2. AdamW reaches Muon's loss with about 150 updates, on a schedule of that length.", "That was measured too."),
            Right("3. So Muon gets to that loss with less arithmetic in all."), Wrong("4. With larger batches Muon's own work weighs less.", "It does: 5d/T falls. An earlier sentence fails.")),
        Choice("studies", Claims, "Matrix rules against a tuned AdamW: what did Wen and others find as models grew from 0.1 to 1.2 billion weights?", "From 1.4 times to 1.1 times. Papers that promise twice the speed compare with less well tuned runs, or with smaller ones.",
            Right("Their lead shrank, from 1.4 times to 1.1."), Wrong("Their lead grew, from 1.1 times to 1.4 times.", "It shrank."), Wrong("They stayed twice as fast, as their papers say.", "With AdamW tuned as well, no rule was twice as fast."),
            Wrong("They fell behind AdamW.", "The fastest were matrix rules all along.")));

    /// <summary>A step of the classic Newton–Schulz iteration.</summary>
    static double Cubic(double s) => new NewtonSchulzStep(1.5, -0.5, 0).At(s);
}
