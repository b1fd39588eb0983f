using LatentConformance.Contract;
using LatentConformance.Reference;
using NUnit.Framework;

namespace LatentConformance.Tests.Reference;

/// <summary>Where the answer is a choice, float32 code may choose otherwise only where the reference calls that legal.</summary>
[TestFixture]
public sealed class DiscreteChoiceBoundTests
{
    private static readonly Precision Single = Precision.Of(DType.Float32);
    private static readonly Tensor Levels = Tensors.Whole(2, 3, 4, 5, 8, 16);

    /// <summary>Near the origin the expanded distance is good; at 4096 it has lost twelve bits and chooses otherwise.</summary>
    [TestCase(0, false)]
    [TestCase(256, true)]
    [TestCase(4096, true)]
    public void VqAssign_ByTheExpandedDistanceInFloat32_ChoosesLegally(double far, bool losesDigits)
    {
        var strayed = 0;
        for (var seed = 0; seed < 4; seed++)
        {
            var z = Moved($"z{seed}", far, 48, 4);
            var codebook = Moved($"codebook{seed}", far, 24, 4);
            var answer = new ReferenceKernels().VqAssign(z, codebook);
            foreach (var order in SinglePrecision.Orders)
            {
                for (var i = 0; i < z.Shape[0]; i++)
                {
                    var chosen = Nearest(codebook, k => Expanded(z.RowOf(i), codebook.RowOf(k), order));
                    strayed += chosen == answer.Int64[i] ? 0 : 1;
                    Assert.That(IsLegal(answer, i, chosen, strict: false), $"row {i} took {chosen} for {answer[i]}");
                }
            }
        }

        Assert.That(strayed > 0, Is.EqualTo(losesDigits), $"{strayed} other choices");
    }

    [TestCase(0)]
    [TestCase(4096)]
    public void VqAssign_ByTheDirectDistanceInFloat32_ChoosesLegallyEvenStrictly(double far)
    {
        var z = Moved("z", far, 48, 4);
        var codebook = Moved("codebook", far, 24, 4);
        var answer = new ReferenceKernels().VqAssign(z, codebook);
        foreach (var order in SinglePrecision.Orders)
        {
            for (var i = 0; i < z.Shape[0]; i++)
            {
                var row = z.RowOf(i);
                var chosen = Nearest(codebook, k => order([.. row.Zip(codebook.RowOf(k), (a, b) => ((float)a - (float)b) * ((float)a - (float)b))]));
                Assert.That(IsLegal(answer, i, chosen, strict: true), $"row {i} took {chosen} for {answer[i]}");
            }
        }
    }

    /// <summary>z at and beside every boundary between codes, where a rounding of the bound decides.</summary>
    [TestCase(1.001f, true)]
    [TestCase(0.999f, false)]
    public void Fsq_InFloat32BesideEveryBoundary_RoundsLegally(float stretch, bool wideUse)
    {
        var z = BesideBoundaries(stretch, wideUse);
        var reference = new ReferenceKernels();
        var ones = Tensors.Of(z.Shape.ToArray(), _ => 1);
        var answer = wideUse ? reference.Fsq(z, Levels) : reference.FsqNotebook(z, Levels);
        var gradient = wideUse ? reference.FsqVjp(z, Levels, ones) : reference.FsqNotebookVjp(z, Levels, ones);
        for (var i = 0; i < z.Count; i++)
        {
            var levels = Levels.Int64[i % Levels.Count];
            float half = (levels - 1) * stretch / 2, offset = levels % 2 == 0 ? 0.5f : 0;
            var tanh = MathF.Tanh((float)z[i] + Shift(offset / half, wideUse));
            var bound = (tanh * half) - offset;
            var code = (bound + (MathF.Round(bound) - bound)) / (levels / 2);
            Assert.That(IsLegal(answer, i, code, strict: false), $"{levels} levels at {z[i]:R}: {code} for {answer[i]}");

            var slope = half * (1 - (tanh * tanh)) / (levels / 2);
            Assert.That(slope, Is.EqualTo(gradient[i]).Within(gradient.Tolerance!.Allowed(i, Single, strict: false)), $"slope of {levels} levels at {z[i]:R}");
        }
    }

    private static float Shift(float ratio, bool wideUse) => wideUse ? MathF.Atanh(ratio) : MathF.Tan(ratio);

    /// <summary>Each half between two codes mapped back through atanh, and seven float32 neighbours to either side.</summary>
    private static Tensor BesideBoundaries(double stretch, bool wideUse)
    {
        const int Neighbours = 7, Halves = 15;
        return Tensors.Of([Halves * ((2 * Neighbours) + 1), Levels.Count], i =>
        {
            var levels = Levels.Int64[i % Levels.Count];
            var place = i / Levels.Count;
            double half = (levels - 1) * stretch / 2, offset = levels % 2 == 0 ? 0.5 : 0;
            var boundary = (place % Halves % (levels - 1)) - (levels / 2) + 0.5;
            var z = (float)(Math.Atanh((boundary + offset) / half) - Shift((float)(offset / half), wideUse));
            return BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(z) + (place / Halves) - Neighbours);
        });
    }

    private static bool IsLegal(Tensor answer, int element, double value, bool strict)
    {
        var allowed = answer.Tolerance!.Allowed(element, Single, strict);
        return Math.Abs(value - answer[element]) <= allowed || answer.Tolerance.Alternatives.Any(a =>
            a.Element == element && Math.Abs(value - a.Value) <= allowed && Tolerance.IsLegal(a, Single, strict));
    }

    private static Tensor Moved(string key, double by, int rows, int columns)
    {
        var drawn = Tensors.Normal(key, rows, columns);
        return Tensors.Of([rows, columns], i => drawn[i] + by);
    }

    private static int Nearest(Tensor codebook, Func<int, float> distance) =>
        Enumerable.Range(0, codebook.Shape[0]).MinBy(distance);

    /// <summary>‖z‖² − 2 z·e + ‖e‖².</summary>
    private static float Expanded(double[] z, double[] code, Func<float[], float> order)
    {
        float Dot(double[] a, double[] b) => order([.. a.Zip(b, (p, q) => (float)p * (float)q)]);
        return Dot(z, z) - (2 * Dot(z, code)) + Dot(code, code);
    }
}
