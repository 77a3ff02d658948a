namespace Anneal.Lessons;

/// <summary>One run of the reader's function.</summary>
/// <typeparam name="F">The function's type, such as <c>Func&lt;double[], double, double[]&gt;</c>.</typeparam>
/// <param name="Label">What is special about these inputs, such as "gradients that change sign"; it may end the sentence "differs for …".</param>
/// <param name="Run">Calls the function and returns one number per step.</param>
/// <param name="Inputs">What it is called with; shown for the first trial of an exercise, hidden for the others.</param>
public sealed record Trial<F>(string Label, Func<F, IEnumerable<double>> Run, params IReadOnlyList<Input> Inputs) where F : Delegate;

/// <summary>A typical wrong program and what to say to whoever wrote it.</summary>
/// <param name="Program">The wrong program.</param>
/// <param name="Text">What went wrong, in a sentence or two.</param>
public sealed record Slip<F>(F Program, string Text) where F : Delegate;
