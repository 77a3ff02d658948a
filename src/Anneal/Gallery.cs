namespace Anneal;

/// <summary>One of everything, in teaching order: charts, law tests and overviews run over these lists.</summary>
public static class Gallery
{
    /// <summary>One schedule of every shape.</summary>
    public static IReadOnlyList<Schedule> Schedules { get; } =
    [
        new Constant(0.1),
        new LinearDecay(Peak: 0.1, Steps: 100, Floor: 0.01),
        new PolynomialDecay(Peak: 0.1, Steps: 100, Power: 2),
        new InverseTimeDecay(Peak: 0.1, Decay: 0.1),
        new InverseSqrtDecay(Peak: 0.1, Timescale: 20),
        new ExponentialDecay(Peak: 0.1, Factor: 0.5, Every: 30),
        new StepDecay(Peak: 0.1, Factor: 0.5, Every: 30),
        new MultiStep(Peak: 0.1, Milestones: [50, 80], Factor: 0.1),
        new PiecewiseConstant(Boundaries: [30, 60], Values: [0.1, 0.03, 0.06], Changes: Change.After),
        new Interpolated(Knots: [0, 20, 60, 100], Values: [0.02, 0.1, 0.05, 0.01]),
        new CosineDecay(Peak: 0.1, Steps: 100, Floor: 0.01),
        new CosinePowerDecay(Peak: 0.1, Steps: 100, Power: 2),
        new CosineWave(Peak: 0.1, Steps: 100, Waves: 1.5, Floor: 0.01),
        new CosineRestarts(Peak: 0.1, Steps: 20, LengthFactor: 2, HeightFactor: 0.8, Floor: 0.01),
        new HardRestarts(Peak: 0.1, Steps: 100, Cycles: 3),
        new PolynomialCycles(Peak: 0.1, Steps: 30, Power: 1, Floor: 0.01),
        new TriangularCycles(Low: 0.01, High: 0.1, UpSteps: 10, DownSteps: 20, HeightFactor: 0.5),
        new SineCycles(Low: 0.01, High: 0.1, Period: 30, HeightFactor: 0.8),
        new TanhDecay(Peak: 0.1, Steps: 100, Floor: 0.01),
        new Warmup(Peak: 0.1, Steps: 20),
        new EagerWarmup(Peak: 0.1, Steps: 20),
        new CosineWarmup(Peak: 0.1, Steps: 20),
        new ExponentialWarmup(Peak: 0.1, Steps: 100, Start: 1e-4),
        new Cooldown(Peak: 0.1, Steps: 100),
        new OneCycle(Peak: 0.1, Steps: 99, RiseSteps: 29, Start: 0.004, Final: 4e-7),
        new WarmupStableDecay(Peak: 0.1, Steps: 100, WarmupSteps: 10, DecaySteps: 20),
        new Warmup(Peak: 0.1, Steps: 20).Then(new CosineDecay(Peak: 0.1, Steps: 80)),
        new Warmup(Peak: 0.1, Steps: 20).Then(new Constant(0.1)),
        new Constant(0.1).For(50),
        new CosineDecay(Peak: 0.1, Steps: 20, Floor: 0.01).Repeat(4, heightFactor: 0.8, lengthFactor: 1.5),
        new LinearDecay(Peak: 0.1, Steps: 20, Floor: 0.01).Loop(),
        new CosineDecay(Peak: 0.1, Steps: 40).Continue(),
        new CosineDecay(Peak: 0.1, Steps: 2_000).Refuse(),
        new Cooldown(Peak: 0.1, Steps: 40, Shape: Easing.Rex).Reverse(),
        new CosineDecay(Peak: 0.1, Steps: 100).Warp(2),
        new InverseTimeDecay(Peak: 1, Decay: 0.1).Scale(0.1),
        new InverseTimeDecay(Peak: 0.1, Decay: 0.1).Shift(20),
        new InverseTimeDecay(Peak: 0.1).Stretch(20),
        new InverseTimeDecay(Peak: 0.2, Decay: 0.1).Clamp(0.02, 0.1),
        new InverseTimeDecay(Peak: 0.1, Decay: 0.1).Max(new LinearDecay(Peak: 0.1, Steps: 100)),
        new InverseTimeDecay(Peak: 0.1, Decay: 0.1).Min(new LinearDecay(Peak: 0.1, Steps: 100)),
        new LinearDecay(Peak: 0.05, Steps: 100).Plus(new CosineWave(Peak: 0.02, Steps: 100, Waves: 5)),
        new CosineDecay(Peak: 0.1, Steps: 20).Loop() * new ExponentialDecay(Peak: 1, Factor: 0.98).AsFactor(),
        new ExponentialDecay(Peak: 0.1, Factor: 0.98).InSteps(10),
        new CosineDecay(Peak: 0.1, Steps: 100).WithNoise(0.1),
        new TimmNoisy(new CosineDecay(Peak: 0.1, Steps: 100), From: 20, Until: 80),
        new LogarithmicRestarts(new CosineRestarts(Peak: 0.1, Steps: 1, LengthFactor: 3)),
        new TorchReplay("ChainedScheduler", """
            {"lr": 0.1, "schedulers": [{"name": "CosineAnnealingLR", "params": {"T_max": 30}}, {"name": "ExponentialLR", "params": {"gamma": 0.97}}]}
            """),
    ];

    /// <summary>One rule of every kind.</summary>
    public static IReadOnlyList<Rule> Rules { get; } =
    [
        new Sgd(),
        new Momentum(),
        new AdaGrad(),
        new AdaDelta(),
        new RmsProp(),
        new Adam(),
        new AdamAsPrinted(),
        new AdamW(),
        new Adamax(),
        new NAdam(),
        new RAdam(),
        new Asgd(),
        new Rprop(),
        new AdaBelief(),
        new Yogi(),
        new AdaBound(),
        new Adan(),
        new AdEMAMix(),
        new Adopt(),
        new LaProp(),
        new Madgrad(),
        new Ftrl(),
        new NovoGrad(),
        new Mars(),
        new AdamP(),
        new Adafactor(),
        new Came(),
        new Lion(),
        new Lars(),
        new Lamb(),
        new SophiaG(),
        new Prodigy(),
        new DAdaptSgd(),
        new DAdaptAdam(),
        new Muon(),
        new Shampoo(),
        new Soap(),
        new ScheduleFreeSgd(),
        new ScheduleFreeAdamW(),
        new ScheduleFreeRAdam(),
        new Lbfgs(Iterations: 1),
    ];

    /// <summary>One objective of every kind.</summary>
    public static IReadOnlyList<Objective> Objectives { get; } =
    [
        new DiagonalQuadratic([1, 10], [1, -2]),
        new Rosenbrock(),
        new LeastSquares([[1, 0], [1, 1], [1, 2], [1, 3]], [1, 3, 2, 5]),
    ];
}
