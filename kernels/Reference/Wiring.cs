using LatentConformance.Contract;

namespace LatentConformance.Reference;

/// <summary>x[X] · weight[Weight] is a term of y[Y], and of no other element.</summary>
internal readonly record struct Tap(int X, int Weight, int Y);

/// <summary>
/// What every convolution comes down to: which element meets which weight for which output. Strides, padding, dilation and
/// transposition are in the list of taps only; value and gradients are read off the same list and so cannot disagree.
/// </summary>
internal sealed class Wiring(Tensor x, Tensor weight, int[] shape, IReadOnlyList<Tap> taps)
{
    /// <summary>y = bias + Σ x · weight.</summary>
    public Tensor Forward(Tensor bias)
    {
        var terms = taps.ToLookup(t => t.Y, t => (Real)x[t.X] * weight[t.Weight]);
        return Answers.Floats(shape, Answers.Each((int)Tensor.CountOf(shape), i => Real.Sum([.. terms[i], bias[Channel(i)]])));
    }

    /// <summary>∂/∂x = Σ dy · weight, ∂/∂weight = Σ dy · x, ∂/∂bias = Σ dy over all but the channel.</summary>
    public (Tensor DX, Tensor DWeight, Tensor DBias) Backward(Tensor bias, Tensor dY)
    {
        if (!dY.Shape.SequenceEqual(shape))
        {
            throw new RefusalException($"the cotangent has shape {Tensor.Show(dY.Shape)}, the output {Tensor.Show(shape)}");
        }

        var toX = taps.ToLookup(t => t.X, t => (Real)dY[t.Y] * weight[t.Weight]);
        var toWeight = taps.ToLookup(t => t.Weight, t => (Real)dY[t.Y] * x[t.X]);
        var toBias = Enumerable.Range(0, dY.Count).ToLookup(Channel, i => (Real)dY[i]);
        return (
            Answers.Like(x, i => Real.Sum([.. toX[i]])),
            Answers.Like(weight, i => Real.Sum([.. toWeight[i]])),
            Answers.Like(bias, o => Real.Sum([.. toBias[o]])));
    }

    private int Channel(int element)
    {
        var positions = shape[2..].Aggregate(1, (product, size) => product * size);
        return element / positions % shape[1];
    }
}
