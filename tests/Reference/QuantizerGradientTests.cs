using LatentConformance.Contract;
using LatentConformance.Reference;
using NUnit.Framework;

namespace LatentConformance.Tests.Reference;

[TestFixture]
public sealed class QuantizerGradientTests
{
    private static readonly Tensor Z = Tensors.Normal("z", 12, 4);
    private static readonly Tensor Q = Tensors.Normal("q", 12, 4);
    private static readonly Tensor Noise = Tensors.Normal("noise", 12, 4);
    private static readonly Tensor Upstream = Tensors.Normal("upstream", 12, 4);

    [SecondRoute("onehot_lookup")]
    [Test]
    public void OnehotLookup_OnACoarseGridOfTies_IsTheFrontOfAStableSort()
    {
        var probabilities = Tensors.Of([40, 5], i => Math.Round(2 * Tensors.Normal("p", 40, 5)[i]));
        var codebook = Tensors.Normal("codebook", 5, 3);

        var quantized = new ReferenceKernels().OnehotLookup(probabilities, codebook);

        Agreement.Exactly(quantized, [.. Enumerable.Range(0, 40)
            .SelectMany(i => codebook.RowOf(Enumerable.Range(0, 5).OrderByDescending(k => probabilities[i, k]).First()))]);
    }

    /// <summary>The one-hot and the stopped p frozen: what is left, (onehot + p − c) E, is linear in either.</summary>
    [SecondRoute("onehot_lookup.vjp")]
    [Test]
    public void OnehotLookupVjp_OfItsFrozenSurrogate_FollowsCentralDifferences()
    {
        var (p, codebook, upstream) = (Tensors.Normal("p", 6, 5), Tensors.Normal("codebook", 5, 3), Tensors.Normal("g", 6, 3));
        int[] chosen = [.. Enumerable.Range(0, 6).Select(i => Array.IndexOf(p.RowOf(i), p.RowOf(i).Max()))];
        Estimate Surrogate(Tensor moved, Tensor codes) => Estimate.Sum(
            from i in Enumerable.Range(0, 6)
            from k in Enumerable.Range(0, 5)
            from j in Enumerable.Range(0, 3)
            select upstream[i, j] * ((chosen[i] == k ? 1 : 0) + moved[i, k] - p[i, k]) * codes[k, j]);

        var (dP, dCodebook) = new ReferenceKernels().OnehotLookupVjp(p, codebook, upstream);

        Agreement.Of(dP!, CentralDifference.Gradient(p, moved => Surrogate(moved, codebook)));
        Agreement.Of(dCodebook!, CentralDifference.Gradient(codebook, moved => Surrogate(p, moved)));
    }

    /// <summary>By Rodrigues' formula, which has no middle vector.</summary>
    [SecondRoute("rotation_trick")]
    [Test]
    public void RotationTrick_ByRodrigues_TakesTheVectorToItsCode()
    {
        var output = new ReferenceKernels().RotationTrick(Z, Q);

        Agreement.Of(output, [.. Enumerable.Range(0, 12).SelectMany(i =>
        {
            var matrix = Estimators.ScaledRotation(Z.RowOf(i), Q.RowOf(i));
            return matrix.EnumerateRows().Select(r => Estimate.Sum(r.Zip(Z.RowOf(i), (a, b) => Estimate.Computed(a * b))));
        })]);
    }

    [SecondRoute("rotation_trick.vjp")]
    [Test]
    public void RotationTrickVjp_OfItsFrozenRotation_IsTheSlopeAndTheDeclaredEstimators()
    {
        var (dZ, dQ) = new ReferenceKernels().RotationTrickVjp(Z, Q, Upstream);

        Agreement.Of(dZ!, [.. Enumerable.Range(0, 12).SelectMany(i => Estimators.Gradient("rotation", Z.RowOf(i), Q.RowOf(i), Upstream.RowOf(i)))]);
        Assert.That(dQ!.ToDoubles(), Is.All.Zero);
        for (var i = 0; i < 12; i++)
        {
            var declared = new ReferenceKernels(Estimators.Convention("rotation"))
                .VqQuantizeVjp(Tensors.Row(Z.RowOf(i)), Tensors.Row(Q.RowOf(i)), Tensors.Row(Upstream.RowOf(i)));
            Assert.That(declared.DZ!.ToDoubles(), Is.EqualTo(dZ!.RowOf(i)));
        }
    }

    /// <summary>Opposite vectors: the value is the code, and what is turned keeps its length but for the ratio.</summary>
    [Test]
    public void RotationTrick_OfOpposites_IsFiniteAndKeepsLengths()
    {
        var (z, q) = (Tensors.Row(3, 0, 4), Tensors.Row(-6, 0, -8));
        var kernels = new ReferenceKernels();

        var gradient = kernels.RotationTrickVjp(z, q, Tensors.Row(1, 2, -2)).DZ!;

        Agreement.Exactly(kernels.RotationTrick(z, q), q.ToDoubles());
        Assert.That(gradient.ToDoubles().Sum(v => v * v), Is.EqualTo(4 * 9).Within(128 * Estimate.Unit * 36));
    }

    [Test]
    public void RotationTrick_OfAVectorOfZeros_IsRefused([Values] bool inZ) => Assert.That(
        () => new ReferenceKernels().RotationTrick(Tensors.Row(inZ ? 0 : 1, 0), Tensors.Row(inZ ? 1 : 0, 0)), Throws.TypeOf<RefusalException>());

    /// <summary>What is added to z is along the noise, and as long as the error but for epsilon's share.</summary>
    [SecondRoute("nsvq")]
    [TestCase(0.0)]
    [TestCase(0.5)]
    public void Nsvq_WhatIsAdded_IsAsLongAsTheErrorAndAlongTheNoise(double epsilon)
    {
        var output = new ReferenceKernels().Nsvq(Z, Q, Noise, epsilon);

        for (var i = 0; i < 12; i++)
        {
            double[] added = [.. output.RowOf(i).Zip(Z.RowOf(i), (o, z) => o - z)];
            var (along, noise) = (added.Zip(Noise.RowOf(i), (a, v) => a * v).Sum(), Math.Sqrt(Grid.Value(Grid.SquaredDistance(Noise.RowOf(i), new double[4]), 2)));
            var error = Math.Sqrt(Grid.Value(Grid.SquaredDistance(Z.RowOf(i), Q.RowOf(i)), 2));
            var own = noise * Enumerable.Range(4 * i, 4).Sum(j => output.Tolerance!.Allowed(j, Precision.Of(DType.Float64), strict: false) + Estimate.Computed(output[j]).Error);
            Agreement.Within(along, Estimate.Computed(error * noise * noise / (noise + epsilon)), own, $"length of row {i}");
            for (var j = 1; j < 4; j++)
            {
                Agreement.Within((added[0] * Noise[i, j]) - (added[j] * Noise[i, 0]), 0, 2 * own, $"along the noise in row {i}");
            }
        }
    }

    [SecondRoute("nsvq.vjp")]
    [Test]
    public void NsvqVjp_AwayFromTheCode_FollowsCentralDifferences() => CentralDifference.Agrees("nsvq", Tensors.For("nsvq"));

    [Test]
    public void NsvqVjp_OnTheCode_HasNoSlopeOfTheRoot()
    {
        var row = Tensors.Row(1, -2);

        var (dZ, dQ) = new ReferenceKernels().NsvqVjp(row, row, Tensors.Row(3, 4), 0.5, Tensors.Row(0.25, 7));

        Agreement.Exactly(dZ!, 0.25, 7);
        Agreement.Exactly(dQ!, 0, 0);
    }

    /// <summary>z − 2 (w·z) w + 2 (ẑ·z) q̂, and the rotation as a matrix, in float32 with its sums in any order.</summary>
    [Test]
    public void Bound_OfTheRotationInFloat32_Holds([Values] bool asMatrix)
    {
        var (z, q) = (Tensors.Normal("float z", 60, 6), Tensors.Normal("float q", 60, 6));
        var answer = new ReferenceKernels().RotationTrick(z, q);
        foreach (var order in SinglePrecision.Orders)
        {
            var values = Enumerable.Range(0, 60).SelectMany(i => Rotated(Floats(z.RowOf(i)), Floats(q.RowOf(i)), order, asMatrix));
            Assert.That(SinglePrecision.Beyond(answer, [.. values]), Is.Empty);
        }
    }

    [Test]
    public void Bound_OfTheNoiseSubstituteInFloat32_Holds()
    {
        var gradient = new ReferenceKernels().NsvqVjp(Z, Q, Noise, 0.0625, Upstream);
        var answer = new ReferenceKernels().Nsvq(Z, Q, Noise, 0.0625);
        foreach (var order in SinglePrecision.Orders)
        {
            List<double> values = [], toZ = [], toQ = [];
            for (var i = 0; i < 12; i++)
            {
                float[] z = Floats(Z.RowOf(i)), q = Floats(Q.RowOf(i)), v = Floats(Noise.RowOf(i)), g = Floats(Upstream.RowOf(i));
                float[] apart = [.. z.Zip(q, (a, b) => a - b)];
                var (error, noise) = (Length(apart, order), Length(v, order) + 0.0625f);
                var along = order([.. g.Zip(v, (a, b) => a * (b / noise))]);
                values.AddRange(z.Zip(v, (a, b) => (double)(a + (b / noise * error))));
                toZ.AddRange(g.Zip(apart, (a, b) => (double)(a + (along * (b / error)))));
                toQ.AddRange(apart.Select(b => (double)-(along * (b / error))));
            }

            Assert.That(SinglePrecision.Beyond(answer, [.. values]), Is.Empty);
            Assert.That(SinglePrecision.Beyond(gradient.DZ!, [.. toZ]), Is.Empty);
            Assert.That(SinglePrecision.Beyond(gradient.DQuantized!, [.. toQ]), Is.Empty);
        }
    }

    private static float[] Floats(double[] values) => [.. values.Select(v => (float)v)];

    private static float Length(float[] vector, Func<float[], float> order) => MathF.Sqrt(order([.. vector.Select(v => v * v)]));

    private static IEnumerable<double> Rotated(float[] z, float[] q, Func<float[], float> order, bool asMatrix)
    {
        float[] Unit(float[] v) => Length(v, order) is var length ? [.. v.Select(x => x / length)] : [];
        float Dot(float[] a, float[] b) => order([.. a.Zip(b, (x, y) => x * y)]);
        var (from, to) = (Unit(z), Unit(q));
        var middle = Unit([.. from.Zip(to, (a, b) => a + b)]);
        var scale = Length(q, order) / Length(z, order);
        return z.Select((value, i) => (double)(scale * (asMatrix
            ? Dot([.. z.Select((_, j) => (i == j ? 1f : 0) - (2 * middle[i] * middle[j]) + (2 * to[i] * from[j]))], z)
            : value - (2 * Dot(middle, z) * middle[i]) + (2 * Dot(from, z) * to[i]))));
    }
}
