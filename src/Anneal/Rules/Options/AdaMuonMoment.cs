namespace Anneal.RuleOptions;

/// <summary>Of what the second moment of <see cref="AdaMuon"/> is.</summary>
public enum AdaMuonMoment
{
    /// <summary>Every entry of the orthogonal matrix.</summary>
    PerWeight,

    /// <summary>The squared length of the gradient: one number, and the step is O·‖U‖/(√v + ε) (<see href="https://arxiv.org/abs/2602.17080">NAMO</see>, 2026).</summary>
    PerMatrix,
}
