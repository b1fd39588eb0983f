using LatentConformance.Contract;

namespace LatentConformance.Reference;

// p = softmax(−d / τ), d_k = ‖z − e_k‖². With a_k = p_k (g_k − Σ_j g_j p_j) / τ: ∂z = −2 Σ_k a_k (z − e_k), ∂e_k = 2 Σ_n a_nk (z_n − e_k). The
// nearest code's distance comes off before the exponential: far from all codes every e^(−d/τ) is 0. Ordinary code expands d.
public sealed partial class ReferenceKernels : ICodebookDiversity
{
    public Tensor VqProbabilities(Tensor z, Tensor codebook, double temperature)
    {
        RefuseUnlessDrawn(z, codebook, temperature);
        Real[] All(bool expanded) => [.. Enumerable.Range(0, z.Shape[0]).SelectMany(i => Softmax(Scores(z, codebook, temperature, i, expanded)))];
        return Answers.Floats([z.Shape[0], codebook.Shape[0]], All(expanded: true), careful: All(expanded: false));
    }

    public (Tensor? DZ, Tensor? DCodebook) VqProbabilitiesVjp(Tensor z, Tensor codebook, double temperature, Tensor dProbabilities)
    {
        RefuseUnlessDrawn(z, codebook, temperature);
        var (n, d, size) = (z.Shape[0], z.Shape[1], codebook.Shape[0]);
        Real[][] Slopes(bool expanded) => [.. Enumerable.Range(0, n).Select(i =>
        {
            var p = Softmax(Scores(z, codebook, temperature, i, expanded));
            var mean = Answers.Sum(size, k => p[k] * dProbabilities[i, k]);
            return Answers.Each(size, k => p[k] * (dProbabilities[i, k] - mean) / temperature);
        })];

        // Through the expanded distance 2 Σ a (e − z) is 2 Σ a e − 2 z Σ a, of which the first is the larger where z is large.
        Real Pull(Real slope, int i, int k, int j, bool expanded)
        {
            var pull = 2 * (slope * ((Real)z[i, j] - codebook[k, j]));
            return expanded ? Real.Terms(2 * (slope * z[i, j]), -2 * (slope * codebook[k, j])).Knowing(pull.Value) : pull;
        }

        var (ordinary, careful) = (Slopes(expanded: true), Slopes(expanded: false));
        Real[] ToZ(Real[][] slopes, bool expanded) => Answers.Each(n * d, e => Answers.Sum(size, k => -Pull(slopes[e / d][k], e / d, k, e % d, expanded)));
        Real[] ToCodebook(Real[][] slopes, bool expanded) => Answers.Each(size * d, e => Answers.Sum(n, i => Pull(slopes[i][e / d], i, e / d, e % d, expanded)));
        return (
            Answers.Floats([n, d], ToZ(ordinary, expanded: true), careful: ToZ(careful, expanded: false)),
            Answers.Floats([size, d], ToCodebook(ordinary, expanded: true), careful: ToCodebook(careful, expanded: false)));
    }

    private static Real[] Scores(Tensor z, Tensor codebook, double temperature, int row, bool expanded) => Answers.Each(codebook.Shape[0], k =>
    {
        var distance = DirectDistance(Row(z, row), codebook, k);
        return -(expanded ? ExpandedDistance(Row(z, row), codebook, k).Knowing(distance.Value) : distance) / temperature;
    });

    private static void RefuseUnlessDrawn(Tensor z, Tensor codebook, double temperature)
    {
        Refuse.UnlessCodebookFits(z.Shape[1], codebook);
        Refuse.UnlessPositive("temperature", temperature);
    }
}
