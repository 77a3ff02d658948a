namespace Anneal.Lessons;

/// <summary>The exercises of lesson 17, each with its answers and with what to say to the wrong answers that come up.</summary>
public static class NumericsExercises
{
    /// <summary>A prediction: where does a sum of small steps stop?</summary>
    public static Exercise SumStops { get; } = new("sum-stops",
        "0.001 is added to 0 ten thousand times, and every sum is rounded to the format. Where does it end in bfloat16, and where in float16?",
        new Part("bfloat16", 0.5, 0.2,
            new Hint(10, "That is the exact sum. In bfloat16 the numbers from 0.5 on are 1/256 apart, and 0.001 is less than half of that.", 0.5),
            new Hint(0.25, "From 0.25 to 0.5 the gap is 1/512 = 0.00195, and 0.001 is just above half of it: the sum still moves.", 0.04),
            new Hint(1, "At 1 the gap is 1/128. But the sum never gets there: what is the gap below 1?", 0.2),
            new Hint(0, "From 0 the first steps are exact enough: gaps near 0 are tiny.", 0.05)),
        new Part("float16", 4, 1.5,
            new Hint(10, "That is the exact sum. In float16 the numbers from 4 on are 1/256 apart, and 0.001 is less than half of that.", 0.5),
            new Hint(2, "From 2 to 4 the gap is 1/512 = 0.00195, and 0.001 is just above half of it: the sum still moves.", 0.4),
            new Hint(0.5, "That is where bfloat16 stops. Float16 has three bits more, so it stops at a number 2³ times as large.", 0.2)))
    {
        Right = "Right: 0.5 and 4. From there on half a gap is 1/512, more than 0.001.",
        Wrong = "Not that. A sum stops at the first power of 2 from which on half a gap is more than 0.001.",
    };

    /// <summary>A prediction: where does a second moment in bfloat16 stop?</summary>
    public static Exercise FrozenMoment { get; } = new("frozen-moment",
        "Adam keeps v in bfloat16, rounded to nearest, with β₂ = 0.999. What is v after 2,000 gradients of 10, and what after 20,000 more of 0.001?",
        new Part("after gradients of 10", 32, 8,
            new Hint(100, "It should be near 100, the square of 10. But each update adds a thousandth of what is missing, and that gets smaller than half a gap.", 8),
            new Hint(86, "That is 100·(1 − 0.999²⁰⁰⁰), as 32 bits have it. In bfloat16 the small additions are lost before that.", 3),
            new Hint(64, "From 32 on the gap is 0.25, and v grows by 0.001·(100 − 32) = 0.068: less than half of it.", 8),
            new Hint(16, "From 16 to 32 half a gap is 0.0625, and v grows by at least 0.001·(100 − 32) = 0.068: it still moves.", 4)),
        new Part("after gradients of 0.001", 32, 8,
            new Hint(0.000001, "That is the square of 0.001, where it should go. But each update takes a thousandth of v away, and half a gap is at least a 512th of it.", 0.0009),
            new Hint(0, "It should fall. But each update takes a thousandth of v away, and half a gap is at least a 512th of it.", 0.01)))
    {
        Right = "Right: it stops at 32, and stays there.",
        Wrong = "Not that. Compare a thousandth of the distance to g² with half the gap.",
    };

    /// <summary>A decision: which way to keep 16-bit weights fits into memory?</summary>
    public static Exercise FittingCure { get; } = new("fitting-cure",
        "Five billion weights, 56 gigabytes, AdamW, 16-bit gradients. Which fits and loses no small steps: 1 float32 master weights, memory in float32; 2 bfloat16 rounded to nearest, memory in bfloat16; "
        + "3 Kahan, memory in bfloat16 rounded by chance; 4 Kahan, memory in float32?",
        new Part("choice", 3, 0.25,
            new Hint(1, "2 bytes for the weight, 2 for the gradient, 4 for the master and 8 for m and v are 16 a weight: 80 gigabytes.", 0.25),
            new Hint(2, "It fits, in 8 bytes a weight. But small steps are lost, and with β₂ = 0.999 v freezes.", 0.25),
            new Hint(4, "2 bytes each for weight, gradient and what is lost, and 8 for m and v are 14 a weight: 70 gigabytes.", 0.25)))
    {
        Right = "Right: 3. Weight, gradient, lost part, m and v take 2 bytes each: 10 a weight, 50 gigabytes.",
        Wrong = "Enter 1, 2, 3 or 4.",
    };

    /// <summary>A flaw in an argument about a constant in 16 bits.</summary>
    public static Exercise ConstantFlaw { get; } = new("constant-flaw",
        "Which sentence is the first that is false? 1 In bfloat16 the number before 1 is 0.99609375. 2 So β₂ = 0.999 becomes 1. 3 So with constants in bfloat16 the bias correction of v divides 0 by 0. "
        + "4 So constants belong in a wider format. 5 Then v may stay in bfloat16, rounded to nearest, and follows its gradients.",
        new Part("sentence", 5, 0.25,
            new Hint(1, "Below 1 the gap is 2⁻⁸, half as wide as above: 1 − 1/256 = 0.99609375.", 0.25),
            new Hint(2, "0.999 lies between 0.99609375 and 1, and is much nearer to 1.", 0.25),
            new Hint(3, "1 − β₂ is 0, so v stays 0; and 1 − 1ᵏ is 0 too.", 0.25),
            new Hint(4, "They cost no memory: there is one of each, and not one per weight.", 0.25)))
    {
        Right = "Right: 5. The constants are exact then, but a thousandth of v is still less than half a gap of v: it freezes.",
        Wrong = "Enter the number of a sentence, 1 to 5.",
    };

    /// <summary>A prediction: where does a counter stop?</summary>
    public static Exercise CounterStops { get; } = new("counter-stops",
        "A program counts tokens by adding 1 to a number of the format. At which count does it stop in float32, and at which in bfloat16?",
        new Part("float32", 16_777_216, 840_000,
            new Hint(8_388_608, "At 2²³ the gap is 1: adding 1 still works. It is 2 from 2²⁴ on.", 1_000),
            new Hint(33_554_432, "At 2²⁴ the gap is already 2, and 1 is half of it: a tie, which goes to the even number, back to 2²⁴.", 1_000),
            new Hint(4_294_967_296, "That is for whole numbers of 32 bits. Float32 has 24 significant bits.", 1e6),
            new Hint(3.4e38, "That is the largest number. The gap is wider than 1 long before.", 1e37)),
        new Part("bfloat16", 256, 13,
            new Hint(128, "At 128 the gap is 1: adding 1 still works. It is 2 from 256 on.", 1),
            new Hint(512, "At 256 the gap is already 2, and 1 is half of it: a tie, which goes back to 256.", 1),
            new Hint(65_536, "It has 8 significant bits, and not 16.", 1)))
    {
        Right = "Right: 2²⁴ and 2⁸. There the gap becomes 2, and half of it is a tie, which goes back to the even number.",
        Wrong = "Not that. Where does the gap between neighbours become 2?",
    };

    /// <summary>A decision: what need not be saved?</summary>
    public static Exercise NotSaved { get; } = new("not-saved",
        "A run with a cosine schedule, loss scaling, Kahan weights and memory rounded by chance is to go on bit for bit, in this library. Which of these need not be in the file: 1 what Kahan's steps lost; 2 how many updates were made; "
        + "3 the state of the random generator that rounds; 4 the loss scale?",
        new Part("choice", 3, 0.25,
            new Hint(1, "The next step adds what was lost. Without it, that part of a gap is gone.", 0.25),
            new Hint(2, "Schedule, bias correction and the random bits all depend on it.", 0.25),
            new Hint(4, "A scale that starts anew decides anew which updates overflow and are skipped.", 0.25)))
    {
        Right = "Right: 3. The bits are a function of seed, tensor, update and index, so there is no state.",
        Wrong = "Enter 1, 2, 3 or 4.",
    };
}
