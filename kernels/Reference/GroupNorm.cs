using LatentConformance.Contract;
using static LatentConformance.Reference.Real;

namespace LatentConformance.Reference;

// x̂ = (x − μ) ρ, ρ = 1/√(σ² + ε), μ and σ² the mean and the biased variance of a group; y = x̂ γ + β. With g = dy·γ:
// ∂/∂x = ρ (g − mean(g) − x̂ mean(g x̂)), ∂/∂γ = Σ dy x̂, ∂/∂β = Σ dy over all but the channel.
// The ordinary bound is that of mean(x²) − μ² and of x·(ργ) + (β − μργ), as fast kernels have it, which lose what the mean
// exceeds the deviation by; the careful one subtracts the mean first.
public sealed partial class ReferenceKernels : INormalisation
{
    public Tensor GroupNorm(Tensor x, Tensor gamma, Tensor beta, long groups, double epsilon)
    {
        var all = Grouped(x, gamma, beta, groups, epsilon);
        var careful = Answers.Each(x.Count, i => (all(i).Unit(x[i]) * gamma[ChannelOf(x, i)]) + beta[ChannelOf(x, i)]);
        var ordinary = Answers.Each(x.Count, i =>
        {
            var scale = all(i).FastReciprocal * gamma[ChannelOf(x, i)];
            return Terms(x[i] * scale, -(all(i).Mean * scale), beta[ChannelOf(x, i)]);
        });
        return Answers.Floats(x.Shape.ToArray(), Either(ordinary, careful), careful);
    }

    public (Tensor? DX, Tensor? DGamma, Tensor? DBeta) GroupNormVjp(Tensor x, Tensor gamma, Tensor beta, long groups, double epsilon, Tensor dY)
    {
        var all = Grouped(x, gamma, beta, groups, epsilon);
        Refuse.UnlessSameShape(x, dY);
        Real Pull(int i) => (Real)dY[i] * gamma[ChannelOf(x, i)];
        var pulls = Enumerable.Range(0, x.Count).Select(all).Distinct().ToDictionary(g => g, g => (
            Sum: Answers.Sum(g.Size, k => Pull(g.First + k)),
            Along: Answers.Sum(g.Size, k => Pull(g.First + k) * g.Unit(x[g.First + k])),
            Raw: Answers.Sum(g.Size, k => Pull(g.First + k) * x[g.First + k])));
        var careful = Answers.Each(x.Count, i =>
        {
            var (g, pull) = (all(i), pulls[all(i)]);
            return g.Reciprocal * Terms(Pull(i), -(pull.Sum / g.Size), -(g.Unit(x[i]) * pull.Along / g.Size));
        });
        var ordinary = Answers.Each(x.Count, i =>
        {
            var (g, pull) = (all(i), pulls[all(i)]);
            var rho = g.FastReciprocal;
            var slope = ((pull.Sum * g.Mean) - pull.Raw) * rho * rho * rho / g.Size;
            return Terms(Pull(i) * rho, slope * x[i], -(slope * g.Mean), -(pull.Sum * rho / g.Size));
        });
        var channels = Enumerable.Range(0, x.Count).ToLookup(i => ChannelOf(x, i));
        var units = Answers.Each(gamma.Count, c => Sum([.. channels[c].Select(i => dY[i] * all(i).Unit(x[i]))]));
        var fast = Answers.Each(gamma.Count, c => Sum([.. channels[c].Select(i =>
            dY[i] * Terms(x[i] * all(i).FastReciprocal, -(all(i).Mean * all(i).FastReciprocal)))]));
        return (
            Answers.Floats(x.Shape.ToArray(), Either(ordinary, careful), careful),
            Answers.Floats(gamma.Shape.ToArray(), Either(fast, units), units),
            Answers.Like(beta, c => Sum([.. channels[c].Select(i => (Real)dY[i])])));
    }

    /// <summary>What is right by either algorithm: near a mean of zero the one that subtracts it first rounds once more.</summary>
    private static Real[] Either(Real[] ordinary, Real[] careful) =>
    [
        .. ordinary.Zip(careful, (a, b) => a with
        {
            Error = new Coefficients(
                Math.Max(a.Error.Storage, b.Error.Storage),
                Math.Max(a.Error.Accumulate, b.Error.Accumulate),
                Math.Max(a.Error.Underflow, b.Error.Underflow)),
        }),
    ];

    /// <summary>The group that each element of x belongs to.</summary>
    private static Func<int, Normalised> Grouped(Tensor x, Tensor gamma, Tensor beta, long groups, double epsilon)
    {
        Refuse.UnlessPositive("groups", groups);
        Refuse.UnlessFiniteAndNotNegative("epsilon", epsilon);
        if (x.Shape[1] % groups != 0 || x.Shape[1] != gamma.Count || x.Shape[1] != beta.Count)
        {
            throw new RefusalException($"{x.Shape[1]} channels, {groups} groups, {gamma.Count} gammas and {beta.Count} betas do not fit");
        }

        var size = (int)(x.Shape[1] / groups) * x.Shape[2] * x.Shape[3];
        if (size == 0)
        {
            throw new RefusalException("a group of nothing has no mean");
        }

        Normalised[] all = [.. Enumerable.Range(0, x.Count / size).Select(g => new Normalised(x, g * size, size, epsilon))];
        return i => all[i / size];
    }

    private static int ChannelOf(Tensor map, int element) => element / (map.Shape[2] * map.Shape[3]) % map.Shape[1];

    /// <summary>The mean of a group and one over its deviation, by two passes and by one.</summary>
    private sealed class Normalised
    {
        public Normalised(Tensor x, int first, int size, double epsilon)
        {
            (First, Size) = (first, size);
            Mean = Answers.Sum(size, k => x[first + k]) / size;
            var mean = Mean;
            var variance = Answers.Sum(size, k => (x[first + k] - mean) * (x[first + k] - mean)) / size;
            Reciprocal = Root(variance, epsilon);
            var squares = Answers.Sum(size, k => (Real)x[first + k] * x[first + k]) / size;
            FastReciprocal = Root(Terms(squares, -(mean * mean)).Knowing(variance.Value), epsilon);
        }

        public int First { get; }

        public int Size { get; }

        public Real Mean { get; }

        public Real Reciprocal { get; }

        public Real FastReciprocal { get; }

        public Real Unit(double x) => (x - Mean) * Reciprocal;

        /// <summary>A library's own reciprocal root may spend two roundings more than a root and a division.</summary>
        private static Real Root(Real variance, double epsilon)
        {
            var root = 1 / Sqrt(variance + epsilon);
            return root with { Error = root.Error + new Coefficients(2 * Math.Abs(root.Value), 0, 0) };
        }
    }
}
