using LatentConformance.Contract;

namespace LatentConformance.Tests.Teeth.CorrectImplementations;

internal enum Order
{
    Forward,
    Reverse,
    Pairwise,
}

internal enum KlForm
{
    /// <summary>½ Σ (mu² + e^lv − 1 − lv).</summary>
    PerElement,

    /// <summary>−½ Σ (1 + lv − mu² − e^lv), as most code has it.</summary>
    Fused,

    /// <summary>½ (Σ mu² + Σ e^lv − D − Σ lv).</summary>
    TermByTerm,

    /// <summary>By sigma and the logarithm of the variance ratio, as libraries of distributions have it.</summary>
    BySigma,
}

/// <summary>One of the ways in which right code is written. None of them may fail a core case.</summary>
internal sealed record Style(string Name, DType DType)
{
    /// <summary>Every step rounded to float16 and sums in float32, as libraries treat half.</summary>
    public bool EveryStepRounded { get; init; }

    public Order Order { get; init; }

    public KlForm Kl { get; init; }

    /// <summary>√(e^lv) for e^(lv/2).</summary>
    public bool RootOfVariance { get; init; }

    /// <summary>Multiply by e^−lv, or by 1/n, where others divide.</summary>
    public bool Reciprocals { get; init; }

    /// <summary>|z|² − 2 z·e + |e|² for Σ (z − e)².</summary>
    public bool ExpandedDistance { get; init; }

    /// <summary>z + (q − z) as it stands in the code, for q itself.</summary>
    public bool LiteralStraightThrough { get; init; }

    /// <summary>log sigmoid of both signs for max(l, 0) − l x + log1p(e^−|l|); 1/cosh² for 1 − tanh².</summary>
    public bool OtherIdentities { get; init; }

    /// <summary>Products are added by fused multiply-adds, one after the other.</summary>
    public bool Fused { get; init; }

    /// <summary>Gradients by the chain rule, step by step, as automatic differentiation has them, for closed forms.</summary>
    public bool StepByStep { get; init; }

    public Conventions Conventions { get; init; } = Conventions.House;

    public override string ToString() => Name;
}
