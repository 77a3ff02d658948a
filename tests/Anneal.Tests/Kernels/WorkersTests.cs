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
            // A thread of the team that throws would end the process: a wrong number of parts is counted as a part too many.
            Interlocked.Add(ref Done[part], count == parts ? 1 : 2);
        }
    }

    /// <summary>A part that lasts is waited for.</summary>
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

    /// <summary>What the caller's part throws is thrown when the parts begun have ended, and the team works on.</summary>
    [Fact]
    public void A_part_that_throws_leaves_nothing_running()
    {
        for (int run = 0; run < 50; run++)
        {
            var job = new Throwing();
            Assert.Throws<TimeZoneNotFoundException>(() => Workers.Run(job, 3));
            int ended = job.Ended;
            Assert.Equal(job.Begun, ended);
            var after = new Slow();
            Workers.Run(after, 2);
            Assert.Equal((2, ended), (after.Ended, job.Ended));
        }
    }

    sealed class Throwing : IJob
    {
        public int Begun, Ended;

        public void Do(int part, int parts)
        {
            if (part == 0)
            {
                Thread.Sleep(2);
                throw new TimeZoneNotFoundException();
            }
            Interlocked.Increment(ref Begun);
            Thread.Sleep(5);
            Interlocked.Increment(ref Ended);
        }
    }

    /// <summary>A part may be a job of parts itself.</summary>
    [Fact]
    public void Parts_within_a_part_are_all_done()
    {
        for (int run = 0; run < 200; run++)
        {
            var job = new Nested();
            Workers.Run(job, 3);
            Assert.All(job.Inner, inner => Assert.All(inner.Done, done => Assert.Equal(1, done)));
        }
    }

    sealed class Nested : IJob
    {
        public Counting[] Inner { get; } = [new(3), new(3), new(3)];

        public void Do(int part, int parts) => Workers.Run(Inner[part], 3);
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
