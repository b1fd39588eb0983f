using LatentConformance.Contract;
using LatentConformance.Reference;
using NUnit.Framework;

namespace LatentConformance.Tests.Reference;

[TestFixture]
public sealed class ProductQuantizerTests
{
    private const int Groups = 3, Codes = 4, Width = 2, All = Codes * Codes * Codes;
    private static readonly Tensor Z = Tensors.Normal("z", 9, Groups * Width);
    private static readonly Tensor Books = Tensors.Normal("books", Groups, Codes, Width);

    /// <summary>All K^G codes written out, token by token: one codebook, and the nearest of it.</summary>
    private static Tensor Product { get; } = Tensors.Of([All, Groups * Width], i =>
    {
        var (token, g, c) = (i / (Groups * Width), i / Width % Groups, i % Width);
        int[] digits = [token % Codes, token / Codes % Codes, token / Codes / Codes];
        return Books[(((g * Codes) + digits[g]) * Width) + c];
    });

    [SecondRoute("product_vq_quantize")]
    [Test]
    public void ProductVqQuantize_AgainstAllCodesListed_TakesTheNearestOfThem()
    {
        var (quantized, indices, code) = new ReferenceKernels().ProductVqQuantize(Z, Books);

        var nearest = NearestCode.Of(Z, Product);
        Agreement.Exactly(code!, [.. nearest.Select(k => (double)k)]);
        Agreement.Exactly(quantized!, [.. nearest.SelectMany(Product.RowOf)]);
        Agreement.Exactly(indices!, [.. nearest.SelectMany(k => new double[] { k % Codes, k / Codes % Codes, k / Codes / Codes })]);
    }

    [SecondRoute("product_vq_quantize.vjp")]
    [Test]
    public void ProductVqQuantizeVjp_WithTheStopGradientFrozen_IsTheIdentity()
    {
        var upstream = Tensors.Normal("upstream", 9, Groups * Width);
        var stopped = NearestCode.Of(Z, Product).SelectMany(Product.RowOf).Select((q, i) => q - Z[i]).ToArray();

        var (dZ, dBooks) = new ReferenceKernels().ProductVqQuantizeVjp(Z, Books, upstream);

        Agreement.Of(dZ!, CentralDifference.Gradient(Z, moved => Estimate.Sum(stopped.Select((d, i) => upstream[i] * (moved[i] + d)))));
        Assert.That(dBooks!.ToDoubles(), Is.All.Zero);
    }

    [SecondRoute("product_vq_decode")]
    [Test]
    public void ProductVqDecode_EveryToken_IsItsRowOfTheList() =>
        Agreement.Exactly(new ReferenceKernels().ProductVqDecode(Tensors.Whole([.. Enumerable.Range(0, All).Select(t => (long)t)]), Books), Product.ToDoubles());

    [SecondRoute("product_vq_decode.vjp")]
    [Test]
    public void ProductVqDecodeVjp_WithCodesSharedByTokens_FollowsCentralDifferences() =>
        CentralDifference.Agrees("product_vq_decode", new Dictionary<string, Tensor> { ["code"] = Tensors.Whole(7, 0, 63, 7, 44), ["codebooks"] = Books });

    /// <summary>2^62 codes are counted, 2^63 are not.</summary>
    [TestCase(31, true)]
    [TestCase(32, false)]
    public void ProductVqDecode_SoManyCodebooksOfFour_IsCountedOrRefused(int groups, bool counted)
    {
        var books = Tensors.Of([groups, 4, 1], i => i % 4);
        var last = Tensors.Whole((1L << 62) - 1);
        if (counted)
        {
            Assert.That(new ReferenceKernels().ProductVqDecode(last, books).ToDoubles(), Is.All.EqualTo(3));
        }
        else
        {
            Assert.That(() => new ReferenceKernels().ProductVqDecode(last, books), Throws.TypeOf<RefusalException>());
        }
    }
}
