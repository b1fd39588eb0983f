using LatentConformance.Torch.StableDiffusion;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace LatentConformance.Tests.Torch;

/// <summary>
/// Layers in float64 with a zero wherever float32 rounds: its gradient tells how far an error there moves a result, and beside it
/// stands the standard deviation of such an error. A rounding is uniform within u of its value, u²/3 of variance; n terms t added one
/// after the other in an order that knows nothing of them round partial sums of mean square k/n·Σt² and more, which makes
/// u²/3·(n + 1)·(Σt²/6 + (Σt)²/3) together. Sums in parts are better. What a group, a channel or a row shares is one error and not many.
/// </summary>
/// <param name="u">The unit roundoff of the narrower format.</param>
internal sealed class RoundedLayers(Func<string, long[], Tensor> weights, double u) : Layers(weights), IDisposable
{
    /// <summary>Uniform errors are as tame as normal ones: their sum stays below λ deviations but for 2·exp(−λ²/2) = 3e-8 of all times.</summary>
    private const double Lambda = 6;

    private readonly List<(Tensor Zero, Tensor Deviation)> places = [];

    /// <summary>To first order, how far one element of a result may lie off.</summary>
    public double Bound(Tensor element)
    {
        using var scope = NewDisposeScope();
        var moves = autograd.grad([element], [.. places.Select(p => p.Zero)], retain_graph: true, allow_unused: true);
        return Lambda * Math.Sqrt(places.Select((p, i) => moves[i] is { IsInvalid: false } moved ? (moved * p.Deviation).square().sum().item<double>() : 0).Sum());
    }

    public override Tensor Swish(Tensor x)
    {
        // The exponential (2u), one and it, their quotient, the product.
        var y = base.Swish(x);
        return Rounded(y, (null, Once(7) * y.abs()));
    }

    public override Tensor Sum(Tensor x, Tensor y)
    {
        var sum = base.Sum(x, y);
        return Rounded(sum, (null, Once() * sum.abs()));
    }

    public override Tensor Product(Tensor left, Tensor right, double scale)
    {
        var y = base.Product(left, right, scale);
        return Rounded(y, (null, OfSum(left.shape[2], base.Product(left.square(), right.square(), scale * scale), y)), (y, Shared(1)));
    }

    public override Tensor Softmax(Tensor scores)
    {
        // An error of the exponent is one of the power, relative; the sum of a row is one error of all of it.
        var y = base.Softmax(scores);
        var below = scores.amax([-1], keepdim: true) - scores;
        var sum = OfSum(y.shape[2], y.square().sum([2], keepdim: true), y.sum([2], keepdim: true));
        return Rounded(y, (null, (5 + below.square()).sqrt() * Once() * y), (y, sum));
    }

    protected override Tensor Convolution(Tensor x, Tensor weight, Tensor bias, long padding)
    {
        var y = base.Convolution(x, weight, bias, padding);
        return Rounded(y, (null, OfSum(weight[0].numel() + 1, base.Convolution(x.square(), weight.square(), bias.square(), padding), y)));
    }

    protected override Tensor Halving(Tensor x, Tensor weight, Tensor bias)
    {
        var y = base.Halving(x, weight, bias);
        return Rounded(y, (null, OfSum(weight[0].numel() + 1, base.Halving(x.square(), weight.square(), bias.square()), y)));
    }

    // As x·a + b with a = γ/σ and b = β − μ·a of a channel: μ and σ of a group, a and b of a channel, the rest of an element.
    protected override Tensor Normalization(Tensor x, Tensor gamma, Tensor beta, long groups, double epsilon)
    {
        var (batch, channels, height, width) = (x.shape[0], x.shape[1], x.shape[2], x.shape[3]);
        var grouped = x.reshape(batch, groups, -1);
        Tensor Spread(Tensor group) => group.unsqueeze(2).expand(batch, groups, channels / groups).reshape(batch, channels, 1, 1);

        var mean = grouped.mean([2]);
        var scale = gamma.reshape(1, channels, 1, 1) / Spread((grouped.var(2, unbiased: false) + epsilon).sqrt());
        var shift = beta.reshape(1, channels, 1, 1);
        var y = base.Normalization(x, gamma, beta, groups, epsilon);
        var (terms, centre) = (grouped.shape[2], grouped - mean.unsqueeze(2));
        var ofMean = OfSum(terms, grouped.square().sum([2]), grouped.sum([2])) / terms;
        var ofVariance = OfSum(terms, centre.pow(4).sum([2]), centre.square().sum([2])) / centre.square().sum([2]);
        Tensor Regrouped(Tensor each) => each.reshape(batch, groups, channels / groups, height, width);
        Tensor Each(Tensor group) => group.reshape(batch, groups, 1, 1, 1);

        var shared = Rounded(Regrouped(y), (Regrouped(scale.expand_as(x)), Each(ofMean)), (Regrouped(y - shift), Each((ofVariance / 2) + Once(3))));
        return Rounded(
            shared.reshape(x.shape),
            (x, Once() * scale.abs()),
            (null, Once(2) * (shift.abs() + (Spread(mean) * scale).abs())),
            (null, Once() * ((x * scale).abs() + y.abs())));
    }

    public void Dispose()
    {
        foreach (var (zero, deviation) in places)
        {
            zero.Dispose();
            deviation.Dispose();
        }
    }

    /// <summary>So many roundings of the same value.</summary>
    private double Once(int roundings = 1) => u * Math.Sqrt(roundings / 3.0);

    private Tensor Shared(int roundings) => full(1, Once(roundings), dtype: float64);

    /// <param name="squares">Σt², each a product that was rounded itself.</param>
    private Tensor OfSum(long terms, Tensor squares, Tensor sum) => Once() * (((terms + 1) * ((squares / 6) + (sum.square() / 3))) + squares).sqrt();

    /// <param name="errors">What an error moves the value along (null: itself), and its deviation.</param>
    private Tensor Rounded(Tensor value, params (Tensor? Direction, Tensor Deviation)[] errors)
    {
        foreach (var (direction, deviation) in errors)
        {
            var zero = zeros_like(deviation).detach().requires_grad_().DetachFromDisposeScope();
            places.Add((zero, deviation.detach().DetachFromDisposeScope()));
            value = value + (direction is null ? zero : zero * direction.detach());
        }

        return value;
    }
}
