using System.Numerics;
using LatentConformance.Contract;
using LatentConformance.Reference;
using NUnit.Framework;

namespace LatentConformance.Tests.Reference;

[TestFixture]
public sealed class ConvolutionArithmeticTests
{
    private static readonly ReferenceKernels Reference = new();

    /// <summary>Counted by setting the kernel down, again and again, while it fits.</summary>
    [SecondRoute("conv_output_size")]
    [Test]
    public void ConvOutputSize_EveryWalk_CountsWhereTheKernelFits(
        [Values(1, 3, 4)] int kernel, [Values(1, 2, 3)] int stride, [Values(0, 1, 2)] int padding, [Values(1, 2)] int dilation)
    {
        long[] sizes = [.. Enumerable.Range(7, 12).Select(n => (long)n)];

        Agreement.Exactly(
            Reference.ConvOutputSize(Tensors.Whole(sizes), kernel, stride, padding, dilation),
            [.. sizes.Select(n => (double)Fits((int)n, kernel, stride, padding, dilation))]);
    }

    /// <summary>Of the sizes that a convolution brings down to this one, output_padding says which.</summary>
    [SecondRoute("conv_transpose_output_size")]
    [Test]
    public void ConvTransposeOutputSize_EveryWalk_IsUndoneByTheConvolution([Values(3, 4)] int kernel, [Values(1, 2, 3)] int stride, [Values(0, 1)] int padding)
    {
        foreach (var size in Enumerable.Range(1, 9))
        {
            var sources = Enumerable.Range(1, 60).Where(n => Fits(n, kernel, stride, padding, 1) == size).ToArray();
            for (var outputPadding = 0; outputPadding < stride; outputPadding++)
            {
                Agreement.Exactly(Reference.ConvTransposeOutputSize(Tensors.Whole(size), kernel, stride, padding, outputPadding), sources[outputPadding]);
            }
        }
    }

    /// <summary>A side of 2^20 is halved where a flag says so; the ratio is what was before over what is left.</summary>
    [SecondRoute("downsampling_ratio")]
    [Test]
    public void DownsamplingRatio_HalvingASide_IsHowMuchSmallerItBecame()
    {
        const long Side = 1 << 20;
        var down = new Tensor([5, 3], [0L, 1, 1, 1, 1, 1, 0, 0, 1, 0, 0, 0, 0, 1, 1]);
        long[] sides = [Side, Side, Side];
        for (var i = 0; i < down.Count; i++)
        {
            sides[i % 3] /= 1 + down.Int64[i];
        }

        Agreement.Exactly(Reference.DownsamplingRatio(down), [.. sides.Select(s => (double)(Side / s))]);
    }

    /// <summary>Samples of one frame, counted through every layer.</summary>
    [SecondRoute("hop_length")]
    [TestCase(2, 4, 5, 8)]
    [TestCase(9, 1, 6)]
    [TestCase(7)]
    public void HopLength_SampleBySample_IsWhatAFrameIsMadeOf(params int[] strides)
    {
        IEnumerable<int> samples = [0];
        foreach (var stride in strides)
        {
            samples = samples.SelectMany(_ => Enumerable.Range(0, stride));
        }

        Agreement.Exactly(Reference.HopLength(Tensors.Whole([.. strides.Select(s => (long)s)])), samples.Count());
    }

    /// <summary>A latent for each frame whose number the factor divides, the first included.</summary>
    [SecondRoute("causal_frames")]
    [TestCase(1)]
    [TestCase(4)]
    [TestCase(8)]
    public void CausalFrames_EveryLength_CountsTheFramesThatEndAChunk(int factor)
    {
        long[] lengths = [.. Enumerable.Range(1, 40).Select(n => (long)n)];

        Agreement.Exactly(
            Reference.CausalFrames(Tensors.Whole(lengths), factor),
            [.. lengths.Select(n => (double)Enumerable.Range(0, (int)n).Count(t => t % factor == 0))]);
    }

    [SecondRoute("conv_parameters")]
    [TestCase(3, 5, 2)]
    [TestCase(4, 7, 3)]
    public void ConvParameters_OfAWeightAndABias_AreTheirElements(int inChannels, int outChannels, int kernel)
    {
        var weight = Tensors.Normal("weight", outChannels, inChannels, kernel, kernel);

        Agreement.Exactly(Reference.ConvParameters(inChannels, outChannels, kernel, 0), weight.Count);
        Agreement.Exactly(Reference.ConvParameters(inChannels, outChannels, kernel, 1), weight.Count + outChannels);
    }

    /// <summary>Whole numbers of any size: nothing wraps at 2³¹ and nothing rounds at 2⁵³.</summary>
    [SecondRoute("conv_parameters", "conv_macs")]
    [TestCase(512, 512, 3, 256, 128)]
    [TestCase(1048573, 1048571, 3, 1021, 1)]
    public void Counts_BeyondInt32_AreExact(long inChannels, long outChannels, long kernel, long height, long width)
    {
        var parameters = new BigInteger(inChannels) * outChannels * kernel * kernel;

        Assert.That((BigInteger)Reference.ConvParameters(inChannels, outChannels, kernel, 1).Int64[0], Is.EqualTo(parameters + outChannels));
        Assert.That((BigInteger)Reference.ConvMacs(inChannels, outChannels, kernel, height, width).Int64[0], Is.EqualTo(parameters * height * width));
    }

    [Test]
    public void Counts_BeyondInt64_AreRefused()
    {
        Assert.That(() => Reference.ConvMacs(1L << 30, 1L << 30, 3, 1, 1), Throws.TypeOf<RefusalException>());
        Assert.That(() => Reference.ConvOutputSize(Tensors.Whole(long.MaxValue), 3, 1, 1, 1), Throws.TypeOf<RefusalException>());
    }

    [TestCase(0L, 2L, 1L)]
    [TestCase(3L, 0L, 1L)]
    [TestCase(3L, 2L, -1L)]
    public void Sizes_OfAWalkThatIsNone_AreRefused(long kernel, long stride, long padding)
    {
        Assert.That(() => Reference.ConvOutputSize(Tensors.Whole(8), kernel, stride, padding, 1), Throws.TypeOf<RefusalException>());
        Assert.That(() => Reference.ConvTransposeOutputSize(Tensors.Whole(8), kernel, stride, padding, 0), Throws.TypeOf<RefusalException>());
    }

    private static int Fits(int size, int kernel, int stride, int padding, int dilation)
    {
        var count = 0;
        for (var first = -padding; first + ((kernel - 1) * dilation) < size + padding; first += stride)
        {
            count++;
        }

        return count;
    }
}
