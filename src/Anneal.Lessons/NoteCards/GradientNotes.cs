namespace Anneal.Lessons;

/// <summary>What the notes say about stochastic gradients and networks; lesson 02 teaches it.</summary>
static class GradientNotes
{
    const string Lesson = "02-which-gradient", Small = "Which loss do we want small?", Unbiased = "Which gradient is unbiased for what?", Network = "How does a network get its gradient?",
        Depth = "Why does depth need a non-linearity?";

    public static IReadOnlyList<NoteCard> Cards { get; } =
    [
        new(Lesson, "true-risk", Small, "What is the true risk of a model? Give the formula.",
            [@"$$R^*(\theta) = \mathbb{E}_{(x,y)\sim\mathcal{P}}\,\bigl[\ell(y, f_\theta(x))\bigr]$$", "It is the mean loss over all that the world may send, not over the samples at hand."]),
        new(Lesson, "sgd-loop", Unbiased, "What are the steps of stochastic gradient descent, one sample at a time?",
            [@"Draw one sample at random. Take the gradient of its loss. Move against it, then begin again, until a stopping rule says enough.", @"$$\theta_{t+1} = \theta_t - \eta_t\,\nabla_\theta\,\ell(y, f_{\theta_t}(x))$$"],
            new("E000-3", "The notes take the gradient of the risk for the sample. One sample has a loss; the risk is a mean over all of them.")),
        new(Lesson, "why-unbiased", Unbiased, "A sample comes fresh from the world. For what is the gradient of its loss unbiased, and why?",
            [@"For the gradient of the true risk. The derivative of a mean is the mean of the derivatives:", @"$$\mathbb{E}\,[\nabla\ell] = \nabla\,\mathbb{E}\,[\ell] = \nabla R^*$$", "A sample drawn from a stored data set is unbiased for the gradient of the empirical risk instead."],
            new("E000-4", "The notes call it an estimator of the risk. What they compute is the mean of a gradient.")),
        new(Lesson, "layer", Network, "What does layer $i$ of a network compute, and which shapes do its weights have?",
            [@"$$z^{(i)} = W^{(i)}a^{(i-1)} + b^{(i)}, \qquad a^{(i)} = g^{(i)}(z^{(i)})$$", @"$W^{(i)}$ has $n_i$ rows and $n_{i-1}$ columns, $b^{(i)}$ has $n_i$ numbers. The first layer gets the input: $a^{(0)} = x$."],
            new("E000-5", "The notes call the map before the activation linear. With a bias it is affine: it does not take 0 to 0.")),
        new(Lesson, "model", Network, @"A network has $L$ layers. What is its output $f_\theta(x)$, and what does $\theta$ collect?",
            [@"The output is the activation of the last layer, $a^{(L)}$. $\theta$ collects the weights and biases of all layers, $W^{(1)}, b^{(1)}, \ldots, W^{(L)}, b^{(L)}$."]),
        new(Lesson, "collapse", Depth, "What becomes of a deep network if no activation function bends?",
            [@"It is one layer. Two affine maps in a row are one:", @"$$W^{(2)}\bigl(W^{(1)}x + b^{(1)}\bigr) + b^{(2)} = W^{(2)}W^{(1)}\,x + \bigl(W^{(2)}b^{(1)} + b^{(2)}\bigr)$$"]),
    ];
}
