using LatentConformance.Contract;

namespace LatentConformance.Tests.Teeth.CorrectImplementations;

/// <summary>The ways in which right code is written, in every dtype.</summary>
internal static class Styles
{
    /// <summary>Under the house's conventions, with nothing to declare.</summary>
    public static IEnumerable<Style> Undeclared()
    {
        foreach (var dtype in DTypes.Floating)
        {
            Style As(string name) => new($"{dtype.WireName()}, {name}", dtype);
            yield return As("element by element");
            yield return As("fused, reversed") with { Kl = KlForm.Fused, Order = Order.Reverse, LiteralStraightThrough = true, StepByStep = true };
            yield return As("term by term, pairwise") with { Kl = KlForm.TermByTerm, Order = Order.Pairwise, OtherIdentities = true };
            yield return As("by sigma, fused multiply-add") with { Kl = KlForm.BySigma, RootOfVariance = true, Fused = true };
            yield return As("by sigma, expanded distance") with { Kl = KlForm.BySigma, ExpandedDistance = true };
            yield return As("reciprocals, expanded distance") with { Reciprocals = true, ExpandedDistance = true, LiteralStraightThrough = true, StepByStep = true };
        }

        foreach (var form in new[] { KlForm.PerElement, KlForm.Fused, KlForm.TermByTerm })
        {
            yield return new Style($"half arithmetic, {form}", DType.Float16) { EveryStepRounded = true, Kl = form };
            yield return new Style($"half arithmetic, {form}, expanded distance", DType.Float16) { EveryStepRounded = true, Kl = form, ExpandedDistance = true };
        }
    }

    /// <summary>One convention declared that is not the house's.</summary>
    public static IEnumerable<Style> Declared()
    {
        foreach (var dtype in new[] { DType.Float64, DType.Float32, DType.BFloat16 })
        {
            foreach (var departure in Departures())
            {
                yield return new Style($"{dtype.WireName()}, {departure[0]}: {departure[1]}", dtype)
                {
                    Conventions = Conventions.House.With(departure[0], departure[1]),
                };
            }
        }
    }

    public static IEnumerable<string[]> Departures()
    {
        foreach (var reduction in new[] { "sum", "batch_mean", "mean" })
        {
            yield return [Conventions.ReduceName, reduction];
        }

        yield return [Conventions.ClampName, "[-30, 20]"];
        yield return [Conventions.BetaName, "legacy"];
        yield return [Conventions.EstimatorName, "rotation"];
    }

    public static IDescribed Kernels(Style style) => style.EveryStepRounded
        ? new Kernels<Half>(style)
        : style.DType == DType.Float64 ? new Kernels<double>(style) : new Kernels<float>(style);
}
