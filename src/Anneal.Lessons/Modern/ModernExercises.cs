namespace Anneal.Lessons;

/// <summary>The exercises of lesson 16, each with its answers and with what to say to the wrong answers that come up.</summary>
public static class ModernExercises
{
    /// <summary>A prediction: how much of a step goes along the weakest direction of a gradient?</summary>
    public static Exercise WeakShare { get; } = new("weak-share",
        "A gradient with the singular values 9, 3 and 0.3: the percentage of the squared length of the step along the weakest direction, under normalised gradient descent and under the spectral norm.",
        new Part("normalised, %", 0.1, 0.02,
            new Hint(2.44, "That is the share of the lengths, 0.3 of 12.3. The squares are 81, 9 and 0.09.", 0.1),
            new Hint(3.33, "That is 0.3 of 9. Take squares: 0.09 of 90.09.", 0.1),
            new Hint(33.3, "That is the answer for the spectral norm. Normalised gradient descent keeps the gradient's own proportions.", 0.5),
            new Hint(0.001, "Give it as a percentage: 0.09 of 90.09 is 0.1 %.", 0.0005)),
        new Part("spectral norm, %", 33.3, 1.5,
            new Hint(0.1, "That is the gradient's own share. The best step of spectral norm 1 has all singular values equal to 1.", 0.02),
            new Hint(1, "All three singular values of the step are 1, so the squared length is 3.", 0.2),
            new Hint(100, "All three singular values of the step are 1, so the squared length is 3.")))
    {
        Right = "Right: 0.09 of 90.09, and 1 of 3.",
    };

    /// <summary>A prediction: how many Newton–Schulz steps does a small singular value need?</summary>
    public static Exercise StepsNeeded { get; } = new("steps-needed",
        "A singular value of 0.01: after how many steps is it above 0.7, with Jordan's triple and with the cubic 1.5s − 0.5s³?",
        new Part("Jordan's triple", 4, 0.25,
            new Hint(5, "Five are usual, but 0.01 is there one step earlier: 0.034, 0.118, 0.4, …", 0.25),
            new Hint(3, "After three steps it is at 0.4: it grows by at most 3.4445 each time.", 0.25),
            new Hint(21, "It is multiplied by up to 3.4445 in each step: solve 0.01·3.4445ⁿ = 0.7.", 10)),
        new Part("cubic", 11, 1.25,
            new Hint(4, "The cubic multiplies a small number by 1.5 only: solve 0.01·1.5ⁿ = 0.7.", 1.5),
            new Hint(47, "It multiplies by 1.5, and does not add: 0.01·1.5ⁿ = 0.7 gives n = 10.5.", 10)))
    {
        Right = "Right: 4 and 11 steps.",
    };

    /// <summary>A derivation: what does Newton–Schulz cost beside the gradient?</summary>
    public static Exercise CostShare { get; } = new("cost-share",
        "A layer of 1024 × 1024 with five Newton–Schulz steps: their cost over the gradient's for a batch of 256 samples (as a factor), and for 524,288 tokens (in percent).",
        new Part("256 samples, factor", 20, 0.5,
            new Hint(4, "Five steps of 6d³ each: 30d³ over 6Td² is 5d/T.", 0.3),
            new Hint(0.05, "That is the other way round: 30d³ over 6Td².", 0.01),
            new Hint(0.25, "That is T/d. Five steps over one gradient: 5d/T.", 0.02),
            new Hint(2048, "That is the ratio to AdamW's own arithmetic, 30d³ over 15d². Here it is the gradient, 6Td².")),
        new Part("524,288 tokens, %", 0.977, 0.03,
            new Hint(0.00977, "Give it as a percentage.", 0.0005),
            new Hint(0.195, "Five steps of 6d³ each: 5d/T.", 0.01),
            new Hint(102.4, "That is T over 5d. The cost of the steps over the gradient's is 5d/T.", 1)))
    {
        Right = "Right: 5d/T is 20 for 256 samples and 1 % for 524,288 tokens.",
    };

    /// <summary>A prediction: how large is Muon's lead on the digits, in loss and in updates?</summary>
    public static Exercise LeadGuess { get; } = new("lead-guess",
        "Digits, 100 updates, each rule at its best rate: Muon's final loss in percent of AdamW's, and the updates that AdamW needs for the loss that Muon has after 100.",
        new Part("share of the loss, %", 36, 12,
            new Hint(90, "Muon leads by more than that here.", 30),
            new Hint(5, "Not quite so little is left.", 10)),
        new Part("updates", 150, 20,
            new Hint(300, "That would be so if the loss fell in proportion to the updates. Near the end it falls much faster.", 60),
            new Hint(110, "A few more. Muon's lead is real.", 10),
            new Hint(200, "With 200 updates AdamW is already well below Muon.", 29)))
    {
        Right = "Right: about a third of the loss, but only one and a half times the updates.",
        Wrong = "Not that. How fast does the loss fall near the end of such a run?",
    };

    /// <summary>A decision: which fact is no reason to doubt a claim?</summary>
    public static Exercise Doubt { get; } = new("doubt",
        "\"Our rule reaches AdamW's loss in 40 % fewer steps.\" Which of the four facts is no reason to doubt it: 1 AdamW kept its default rate; 2 compared halfway through the schedule; 3 steps take 1.1 times as long, and times are given too; 4 one run each?",
        new Part("fact", 3, 0.25,
            new Hint(1, "The new rule's rate was tuned and AdamW's was not. That alone can make such a difference.", 0.25),
            new Hint(2, "Rankings change while the rate comes down. Only the ends of finished schedules can be compared.", 0.25),
            new Hint(4, "One run each does not say how much another seed would change.", 0.25)))
    {
        Right = "Right: 3. Slower steps are a cost, and the paper states it. The other three could produce the 40 % by themselves.",
        Wrong = "Enter 1, 2, 3 or 4.",
    };
}
