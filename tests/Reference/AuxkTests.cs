using LatentConformance.Contract;
using LatentConformance.Reference;
using NUnit.Framework;

namespace LatentConformance.Tests.Reference;

[TestFixture]
public sealed class AuxkTests
{
    private const double Coefficient = 0.375;
    private static readonly ReferenceKernels Reference = new();
    private static readonly Tensor X = Tensors.Normal("x", 5, 3);

    private static readonly Dictionary<string, Tensor> Model = new()
    {
        ["d_h"] = Tensors.Normal("h", 5, 4),
        ["d_h_aux"] = Tensors.Normal("h_aux", 5, 4),
        ["d_decoder"] = Tensors.Normal("decoder", 3, 4),
        ["d_b_dec"] = Tensors.Normal("b_dec", 3),
    };

    /// <summary>‖D h_aux‖² − 2 e · D h_aux + ‖e‖², in decimal.</summary>
    [SecondRoute("auxk_loss")]
    [Test]
    public void AuxkLoss_InDecimal_IsTheExpandedSquare()
    {
        var (loss, reconstruction, aux) = Loss(Model);

        decimal[] missed = [.. Enumerable.Range(0, 5).Select(b => Dimensions.Sum(d => Missed(b, d) * Missed(b, d)))];
        decimal[] left = [.. Enumerable.Range(0, 5).Select(b =>
            Dimensions.Sum(d => Made("d_h_aux", b, d) * (Made("d_h_aux", b, d) - (2 * Missed(b, d)))) + missed[b])];
        Agreement.Of(reconstruction!, [.. missed.Select(m => Estimate.Computed((double)m))]);
        Agreement.Of(aux!, [.. left.Select(r => Estimate.Computed((double)r))]);
        Agreement.Of(loss!, [.. missed.Zip(left, (m, r) => Estimate.Computed((double)(m + ((decimal)Coefficient * r))))]);
    }

    /// <summary>The residual is frozen: x is moved along with the model, so that what the dead features are held to stays.</summary>
    [SecondRoute("auxk_loss.vjp")]
    [Test]
    public void AuxkLossVjp_WithTheResidualFrozen_FollowsCentralDifferences()
    {
        var upstream = Tensors.Normal("d_loss", 5);
        var (dH, dHAux, dDecoder, dBDec) = Reference.AuxkLossVjp(
            X, Model["d_h"], Model["d_h_aux"], Model["d_decoder"], Model["d_b_dec"], Coefficient, upstream);

        foreach (var (name, answer) in new[] { ("d_h", dH!), ("d_h_aux", dHAux!), ("d_decoder", dDecoder!), ("d_b_dec", dBDec!) })
        {
            Agreement.Of(answer, CentralDifference.Gradient(Model[name], at =>
            {
                var moved = new Dictionary<string, Tensor>(Model) { [name] = at };
                return Weighed(upstream, Loss(moved).Reconstruction!) + (Coefficient * AuxWithTheResidualFrozen(upstream, moved));
            }));
        }
    }

    /// <summary>One more while there is room for two dimensions each and a dead feature left.</summary>
    [SecondRoute("auxk_count")]
    [Test]
    public void AuxkCount_OneByOne_IsWhatFitsHalfTheDimensions([Values(1, 2, 7, 16)] int dimensions)
    {
        long[] dead = [.. Enumerable.Range(0, 13).Select(n => (long)n)];

        Agreement.Exactly(Reference.AuxkCount(dimensions, 12, Tensors.Whole(dead)), [.. dead.Select(n =>
        {
            var k = 0.0;
            while (2 * (k + 1) <= dimensions && k < n)
            {
                k++;
            }

            return k;
        })]);
    }

    private static IEnumerable<int> Dimensions => Enumerable.Range(0, 3);

    private static (Tensor? Loss, Tensor? Reconstruction, Tensor? Aux) Loss(Dictionary<string, Tensor> model) =>
        Reference.AuxkLoss(X, model["d_h"], model["d_h_aux"], model["d_decoder"], model["d_b_dec"], Coefficient);

    private static Estimate AuxWithTheResidualFrozen(Tensor upstream, Dictionary<string, Tensor> moved) => Estimate.Sum(
        from b in Enumerable.Range(0, 5)
        from d in Dimensions
        let made = Enumerable.Range(0, 4).Sum(j => moved["d_h_aux"][b, j] * moved["d_decoder"][d, j])
        select upstream[b] * Math.Pow(made - (double)Missed(b, d), 2));

    private static Estimate Weighed(Tensor upstream, Tensor values) => Estimate.Sum(Enumerable.Range(0, values.Count).Select(b =>
        upstream[b] * new Estimate(values[b], values.Tolerance!.Allowed(b, Precision.Of(DType.Float64), strict: false))));

    private static decimal Missed(int b, int d) => (decimal)X[b, d] - (decimal)Model["d_b_dec"][d] - Made("d_h", b, d);

    private static decimal Made(string activations, int b, int d) =>
        Enumerable.Range(0, 4).Sum(j => (decimal)Model[activations][b, j] * (decimal)Model["d_decoder"][d, j]);
}
