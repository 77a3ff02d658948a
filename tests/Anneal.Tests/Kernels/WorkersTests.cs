namespace Anneal.Tests;

public class WorkersTests
{
    /// <summary>So short that some parts are begun by their thread and others by the caller: each is done once, and none after the run.</summary>
    [Theory, InlineData(2), InlineData(5)]
    public void Every_part_is_done_once_whoever_begins_it(int parts)
    {
        var job = new Counting(parts);
        for (int run = 1; run <= 5_000; run++)
        {
            Workers.Run(job, parts);
            Assert.All(job.Done, done => Assert.Equal(run, done));
        }
    }

    sealed class Counting(int parts) : IJob
    {
        public int[] Done { get; } = new int[parts];

        public void Do(int part, int count)
        {
            Assert.Equal(parts, count);
            Interlocked.Increment(ref Done[part]);
        }
    }

    /// <summary>A part that lasts is waited for, and its thread is not given another meanwhile.</summary>
    [Fact]
    public void The_caller_waits_for_parts_that_others_have_begun()
    {
        for (int run = 0; run < 20; run++)
        {
            var job = new Slow();
            Workers.Run(job, 2);
            Assert.Equal(2, job.Ended);
        }
    }

    sealed class Slow : IJob
    {
        public int Ended;

        public void Do(int part, int parts)
        {
            // Longer on the other thread, and long enough on this one for the other to wake.
            Thread.Sleep(part == 0 ? 5 : 20);
            Interlocked.Increment(ref Ended);
        }
    }
}
