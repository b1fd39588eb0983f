using LatentConformance.Contract;

namespace LatentConformance.Reference;

// γ |Σ_j kl_j − C|; ∂/∂kl_j = γ sign(Σ kl − C), which is undecided where the roundings of the sum reach the capacity.
// The sign of NaN is NaN (NumPy) or 0 (PyTorch).
public sealed partial class ReferenceKernels
{
    public Tensor CapacityLoss(Tensor kl, double capacity, double gamma)
    {
        RefuseUnlessCapacity(capacity, gamma);
        return Answers.Floats([kl.Shape[0]], Answers.Each(kl.Shape[0], b => gamma * Real.Abs(OverCapacity(kl, b, capacity))));
    }

    /// <summary>NaN compares as nothing: a sign made of comparisons, as PyTorch's, is 0 there, or one of the others; ours is NaN.</summary>
    public Tensor CapacityLossVjp(Tensor kl, double capacity, double gamma, Tensor dLoss)
    {
        RefuseUnlessCapacity(capacity, gamma);
        var (samples, elements) = SamplesOf(kl);
        var over = Answers.Each(samples, b => OverCapacity(kl, b, capacity));
        Real Slope(int i) => dLoss[i / elements] * (gamma * (Real)OverSign(over[i / elements].Value));
        var kinks =
            from i in Enumerable.Range(0, kl.Count)
            let at = over[i / elements]
            from sign in new[] { -1, 0, 1 }
            where sign != OverSign(at.Value)
            let other = double.IsNaN(at.Value)
                ? new Alternative(i, 0, 0, default)
                : new Alternative(i, dLoss[i / elements] * gamma * sign, Math.Abs(at.Value), at.Error)
            where sign == 0 || !double.IsNaN(at.Value)
            where Tolerance.IsLegal(other, Precision.Of(DType.BFloat16), strict: false)
            select other;
        var slopes = Answers.Like(kl, Slope);
        return new Tensor(kl.Shape.ToArray(), slopes.ToDoubles()) { Tolerance = slopes.Tolerance! with { Alternatives = [.. kinks] } };
    }

    private static Real OverCapacity(Tensor kl, int sample, double capacity) => Answers.Sum(kl.Shape[1], j => kl[sample, j]) - capacity;

    private static double OverSign(double value) => double.IsNaN(value) ? value : Math.Sign(value);

    private static void RefuseUnlessCapacity(double capacity, double gamma)
    {
        Refuse.UnlessFiniteAndNotNegative("capacity", capacity);
        Refuse.UnlessFiniteAndNotNegative("gamma", gamma);
    }
}
