namespace Anneal;

/// <content>How schedules are made of schedules.</content>
public abstract partial record Schedule
{
    /// <summary>The first <paramref name="steps"/> steps of this schedule; then it holds the rate it had reached.</summary>
    public Segment For(double steps) => new Cut(this, steps);

    /// <summary>From a checkpoint at <paramref name="step"/> on, down to <paramref name="floor"/> within <paramref name="steps"/> updates.</summary>
    public Segment CoolDownFrom(double step, double steps, double floor = 0, Easing shape = Easing.OneMinusSqrt) =>
        step == 0 ? new Cooldown(At(0), steps, floor, shape) : For(step).Then(new Cooldown(At(step), steps, floor, shape));
}
