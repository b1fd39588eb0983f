using LatentConformance.Contract;
using LatentConformance.Reference;
using NUnit.Framework;

namespace LatentConformance.Tests.Reference;

[TestFixture]
public sealed class CosineQuantizerTests
{
    private const double Epsilon = 0.0078125;
    private static readonly Tensor Z = Tensors.Normal("z", 24, 3);
    private static readonly Tensor Codebook = Tensors.Normal("codebook", 9, 3);

    /// <summary>(z·e)|z·e| / ‖e‖² in whole numbers: the sign and square of a cosine, without a root and without a rounding.</summary>
    [SecondRoute("vq_assign_cosine")]
    [Test]
    public void VqAssignCosine_InWholeNumbers_IsTheLargestSignedSquareOfACosine()
    {
        var indices = new ReferenceKernels().VqAssignCosine(Z, Codebook, Epsilon);

        Assert.That(indices.Int64.ToArray(), Is.EqualTo(MostAlike().Select(k => (long)k)));
    }

    /// <summary>‖ê‖ = 1 and ê is along e: the cross products vanish and the inner product is the length of e.</summary>
    [SecondRoute("vq_quantize_cosine")]
    [Test]
    public void VqQuantizeCosine_OfEveryRow_IsOfLengthOneAlongItsCode()
    {
        var (quantized, indices) = new ReferenceKernels().VqQuantizeCosine(Z, Codebook, Epsilon);

        Assert.That(indices!.Int64.ToArray(), Is.EqualTo(MostAlike().Select(k => (long)k)));
        for (var i = 0; i < Z.Shape[0]; i++)
        {
            var (q, e) = (quantized!.RowOf(i), Codebook.RowOf((int)indices.Int64[i]));
            var own = 8 * Enumerable.Range(3 * i, 3).Sum(j => quantized!.Tolerance!.Allowed(j, Precision.Of(DType.Float64), strict: false));
            Agreement.Within(q.Sum(v => v * v), Estimate.Computed(1), own, $"length of row {i}");
            Agreement.Within(Inner(q, e) * Inner(q, e), Estimate.Computed(Inner(e, e)), own * Inner(e, e), $"along its code in row {i}");
            Assert.That(Inner(q, e), Is.Positive);
        }
    }

    /// <summary>ẑ + sg(ê − ẑ) with the difference frozen: the differences of ẑ = z / max(‖z‖, ε), above epsilon and below.</summary>
    [SecondRoute("vq_quantize_cosine.vjp")]
    [TestCase(Epsilon)]
    [TestCase(16.0)]
    public void VqQuantizeCosineVjp_OfItsFrozenSurrogate_FollowsCentralDifferences(double epsilon)
    {
        var upstream = Tensors.Normal("upstream", 24, 3);

        var (dZ, dCodebook) = new ReferenceKernels().VqQuantizeCosineVjp(Z, Codebook, epsilon, upstream);

        Agreement.Of(dZ!, [.. Enumerable.Range(0, 24).SelectMany(i => CentralDifference.Gradient(Tensors.Vector(Z.RowOf(i)), v =>
        {
            var length = Math.Max(Math.Sqrt(v.ToDoubles().Sum(x => x * x)), epsilon);
            return Estimate.Sum(v.ToDoubles().Zip(upstream.RowOf(i), (x, g) => Estimate.Computed(g * x / length)));
        }))]);
        Assert.That(dCodebook!.ToDoubles(), Is.All.Zero);
    }

    [Test]
    public void VqAssignCosine_InFloat32ByEitherFormula_ChoosesLegally([Values] bool byDistance)
    {
        var (z, codebook) = (Tensors.Normal("many z", 200, 4), Tensors.Normal("many codes", 60, 4));
        var answer = new ReferenceKernels().VqAssignCosine(z, codebook, Epsilon);
        foreach (var order in SinglePrecision.Orders)
        {
            float Dot(float[] a, float[] b) => order([.. a.Zip(b, (p, q) => p * q)]);
            float[] Unit(double[] v) => [.. v.Select(x => (float)x / MathF.Sqrt(Dot([.. v.Select(y => (float)y)], [.. v.Select(y => (float)y)])))];
            for (var i = 0; i < z.Shape[0]; i++)
            {
                var row = Unit(z.RowOf(i));
                var chosen = Enumerable.Range(0, 60).MinBy(k => Unit(codebook.RowOf(k)) is var e && byDistance
                    ? Dot(row, row) - (2 * Dot(row, e)) + Dot(e, e)
                    : -Dot(row, e));
                Assert.That(chosen == answer.Int64[i] || answer.Tolerance!.Alternatives.Any(a =>
                    a.Element == i && a.Value == chosen && Tolerance.IsLegal(a, Precision.Of(DType.Float32), strict: false)), $"row {i} took {chosen} for {answer[i]}");
            }
        }
    }

    /// <summary>As autograd has it, g/n − x/n (g·x)/n² with n = ‖x‖, and the average as e + (1 − γ)(d − e).</summary>
    [TestCase(2)]
    [TestCase(16)]
    public void Bound_OfTheSphereInFloat32_Holds(int dimensions)
    {
        var (z, codebook, upstream) = (Tensors.Normal("float z", 40, dimensions), Tensors.Normal("float codes", 5, dimensions), Tensors.Normal("g", 40, dimensions));
        codebook = new ReferenceKernels().VqQuantizeCosine(codebook, codebook, Epsilon).Quantized!.As(DType.Float32).As(DType.Float64);
        var indices = Tensors.Whole([.. Enumerable.Range(0, 40).Select(i => i % 4L)]);
        var (dZ, _) = new ReferenceKernels().VqQuantizeCosineVjp(z, codebook, Epsilon, upstream);
        var updated = new ReferenceKernels().EmaUpdateCosine(codebook, z, indices, 0.875, Epsilon);
        foreach (var order in SinglePrecision.Orders)
        {
            float Dot(float[] a, float[] b) => order([.. a.Zip(b, (p, q) => p * q)]);
            float[] Unit(float[] v) => MathF.Sqrt(Dot(v, v)) is var n ? [.. v.Select(x => x / n)] : v;
            float[] Floats(Tensor t, int row) => [.. t.RowOf(row).Select(v => (float)v)];
            float[] Slope(float[] x, float[] g) => MathF.Sqrt(Dot(x, x)) is var n ? [.. x.Zip(g, (a, b) => (b / n) + (a / n * -(Dot(g, x) / (n * n))))] : x;
            float[] Moved(int k)
            {
                float[][] members = [.. Enumerable.Range(0, 40).Where(i => indices.Int64[i] == k).Select(i => Unit(Floats(z, i)))];
                var code = Floats(codebook, k);
                var towards = members.Length == 0 ? code : Unit([.. code.Select((_, j) => order([.. members.Select(m => m[j])]) / members.Length)]);
                return Unit([.. code.Zip(towards, (e, m) => e + (0.125f * (m - e)))]);
            }

            Assert.That(SinglePrecision.Beyond(dZ!, [.. Enumerable.Range(0, 40).SelectMany(i => Slope(Floats(z, i), Floats(upstream, i))).Select(v => (double)v)]), Is.Empty);
            Assert.That(SinglePrecision.Beyond(updated, [.. Enumerable.Range(0, 5).SelectMany(Moved).Select(v => (double)v)]), Is.Empty);
        }
    }

    /// <summary>By angle: a mean of directions, and a turn towards it, all in the plane.</summary>
    [SecondRoute("ema_update_cosine")]
    [Test]
    public void EmaUpdateCosine_InThePlane_IsAWeighedMeanOfPhasors()
    {
        const double Decay = 0.625;
        double[] start = [0, Math.PI / 2, Math.PI];
        var z = Tensors.Normal("plane", 7, 2);
        var indices = Tensors.Whole(0, 2, 0, 0, 2, 0, 2);
        var codebook = new Tensor([3, 2], [1.0, 0, 0, 1, -1, 0]);

        var updated = new ReferenceKernels().EmaUpdateCosine(codebook, z, indices, Decay, Epsilon);

        Agreement.Of(updated, [.. start.SelectMany((angle, k) =>
        {
            System.Numerics.Complex[] members = [.. Enumerable.Range(0, 7).Where(i => indices.Int64[i] == k)
                .Select(i => System.Numerics.Complex.FromPolarCoordinates(1, Math.Atan2(z[i, 1], z[i, 0])))];
            var towards = members.Length == 0 ? angle : members.Aggregate((a, b) => a + b).Phase;
            var blend = System.Numerics.Complex.FromPolarCoordinates(Decay, angle) + System.Numerics.Complex.FromPolarCoordinates(1 - Decay, towards);
            return new[] { Near(Math.Cos(blend.Phase)), Near(Math.Sin(blend.Phase)) };
        })]);
    }

    /// <summary>Cosines of angles that are off by a few roundings of pi.</summary>
    private static Estimate Near(double value) => new(value, 4 * Estimate.Computed(1).Error);

    private static int[] MostAlike() => [.. Enumerable.Range(0, Z.Shape[0]).Select(i => Enumerable.Range(0, Codebook.Shape[0]).Aggregate((best, k) =>
    {
        var (a, b) = (SignedSquare(i, k), SignedSquare(i, best));
        return a.Top * b.Bottom > b.Top * a.Bottom ? k : best;
    }))];

    private static (System.Numerics.BigInteger Top, System.Numerics.BigInteger Bottom) SignedSquare(int row, int code)
    {
        var (z, e) = (Z.RowOf(row).Select(Grid.Whole).ToArray(), Codebook.RowOf(code).Select(Grid.Whole).ToArray());
        var inner = z.Zip(e, (a, b) => a * b).Aggregate((a, b) => a + b);
        return (inner * System.Numerics.BigInteger.Abs(inner), e.Select(v => v * v).Aggregate((a, b) => a + b));
    }

    private static double Inner(double[] a, double[] b) => a.Zip(b, (p, q) => p * q).Sum();
}
