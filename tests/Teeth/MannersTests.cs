using System.Runtime.InteropServices;
using LatentConformance.Conformance.Implementations;
using LatentConformance.Conformance.Running;
using LatentConformance.Contract;
using LatentConformance.Tests.Teeth.CorrectImplementations;
using NUnit.Framework;

namespace LatentConformance.Tests.Teeth;

/// <summary>Mistakes in behaviour rather than in a formula: what the answers to one question cannot show.</summary>
public sealed class MannersTests
{
    /// <summary>NU08: the caller's array is used as scratch space.</summary>
    [Test]
    public void Verify_InputModified_Fails()
    {
        var results = Ground.Verify(new InProcess(new Scribbling()), "kl_standard");

        Assert.That(results.Where(r => r.IsBad()).Select(r => r.Message), Has.Some.Contains("the input mu was modified"));
    }

    /// <summary>RP18: what is answered hangs on how often one was asked.</summary>
    [Test]
    public void Verify_HiddenState_Fails()
    {
        var results = Ground.Verify(new InProcess(new Counting()), "kl_standard");

        var twice = results.Single(r => r.Kind == ResultKind.Manners);
        Assert.That(twice.Outcome, Is.EqualTo(Outcome.Fail));
        Assert.That(twice.Message, Does.Contain("hidden state"));
    }

    private sealed class Scribbling() : Kernels<float>(new Style("scribbling", DType.Float32)), IGaussian
    {
        Tensor IGaussian.KlStandard(Tensor mu, Tensor logvar)
        {
            var answer = KlStandard(mu, logvar);
            if (mu.Count > 0)
            {
                MemoryMarshal.GetReference(mu.Float32) += 1;
            }

            return answer;
        }
    }

    private sealed class Counting() : Kernels<float>(new Style("counting", DType.Float32))
    {
        private int asked;

        protected override float KlOfSample(float[] mu, float[] lv) => base.KlOfSample(mu, lv) * ++asked;
    }
}
