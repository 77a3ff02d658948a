using static Anneal.Tests.PlainArithmetic;

namespace Anneal.Tests;

public class LionTests
{
    [Fact]
    public void Lion_as_the_lecture_prints_it_remembers_signs() =>
        Agree(new Lion(0.8, 0.9, Decay: 0.3, AsPrinted: true), 1, (_, w, g, memory) =>
        {
            double m = memory[0] = 0.8 * memory[0] + 0.2 * Math.Sign(g);
            return (1 - Rate * 0.3) * w - Rate * Math.Sign(m);
        });
}
